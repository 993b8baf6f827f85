/** What each state of a message is called on screens, and why one was not delivered. */
import type { Bilingual } from "../text/text.js";

export const messageStateNames = {
  pending: { en: "On its way", ar: "قيد الإرسال" },
  sent: { en: "Sent", ar: "أُرسلت" },
  kept: { en: "Kept, not sent", ar: "محفوظة ولم تُرسل" },
  failed: { en: "Failed", ar: "تعذّر إرسالها" },
  held: { en: "Held back", ar: "محجوزة" },
} as const satisfies Record<string, Bilingual>;

/** Why it was not delivered, in words where the reason is one of ours; what a mail server said stays as it is. */
const reasons: readonly { readonly found: RegExp; readonly words: Bilingual }[] = [
  {
    found: /^the receiver's account is disabled/,
    words: { en: "The receiver's account is disabled.", ar: "حساب المستلم معطّل." },
  },
  {
    found: /^the receiver has no address/,
    words: { en: "The receiver has no e-mail address.", ar: "لا يوجد بريد إلكتروني للمستلم." },
  },
  {
    found: /^held back: too many receipts/,
    words: {
      en: "So many receipts went to this address within a day that more could be somebody's abuse of it. Nobody has shown that the address is theirs. How many go out is a setting of the programme.",
      ar: "أُرسل إلى هذا العنوان خلال يوم واحد عدد من إشعارات الاستلام يُخشى معه أن يكون أحد يسيء استخدامه، ولم يثبت بعد أن العنوان لصاحب الطلب. عددها الأقصى من إعدادات البرنامج.",
    },
  },
  { found: /^cannot be rendered/, words: { en: "The letter could not be written.", ar: "تعذّرت كتابة الرسالة." } },
  {
    found: /ECONNREFUSED|ETIMEDOUT|ENOTFOUND|ECONNRESET|EAI_AGAIN|ESOCKET|ECONNECTION/,
    words: { en: "The mail server could not be reached.", ar: "تعذّر الوصول إلى خادم البريد." },
  },
  {
    found: /EAUTH|\b535\b/,
    words: { en: "The mail server refused the sign-in.", ar: "رفض خادم البريد بيانات الدخول." },
  },
  { found: /\b55[0-9]\b/, words: { en: "The mail server refused the letter.", ar: "رفض خادم البريد الرسالة." } },
];

/** Null where there are no words of ours for it. */
export function failureWords(reason: string | null): Bilingual | null {
  return reason === null ? null : (reasons.find(({ found }) => found.test(reason))?.words ?? null);
}

/** In the place of a letter, or of its subject, that cannot be put together. */
export const notWritten: Bilingual = {
  en: "This letter cannot be put together: what it tells of, or its form, is at fault.",
  ar: "تعذّر إعداد هذه الرسالة: في بياناتها أو في نموذجها خلل.",
};

const refusals = {
  noServer: {
    en: "No mail server is set up: letters are kept and can be read here.",
    ar: "لم يُضبط خادم بريد: تُحفظ الرسائل ويمكن قراءتها هنا.",
  },
  onItsWay: { en: "It is on its way already.", ar: "الرسالة قيد الإرسال بالفعل." },
  linkInside: {
    en: "A link to an account is good once. Send a new one from the account's page.",
    ar: "رابط الحساب يصلح لمرة واحدة. أرسل رابطًا جديدًا من صفحة الحساب.",
  },
} as const satisfies Record<string, Bilingual>;

/** Why a letter cannot be sent again now; null when it can. `canSend` is false without a mail server. */
export function whyNotAgain(
  message: { readonly state: keyof typeof messageStateNames; readonly template: string },
  canSend: boolean,
): Bilingual | null {
  if (!canSend) return refusals.noServer;
  if (message.state === "pending") return refusals.onItsWay;
  return message.state === "sent" && message.template.startsWith("account-") ? refusals.linkInside : null;
}
