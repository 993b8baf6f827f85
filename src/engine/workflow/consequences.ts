/** What an action leads to, in words, before it is sent: from the workflow, so that no screen knows what a programme decided. */

import { type Words, wordsOf } from "../explain/words.js";
import type { Case } from "../lifecycle/case.js";
import { codesOf } from "../registry.js";
import type { Setup } from "../setup/setup.js";
import { apart, type Bilingual } from "../text/text.js";
import type { EffectName } from "./effects.js";
import { mainEffects } from "./main-effects.js";
import type { StateKind, WorkflowAction, WorkflowDefinition } from "./workflow-definition.js";

interface Following {
  readonly action: WorkflowAction;
  readonly workflow: WorkflowDefinition;
  readonly theCase: Case;
  readonly setup: Setup;
  readonly now: Date;
  /** Applicants of linked duplicates who would get the same answer. */
  readonly duplicates: number;
  /** Whether the official who looks has the case. */
  readonly mine: boolean;
  readonly reach: LetterReach;
}

/** Whether a letter of this case can reach its applicant; what was taken over from another system sends none. */
export type LetterReach = "letter" | "noAddress" | "imported";

export function letterReach(a: { readonly theCase: Case; readonly applicantReachable: boolean }): LetterReach {
  if (a.theCase.application.imported) return "imported";
  return a.applicantReachable ? "letter" : "noAddress";
}

type Say = (following: Following, words: Words) => string | null;

const resolutionOf = ({ clocks, cycle }: Case) =>
  clocks.find((clock) => clock.cycle === cycle && clock.target === "resolution" && clock.metAt === null);

/** States that an action may lead to. */
function targetsOf({ to }: WorkflowAction): readonly string[] {
  if (to === null) return [];
  return typeof to === "string" ? [to] : to.map((branch) => branch.to);
}

function leadsTo({ action, workflow }: Following, kind: StateKind): boolean {
  return targetsOf(action).some((state) => workflow.states[state]?.kind === kind);
}

/** What the applicant learns, where a letter tells them; else what is left of it. */
const toApplicant =
  (byLetter: Bilingual, otherwise: Bilingual): Say =>
  ({ reach }, { say }) => {
    const { en, ar } = reach === "letter" ? byLetter : otherwise;
    return say(en, ar);
  };

/** So that no official waits for the answer to a letter that never left. */
const unsent: Say = ({ reach }, { say }) => {
  if (reach === "letter") return null;
  return reach === "imported"
    ? say(
        "No letter goes out: the case was taken over from another system.",
        "لا تُرسل رسالة: المعاملة منقولة من نظام آخر.",
      )
    : say(
        "No letter goes out: the applicant left no email address. They see it only when they open their application with its number and code.",
        "لا تُرسل رسالة: لم يترك مقدم الطلب بريدًا إلكترونيًا. لا يرى ذلك إلا إذا فتح طلبه برقمه ورمزه.",
      );
};

/** An answer that may be reviewed: which ones, the quality rules say when it is sent, so that nobody writes for the sample. */
const reviewed: Say = (following, { say }) =>
  leadsTo(following, "open")
    ? say(
        "Where the quality rules ask for it, the answer is reviewed first; the applicant sees it once it is approved.",
        "إذا طلبت قواعد الجودة ذلك يُراجع الرد أولًا ولا يراه مقدم الطلب إلا بعد إقراره.",
      )
    : null;

const together: Say = ({ duplicates }, { say }) =>
  duplicates === 0
    ? null
    : say(
        duplicates === 1
          ? "The applicant of one linked application gets the same answer."
          : `The applicants of ${duplicates} linked applications get the same answer.`,
        `يصل الرد نفسه إلى مقدمي الطلبات المرتبطة (عددها ${duplicates}).`,
      );

/** A question stops the clock, unless it had run out before. */
const pauses: Say = ({ theCase, now }, { say }) => {
  const clock = resolutionOf(theCase);
  if (clock === undefined || clock.pausedAt !== null) return null;
  if (clock.dueAt !== null && clock.dueAt < now) {
    return say(
      "The deadline has passed already: its clock runs on while you wait.",
      "انقضى الموعد قبل السؤال، فتستمر الساعة أثناء الانتظار.",
    );
  }
  return say("The clock stands until the applicant replies.", "تتوقف الساعة حتى يرد مقدم الطلب.");
};

/** What the system does when nobody comes back. */
const leftAlone: Say = ({ action, workflow }, words) => {
  const [timer] = workflow.timers.filter(({ state }) => targetsOf(action).includes(state));
  if (timer === undefined) return null;
  const name = workflow.actions[timer.action]?.name;
  if (name === undefined) return null;
  const after = words.budget(timer.after);
  return words.say(
    `If nothing happens for ${after}, the system does: ${apart(words.quote(words.pick(name)))}.`,
    `إن لم يحدث شيء خلال ${after} ينفذ النظام: ${apart(words.quote(words.pick(name)))}.`,
  );
};

/** Of an act that is known by something else; to an official who has the case already it is nothing new. */
const becomesYours: Say = ({ action, mine }, { say }) =>
  mine || mainEffects(action.effects).includes("take")
    ? null
    : say("You take the case by this: a reply comes to you.", "تتولى المعاملة بهذا الإجراء، فيصلك الرد.");

const plain =
  (en: string, ar: string): Say =>
  (_, { say }) =>
    say(en, ar);

/** Of an act that nobody outside notices. */
const stillSilent: Say = ({ theCase, workflow }, { say }) =>
  workflow.states[theCase.state]?.kind === "open" && theCase.escalationSteps.some(({ when }) => "idle" in when)
    ? say("It puts off no escalation for want of action.", "لا يؤجل التصعيد لعدم اتخاذ إجراء.")
    : null;

/** By effect, in the order of the sentences; none: it speaks for itself. */
const ofEffects: { readonly [Effect in EffectName]: readonly Say[] } = {
  answer: [
    toApplicant(
      { en: "The applicant gets this text as the answer.", ar: "يصل هذا النص إلى مقدم الطلب ردًا على طلبه." },
      { en: "This text is the answer.", ar: "هذا النص هو الرد على الطلب." },
    ),
    unsent,
    reviewed,
    together,
  ],
  ask: [
    toApplicant(
      { en: "The applicant gets this question.", ar: "يصل هذا السؤال إلى مقدم الطلب." },
      {
        en: "This question waits for the applicant in their application.",
        ar: "ينتظر هذا السؤال مقدم الطلب في طلبه.",
      },
    ),
    unsent,
    pauses,
    leftAlone,
  ],
  take: [becomesYours],
  reject: [
    toApplicant(
      {
        en: "The applicant gets the reason, and the case ends without an answer in the matter.",
        ar: "يُبلّغ مقدم الطلب بالسبب، وتنتهي المعاملة دون رد في الموضوع.",
      },
      {
        en: "The case ends without an answer in the matter; the reason is in the application.",
        ar: "تنتهي المعاملة دون رد في الموضوع، ويُذكر السبب في الطلب.",
      },
    ),
    unsent,
    plain(
      "The case ends here. It counts as no answer in any figure; a deadline that has passed stays missed.",
      "تنتهي المعاملة هنا. لا تُحتسب ردًا في أي مؤشر، والموعد الذي انقضى يبقى فائتًا.",
    ),
    together,
  ],
  transfer: [
    plain(
      "The other entity becomes responsible and its focal points are told. The deadline stays as it is.",
      "تصبح الجهة الأخرى مسؤولة ويُبلّغ ضباط ارتباطها. ويبقى الموعد كما هو.",
    ),
  ],
  assign: [plain("The focal points of the entity are told.", "يُبلّغ ضباط ارتباط الجهة.")],
  reclassify: [
    plain(
      "The rules decide the deadlines anew; what they decided before stays on record.",
      "تقرر القواعد المواعيد من جديد، ويبقى قرارها السابق في السجل.",
    ),
  ],
  link: [
    toApplicant(
      {
        en: "This case ends here; its applicant gets the answer to the other one.",
        ar: "تنتهي هذه المعاملة هنا، ويصل مقدمها الرد على المعاملة الأخرى.",
      },
      {
        en: "This case ends here; the answer to the other one is for it too.",
        ar: "تنتهي هذه المعاملة هنا، والرد على المعاملة الأخرى يشملها.",
      },
    ),
    unsent,
  ],
  withdraw: [
    toApplicant(
      {
        en: "The case ends without an answer. The applicant gets to know who withdrew it for them and can reopen it; a deadline that has passed stays missed.",
        ar: "تنتهي المعاملة دون رد. ويُبلّغ مقدم الطلب بمن سحبها نيابة عنه وله إعادة فتحها، والموعد الذي انقضى يبقى فائتًا.",
      },
      {
        en: "The case ends without an answer. The applicant can reopen it; a deadline that has passed stays missed.",
        ar: "تنتهي المعاملة دون رد. ولمقدم الطلب إعادة فتحها، والموعد الذي انقضى يبقى فائتًا.",
      },
    ),
    unsent,
  ],
  merge: [
    plain(
      "The other cases end as duplicates of this one; their applicants get its answer.",
      "تنتهي المعاملات الأخرى مكررةً لهذه، ويصل مقدميها الرد عليها.",
    ),
  ],
  split: [
    toApplicant(
      {
        en: "A second case begins for the second matter; the applicant gets both references.",
        ar: "تبدأ معاملة ثانية للأمر الثاني، ويُبلّغ مقدم الطلب بالرقمين.",
      },
      { en: "A second case begins for the second matter.", ar: "تبدأ معاملة ثانية للأمر الثاني." },
    ),
    unsent,
  ],
  give: [plain("Your colleague takes it over and gets a letter.", "يتولاها زميلك ويُبلّغ بذلك.")],
  remind: [plain("The focal points of the entity are reminded.", "يُذكَّر ضباط ارتباط الجهة.")],
  return: [plain("It is worked on again; the clock runs on.", "تعود إلى المعالجة، والساعة مستمرة.")],
  reopen: [plain("A new round begins, with deadlines of its own.", "تبدأ جولة جديدة بمواعيد خاصة بها.")],
  respond: [plain("It counts as the first response to the applicant.", "يُحتسب أول استجابة لمقدم الطلب.")],
  note: [plain("Only officials see it.", "لا يراها إلا الموظفون.")],
  mention: [plain("The colleagues you name get a letter.", "يُبلّغ من تذكره.")],
  reply: [],
  rate: [],
  appeal: [],
};

/** What an action without an effect of its own (approving, closing) leads to, by the kind of state: the first that has a sentence. */
const ofKinds: { readonly [Kind in StateKind]: readonly Say[] } = {
  resolved: [
    toApplicant(
      {
        en: "The answer takes effect: the applicant gets it, and the clock stops.",
        ar: "ينفذ الرد: يصل إلى مقدم الطلب وتتوقف الساعة.",
      },
      { en: "The answer takes effect, and the clock stops.", ar: "ينفذ الرد وتتوقف الساعة." },
    ),
    unsent,
    together,
  ],
  final: [plain("The case is closed.", "تُغلق المعاملة.")],
  open: [],
  waiting: [],
};

/** The sentences that tell it, in both languages; none where the action speaks for itself. */
export function consequencesOf(following: Following): readonly Bilingual[] {
  const { action, setup } = following;
  const effects = codesOf(ofEffects).filter((effect) => action.effects.includes(effect));
  const kinds = codesOf(ofKinds).filter((kind) => ofKinds[kind].length > 0 && leadsTo(following, kind));
  const told =
    action.effects.length > 0
      ? effects.flatMap((effect) => ofEffects[effect])
      : kinds.slice(0, 1).flatMap((kind) => ofKinds[kind]);
  const says = [...new Set([...told, ...(action.signOfLife === false ? [stillSilent] : [])])];
  const [en, ar] = [wordsOf(setup, "en"), wordsOf(setup, "ar")];
  return says.flatMap((say) => {
    const [english, arabic] = [say(following, en), say(following, ar)];
    return english === null || arabic === null ? [] : [{ en: english, ar: arabic }];
  });
}
