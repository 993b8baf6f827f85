/** What the choices are called by which lists of cases are narrowed. */

import type { DeskFilter } from "../../../engine/lifecycle/desk-groups.js";
import type { HappenedFilter } from "../../../engine/lifecycle/happened.js";
import type { Lateness } from "../../../engine/search/case-search.js";
import type { StateKind } from "../../../engine/workflow/workflow-definition.js";

export const kindLabels = {
  open: { en: "Open", ar: "مفتوحة" },
  waiting: { en: "Waiting for the applicant", ar: "بانتظار مقدم الطلب" },
  resolved: { en: "Answered", ar: "تم الرد" },
  final: { en: "Closed", ar: "مغلقة" },
} as const satisfies Record<StateKind, unknown>;

export const lateLabels = {
  late: { en: "Late", ar: "متأخرة" },
  today: { en: "Due today", ar: "تستحق اليوم" },
  onTime: { en: "In time", ar: "ضمن الموعد" },
} as const satisfies Record<Lateness, unknown>;

export const deskLabels = {
  overdue: { en: "Overdue", ar: "تجاوزت موعدها" },
  today: { en: "Due today", ar: "تستحق اليوم" },
  week: { en: "Due this week", ar: "تستحق هذا الأسبوع" },
  again: { en: "Reopened or sent back", ar: "معاد فتحها أو معادة للمراجعة" },
  new: { en: "New, not taken yet", ar: "جديدة لم تُستلم بعد" },
  later: { en: "Taken on, due later", ar: "قيد المعالجة وموعدها لاحق" },
  waiting: { en: "Waiting for the applicant", ar: "بانتظار مقدم الطلب" },
  reviewing: { en: "Answer in review, due later", ar: "ردها قيد المراجعة وموعدها لاحق" },
  review: { en: "In quality review", ar: "قيد مراجعة الجودة" },
} as const satisfies Record<DeskFilter, unknown>;

export const happenedLabels = {
  receivedToday: { en: "Received today", ar: "وردت اليوم" },
  answeredToday: { en: "Answered today", ar: "أُجيب عنها اليوم" },
  answeredThisWeek: { en: "Answered this week", ar: "أُجيب عنها هذا الأسبوع" },
  becameLateToday: { en: "Became late today", ar: "تأخرت اليوم" },
  myDueLastMonth: { en: "My cases that fell due in the last 30 days", ar: "معاملاتي التي حلّ موعدها خلال آخر 30 يومًا" },
  escalatedLastDay: { en: "Escalated in the last day", ar: "صُعّدت خلال اليوم الأخير" },
} as const satisfies Record<HappenedFilter, unknown>;
