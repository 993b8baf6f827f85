/**
 * How a gateway of text messages is asked and read: a small template of the environment, so that another operator is another file and no
 * code. Values are put in at `{to}`, `{text}` and `{id}`; nothing in it is run.
 */
import { z } from "zod";
import type { CallbackContent } from "./callback-checks.js";

/** A JSON pointer (RFC 6901) into an answer or a report. */
const pointer = z.string().regex(/^(\/[^/]+)+$/);
const some = z.array(z.union([z.string(), z.number(), z.boolean()])).min(1);
/** What at least one of the values at a place says. */
const saying = z.strictObject({ at: pointer, is: some });

/** Where the values of a callback are: in its body as JSON or as a form, or in the query of its address. */
const contents = {
  as: z.enum(["json", "form", "query"]).default("json"),
  /** Where the list is of those that come together, of JSON; empty: all of it is the list. */
  each: z
    .string()
    .regex(/^(\/[^/]+)*$/)
    .optional(),
};
const isListed = ({ as, each }: { as: string; each?: string | undefined }) => each === undefined || as === "json";

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
    .strictObject({ ...contents, id: pointer, status: pointer, delivered: some, failed: some })
    .refine(isListed, { path: ["each"] })
    .default({
      as: "json",
      id: "/id",
      status: "/status",
      delivered: ["delivered"],
      failed: ["failed", "rejected", "expired"],
    }),
  inbound: z
    .strictObject({
      ...contents,
      from: pointer,
      text: pointer,
      /** What the gateway calls it: one that comes twice is taken once. */
      id: pointer.optional(),
      /** When it was sent. */
      at: pointer.optional(),
    })
    .refine(isListed, { path: ["each"] })
    .default({ as: "json", from: "/from", text: "/text" }),
});

export type GatewayTemplate = z.infer<typeof schema>;

/** Where the text is no template, the place of its first fault: `/reports/id`. */
export function readGatewayTemplate(
  text: string,
): { readonly template: GatewayTemplate; readonly at?: never } | { readonly at: string } {
  const given = parsed(text);
  if (given === undefined) return { at: "/" };
  const read = schema.safeParse(given);
  if (!read.success) return { at: `/${read.error.issues[0]?.path.join("/") ?? ""}` };
  return read.data.body !== undefined && read.data.form !== undefined ? { at: "/form" } : { template: read.data };
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
  if (at === "") return json;
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

/** What came together in one callback, one by one; null where it cannot be read so. */
export function readCallback(
  { as, each }: Pick<GatewayTemplate["reports"], "as" | "each">,
  { body, address }: CallbackContent,
): readonly unknown[] | null {
  if (as !== "json") {
    const fields = as === "form" ? body.toString("utf8") : address.split("?").slice(1).join("?");
    return [Object.fromEntries(new URLSearchParams(fields))];
  }
  const json = parsed(body.toString("utf8"));
  if (json === undefined) return null;
  const list = each === undefined ? [json] : valueAt(json, each);
  return Array.isArray(list) ? list : null;
}

/** A name or number at a place; null where none is. */
export function nameAt(json: unknown, at: string): string | null {
  const value = valueAt(json, at);
  return (typeof value === "string" && value !== "") || typeof value === "number" ? String(value).slice(0, 200) : null;
}

/** Whether a report says one of these: gateways write the same status as a number and as a text. */
export const saysOneOf = (json: unknown, at: string, values: readonly unknown[]): boolean =>
  values.some((one) => String(one) === String(valueAt(json, at)));

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
