/** What a request of the API says: who asks, for what, and with which files. */
import type { Request } from "express";
import type { FieldFault } from "../../domain/problems.js";
import { Problem } from "../../domain/problems.js";
import type { Bilingual } from "../../domain/text.js";
import type { ChannelKey, Services } from "../../services.js";

/** Problem unauthenticated: no key, not a Bearer key, or one that nobody holds (any more). */
export async function authenticate(request: Request, services: Services): Promise<ChannelKey> {
  const sent = /^Bearer +([\x21-\x7e]{8,200}) *$/i.exec(request.headers.authorization ?? "")?.[1];
  const key = sent === undefined ? null : await services.intake.channelOfKey(sent);
  if (key) return key;
  throw new Problem("unauthenticated", {
    en: "Send the channel's key in the header Authorization: Bearer KEY.",
    ar: "أرسل مفتاح القناة في الترويسة Authorization: Bearer KEY",
  });
}

/** Problem forbidden: the key belongs to another programme than the application names. */
export function refuseOtherProgramme(body: unknown, key: ChannelKey): void {
  const named = typeof body === "object" && body !== null ? (body as { programme?: unknown }).programme : undefined;
  if (typeof named !== "string" || named.trim() === "" || named.trim() === key.programme) return;
  const reason = {
    en: `This key sends applications of the programme “${key.programme}” only`,
    ar: `هذا المفتاح يرسل طلبات البرنامج «${key.programme}» فقط`,
  };
  throw new Problem("forbidden", reason, [{ field: "/programme", reason }]);
}

export function idempotencyKeyOf(request: Request): string | null {
  const sent = request.headers["idempotency-key"];
  if (sent === undefined) return null;
  if (typeof sent === "string" && /^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/.test(sent)) return sent;
  const reason = {
    en: "An Idempotency-Key has 1 to 255 printable ASCII characters",
    ar: "يتكوّن مفتاح التكرار Idempotency-Key من 1 إلى 255 من رموز ASCII المقروءة",
  };
  throw new Problem("malformed-request", reason, [{ field: "Idempotency-Key", reason }]);
}

/** What came as a reference, cut to a length that costs nothing to look up; whether it is one the service knows. */
export function referenceOf(request: Request): string {
  return String(request.params.reference).slice(0, 64);
}

const codeMissing: Bilingual = {
  en: "The applicant's code is required; it was given with the reference",
  ar: "رمز مقدّم الطلب مطلوب؛ وقد أُعطي مع الرقم المرجعي",
};

function isSecret(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "" && value.length <= 64;
}

/** The applicant's code in the address. Problem malformed-request where there is none. */
export function readCode(request: Request): string {
  const { code } = request.query;
  if (isSecret(code)) return code;
  throw new Problem("malformed-request", codeMissing, [{ field: "code", reason: codeMissing }]);
}

/** Longer than any system lets a name be. */
const longestName = 1000;

/** What a file that is sent is called. Problem malformed-request. */
export function readFileName(request: Request): string {
  const { name } = request.query;
  if (typeof name === "string" && name.trim() !== "" && name.length <= longestName) return name;
  const reason = {
    en: "Say in the address what the file is called: ?name=NAME, percent-encoded UTF-8",
    ar: "اذكر اسم الملف في العنوان: ?name=NAME بترميز UTF-8",
  };
  throw new Problem("malformed-request", reason, [{ field: "name", reason }]);
}

/** More than any programme takes; what a programme takes its set-up says. */
const mostIds = 100;

const notIds: Bilingual = {
  en: "List here the ids of files that were sent before",
  ar: "اذكر هنا معرّفات ملفات أُرسلت من قبل",
};

const isIds = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length <= mostIds && value.every((id) => typeof id === "string");

/** Files are no field of the application: they were sent before it. Problem invalid-input. */
export function readApplicationRequest(body: unknown): { input: unknown; attachments: readonly string[] } {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return { input: body, attachments: [] };
  const { attachments, ...input } = body as Record<string, unknown>;
  if (attachments === undefined || attachments === null) return { input, attachments: [] };
  if (isIds(attachments)) return { input, attachments };
  throw new Problem("invalid-input", notIds, [{ field: "/attachments", reason: notIds }]);
}

/** Problem invalid-input with a fault a property. What the action's own fields must be, the workflow knows. */
export function readActionRequest(body: unknown): {
  code: string;
  action: string;
  fields: Record<string, unknown>;
  attachments: readonly string[];
} {
  const faults: FieldFault[] = [];
  const sent = (typeof body === "object" && body !== null && !Array.isArray(body) ? body : {}) as Record<
    string,
    unknown
  >;
  const { code, action, fields = {}, attachments = [], ...unknown } = sent;
  if (!isSecret(code)) faults.push({ field: "/code", reason: codeMissing });
  if (typeof action !== "string" || !/^[A-Za-z][\w-]{0,63}$/.test(action)) {
    faults.push({
      field: "/action",
      reason: {
        en: "Name one of the actions that the followed application lists",
        ar: "اذكر أحد الإجراءات التي يعرضها الطلب عند متابعته",
      },
    });
  }
  if (typeof fields !== "object" || fields === null || Array.isArray(fields)) {
    faults.push({
      field: "/fields",
      reason: { en: "This must be a JSON object", ar: "يجب أن تكون القيمة كائن JSON" },
    });
  }
  if (!isIds(attachments)) faults.push({ field: "/attachments", reason: notIds });
  for (const name of Object.keys(unknown).slice(0, 20)) {
    faults.push({
      field: `/${name.slice(0, 40).replaceAll("~", "~0").replaceAll("/", "~1")}`,
      reason: {
        en: "Only code, action, fields and attachments are known here",
        ar: "الخصائص المعروفة هنا: code و action و fields و attachments فقط",
      },
    });
  }
  if (faults.length > 0) {
    throw new Problem(
      "invalid-input",
      { en: "Correct what is named and send it again.", ar: "صحّح ما ذُكر ثم أعد الإرسال." },
      faults,
    );
  }
  return {
    code: code as string,
    action: action as string,
    fields: { ...(fields as object) },
    attachments: attachments as string[],
  };
}
