/** Programmes: one use of the platform, with its settings as fields. New ones come as files. */

import { roleCodes } from "../../../engine/access/roles.js";
import { attachmentKindNames, attachmentKinds } from "../../../engine/files/attachment-types.js";
import { choicesOf, letterLanguages, triageWays } from "../../../engine/setup/set-up-choices.js";
import { type FieldFault, Problem } from "../../../engine/text/problems.js";
import {
  type Asked,
  type Call,
  type Column,
  defineResource,
  type ListAsked,
  type Row,
  readSource,
} from "../../../platform/admin/define-resource.js";
import { policyLimitColumns } from "./policy-limit-columns.js";
import { atSteps, byStep, gathered, ladderHelp, onLadder, roleChoice, spread, steps } from "./programme-ladder.js";
import { isAsked, readableProgrammes } from "./readable-programmes.js";
import { nameColumn, setupCommon, titleOf } from "./setup-columns.js";

const columns: readonly Column[] = [
  nameColumn(),
  {
    name: "code",
    label: { en: "Code", ar: "الرمز" },
    type: "text",
    list: true,
    ltr: true,
    help: { en: "It can never be changed.", ar: "لا يمكن تغييره أبدًا." },
  },
  {
    name: "timeZone",
    label: { en: "Time zone", ar: "المنطقة الزمنية" },
    type: "text",
    list: true,
    edit: true,
    required: true,
    ltr: true,
    help: {
      en: "Deadlines, reports and letters go by it: Asia/Amman.",
      ar: "تُحسب به المواعيد والتقارير والرسائل: Asia/Amman.",
    },
  },
  {
    name: "defaultLanguage",
    label: { en: "Language of letters", ar: "لغة الرسائل" },
    type: "choice",
    edit: true,
    required: true,
    choices: choicesOf(letterLanguages),
    help: { en: "For whoever did not choose one.", ar: "لمن لم يختر لغة." },
  },
  {
    name: "calendar",
    label: { en: "Calendar", ar: "التقويم" },
    type: "reference",
    reference: "published-calendars",
    list: true,
    edit: true,
    required: true,
    help: {
      en: "The working hours by which deadlines of new cases run. Cases that are open keep theirs.",
      ar: "ساعات العمل التي تُحسب بها مواعيد المعاملات الجديدة. تبقى المعاملات المفتوحة على تقويمها.",
    },
  },
  {
    name: "triage",
    label: { en: "Who routes", ar: "من يوجّه الطلبات" },
    type: "choice",
    list: true,
    edit: true,
    required: true,
    choices: choicesOf(triageWays),
    help: {
      en: "By hand, every application waits in the triage queue of its sector.",
      ar: "عند التوجيه اليدوي ينتظر كل طلب في قائمة فرز قطاعه.",
    },
  },
  {
    name: "reopenWindowDays",
    label: { en: "Days to reopen", ar: "أيام إعادة الفتح" },
    type: "number",
    edit: true,
    required: true,
    help: {
      en: "Calendar days after the answer in which the applicant may reopen the case.",
      ar: "أيام تقويمية بعد الرد يجوز فيها لمقدم الطلب إعادة فتح المعاملة.",
    },
  },
  {
    name: "reviewSamplePercent",
    label: { en: "Share of answers reviewed (%)", ar: "نسبة الردود المُراجعة (%)" },
    type: "number",
    edit: true,
    required: true,
    help: {
      en: "Of the answers that no quality rule names, so many in a hundred are reviewed.",
      ar: "من كل مئة رد لا تذكره قواعد الجودة يُراجع هذا العدد.",
    },
  },
  ...steps.map(
    ({ column, label }, i): Column => ({
      name: column,
      label,
      type: "choice",
      edit: true,
      choices: onLadder,
      ...(i === 0 && { help: ladderHelp }),
    }),
  ),
  {
    name: "raiseStatedImportance",
    label: { en: "Rules may raise the stated importance", ar: "للقواعد رفع مستوى الأهمية الوارد" },
    type: "boolean",
    edit: true,
    help: {
      en: "Some channels send an importance with the application. Yes: a classification rule that says a higher level wins. No: what was sent holds. Rules never lower it, and the default of the rule set never changes it. “Why?” and Try a case name the rule that was overruled.",
      ar: "ترسل بعض القنوات مستوى أهمية مع الطلب. نعم: تُعتمد قاعدة التصنيف إذا حدّدت مستوى أعلى. لا: يُعتمد ما ورد. لا تخفّضه القواعد أبدًا، ولا تغيّره القيمة الافتراضية للمجموعة. وتُذكر القاعدة التي لم يُعمل بها في «لماذا؟» وفي تجربة معاملة.",
    },
  },
  {
    name: "secondFactor",
    label: { en: "Second factor required", ar: "التحقق بخطوتين إلزامي" },
    type: "words",
    edit: true,
    choices: roleCodes.map(roleChoice),
    help: {
      en: "Whoever holds a seat of these roles has to sign in with a code of the telephone as well.",
      ar: "من يشغل مقعدًا لهذه الأدوار عليه أن يدخل أيضًا رمزًا من هاتفه.",
    },
  },
  {
    name: "attachmentsMost",
    label: { en: "Files at once", ar: "عدد الملفات في المرة الواحدة" },
    type: "number",
    edit: true,
    required: true,
    help: {
      en: "So many files an application, a reply or an answer may carry; 0: none (up to 50).",
      ar: "عدد الملفات التي يمكن إرفاقها بطلب أو رد؛ 0: لا تُرفق ملفات (حتى 50).",
    },
  },
  {
    name: "attachmentMegabytes",
    label: { en: "Size of a file (MB)", ar: "حجم الملف (ميغابايت)" },
    type: "number",
    edit: true,
    required: true,
    help: { en: "At most, 1 to 200.", ar: "الحد الأقصى، من 1 إلى 200." },
  },
  {
    name: "attachmentKinds",
    label: { en: "Kinds of file", ar: "أنواع الملفات" },
    type: "words",
    edit: true,
    choices: attachmentKinds.map((kind) => ({ value: kind, label: attachmentKindNames[kind] })),
    help: {
      en: "What applicants and officials may attach. A file is told by its content, not by its name.",
      ar: "ما يمكن لمقدمي الطلبات والموظفين إرفاقه. يُعرف نوع الملف من محتواه لا من اسمه.",
    },
  },
  {
    name: "takeUnscanned",
    label: { en: "Take files while the virus scanner is away", ar: "استلام الملفات أثناء توقف فاحص الفيروسات" },
    type: "boolean",
    edit: true,
    help: {
      en: "No: the sender is asked to send it again later. Yes: it is taken and marked “Not checked for viruses”. It matters only where the administrator has set up a scanner; its state stands in System health.",
      ar: "لا: يُطلب من المرسل إعادة الإرسال لاحقًا. نعم: يُستلم الملف ويُعلَّم بعبارة «لم يُفحص من الفيروسات». لا أثر لهذا الإعداد إلا إذا ضبط مدير النظام فاحصًا، وحالته في صفحة حالة النظام.",
    },
  },
  {
    name: "receiptsMost",
    label: { en: "Receipts to one address a day", ar: "إشعارات الاستلام إلى العنوان الواحد يوميًا" },
    type: "number",
    edit: true,
    required: true,
    help: {
      en: "Whoever fills in the public pages can type anybody's e-mail address. More than so many receipts a day to one are held back and stand in Messages; 0: none are sent (up to 1000).",
      ar: "يمكن لمن يملأ الصفحات العامة أن يكتب بريد أي شخص. ما زاد على هذا العدد من الإشعارات يوميًا إلى العنوان الواحد يُحجز ويظهر في الرسائل؛ 0: لا تُرسل إشعارات (حتى 1000).",
    },
  },
  {
    name: "lowRatingMost",
    label: { en: "Ratings that count as low, up to", ar: "أعلى درجة تُعد تقييمًا منخفضًا" },
    type: "number",
    edit: true,
    required: true,
    help: {
      en: "When an applicant rates an answer no higher than this, the official who took the case gets a letter, or the entity's focal points where nobody did. 1 to 4; 0: no letter. A rating that opens an appeal always sends one.",
      ar: "إذا قيّم مقدم الطلب الرد بهذه الدرجة أو أقل وصلت رسالة إلى من تولى المعاملة، أو إلى ضباط ارتباط الجهة إن لم يتولها أحد. من 1 إلى 4؛ 0: لا رسالة. أما التقييم الذي يفتح اعتراضًا فيُبلّغ دائمًا.",
    },
  },
  {
    name: "publicPages",
    label: { en: "Public pages open", ar: "الصفحات العامة مفتوحة" },
    type: "boolean",
    edit: true,
    help: {
      en: "Whether applicants may submit to this programme at the public pages. Following what was sent stays possible.",
      ar: "هل يجوز تقديم الطلبات إلى هذا البرنامج من الصفحات العامة. تبقى متابعة ما قُدّم ممكنة.",
    },
  },
  {
    name: "secondPerson",
    label: { en: "Policy needs a second person", ar: "السياسات تحتاج إلى شخص ثانٍ" },
    type: "boolean",
    edit: true,
    help: {
      en: "Rules, workflows and calendars are published only when somebody of the operation room who wrote nothing of them has approved. Once on, it is switched off at the machine alone.",
      ar: "لا تُنشر القواعد ومسارات العمل والتقاويم إلا بموافقة عضو من غرفة العمليات لم يشارك في كتابتها. وبعد تشغيل هذا الشرط لا يُوقف إلا من الخادم نفسه.",
    },
  },
  {
    name: "bulkMostCases",
    label: { en: "Cases in one bulk act", ar: "معاملات الإجراء الجماعي" },
    type: "number",
    edit: true,
    required: true,
    help: {
      en: "On so many cases at most the same act may be carried out at once (up to 2,000).",
      ar: "أقصى عدد من المعاملات يُنفّذ عليها إجراء واحد دفعة واحدة (حتى 2,000).",
    },
  },
  {
    name: "exportMostRows",
    label: { en: "Cases in one file", ar: "معاملات ملف التصدير" },
    type: "number",
    edit: true,
    required: true,
    help: {
      en: "So many cases at most stand in one file (up to 1,000,000).",
      ar: "أقصى عدد من المعاملات في ملف واحد (حتى 1,000,000).",
    },
  },
  {
    name: "exportMostPersonal",
    label: { en: "Cases in a file with personal data", ar: "معاملات ملف فيه بيانات شخصية" },
    type: "number",
    edit: true,
    required: true,
    help: {
      en: "When a file says who the applicants are, so many cases at most (up to 10,000). Each is put on record.",
      ar: "أقصى عدد من المعاملات في ملف يبيّن مقدمي الطلبات (حتى 10,000)، ويُسجّل الاطلاع في كل معاملة.",
    },
  },
  {
    name: "replayMostCases",
    label: { en: "Cases in one replay", ar: "معاملات الإعادة الواحدة" },
    type: "number",
    edit: true,
    required: true,
    help: {
      en: "A draft of rules is replayed over so many past cases at most (up to 10,000,000).",
      ar: "أقصى عدد من المعاملات السابقة تُعاد عليها مسودة القواعد (حتى 10,000,000).",
    },
  },
  ...policyLimitColumns,
  {
    name: "similarFromPercent",
    label: { en: "Similar cases from (%)", ar: "المعاملات المشابهة ابتداءً من (%)" },
    type: "number",
    edit: true,
    required: true,
    help: {
      en: "Beside a case stand those whose texts have so much in common with it, 1 to 100; the rarer a word, the more it counts.",
      ar: "تُعرض بجانب المعاملة المعاملات التي يشترك نصّها معها بهذه النسبة على الأقل، من 1 إلى 100، وكلما ندرت الكلمة زاد وزنها.",
    },
  },
  {
    name: "sweepHoldPercent",
    label: { en: "Sweep asks from (% of open cases)", ar: "يُستأذن قبل تطبيق المواعيد من (% من المفتوحة)" },
    type: "number",
    edit: true,
    required: true,
    help: {
      en: "When deadlines of more than this share of the open cases are late to be enforced (by half an hour or more), the sweep holds and asks the operation room: a wrong clock would write thousands of letters. 1 to 100; 100: it never asks.",
      ar: "إذا تأخر تطبيق مواعيد أكثر من هذه النسبة من المعاملات المفتوحة (نصف ساعة فأكثر) توقف تطبيق المواعيد حتى تسمح به غرفة العمليات، فالساعة الخاطئة قد ترسل آلاف الرسائل. من 1 إلى 100؛ 100: لا يُستأذن.",
    },
  },
  {
    name: "sweepHoldLeast",
    label: { en: "Cases that a sweep always enforces", ar: "معاملات تُطبّق مواعيدها دون استئذان" },
    type: "number",
    edit: true,
    required: true,
    help: {
      en: "Up to so many late cases the sweep never asks, whatever their share (up to 1,000,000).",
      ar: "لا يُستأذن حتى هذا العدد من المعاملات المتأخرة مهما كانت نسبتها (حتى 1,000,000).",
    },
  },
];

const editOf = ({ official, record, input, before }: Call) => {
  const code = String(record?.code);
  const place = { programme: code, table: "programmes", code, by: official.actor } as const;
  return { ...place, values: gathered(input), before: gathered(before) };
};

async function faults(call: Call): Promise<readonly FieldFault[]> {
  const found = await call.services.setupEditor.faults(editOf(call));
  return found.map((fault) => atSteps(fault, call.input));
}

async function update(call: Call): Promise<void> {
  const { services, now, input } = call;
  try {
    await services.setupEditor.update({ ...editOf(call), now });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const faults = error.faults.map((fault) => atSteps(fault, input));
    throw new Problem(error.code, error.detail, faults);
  }
}

async function rowOf({ official, services }: Omit<Asked, "now">, code: string): Promise<Row> {
  const place = { programme: code, table: "programmes", code } as const;
  const row = await services.setupEditor.row({ ...place, actor: official.actor });
  return { ...spread(row), id: code, programme: code };
}

async function found({ filters, search, ...asked }: ListAsked): Promise<Row[]> {
  const codes = (await readableProgrammes(asked)).filter((code) => isAsked(filters.programme, code));
  const rows = await Promise.all(codes.map((code) => rowOf(asked, code)));
  const wanted = (search ?? "").toLowerCase();
  return rows.filter(({ code, nameAr, nameEn }) => `${code} ${nameAr} ${nameEn}`.toLowerCase().includes(wanted));
}

export const programmes = defineResource({
  ...setupCommon,
  id: "programmes",
  label: { en: "Programmes", ar: "البرامج" },
  one: { en: "Programme", ar: "برنامج" },
  icon: "tag",
  order: 120,
  columns,
  title: titleOf,
  source: readSource({
    find: async ({ offset, limit, ...asked }) => (await found(asked)).slice(offset, offset + limit),
    count: async (asked) => ({ total: (await found(asked)).length, estimated: false }),
    one: async ({ id, ...asked }) => ((await readableProgrammes(asked)).includes(id) ? rowOf(asked, id) : null),
    names: async ({ codes, ...asked }) => {
      const readable = (await readableProgrammes(asked)).filter((code) => codes.includes(code));
      return new Map(await Promise.all(readable.map(async (code) => [code, await rowOf(asked, code)] as const)));
    },
  }),
  defaultSort: { column: "code", direction: "asc" },
  update,
  faults,
  actions: {
    history: {
      kind: "record",
      label: { en: "History of changes", ar: "سجل التغييرات" },
      access: "configuration.read",
      read: async ({ services, record, official }) => {
        const code = String(record?.code);
        const place = { programme: code, table: "programmes", code } as const;
        const events = await services.setupEditor.history({ ...place, actor: official.actor });
        return events.map((event) => ({ ...event, changes: event.changes.flatMap(byStep) }));
      },
    },
  },
});
