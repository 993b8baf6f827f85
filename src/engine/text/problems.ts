/** Every way in which Diwan says no: code, HTTP status and words in both languages. RFC 9457 takes its shape from here. */
import type { Bilingual } from "./text.js";

/** A fault at one place of what was sent: `/applicant/phone`. */
export interface FieldFault {
  /** JSON pointer into what was sent, a CSV column, or an environment variable's name. */
  readonly field: string;
  readonly reason: Bilingual;
}

export interface ProblemKind {
  readonly status: number;
  readonly title: Bilingual;
}

export const problemKinds = {
  "invalid-input": { status: 422, title: { en: "Some of what was sent is not valid", ar: "بعض ما أُرسل غير صالح" } },
  "malformed-request": { status: 400, title: { en: "The request cannot be read", ar: "تعذّرت قراءة الطلب" } },
  unauthenticated: { status: 401, title: { en: "A valid key is needed", ar: "يلزم مفتاح صالح" } },
  forbidden: { status: 403, title: { en: "This is not allowed", ar: "هذا غير مسموح" } },
  "not-found": { status: 404, title: { en: "There is no such thing here", ar: "لا يوجد ما تبحث عنه" } },
  "method-not-allowed": {
    status: 405,
    title: { en: "This address does not take that method", ar: "هذا العنوان لا يقبل هذه الطريقة" },
  },
  "action-refused": {
    status: 409,
    title: { en: "The case does not allow this action now", ar: "المعاملة لا تسمح بهذا الإجراء الآن" },
  },
  conflict: { status: 409, title: { en: "Somebody changed it in the meantime", ar: "غيّره شخص آخر في هذه الأثناء" } },
  "not-now": {
    status: 409,
    title: { en: "This cannot be done as things are", ar: "لا يمكن تنفيذ ذلك في الوضع الحالي" },
  },
  "idempotency-conflict": {
    status: 409,
    title: { en: "This Idempotency-Key was used for another request", ar: "استُخدم مفتاح التكرار لطلب آخر" },
  },
  "too-large": { status: 413, title: { en: "The request is too large", ar: "الطلب أكبر من المسموح" } },
  "storage-full": {
    status: 507,
    title: { en: "There is no room for files at the moment", ar: "لا تتوفر مساحة للملفات حاليًا" },
  },
  "unsupported-media-type": { status: 415, title: { en: "Send JSON", ar: "أرسل بصيغة JSON" } },
  "too-many-requests": {
    status: 429,
    title: { en: "Too many requests; wait a little", ar: "طلبات كثيرة؛ انتظر قليلًا" },
  },
  "invalid-configuration": { status: 422, title: { en: "The configuration has faults", ar: "في الإعدادات أخطاء" } },
  unavailable: {
    status: 503,
    title: { en: "The service is away for a moment; try again", ar: "الخدمة غير متاحة للحظات؛ حاول ثانية" },
  },
  internal: { status: 500, title: { en: "Something went wrong here", ar: "حدث خطأ من جهتنا" } },
} as const satisfies Record<string, ProblemKind>;
export type ProblemCode = keyof typeof problemKinds;

/** A refusal with a name. Thrown by services, shown by every edge in its own manner. */
export class Problem extends Error {
  constructor(
    readonly code: ProblemCode,
    /** What happened here and what to do, in both languages. */
    readonly detail: Bilingual,
    readonly faults: readonly FieldFault[] = [],
    /** Seconds after which trying again makes sense. */
    readonly retryAfter?: number,
  ) {
    super(detail.en);
    this.name = "Problem";
  }
  get status(): number {
    return problemKinds[this.code].status;
  }
}

/** Whole seconds after which trying again makes sense; null where it does not. An absence always has them. */
export function waitOf({ code, retryAfter }: Problem): number | null {
  if (retryAfter === undefined) return problemKinds[code].status === 503 ? shortWait : null;
  return Math.max(1, Math.ceil(retryAfter));
}
const shortWait = 30;

/** A programme that cannot go on because of how it is set up: the operation room has to mend it. */
export function problemOfConfiguration(detail: Bilingual): Problem {
  return new Problem("invalid-configuration", detail);
}

/** A problem for a terminal: what it is, what happened, and a line a field. */
export function problemLines({ code, detail, faults }: Problem): string[] {
  return [
    `refused: ${problemKinds[code].title.en}`,
    detail.en,
    ...faults.map(({ field, reason }) => `  ${field || "(whole)"}: ${reason.en}`),
  ];
}
