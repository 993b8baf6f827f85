/** The refusals of this door, each said in one place. */
import { type FieldFault, Problem } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";

/** Unknown, or not this official's: nobody can tell which. */
export const nothingHere = (): Problem =>
  new Problem("not-found", {
    en: "There is nothing at this address, or it is not yours to see.",
    ar: "لا يوجد شيء في هذا العنوان، أو ليس من صلاحيتك الاطلاع عليه.",
  });

export const notSignedIn = (): Problem =>
  new Problem("unauthenticated", {
    en: "You are not signed in, or your session has ended. Sign in again.",
    ar: "لم تسجّل الدخول، أو انتهت جلستك. سجّل الدخول من جديد.",
  });

export const notFromHere = (): Problem =>
  new Problem("forbidden", {
    en: "This request did not come from the pages of Diwan. Open the page again and repeat it there.",
    ar: "لم يصدر هذا الطلب من صفحات ديوان. افتح الصفحة من جديد وأعد المحاولة منها.",
  });

export const notAllowed = (): Problem =>
  new Problem("forbidden", {
    en: "Your seat does not allow this.",
    ar: "صلاحيات مقعدك لا تسمح بهذا.",
  });

/** A query parameter that is not taken here, or not in this form. */
export const badParameter = (name: string, reason: Bilingual): Problem =>
  new Problem(
    "malformed-request",
    {
      en: `The address cannot be used as it stands: ${name}: ${reason.en}`,
      ar: `لا يمكن استخدام العنوان كما هو: ${name}: ${reason.ar}`,
    },
    [{ field: `?${name}`, reason }],
  );

/** Faults at fields of what was sent. */
export const badInput = (faults: readonly FieldFault[]): Problem =>
  new Problem(
    "invalid-input",
    { en: "Mend the fields that are marked, then send it again.", ar: "صحّح الحقول المشار إليها ثم أعد الإرسال." },
    faults,
  );

export const badBody = (detail: Bilingual, faults: readonly FieldFault[] = []): Problem =>
  new Problem("malformed-request", detail, faults);
