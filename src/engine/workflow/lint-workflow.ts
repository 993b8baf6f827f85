/** What a well-formed workflow may still get wrong: states nobody reaches or leaves, timers that cannot run, ways back that forget the clocks. */
import { shown } from "../rules/schema-faults.js";
import type { Setup } from "../setup/setup.js";
import { type Bilingual, quoted, together } from "../text/text.js";
import { pointerPart } from "./action-fields.js";
import { cycleEffects, effectFindings, type Finding, outcomesOf } from "./lint-effects.js";
import {
  handlersCanAct,
  type Lint,
  stateAt,
  statesAreReached,
  statesAreServed,
  statesEnd,
  waitingEnds,
} from "./lint-states.js";
import { newNoSuch } from "./no-such.js";
import { actionWords, effectWords, fieldTypeWords, kindWords, performerWords, stateWords } from "./part-words.js";
import { targetsOf } from "./reached-from.js";
import type { StateKind, WorkflowDefinition } from "./workflow-definition.js";

const at = (name: string) => `/actions/${pointerPart(name)}`;

/** Enough to mend before the next check; each is told in words that take their time to find. */
const maxFindings = 200;

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
  const stateName = (code: unknown) => workflow.states[String(code)]?.name ?? null;
  for (const [path, state] of used) {
    if (!Object.hasOwn(workflow.states, state)) yield { path, reason: noSuch(aState, state, states, stateName) };
  }
};

const beginnings: Lint = (workflow, actions) => {
  const found: Finding[] = (["initial", "triage"] as const)
    .filter((name) => workflow.states[workflow[name]]?.kind !== "open")
    .map((name) => {
      const [state, open] = [stateWords(workflow, workflow[name]), kindWords("open")];
      const reason = {
        en: `A case begins in a state of the kind ${open.en}; ${state.en} is not.`,
        ar: `تبدأ المعاملة في حالة من نوع ${open.ar}، و${state.ar} ليست كذلك.`,
      };
      return { path: `/${name}`, reason };
    });
  const placed = actions.some(
    ([, action]) => action.effects.includes("assign") && action.from.includes(workflow.triage),
  );
  if (placed) return found;
  const [triage, assign] = [stateWords(workflow, workflow.triage), effectWords("assign")];
  const reason = {
    en: `No action with ${assign.en} leads out of ${triage.en}: a case that no rule could route would stay there.`,
    ar: `لا يوجد إجراء أثره ${assign.ar} يخرج من ${triage.ar}: ستبقى فيها كل معاملة لم توجهها القواعد.`,
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
          en: "The last branch must have no condition: it takes what the others leave.",
          ar: "يجب أن يكون المسار الأخير بلا شرط: يأخذ ما تتركه المسارات الأخرى.",
        };
        return [{ path: `${at(name)}/to/${i}/when`, reason }];
      }
      if (last || branch.when !== undefined) return [];
      const reason = {
        en: "A branch without a condition takes everything: those after it are never reached. Put it last.",
        ar: "المسار بلا شرط يأخذ كل شيء فلا يُبلغ ما بعده. ضعه أخيرًا.",
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
        const choice = fieldTypeWords("choice");
        const reason = {
          en: `Only a field of the type ${choice.en} has choices.`,
          ar: `الخيارات لحقل من نوع ${choice.ar} فقط.`,
        };
        return [{ path: `${path}/choices`, reason }];
      }
      if (field.type !== "text" && field.maxLength !== undefined) {
        const text = fieldTypeWords("text");
        const reason = {
          en: `Only a field of the type ${text.en} has a greatest length.`,
          ar: `الطول الأقصى لحقل من نوع ${text.ar} فقط.`,
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
    const from = action.from.filter((state) => hasEnded(kindOf(state)));
    const { en, ar } = together(from.map((state) => stateWords(workflow, state)));
    const [reopen, appeal] = [effectWords("reopen"), effectWords("appeal")];
    return outcomesOf(action).flatMap(({ to, effects, path }): Finding[] => {
      const anew = effects.some((effect) => cycleEffects.includes(effect));
      if (to === null) return [];
      if (from.length > 0 && !hasEnded(kindOf(to)) && !anew) {
        const reason = {
          en: `From ${en} back to work, without a new cycle no deadline would be watched: add ${reopen.en} or ${appeal.en} to what it does.`,
          ar: `من ${ar} إلى العمل من جديد، وبلا دورة جديدة لا يُراقب أي موعد: أضف إلى أثره ${reopen.ar} أو ${appeal.ar}.`,
        };
        return [{ path: `${at(name)}${path}`, reason }];
      }
      return [];
    });
  });

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
      const actionName = (code: unknown) => byName.get(String(code))?.name ?? null;
      yield { path: `${path}/action`, reason: noSuch(anAction, timer.action, names, actionName) };
      continue;
    }
    const called = actionWords(workflow, timer.action);
    const wrong = (en: string, ar: string): Finding => ({
      path: `${path}/action`,
      reason: { en: `${called.en} ${en}`, ar: `${called.ar} ${ar}` },
    });
    const state = stateWords(workflow, timer.state);
    if (!action.from.includes(timer.state)) yield wrong(`is not possible in ${state.en}.`, `غير ممكن في ${state.ar}.`);
    const system = performerWords("system");
    if (!action.by.includes("system"))
      yield wrong(
        `is not for the system: add ${system.en} to who may do it.`,
        `ليس للنظام: أضف ${system.ar} إلى من يقوم به.`,
      );
    if (Object.values(action.fields).some((field) => field.required))
      yield wrong("has required fields, which a timer cannot fill in.", "له حقول مطلوبة لا يملؤها المؤقت.");
    if (action.guards.length > 0)
      yield wrong("has conditions, which could refuse the timer for ever.", "له شروط قد ترفض المؤقت إلى الأبد.");
    if (action.to === null || targetsOf(action).includes(timer.state))
      yield wrong(
        "may leave the case where it is, so that the timer would never end.",
        "قد يُبقي المعاملة حيث هي فلا ينتهي المؤقت أبدًا.",
      );
  }
};

const isUsed: Lint = (workflow, _actions, setup) => {
  if ([...setup.types.values()].some((type) => type.workflow === workflow.workflow)) return [];
  const { en, ar } = quoted(workflow.name);
  const reason = { en: `No application type follows ${en}.`, ar: `لا نوع طلب يتبع ${ar}.` };
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
  statesAreServed,
];

const andMore: Finding = {
  path: "",
  reason: {
    en: `There are more faults than these ${maxFindings}; mend these first.`,
    ar: `توجد أخطاء أكثر من هذه البالغ عددها ${maxFindings}؛ صحّح هذه أولًا.`,
  },
};

function foundBy(lints: readonly Lint[], workflow: WorkflowDefinition, setup: Setup): Finding[] {
  const actions = Object.entries(workflow.actions);
  const noSuch = newNoSuch();
  const found: Finding[] = [];
  for (const lint of lints) {
    for (const finding of lint(workflow, actions, setup, noSuch)) {
      if (found.length >= maxFindings) return [...found, andMore];
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
