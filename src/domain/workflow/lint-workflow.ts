/** What a well-formed workflow may still get wrong: states nobody reaches or leaves, timers that cannot ring, ways back that forget the clocks. */
import { shown } from "../rules/schema-faults.js";
import type { Setup } from "../setup.js";
import type { Bilingual } from "../text.js";
import { pointerPart } from "./action-fields.js";
import { cycleEffects, effectFindings, type Finding, outcomesOf } from "./lint-effects.js";
import { type NoSuch, named, newNoSuch } from "./no-such.js";
import { reachedFrom, sourcesOf, targetsOf } from "./reached-from.js";
import type { StateKind, WorkflowAction, WorkflowDefinition } from "./workflow-definition.js";

type Actions = readonly (readonly [string, WorkflowAction])[];
/** Findings come one at a time, so that nobody looks for more of them than are told. */
type Lint = (workflow: WorkflowDefinition, actions: Actions, setup: Setup, noSuch: NoSuch) => Iterable<Finding>;

const at = (name: string) => `/actions/${pointerPart(name)}`;
const stateAt = (state: string) => `/states/${pointerPart(state)}`;

/** Enough to mend before the next check; each is told in words that take their time to find. */
const mostFindings = 200;

const aState: Bilingual = { en: "state", ar: "حالة باسم" };
const anAction: Bilingual = { en: "action", ar: "إجراء باسم" };

/** What a workflow, its states and its actions are named by. */
export const codeForm = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;
const namesAreCodes: Lint = (workflow, actions) => {
  const named: [string, string][] = [
    ["/workflow", workflow.workflow],
    ...Object.keys(workflow.states).map((state): [string, string] => [stateAt(state), state]),
    ...actions.map(([name]): [string, string] => [at(name), name]),
    ...actions.flatMap(([name, action]) =>
      Object.keys(action.fields).map((field): [string, string] => [`${at(name)}/fields/${pointerPart(field)}`, field]),
    ),
  ];
  return named
    .filter(([path, code]) => !(path.includes("/fields/") ? /^[a-z][A-Za-z0-9]*$/ : codeForm).test(code))
    .map(([path, code]) => ({
      path,
      reason: {
        en: `${shown(code)} cannot be a code: small Latin letters and digits, like in_progress (fields: like duplicateOf).`,
        ar: `${shown(code)} لا يصلح رمزًا: أحرف لاتينية صغيرة وأرقام، مثل in_progress (والحقول مثل duplicateOf).`,
      },
    }));
};

const statesExist: Lint = function* (workflow, actions, _setup, noSuch) {
  const states = Object.keys(workflow.states);
  const used: [string, string][] = [
    ["/initial", workflow.initial],
    ["/triage", workflow.triage],
    ...actions.flatMap(([name, action]) => [
      ...action.from.map((state, i): [string, string] => [`${at(name)}/from/${i}`, state]),
      ...outcomesOf(action).flatMap(({ to, path }): [string, string][] =>
        to === null ? [] : [[`${at(name)}${path}`, to]],
      ),
    ]),
    ...workflow.timers.map((timer, i): [string, string] => [`/timers/${i}/state`, timer.state]),
  ];
  for (const [path, state] of used) {
    if (!Object.hasOwn(workflow.states, state)) yield { path, reason: noSuch(aState, state, states) };
  }
};

const beginnings: Lint = (workflow, actions) => {
  const found: Finding[] = (["initial", "triage"] as const)
    .filter((name) => workflow.states[workflow[name]]?.kind !== "open")
    .map((name) => ({
      path: `/${name}`,
      reason: {
        en: `A case begins in a state of kind "open"; ${shown(workflow[name])} is not.`,
        ar: `تبدأ المعاملة في حالة من نوع "open"، و${shown(workflow[name])} ليست كذلك.`,
      },
    }));
  const placed = actions.some(
    ([, action]) => action.effects.includes("assign") && action.from.includes(workflow.triage),
  );
  if (placed) return found;
  const reason = {
    en: `No action with the effect "assign" leads out of ${shown(workflow.triage)}: a case that no rule could route would stay there.`,
    ar: `لا يوجد إجراء بالأثر "assign" يخرج من ${shown(workflow.triage)}: ستبقى فيها كل معاملة لم توجهها القواعد.`,
  };
  return [...found, { path: "/triage", reason }];
};

const listsAreFilled: Lint = (workflow, actions) => {
  const empty = (path: string, en: string, ar: string): Finding => ({ path, reason: { en, ar } });
  const none =
    Object.keys(workflow.states).length === 0 ? [empty("/states", "There are no states.", "لا توجد حالات.")] : [];
  return [
    ...none,
    ...actions.flatMap(([name, action]) => [
      ...(action.from.length === 0
        ? [
            empty(
              `${at(name)}/from`,
              "Name at least one state in which it is possible.",
              "اذكر حالة واحدة على الأقل يكون فيها ممكنًا.",
            ),
          ]
        : []),
      ...(action.by.length === 0
        ? [empty(`${at(name)}/by`, "Name at least one role that may do it.", "اذكر دورًا واحدًا على الأقل يقوم به.")]
        : []),
      ...(Array.isArray(action.to) && action.to.length === 0
        ? [empty(`${at(name)}/to`, "There are no branches.", "لا توجد مسارات.")]
        : []),
    ]),
  ];
};

const branchesEnd: Lint = (_workflow, actions) =>
  actions.flatMap(([name, action]) => {
    if (action.to === null || typeof action.to === "string") return [];
    const { to } = action;
    return to.flatMap((branch, i): Finding[] => {
      const last = i === to.length - 1;
      if (last && branch.when !== undefined) {
        const reason = {
          en: 'The last branch must have no "when": it takes what the others leave.',
          ar: 'يجب أن يكون المسار الأخير بلا "when": يأخذ ما تتركه المسارات الأخرى.',
        };
        return [{ path: `${at(name)}/to/${i}/when`, reason }];
      }
      if (last || branch.when !== undefined) return [];
      const reason = {
        en: 'A branch without "when" takes everything: those after it are never reached. Put it last.',
        ar: 'المسار بلا "when" يأخذ كل شيء فلا يُبلغ ما بعده. ضعه أخيرًا.',
      };
      return [{ path: `${at(name)}/to/${i}`, reason }];
    });
  });

const fieldsFit: Lint = (_workflow, actions) =>
  actions.flatMap(([name, action]) =>
    Object.entries(action.fields).flatMap(([code, field]): Finding[] => {
      const path = `${at(name)}/fields/${pointerPart(code)}`;
      const choices = field.choices ?? [];
      if (
        field.type === "choice" &&
        new Set(choices.map((choice) => choice.code)).size !== Math.max(2, choices.length)
      ) {
        const reason = {
          en: "A choice needs at least two choices, each with its own code.",
          ar: "يحتاج الاختيار إلى خيارين على الأقل لكل منهما رمزه.",
        };
        return [{ path: `${path}/choices`, reason }];
      }
      if (field.type !== "choice" && field.choices !== undefined) {
        const reason = { en: 'Only a field of type "choice" has choices.', ar: 'الخيارات لحقل من نوع "choice" فقط.' };
        return [{ path: `${path}/choices`, reason }];
      }
      if (field.type !== "text" && field.maxLength !== undefined) {
        const reason = {
          en: 'Only a field of type "text" has a greatest length.',
          ar: 'الطول الأقصى لحقل من نوع "text" فقط.',
        };
        return [{ path: `${path}/maxLength`, reason }];
      }
      return [];
    }),
  );

const hasEnded = (kind: StateKind | undefined) => kind === "resolved" || kind === "final";

/** The clocks of an answered case have ended: whoever leads it back has to begin a new cycle, or nothing would watch it. */
const waysBack: Lint = (workflow, actions) =>
  actions.flatMap(([name, action]) => {
    const kindOf = (state: string) => workflow.states[state]?.kind;
    const from = action.from.filter((state) => hasEnded(kindOf(state))).map(shown);
    const [en, ar] = [named(from, ", "), named(from, "، ")];
    return outcomesOf(action).flatMap(({ to, effects, path }): Finding[] => {
      const anew = effects.some((effect) => cycleEffects.includes(effect));
      if (to === null) return [];
      if (from.length > 0 && !hasEnded(kindOf(to)) && !anew) {
        const reason = {
          en: `From ${en} back to work, without a new cycle no deadline would be watched: add the effect "reopen" or "appeal".`,
          ar: `من ${ar} إلى العمل من جديد، وبلا دورة جديدة لا يُراقب أي موعد: أضف الأثر "reopen" أو "appeal".`,
        };
        return [{ path: `${at(name)}${path}`, reason }];
      }
      return [];
    });
  });

const statesAreReached: Lint = (workflow, actions) => {
  const reached = reachedFrom([workflow.initial, workflow.triage], actions, sourcesOf, targetsOf);
  return Object.keys(workflow.states)
    .filter((state) => !reached.has(state))
    .map((state) => ({
      path: stateAt(state),
      reason: { en: `No action leads to ${shown(state)}.`, ar: `لا إجراء يؤدي إلى ${shown(state)}.` },
    }));
};

const statesEnd: Lint = (workflow, actions) => {
  const states = Object.keys(workflow.states);
  const final = states.filter((state) => workflow.states[state]?.kind === "final");
  const ending = reachedFrom(final, actions, targetsOf, sourcesOf);
  return states
    .filter((state) => !ending.has(state))
    .map((state) => ({
      path: stateAt(state),
      reason: {
        en: `A dead end: from ${shown(state)} no way leads to a final state.`,
        ar: `طريق مسدود: لا سبيل من ${shown(state)} إلى حالة نهائية.`,
      },
    }));
};

/** States from which one of these actions leads to another. */
function leftBy(actions: Actions, counts: (action: WorkflowAction) => boolean): Set<string> {
  const left = new Set<string>();
  for (const [, action] of actions) {
    if (!counts(action)) continue;
    const targets = new Set(targetsOf(action));
    for (const state of action.from) if (targets.size > (targets.has(state) ? 1 : 0)) left.add(state);
  }
  return left;
}

/** Time stands still while an office waits: so the applicant must be able to end it, or a timer. */
const waitingEnds: Lint = (workflow, actions) => {
  const timed = new Set(workflow.timers.map((timer) => timer.state));
  const replied = leftBy(actions, ({ by, effects }) => by.includes("applicant") && effects.includes("reply"));
  return Object.entries(workflow.states)
    .filter(([state, { kind }]) => kind === "waiting" && !timed.has(state) && !replied.has(state))
    .map(([state]) => ({
      path: stateAt(state),
      reason: {
        en: `While the case is ${shown(state)} its clock stands still, and neither a reply of the applicant nor a timer ends that.`,
        ar: `تتوقف الساعة في ${shown(state)} ولا ينهي ذلك رد من مقدم الطلب ولا مؤقت.`,
      },
    }));
};

const timersRing: Lint = function* (workflow, actions, _setup, noSuch) {
  const byName = new Map(actions);
  const names = [...byName.keys()];
  const known = new Set<string>();
  for (const [i, timer] of workflow.timers.entries()) {
    const path = `/timers/${i}`;
    if (known.has(timer.id)) {
      const reason = { en: `The id ${shown(timer.id)} is used twice.`, ar: `المعرّف ${shown(timer.id)} مستخدم مرتين.` };
      yield { path: `${path}/id`, reason };
    }
    known.add(timer.id);
    const action = byName.get(timer.action);
    if (action === undefined) {
      yield { path: `${path}/action`, reason: noSuch(anAction, timer.action, names) };
      continue;
    }
    const wrong = (en: string, ar: string): Finding => ({
      path: `${path}/action`,
      reason: { en: `${shown(timer.action)} ${en}`, ar: `${shown(timer.action)} ${ar}` },
    });
    if (!action.from.includes(timer.state))
      yield wrong(`is not possible in ${shown(timer.state)}.`, `غير ممكن في ${shown(timer.state)}.`);
    if (!action.by.includes("system"))
      yield wrong('is not for the system: add "system" to its "by".', 'ليس للنظام: أضف "system" إلى "by".');
    if (Object.values(action.fields).some((field) => field.required))
      yield wrong("has required fields, which a timer cannot fill in.", "له حقول مطلوبة لا يملؤها المؤقت.");
    if (action.guards.length > 0)
      yield wrong("has guards, which could refuse the timer for ever.", "له شروط قد ترفض المؤقت إلى الأبد.");
    if (action.to === null || targetsOf(action).includes(timer.state))
      yield wrong(
        "may leave the case where it is, so that the timer would ring for ever.",
        "قد يُبقي المعاملة حيث هي فيرن المؤقت إلى الأبد.",
      );
  }
};

/** Whoever is not at the entity does not see a confidential case, so its handlers must be able to carry it on. */
const handlersCanAct: Lint = (workflow, actions, setup) => {
  const confidential = [...setup.types.values()].some(
    (type) => type.workflow === workflow.workflow && type.confidential,
  );
  if (!confidential) return [];
  const handlers = ["focal_point", "entity_manager"] as const;
  const carriedOn = leftBy(actions, ({ by }) => handlers.some((role) => by.includes(role)));
  return Object.entries(workflow.states)
    .filter(([state, { kind }]) => kind === "open" && state !== workflow.triage && !carriedOn.has(state))
    .map(([state]) => ({
      path: stateAt(state),
      reason: {
        en: `The type is confidential: only focal points and the manager of the entity see the case, and none of their actions leads out of ${shown(state)}.`,
        ar: `النوع سرّي: لا يرى المعاملة إلا ضباط ارتباط الجهة ومديرها، ولا إجراء لهم يخرج من ${shown(state)}.`,
      },
    }));
};

const isUsed: Lint = (workflow, _actions, setup) => {
  if ([...setup.types.values()].some((type) => type.workflow === workflow.workflow)) return [];
  const reason = {
    en: `No application type follows ${shown(workflow.workflow)}.`,
    ar: `لا نوع طلب يتبع ${shown(workflow.workflow)}.`,
  };
  return [{ path: "/workflow", reason, severity: "warning" }];
};

const form: readonly Lint[] = [listsAreFilled, namesAreCodes, statesExist, branchesEnd, fieldsFit];
const meaning: readonly Lint[] = [
  beginnings,
  function* (workflow, actions) {
    for (const [name, action] of actions) yield* effectFindings(name, action, workflow);
  },
  waysBack,
  statesAreReached,
  statesEnd,
  waitingEnds,
  timersRing,
  handlersCanAct,
  isUsed,
];

const andMore: Finding = {
  path: "",
  reason: {
    en: `There are more faults than these ${mostFindings}; mend these first.`,
    ar: `توجد أخطاء أكثر من هذه البالغ عددها ${mostFindings}؛ صحّح هذه أولًا.`,
  },
};

function foundBy(lints: readonly Lint[], workflow: WorkflowDefinition, setup: Setup): Finding[] {
  const actions = Object.entries(workflow.actions);
  const noSuch = newNoSuch();
  const found: Finding[] = [];
  for (const lint of lints) {
    for (const finding of lint(workflow, actions, setup, noSuch)) {
      if (found.length >= mostFindings) return [...found, andMore];
      found.push(finding);
    }
  }
  return found;
}

/** What keeps a workflow of sound form from being followed at all: names that mean nothing, lists that are empty. */
export const lintForm = (workflow: WorkflowDefinition, setup: Setup): Finding[] => foundBy(form, workflow, setup);

/** Findings about a workflow of sound form. What leads where is looked at once every name means something. */
export function lintWorkflow(workflow: WorkflowDefinition, setup: Setup): Finding[] {
  const first = lintForm(workflow, setup);
  return first.length > 0 ? first : foundBy(meaning, workflow, setup);
}
