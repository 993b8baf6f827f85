/** What changed between two versions of a workflow. */
import type { RoleCode } from "../permissions.js";
import type { Setup } from "../setup.js";
import type { Bilingual } from "../text.js";
import type {
  WorkflowAction,
  WorkflowDefinition,
  WorkflowState,
  WorkflowTimer,
} from "../workflow/workflow-definition.js";
import { type Difference, differencesOf, fromTo, line, type Say, sayIn } from "./difference.js";

type Coded<Item> = Item & { readonly code: string };

const coded = <Item>(record: Readonly<Record<string, Item>>): Coded<Item>[] =>
  Object.entries(record).map(([code, item]) => ({ ...item, code }));

const performers: Readonly<Record<RoleCode | "applicant" | "system", Bilingual>> = {
  operation_room: { en: "operation room", ar: "غرفة العمليات" },
  main_focal_point: { en: "main focal point", ar: "ضابط الارتباط الرئيسي" },
  focal_point: { en: "focal point", ar: "ضابط الارتباط" },
  entity_manager: { en: "manager of the entity", ar: "مدير الجهة" },
  secretary_general: { en: "secretary general", ar: "الأمين العام" },
  minister: { en: "minister", ar: "الوزير" },
  prime_minister: { en: "Prime Minister", ar: "رئيس الوزراء" },
  steering_committee: { en: "steering committee", ar: "اللجنة التوجيهية" },
  contact_centre_agent: { en: "contact centre", ar: "مركز الاتصال" },
  auditor: { en: "auditor", ar: "المدقق" },
  applicant: { en: "applicant", ar: "مقدم الطلب" },
  system: { en: "the system", ar: "النظام" },
};

const kinds: Readonly<Record<WorkflowState["kind"], Bilingual>> = {
  open: { en: "open", ar: "مفتوحة" },
  waiting: { en: "waiting", ar: "بانتظار" },
  resolved: { en: "resolved", ar: "محلولة" },
  final: { en: "final", ar: "نهائية" },
};

function stateLines(before: WorkflowState, after: WorkflowState, say: Say): Bilingual[] {
  return [
    ...line(before.name, after.name, () =>
      say((words) => fromTo(words, words.say("Name", "الاسم"), words.pick(before.name), words.pick(after.name))),
    ),
    ...line(before.kind, after.kind, () =>
      say((words) =>
        fromTo(words, words.say("Kind", "النوع"), words.pick(kinds[before.kind]), words.pick(kinds[after.kind])),
      ),
    ),
  ];
}

function actionLines(before: WorkflowAction, after: WorkflowAction, names: StateNames, say: Say): Bilingual[] {
  const part = (
    what: Bilingual,
    of: (action: WorkflowAction) => unknown,
    text: (action: WorkflowAction) => Bilingual,
  ) =>
    line(of(before), of(after), () =>
      say((words) => fromTo(words, words.pick(what), words.pick(text(before)), words.pick(text(after)))),
    );
  const changed = (what: Bilingual, of: (action: WorkflowAction) => unknown) => line(of(before), of(after), () => what);
  return [
    ...part(
      { en: "Name", ar: "الاسم" },
      (a) => a.name,
      (a) => a.name,
    ),
    ...part(
      { en: "From", ar: "من" },
      (a) => a.from,
      (a) => listed(a.from.map(names)),
    ),
    ...part(
      { en: "Leads to", ar: "تؤدي إلى" },
      (a) => a.to,
      (a) => targetWords(a, names),
    ),
    ...part(
      { en: "By", ar: "يقوم بها" },
      (a) => a.by,
      (a) => listed(a.by.map((who) => performers[who] ?? plain(who))),
    ),
    ...part(
      { en: "Fields", ar: "الحقول" },
      (a) => a.fields,
      (a) => listed(Object.values(a.fields).map((field) => field.name)),
    ),
    ...part(
      { en: "Effects", ar: "الآثار" },
      (a) => a.effects,
      (a) => plain(a.effects.join(", ")),
    ),
    ...part(
      { en: "Files", ar: "الملفات" },
      (a) => a.attachments === true,
      (a) => (a.attachments === true ? { en: "can be attached", ar: "يمكن إرفاقها" } : { en: "none", ar: "لا شيء" }),
    ),
    ...part(
      { en: "Counts as an act of the office", ar: "تُحتسب إجراءً من الجهة" },
      (a) => a.signOfLife !== false,
      (a) => (a.signOfLife === false ? { en: "no", ar: "لا" } : { en: "yes", ar: "نعم" }),
    ),
    ...changed({ en: "Its conditions", ar: "شروطها" }, (a) => a.guards),
  ];
}

type StateNames = (code: string) => Bilingual;

const plain = (text: string): Bilingual => ({ en: text, ar: text });

/** A list of all states in each of many actions would be read by nobody. */
const mostListed = 20;

function listed(names: readonly Bilingual[]): Bilingual {
  if (names.length === 0) return { en: "none", ar: "لا شيء" };
  const some = names.slice(0, mostListed);
  const rest = names.length > some.length ? ` … (${names.length})` : "";
  return { en: some.map(({ en }) => en).join(", ") + rest, ar: some.map(({ ar }) => ar).join("، ") + rest };
}

function targetWords({ to }: WorkflowAction, names: StateNames): Bilingual {
  if (to === null) return { en: "stays where it is", ar: "تبقى مكانها" };
  return typeof to === "string" ? names(to) : listed(to.map((branch) => names(branch.to)));
}

function timerLines(before: WorkflowTimer, after: WorkflowTimer, say: Say): Bilingual[] {
  return [
    ...line(before.after, after.after, () =>
      say((words) => fromTo(words, words.say("After", "بعد"), words.budget(before.after), words.budget(after.after))),
    ),
    ...line([before.state, before.action], [after.state, after.action], () =>
      say((words) =>
        fromTo(
          words,
          words.say("Action", "الإجراء"),
          `${before.state}/${before.action}`,
          `${after.state}/${after.action}`,
        ),
      ),
    ),
  ];
}

/** States, actions and timers that came, went or changed, by their names. */
export function workflowDifferences(before: WorkflowDefinition, after: WorkflowDefinition, setup: Setup): Difference[] {
  const say = sayIn(setup);
  const names: StateNames = (code) => after.states[code]?.name ?? before.states[code]?.name ?? plain(code);
  const named = (en: string, ar: string, name: Bilingual) =>
    say((words) => words.say(`${en} ${words.quote(name.en)}`, `${ar} ${words.quote(name.ar)}`));
  const whole = [
    ...line(before.name, after.name, () =>
      say((words) => fromTo(words, words.say("Name", "الاسم"), words.pick(before.name), words.pick(after.name))),
    ),
    ...line(before.initial, after.initial, () =>
      say((words) =>
        fromTo(
          words,
          words.say("Begins in", "تبدأ في"),
          words.pick(names(before.initial)),
          words.pick(names(after.initial)),
        ),
      ),
    ),
    ...line(before.triage, after.triage, () =>
      say((words) =>
        fromTo(
          words,
          words.say("Triage in", "الفرز في"),
          words.pick(names(before.triage)),
          words.pick(names(after.triage)),
        ),
      ),
    ),
  ];
  return [
    ...(whole.length === 0
      ? []
      : [{ kind: "changed" as const, what: { en: "The workflow", ar: "سير العمل" }, details: whole }]),
    ...differencesOf(
      coded(before.states),
      coded(after.states),
      (state) => state.code,
      (state) => named("State", "الحالة", state.name),
      (old, now) => stateLines(old, now, say),
    ),
    ...differencesOf(
      coded(before.actions),
      coded(after.actions),
      (action) => action.code,
      (action) => named("Action", "الإجراء", action.name),
      (old, now) => actionLines(old, now, names, say),
    ),
    ...differencesOf(
      before.timers,
      after.timers,
      (timer) => timer.id,
      (timer) => named("Timer", "المؤقت", plain(timer.id)),
      (old, now) => timerLines(old, now, say),
    ),
  ];
}
