import type { Bilingual } from "../text/text.js";

/** Names of the jobs; each has a queue of the same name. */
export const jobNames = [
  "enforce-deadlines",
  "deliver-messages",
  "digest-committee",
  "digest-focal-points",
  "seal-audit",
  "housekeeping",
  "prepare-replays",
  "resume-work",
] as const;
export type JobName = (typeof jobNames)[number];

/** What each does, in the words of whoever looks after them. */
export const jobTitles: Readonly<Record<JobName, Bilingual>> = {
  "enforce-deadlines": {
    en: "Enforce deadlines: warnings, breaches, escalations",
    ar: "تطبيق المواعيد: إشعارات وتجاوزات وتصعيد",
  },
  "deliver-messages": { en: "Deliver messages", ar: "إرسال الرسائل" },
  "digest-committee": { en: "Weekly digest to the steering committee", ar: "الموجز الأسبوعي للجنة التوجيهية" },
  "digest-focal-points": { en: "Daily digest to the focal points", ar: "الموجز اليومي لضباط الارتباط" },
  "seal-audit": { en: "Seal the record of the day", ar: "ختم سجل اليوم" },
  housekeeping: {
    en: "Housekeeping: old retry keys, calendars that run out",
    ar: "التنظيف اليومي: مفاتيح التكرار القديمة والتقاويم التي توشك على النفاد",
  },
  "prepare-replays": {
    en: "Make past decisions ready for replays",
    ar: "تجهيز القرارات السابقة للإعادة عليها",
  },
  "resume-work": {
    en: "Take up bulk acts and exports that were interrupted",
    ar: "استئناف الإجراءات الجماعية وملفات التصدير المتوقفة",
  },
};
