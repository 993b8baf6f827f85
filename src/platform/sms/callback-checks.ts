/**
 * How a callback shows that the gateway sent it: by what it carries in its address, by a user and a password, by a signature, by where it comes
 * from. All that the operator names are asked for together; each secret is compared in a time that says nothing.
 */
import { createHash, createHmac, type Hmac, timingSafeEqual } from "node:crypto";
import { BlockList, isIP, isIPv4 } from "node:net";
import { z } from "zod";
import { momentSaid } from "./moment-said.js";

const secret = z.string().min(16);
const headerName = z.string().regex(/^[\w-]{1,100}$/);

/** What a signature may be of: `{body}` as it came, `{query}` and `{address}` as they were asked, `{fields}` of a form by their names. */
const token = /\{(?:time|body|query|address|fields)\}/;

const hmac = z
  .strictObject({
    secret,
    header: headerName,
    algorithm: z.enum(["sha256", "sha1"]).default("sha256"),
    encoding: z.enum(["hex", "base64"]).default("hex"),
    /** Before the signature in its header: `sha256=`. */
    prefix: z.string().max(40).default(""),
    /** The header that says when it was signed. It is signed too. */
    time: headerName.optional(),
    /** Left out: the body, after the time and a dot where there is one. */
    of: z.string().regex(token).max(200).optional(),
  })
  .refine(({ time, of }) => of === undefined || of.includes("{time}") === (time !== undefined), { path: ["of"] });

const range = z.string().refine((text) => rangeOf(text) !== null);

const schema = z
  .strictObject({
    /** The last part of the address: `/sms/reports/SECRET`. */
    path: z
      .string()
      .regex(/^[\w-]{16,200}$/)
      .optional(),
    basic: z.strictObject({ user: z.string().regex(/^[^:]+$/), password: secret }).optional(),
    hmac: hmac.optional(),
    /** Addresses and ranges, as `203.0.113.0/24`. */
    addresses: z.array(range).min(1).optional(),
  })
  .refine((checks) => Object.values(checks).some((one) => one !== undefined));

export type CallbackChecks = z.infer<typeof schema>;
type HmacCheck = NonNullable<CallbackChecks["hmac"]>;

/** Where the text is none, the place of its first fault: `/hmac/secret`. */
export function readCallbackChecks(
  text: string,
): { readonly checks: CallbackChecks; readonly at?: never } | { readonly at: string } {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return { at: "/" };
  }
  const read = schema.safeParse(given);
  return read.success ? { checks: read.data } : { at: `/${read.error.issues[0]?.path.join("/") ?? ""}` };
}

/** Callbacks as they are signed where nothing else is said. */
export const ownSignature = (secret: string): CallbackChecks => ({
  hmac: {
    ...{ secret, header: "x-diwan-signature", time: "x-diwan-time" },
    ...{ algorithm: "sha256", encoding: "hex", prefix: "" },
  },
});

const signedOf = ({ of, time }: HmacCheck): string => of ?? (time === undefined ? "{body}" : "{time}.{body}");

/** Whether a signature holds for what is read of a callback. Without one another check has to do. */
export function coversContent({ hmac }: CallbackChecks, as: "json" | "form" | "query"): boolean {
  if (hmac === undefined) return true;
  const covering = { json: ["{body}"], form: ["{body}", "{fields}"], query: ["{query}", "{address}"] }[as];
  return covering.some((one) => signedOf(hmac).includes(one));
}

export interface CallbackRequest {
  /** The last part of its address; undefined: it has none. */
  readonly path: string | undefined;
  /** Of anyone who called, by TRUST_PROXY. */
  readonly from: string;
  readonly header: (name: string) => string | undefined;
}

export interface CallbackContent {
  readonly body: Buffer;
  /** As it was asked for, with a question mark and what follows. */
  readonly address: string;
}

export type CallbackRefusal = "unauthenticated" | "forbidden";

const hashed = (text: string): Buffer => createHash("sha256").update(text).digest();
const same = (given: string | undefined, expected: string): boolean =>
  timingSafeEqual(hashed(given ?? ""), hashed(expected)) && given !== undefined;

function rangeOf(
  text: string,
): { readonly address: string; readonly bits: number; readonly type: "ipv4" | "ipv6" } | null {
  const [address = "", given, ...rest] = text.split("/");
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  const bits = given === undefined ? most : /^\d{1,3}$/.test(given) ? Number(given) : -1;
  if (most < 0 || bits < 0 || bits > most || rest.length > 0) return null;
  return { address, bits, type: most === 32 ? "ipv4" : "ipv6" };
}

function isAmong(from: string, addresses: readonly string[]): boolean {
  const list = new BlockList();
  for (const one of addresses) {
    const read = rangeOf(one);
    if (read !== null) list.addSubnet(read.address, read.bits, read.type);
  }
  // A socket for both kinds shows the fourth as one of the sixth.
  const address = from.replace(/^::ffff:(?=[\d.]+$)/i, "");
  return isIP(address) !== 0 && list.check(address, isIPv4(address) ? "ipv4" : "ipv6");
}

function basicOf(header: string | undefined): string | undefined {
  const [, coded] = /^basic +([\w+/=-]+)$/i.exec(header ?? "") ?? [];
  return coded === undefined ? undefined : Buffer.from(coded, "base64").toString("utf8");
}

/** What can be asked before the body is read; null: nothing is wrong so far. */
export function refusedAtOnce(
  { path, basic, addresses }: CallbackChecks,
  request: CallbackRequest,
): CallbackRefusal | null {
  if (addresses !== undefined && !isAmong(request.from, addresses)) return "forbidden";
  const known = [
    path === undefined ? request.path === undefined : same(request.path, path),
    basic === undefined || same(basicOf(request.header("authorization")), `${basic.user}:${basic.password}`),
  ];
  return known.every(Boolean) ? null : "unauthenticated";
}

/** A signed time that is older or later by more is not believed. */
const believedMs = 5 * 60_000;

function update(mac: Hmac, of: string, { body, address }: CallbackContent, time: string): void {
  for (const part of of.split(new RegExp(`(?=${token.source})|(?<=\\})`))) {
    if (part === "{body}") mac.update(body);
    else if (part === "{time}") mac.update(time);
    else if (part === "{address}") mac.update(address);
    else if (part === "{query}") mac.update(address.split("?").slice(1).join("?"));
    else if (part === "{fields}") {
      const fields = [...new URLSearchParams(body.toString("utf8"))].map(([name, value]) => `${name}\0${value}`).sort();
      mac.update(fields.map((field) => field.replace("\0", "")).join(""));
    } else mac.update(part);
  }
}

const macOf = (check: HmacCheck, content: CallbackContent, time: string): string => {
  const mac = createHmac(check.algorithm, check.secret);
  update(mac, signedOf(check), content, time);
  return mac.digest(check.encoding);
};

/** Whether it is signed where that is asked for, and if it says when, of now. */
export function isSigned(
  { hmac }: CallbackChecks,
  { header }: Pick<CallbackRequest, "header">,
  content: CallbackContent,
  now: Date,
): boolean {
  if (hmac === undefined) return true;
  const time = hmac.time === undefined ? "" : (header(hmac.time) ?? "");
  if (hmac.time !== undefined) {
    const at = momentSaid(time);
    if (at === null || Math.abs(now.getTime() - at.getTime()) > believedMs) return false;
  }
  const given = header(hmac.header);
  // The digits of a hexadecimal number may be large or small letters.
  const plain =
    hmac.encoding === "hex" ? given?.slice(hmac.prefix.length).toLowerCase() : given?.slice(hmac.prefix.length);
  return given?.startsWith(hmac.prefix) === true && same(plain, macOf(hmac, content, time));
}

/** For the gateway: the headers of a body. */
export function signCallback(
  { hmac }: CallbackChecks,
  content: CallbackContent,
  at: Date,
): Readonly<Record<string, string>> {
  if (hmac === undefined) return {};
  const time = String(Math.floor(at.getTime() / 1000));
  const signature = { [hmac.header]: `${hmac.prefix}${macOf(hmac, content, time)}` };
  return hmac.time === undefined ? signature : { [hmac.time]: time, ...signature };
}
