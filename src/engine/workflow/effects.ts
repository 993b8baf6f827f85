/**
 * The effects that an action of a workflow can have: what it means to the rest of the system, whatever a programme calls it.
 * An effect is a row here; what it does, needs, proposes and tells are maps by these names. Browsers run this too.
 */
import { codesOf, memberOf } from "../registry.js";
import type { Bilingual } from "../text/text.js";

interface EffectRow {
  /** As the editor of workflows lists it. */
  readonly title: Bilingual;
  /** It looks at other cases too, or writes to their applicants: it needs the lock. */
  readonly otherCases: boolean;
  /** It ends the case without the answer that was promised: the targets fall away. */
  readonly endsUnanswered: boolean;
  /** An act of others than the office that has to answer: never a sign of life of it. */
  readonly bySomebodyElse: boolean;
  /** It begins a new cycle, with new promises: the only way back from an answer or an end. */
  readonly beginsCycle: boolean;
  /**
   * It may be done to many cases at once: an act inside the office, whose fields fit many cases alike. What is said to an
   * applicant (an answer, a question, a rejection) is written for one case; what a second person confirms (approving, sending
   * back) is looked at one by one.
   */
  readonly inBulk: boolean;
}

const effects = {
  // entity from the field `entity`: first assignment out of a triage queue
  assign: {
    title: { en: "First entity: the field “entity” says which", ar: "تحديد أول جهة من حقل «الجهة»" },
    otherCases: false,
    endsUnanswered: false,
    bySomebodyElse: false,
    beginsCycle: false,
    inBulk: true,
  },
  // the actor becomes the assignee
  take: {
    title: { en: "Whoever does it takes the case", ar: "يتولى المعاملة من يقوم به" },
    otherCases: false,
    endsUnanswered: false,
    bySomebodyElse: false,
    beginsCycle: false,
    inBulk: true,
  },
  // entity from the field `entity`; never closes
  transfer: {
    title: { en: "Another entity: the field “entity” says which", ar: "تحويل إلى جهة أخرى من حقل «الجهة»" },
    otherCases: false,
    endsUnanswered: false,
    bySomebodyElse: false,
    beginsCycle: false,
    inBulk: true,
  },
  // pillar and importance from the fields of those names
  reclassify: {
    title: {
      en: "Pillar or importance change, and the deadlines with them",
      ar: "تغيير المحور أو الأهمية ومعهما المواعيد",
    },
    otherCases: false,
    endsUnanswered: false,
    bySomebodyElse: false,
    beginsCycle: false,
    inBulk: false,
  },
  // a human first response: meets that clock
  respond: {
    title: { en: "Counts as the first response", ar: "يُحتسب أول استجابة" },
    otherCases: false,
    endsUnanswered: false,
    bySomebodyElse: false,
    beginsCycle: false,
    inBulk: false,
  },
  // a question to the applicant, field `question`
  ask: {
    title: { en: "The applicant gets a question", ar: "سؤال يصل إلى مقدم الطلب" },
    otherCases: false,
    endsUnanswered: false,
    bySomebodyElse: false,
    beginsCycle: false,
    inBulk: false,
  },
  // the applicant's reply, field `reply`
  reply: {
    title: { en: "The applicant replies", ar: "رد من مقدم الطلب" },
    otherCases: false,
    endsUnanswered: false,
    bySomebodyElse: false,
    beginsCycle: false,
    inBulk: false,
  },
  // the answer, field `answer`
  answer: {
    title: { en: "An answer, reviewed where the quality rules say so", ar: "رد يُراجع حيث تطلب قواعد الجودة" },
    otherCases: true,
    endsUnanswered: false,
    bySomebodyElse: false,
    beginsCycle: false,
    inBulk: false,
  },
  // quality review sends it back, field `reason`
  return: {
    title: { en: "A review sends the answer back", ar: "إعادة الرد بعد مراجعته" },
    otherCases: false,
    endsUnanswered: false,
    bySomebodyElse: false,
    beginsCycle: false,
    inBulk: false,
  },
  // field `rating` 1–5; other fields of type rating are scales
  rate: {
    title: { en: "The applicant rates", ar: "تقييم من مقدم الطلب" },
    otherCases: false,
    endsUnanswered: false,
    bySomebodyElse: false,
    beginsCycle: false,
    inBulk: false,
  },
  // handled by another person
  appeal: {
    title: { en: "An appeal: another person, new deadlines", ar: "اعتراض: شخص آخر ومواعيد جديدة" },
    otherCases: false,
    endsUnanswered: false,
    bySomebodyElse: false,
    beginsCycle: true,
    inBulk: false,
  },
  // a new cycle with new clocks
  reopen: {
    title: { en: "Opened again, with new deadlines", ar: "إعادة فتح بمواعيد جديدة" },
    otherCases: false,
    endsUnanswered: false,
    bySomebodyElse: false,
    beginsCycle: true,
    inBulk: false,
  },
  // by the applicant, or for them by an official who says in `recognisedBy` and `reason` how and why
  withdraw: {
    title: { en: "Withdrawn: left out of the figures", ar: "سحب: لا يدخل في المؤشرات" },
    otherCases: false,
    endsUnanswered: true,
    bySomebodyElse: false,
    beginsCycle: false,
    inBulk: false,
  },
  // ended for the reason in field `closingReason`, which the applicant is told
  reject: {
    title: { en: "Rejected for a reason of the list", ar: "رفض لسبب من القائمة" },
    otherCases: true,
    endsUnanswered: true,
    bySomebodyElse: false,
    beginsCycle: false,
    inBulk: false,
  },
  // duplicate of the case in field `duplicateOf` (a reference)
  link: {
    title: { en: "Ends as a duplicate of another case", ar: "تنتهي مكررة لمعاملة أخرى" },
    otherCases: true,
    endsUnanswered: true,
    bySomebodyElse: false,
    beginsCycle: false,
    inBulk: true,
  },
  // internal note, field `note`
  note: {
    title: { en: "A note that only officials see", ar: "ملاحظة لا يراها إلا الموظفون" },
    otherCases: false,
    endsUnanswered: false,
    bySomebodyElse: false,
    beginsCycle: false,
    inBulk: true,
  },
  // colleagues from the field `mentions` are told of the note
  mention: {
    title: { en: "Colleagues named in the note are told", ar: "إبلاغ الزملاء المذكورين في الملاحظة" },
    otherCases: false,
    endsUnanswered: false,
    bySomebodyElse: false,
    beginsCycle: false,
    inBulk: true,
  },
  // a colleague from the field `colleague` becomes the assignee
  give: {
    title: { en: "A colleague gets the case", ar: "إسناد المعاملة إلى زميل" },
    otherCases: false,
    endsUnanswered: false,
    bySomebodyElse: false,
    beginsCycle: false,
    inBulk: true,
  },
  // a second matter, fields `subject`, `description`, perhaps `entity`, becomes a case of its own
  split: {
    title: { en: "A second matter becomes a case of its own", ar: "موضوع ثانٍ يصبح معاملة مستقلة" },
    otherCases: true,
    endsUnanswered: false,
    bySomebodyElse: false,
    beginsCycle: false,
    inBulk: false,
  },
  // the cases in field `others` become duplicates of this one
  merge: {
    title: { en: "Other cases become duplicates of this one", ar: "ضم معاملات مكررة إلى هذه" },
    otherCases: true,
    endsUnanswered: false,
    bySomebodyElse: false,
    beginsCycle: false,
    inBulk: false,
  },
  // the entity's focal points are reminded; never a sign of life of the office
  remind: {
    title: { en: "The entity is reminded", ar: "تذكير الجهة" },
    otherCases: false,
    endsUnanswered: false,
    bySomebodyElse: true,
    beginsCycle: false,
    inBulk: true,
  },
} as const satisfies Readonly<Record<string, EffectRow>>;

export type EffectName = keyof typeof effects;
export const effectNames = codesOf(effects);

/** What is known of an effect. */
export const effectOf: Readonly<Record<EffectName, EffectRow>> = effects;
export const effectTitles = memberOf(effectOf, "title");
