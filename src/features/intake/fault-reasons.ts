/** The words with which intake refuses a field: each says what is allowed, in both languages. */
import type { Bilingual } from "../../engine/text/text.js";

const shown = 12;

/** A value that somebody sent, made safe to repeat to them: one line, short, no control characters. */
function quoted(value: string): string {
  const plain = value.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, " ").trim();
  const letters = [...plain];
  return letters.length > 40 ? `${letters.slice(0, 40).join("")}…` : plain;
}

function listed(codes: readonly string[]): string {
  return codes.length > shown ? `${codes.slice(0, shown).join(", ")} …` : codes.join(", ");
}

export const reasons = {
  file: {
    en: "Name a file that comes with this application: its id has to stand among the attachments too.",
    ar: "اذكر ملفًا يرافق هذا الطلب: يجب أن يرد معرّفه ضمن المرفقات أيضًا.",
  },
  notAnObject: {
    en: "Send one JSON object with the properties of an application",
    ar: "أرسل كائن JSON واحدًا يحمل خصائص الطلب",
  },
  missing: { en: "This is required", ar: "هذا الحقل مطلوب" },
  text: { en: "This must be text", ar: "يجب أن تكون القيمة نصًا" },
  empty: { en: "This is needed", ar: "هذا الحقل مطلوب" },
  object: { en: "This must be a JSON object", ar: "يجب أن تكون القيمة كائن JSON" },
  applicantObject: {
    en: "This must be a JSON object, or null for an anonymous application",
    ar: "يجب أن تكون القيمة كائن JSON، أو null لطلب مجهول المصدر",
  },
  language: { en: "The language is either ar or en", ar: "اللغة إما ar أو en" },
  nationalNumber: { en: "A national number has exactly 10 digits", ar: "يتكوّن الرقم الوطني من 10 أرقام تمامًا" },
  phone: {
    en: "This is no valid telephone number; write it as 07 9012 3456 or, from abroad, with + and the country's code",
    ar: "رقم الهاتف غير صالح؛ اكتبه مثل 0790123456 أو مسبوقًا بعلامة + ورمز الدولة إن كان من الخارج",
  },
  email: {
    en: "This is no valid e-mail address; write it as name@example.jo",
    ar: "عنوان البريد الإلكتروني غير صالح؛ اكتبه مثل name@example.jo",
  },
  number: { en: "This must be a number", ar: "يجب أن تكون القيمة رقمًا" },
  boolean: { en: "This must be true or false", ar: "يجب أن تكون القيمة true أو false" },
  date: {
    en: "This must be a date that exists, written as YYYY-MM-DD",
    ar: "يجب أن تكون القيمة تاريخًا صحيحًا بصيغة YYYY-MM-DD",
  },
  tooMany: {
    en: "There are more faults than are listed here; correct these first",
    ar: "توجد أخطاء أكثر من المذكورة هنا؛ صحّح هذه أولًا",
  },
} satisfies Record<string, Bilingual>;

/** Too long: how many characters are allowed and how many came. */
export function tooLong(limit: number, length: number): Bilingual {
  return {
    en: `At most ${limit} characters are allowed; these are ${length}`,
    ar: `الحد الأقصى ${limit} حرفًا؛ والنص المرسل ${length}`,
  };
}

/** A property that nobody knows, with the one that was probably meant. */
export function unknownProperty(name: string, allowed: readonly string[], meant: string | null): Bilingual {
  const seen = quoted(name);
  if (meant) {
    return {
      en: `“${seen}” is not known here; did you mean “${meant}”?`,
      ar: `الخاصية «${seen}» غير معروفة هنا؛ هل تقصد «${meant}»؟`,
    };
  }
  return allowed.length === 0
    ? { en: `“${seen}” is not known here; none is asked for`, ar: `الخاصية «${seen}» غير معروفة هنا؛ ولا يُطلب أي منها` }
    : {
        en: `“${seen}” is not known here; allowed are ${listed(allowed)}`,
        ar: `الخاصية «${seen}» غير معروفة هنا؛ المسموح: ${listed(allowed)}`,
      };
}

/** A code that the programme does not have, with the one that was probably meant, or all when they are few. */
export function unknownCode(code: string, allowed: readonly string[], meant: string | null): Bilingual {
  const seen = quoted(code);
  if (meant) {
    return {
      en: `“${seen}” is no code of this programme; did you mean “${meant}”?`,
      ar: `الرمز «${seen}» ليس من رموز هذا البرنامج؛ هل تقصد «${meant}»؟`,
    };
  }
  if (allowed.length === 0) {
    return {
      en: `“${seen}” is no code of this programme; leave it out, there is none to choose`,
      ar: `الرمز «${seen}» ليس من رموز هذا البرنامج؛ اتركه، فلا يوجد ما يُختار`,
    };
  }
  return {
    en: `“${seen}” is no code of this programme; allowed are ${listed(allowed)}`,
    ar: `الرمز «${seen}» ليس من رموز هذا البرنامج؛ المسموح: ${listed(allowed)}`,
  };
}

/** A code that is no longer in use. */
export function retiredCode(code: string, allowed: readonly string[]): Bilingual {
  return {
    en: `“${quoted(code)}” is retired and may not be chosen any more; allowed are ${listed(allowed)}`,
    ar: `الرمز «${quoted(code)}» متقاعد ولا يجوز اختياره؛ المسموح: ${listed(allowed)}`,
  };
}

/** The programme of the request is not the one it was sent to. */
export function otherProgramme(code: string, expected: string): Bilingual {
  return {
    en: `“${quoted(code)}” is not the programme that this was sent to; it is “${expected}”`,
    ar: `«${quoted(code)}» ليس البرنامج الذي أُرسل إليه الطلب؛ البرنامج هو «${expected}»`,
  };
}

/** The entity has not joined, or is no longer there. */
export function entityNotLive(name: Bilingual): Bilingual {
  return {
    en: `${name.en} does not receive applications here; leave the entity out to let the rules find the right one`,
    ar: `${name.ar}: لا تستقبل هذه الجهة الطلبات هنا؛ اترك الجهة لتحددها القواعد`,
  };
}

/** The service is delivered by another entity than the one that was named. */
export function serviceOfOther(service: Bilingual, owner: Bilingual, ownerCode: string): Bilingual {
  return {
    en: `The service “${service.en}” belongs to ${owner.en} (${ownerCode}), not to the entity that was named`,
    ar: `الخدمة «${service.ar}» تتبع ${owner.ar} (${ownerCode})، لا الجهة المذكورة`,
  };
}

/** The type must not be sent without saying who sends it. */
export function anonymousNotAllowed(type: Bilingual): Bilingual {
  return {
    en: `An application of the type “${type.en}” cannot be anonymous; say who sends it`,
    ar: `لا يُقبل طلب من نوع «${type.ar}» مجهول المصدر؛ اذكر مقدّم الطلب`,
  };
}

/** A number outside its bounds. */
export function outOfBounds(min: number | undefined, max: number | undefined): Bilingual {
  if (min !== undefined && max !== undefined) {
    return { en: `This must be from ${min} to ${max}`, ar: `يجب أن تكون القيمة من ${min} إلى ${max}` };
  }
  return min !== undefined
    ? { en: `This must be ${min} or more`, ar: `يجب ألا تقل القيمة عن ${min}` }
    : { en: `This must be ${max} or less`, ar: `يجب ألا تزيد القيمة على ${max}` };
}

/** A required extra field of the type that was left out, by its own name. */
export function requiredField(name: Bilingual): Bilingual {
  return { en: `“${name.en}” is required for this type`, ar: `حقل «${name.ar}» مطلوب لهذا النوع` };
}
