/**
 * How a gateway of text messages is asked and read: a small template of the environment, so that another operator is another file and no
 * code. Values are put in at `{to}`, `{text}` and `{id}`; nothing in it is run.
 */
import { z } from "zod";

/** A JSON pointer (RFC 6901) into an answer or a report. */
const pointer = z.string().regex(/^(\/[^/]+)+$/);
const some = z.array(z.union([z.string(), z.number(), z.boolean()])).min(1);
/** What at least one of the values at a place says. */
const saying = z.strictObject({ at: pointer, is: some });

const schema = z.strictObject({
  method: z.enum(["POST", "PUT", "GET"]).default("POST"),
  /** Added to the address. */
  query: z.record(z.string(), z.string()).default({}),
  headers: z.record(z.string(), z.string()).default({}),
  /** JSON of whatever form, or a text as it is sent; left out with `form`. */
  body: z.json().optional(),
  /** Instead of a body: as an HTML form sends it. */
  form: z.record(z.string(), z.string()).optional(),
  success: z
    .strictObject({
      status: z.array(z.int().min(200).max(299)).min(1).optional(),
      json: saying.optional(),
      /** A part of the answer's text. */
      text: z.string().min(1).optional(),
    })
    .default({}),
  /** A failure that no further try changes: of the message, as a number that does not exist. */
  final: z
    .strictObject({ status: z.array(z.int().min(400).max(499)).min(1).optional(), json: saying.optional() })
    .default({}),
  /** Where the answer says what the gateway calls the message. */
  gatewayId: pointer.optional(),
  reports: z
    .strictObject({ id: pointer, status: pointer, delivered: some, failed: some })
    .default({ id: "/id", status: "/status", delivered: ["delivered"], failed: ["failed", "rejected", "expired"] }),
  inbound: z.strictObject({ from: pointer, text: pointer }).default({ from: "/from", text: "/text" }),
});

export type GatewayTemplate = z.infer<typeof schema>;

/** Null where the text is no template. */
export function readGatewayTemplate(text: string): GatewayTemplate | null {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return null;
  }
  const read = schema.safeParse(given);
  return read.success && !(read.data.body !== undefined && read.data.form !== undefined) ? read.data : null;
}

/** What a gateway that says nothing else is sent: one JSON object. */
export const plainTemplate: GatewayTemplate = schema.parse({ body: { to: "{to}", text: "{text}", id: "{id}" } });

export interface SmsValues {
  readonly to: string;
  readonly text: string;
  readonly id: string;
}

/** Put in once: what a text itself says in braces stays. */
const putIn = (template: string, values: SmsValues): string =>
  template.replace(/\{(to|text|id)\}/g, (_, name: keyof SmsValues) => values[name]);

function putIntoJson(value: unknown, values: SmsValues): unknown {
  if (typeof value === "string") return putIn(value, values);
  if (Array.isArray(value)) return value.map((one) => putIntoJson(one, values));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, putIntoJson(one, values)]));
}

const putIntoAll = (record: Readonly<Record<string, string>>, values: SmsValues): [string, string][] =>
  Object.entries(record).map(([name, one]) => [name, putIn(one, values)]);

export interface GatewayRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** The request that hands one message over. */
export function requestOf(url: string, template: GatewayTemplate, values: SmsValues): GatewayRequest {
  const address = new URL(url);
  for (const [name, value] of putIntoAll(template.query, values)) address.searchParams.append(name, value);
  const { method, body, form } = template;
  const said = Object.fromEntries(putIntoAll(template.headers, values));
  if (method === "GET") return { url: address, method, headers: said, body: null };
  if (form !== undefined) {
    const type = { "content-type": "application/x-www-form-urlencoded" };
    return {
      url: address,
      method,
      headers: { ...type, ...said },
      body: new URLSearchParams(putIntoAll(form, values)).toString(),
    };
  }
  if (typeof body === "string") {
    return {
      url: address,
      method,
      headers: { "content-type": "text/plain; charset=utf-8", ...said },
      body: putIn(body, values),
    };
  }
  const json = JSON.stringify(putIntoJson(body ?? {}, values));
  return { url: address, method, headers: { "content-type": "application/json", ...said }, body: json };
}

/** What is at a pointer of parsed JSON; undefined where nothing is. */
export function valueAt(json: unknown, at: string): unknown {
  return at
    .slice(1)
    .split("/")
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce<unknown>(
      (value, part) =>
        typeof value === "object" && value !== null && Object.hasOwn(value, part)
          ? (value as Record<string, unknown>)[part]
          : undefined,
      json,
    );
}

const says = (json: unknown, { at, is }: { at: string; is: readonly unknown[] }): boolean =>
  is.includes(valueAt(json, at));

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

export type GatewayVerdict =
  | { readonly kind: "taken"; readonly gatewayId: string | null }
  /** `final`: no further try helps. */
  | { readonly kind: "refused"; readonly final: boolean };

/** What an answer means. A gateway may say 200 and in the body that it took nothing. */
export function verdictOf(template: GatewayTemplate, answer: { status: number; text: string }): GatewayVerdict {
  const { success, final } = template;
  const json = parsed(answer.text);
  const rightStatus = success.status?.includes(answer.status) ?? (answer.status >= 200 && answer.status < 300);
  const taken =
    rightStatus &&
    (success.json === undefined || says(json, success.json)) &&
    (success.text === undefined || answer.text.includes(success.text));
  if (taken) {
    const id = template.gatewayId === undefined ? undefined : valueAt(json, template.gatewayId);
    return {
      kind: "taken",
      gatewayId: typeof id === "string" || typeof id === "number" ? String(id).slice(0, 200) : null,
    };
  }
  const noTry = final.status?.includes(answer.status) === true || (final.json !== undefined && says(json, final.json));
  return { kind: "refused", final: noTry };
}
