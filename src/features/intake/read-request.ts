/** What a request of the API says: who asks, for what, and with which files. */

import type { Request, Response } from "express";
import type { KeyPurpose } from "../../engine/access/key-purposes.js";
import { msg } from "../../engine/text/msg.js";
import type { FieldFault } from "../../engine/text/problems.js";
import { Problem } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";
import type { Services } from "../../platform/services.js";
import type { ChannelKey, SentKey } from "../people/channel-key-store.js";

export interface ApiServices extends Pick<Services, "log" | "now" | "setup" | "intake" | "attachments"> {
  readonly reports: Pick<Services["reports"], "shared">;
  readonly publicPages: { readonly tries: Pick<Services["publicPages"]["tries"], "opening"> };
  readonly cases: Pick<Services["cases"], "follow" | "performAsApplicant">;
}

const otherPurpose: Readonly<Record<KeyPurpose, Bilingual>> = {
  applications: msg("intake.readRequest.keySendsNoApplications"),
  figures: msg("intake.readRequest.keyReadsNoFigures"),
};

/**
 * Problems: unauthenticated (no key, not a Bearer key, or one that nobody holds any more), forbidden (it was issued for
 * something else).
 */
export async function authenticate(
  request: Request,
  services: Pick<ApiServices, "intake">,
  purpose: KeyPurpose,
): Promise<SentKey> {
  const sent = /^Bearer +([\x21-\x7e]{8,200}) *$/i.exec(request.headers.authorization ?? "")?.[1];
  const key = sent === undefined ? null : await services.intake.channelOfKey(sent);
  if (key?.purpose === purpose) return key;
  if (key) throw new Problem("forbidden", otherPurpose[purpose]);
  throw new Problem("unauthenticated", msg("intake.readRequest.sendTheChannelsKeyIn"));
}

/** Problem forbidden: the key belongs to another programme than the application names. */
export function refuseOtherProgramme(body: unknown, key: ChannelKey): void {
  const named = typeof body === "object" && body !== null ? (body as { programme?: unknown }).programme : undefined;
  if (typeof named !== "string" || named.trim() === "" || named.trim() === key.programme) return;
  const reason = msg("intake.readRequest.thisKeySendsApplicationsOf", { programme: key.programme });
  throw new Problem("forbidden", reason, [{ field: "/programme", reason }]);
}

export function idempotencyKeyOf(request: Request): string | null {
  const sent = request.headers["idempotency-key"];
  if (sent === undefined) return null;
  if (typeof sent === "string" && /^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/.test(sent)) return sent;
  const reason = msg("intake.readRequest.anIdempotencyKeyHasToPrintable");
  throw new Problem("malformed-request", reason, [{ field: "Idempotency-Key", reason }]);
}

/** What came as a reference, cut to a length that costs nothing to look up; whether it is one the service knows. */
export function referenceOf(request: Request): string {
  return String(request.params.reference).slice(0, 64);
}

const codeMissing: Bilingual = msg("intake.readRequest.codeMissing");

function isSecret(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "" && value.length <= 64;
}

export const codeHeader = "X-Application-Code";

const codesDiffer: Bilingual = msg("intake.readRequest.codesDiffer", { codeHeader });

/** When the code in the address was deprecated (RFC 9745), and where that is said. */
const deprecation = { Deprecation: "@1795824000", Link: '</api/openapi.json>; rel="deprecation"' } as const;

/**
 * The applicant's code by any way it may come: the header, a body, and the address, which is deprecated because proxies log
 * it; the answer says so. Undefined where there is none. Problem malformed-request where two ways say two codes.
 */
function givenCode(request: Request, response: Response, inBody?: unknown): unknown {
  const inAddress = request.query.code;
  if (inAddress !== undefined) response.set(deprecation);
  const given = [request.get(codeHeader), inBody, inAddress].filter((one) => one !== undefined);
  if (given.some((one) => one !== given[0])) {
    throw new Problem("malformed-request", codesDiffer, [{ field: codeHeader, reason: codesDiffer }]);
  }
  return given[0];
}

/** The applicant's code, by header or address. Problem malformed-request where there is none. */
export function readCode(request: Request, response: Response): string {
  const code = givenCode(request, response);
  if (isSecret(code)) return code;
  throw new Problem("malformed-request", codeMissing, [{ field: codeHeader, reason: codeMissing }]);
}

/** The code from a body that holds nothing else. Problems malformed-request, invalid-input. */
export function readCodeRequest(request: Request, response: Response): string {
  const { code: inBody, ...unknown } = objectOf(request.body);
  const code = givenCode(request, response, inBody);
  const faults: FieldFault[] = isSecret(code) ? [] : [{ field: "/code", reason: codeMissing }];
  refuseFaults([...faults, ...unknownNames(unknown, msg("intake.readRequest.onlyCodeIsKnownHere"))]);
  return code as string;
}

/** Longer than any system lets a name be. */
const longestName = 1000;

/** What a file that is sent is called. Problem malformed-request. */
export function readFileName(request: Request): string {
  const { name } = request.query;
  if (typeof name === "string" && name.trim() !== "" && name.length <= longestName) return name;
  const reason = msg("intake.readRequest.sayInTheAddressWhat");
  throw new Problem("malformed-request", reason, [{ field: "name", reason }]);
}

/** More than any programme takes; what a programme takes its set-up says. */
const maxIds = 100;

const notIds: Bilingual = msg("intake.readRequest.notIds");

const isIds = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length <= maxIds && value.every((id) => typeof id === "string");

/** Files are no field of the application: they were sent before it. Problem invalid-input. */
export function readApplicationRequest(body: unknown): { input: unknown; attachments: readonly string[] } {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return { input: body, attachments: [] };
  const { attachments, ...input } = body as Record<string, unknown>;
  if (attachments === undefined || attachments === null) return { input, attachments: [] };
  if (isIds(attachments)) return { input, attachments };
  throw new Problem("invalid-input", notIds, [{ field: "/attachments", reason: notIds }]);
}

const objectOf = (body: unknown): Readonly<Record<string, unknown>> =>
  typeof body === "object" && body !== null && !Array.isArray(body) ? (body as Record<string, unknown>) : {};

const unknownNames = (unknown: object, reason: Bilingual): FieldFault[] =>
  Object.keys(unknown)
    .slice(0, 20)
    .map((name) => ({ field: `/${name.slice(0, 40).replaceAll("~", "~0").replaceAll("/", "~1")}`, reason }));

function refuseFaults(faults: readonly FieldFault[]): void {
  if (faults.length === 0) return;
  throw new Problem("invalid-input", msg("intake.readRequest.correctWhatIsNamedAnd"), faults);
}

/** Problem invalid-input with a fault a property. What the action's own fields must be, the workflow knows. */
export function readActionRequest(
  request: Request,
  response: Response,
): {
  code: string;
  action: string;
  fields: Record<string, unknown>;
  attachments: readonly string[];
} {
  const faults: FieldFault[] = [];
  const { code: inBody, action, fields = {}, attachments = [], ...unknown } = objectOf(request.body);
  const code = givenCode(request, response, inBody);
  if (!isSecret(code)) faults.push({ field: "/code", reason: codeMissing });
  if (typeof action !== "string" || !/^[A-Za-z][\w-]{0,63}$/.test(action)) {
    faults.push({
      field: "/action",
      reason: msg("intake.readRequest.nameOneOfTheActions"),
    });
  }
  if (typeof fields !== "object" || fields === null || Array.isArray(fields)) {
    faults.push({
      field: "/fields",
      reason: msg("intake.readRequest.thisMustBeAJSON"),
    });
  }
  if (!isIds(attachments)) faults.push({ field: "/attachments", reason: notIds });
  faults.push(...unknownNames(unknown, msg("intake.readRequest.onlyCodeActionFieldsAnd")));
  refuseFaults(faults);
  return {
    code: code as string,
    action: action as string,
    fields: { ...(fields as object) },
    attachments: attachments as string[],
  };
}
