/** What an action leads to, in words, before it is sent: from the workflow, so that no screen knows what a programme decided. */
import type { Case } from "../case.js";
import { type Words, wordsOf } from "../explain/words.js";
import type { Setup } from "../setup.js";
import { apart, type Bilingual } from "../text.js";
import type { StateKind, WorkflowAction, WorkflowDefinition } from "./workflow-definition.js";

interface Following {
  readonly action: WorkflowAction;
  readonly workflow: WorkflowDefinition;
  readonly theCase: Case;
  readonly setup: Setup;
  readonly now: Date;
  /** Applicants of linked duplicates who would get the same answer. */
  readonly duplicates: number;
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

const goesTo =
  (...kinds: StateKind[]) =>
  (following: Following): boolean =>
    kinds.some((kind) => leadsTo(following, kind));

/** An answer that may be reviewed: which ones, the quality rules say when it is sent, so that nobody writes for the sample. */
const reviewed: Say = (following, { say }) =>
  leadsTo(following, "open")
    ? say(
        "Where the quality rules ask for it, the answer is reviewed first and reaches the applicant once it is approved.",
        "إذا طلبت قواعد الجودة ذلك يُراجع الرد أولًا ولا يصل مقدم الطلب إلا بعد إقراره.",
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

const plain =
  (en: string, ar: string): Say =>
  (_, { say }) =>
    say(en, ar);

/** Of an act that nobody outside notices. */
const stillSilent: Say = ({ theCase, workflow }, { say }) =>
  workflow.states[theCase.state]?.kind === "open" && theCase.escalationSteps.some(({ when }) => "idle" in when)
    ? say("It puts off no escalation for want of action.", "لا يؤجل التصعيد لعدم اتخاذ إجراء.")
    : null;

/** By effect, in the order in which they are told. */
const ofEffects: readonly (readonly [effect: string, say: readonly Say[]])[] = [
  [
    "answer",
    [
      plain("The applicant gets this text as the answer.", "يصل هذا النص إلى مقدم الطلب ردًا على طلبه."),
      reviewed,
      together,
    ],
  ],
  ["ask", [plain("The applicant gets this question.", "يصل هذا السؤال إلى مقدم الطلب."), pauses, leftAlone]],
  [
    "reject",
    [
      plain(
        "The applicant is told the reason, and the case ends without an answer in the matter.",
        "يُبلّغ مقدم الطلب بالسبب، وتنتهي المعاملة دون رد في الموضوع.",
      ),
    ],
  ],
  [
    "transfer",
    [
      plain(
        "The other entity becomes responsible and its focal points are told. The deadline stays as it is.",
        "تصبح الجهة الأخرى مسؤولة ويُبلّغ ضباط ارتباطها. ويبقى الموعد كما هو.",
      ),
    ],
  ],
  ["assign", [plain("The focal points of the entity are told.", "يُبلّغ ضباط ارتباط الجهة.")]],
  [
    "reclassify",
    [
      plain(
        "The rules decide the deadlines anew; what they decided before stays on record.",
        "تقرر القواعد المواعيد من جديد، ويبقى قرارها السابق في السجل.",
      ),
    ],
  ],
  [
    "link",
    [
      plain(
        "This case ends here; its applicant gets the answer to the other one.",
        "تنتهي هذه المعاملة هنا، ويصل مقدمها الرد على المعاملة الأخرى.",
      ),
    ],
  ],
  [
    "reject",
    [
      plain(
        "The case ends here and the applicant reads the reason. It counts as no answer in any figure; a deadline that has passed stays missed.",
        "تنتهي المعاملة هنا ويقرأ مقدم الطلب السبب. لا تُحتسب ردًا في أي مؤشر، والموعد الذي انقضى يبقى فائتًا.",
      ),
      together,
    ],
  ],
  [
    "withdraw",
    [
      plain(
        "The case ends without an answer. The applicant is told who withdrew it for them and can reopen it; a deadline that has passed stays missed.",
        "تنتهي المعاملة دون رد. ويُبلّغ مقدم الطلب بمن سحبها نيابة عنه وله إعادة فتحها، والموعد الذي انقضى يبقى فائتًا.",
      ),
    ],
  ],
  [
    "merge",
    [
      plain(
        "The other cases end as duplicates of this one; their applicants get its answer.",
        "تنتهي المعاملات الأخرى مكررةً لهذه، ويصل مقدميها الرد عليها.",
      ),
    ],
  ],
  [
    "split",
    [
      plain(
        "A second case begins for the second matter; the applicant is told both references.",
        "تبدأ معاملة ثانية للأمر الثاني، ويُبلّغ مقدم الطلب بالرقمين.",
      ),
    ],
  ],
  ["give", [plain("Your colleague takes it over and is told.", "يتولاها زميلك ويُبلّغ بذلك.")]],
  ["remind", [plain("The focal points of the entity are reminded.", "يُذكَّر ضباط ارتباط الجهة.")]],
  ["return", [plain("It is worked on again; the clock runs on.", "تعود إلى المعالجة، والساعة مستمرة.")]],
  ["reopen", [plain("A new round begins, with deadlines of its own.", "تبدأ جولة جديدة بمواعيد خاصة بها.")]],
  ["respond", [plain("It counts as the first response to the applicant.", "يُحتسب أول استجابة لمقدم الطلب.")]],
  ["note", [plain("Only officials see it.", "لا يراها إلا الموظفون.")]],
  ["mention", [plain("Whom you name is told.", "يُبلّغ من تذكره.")]],
];

/** What an action without an effect of its own leads to: approving, closing. */
const ofMoves: readonly (readonly [when: (following: Following) => boolean, say: readonly Say[]])[] = [
  [
    goesTo("resolved"),
    [
      plain(
        "The answer takes effect: the applicant gets it, and the clock stops.",
        "ينفذ الرد: يصل إلى مقدم الطلب وتتوقف الساعة.",
      ),
      together,
    ],
  ],
  [goesTo("final"), [plain("The case is closed.", "تُغلق المعاملة.")]],
];

/** The sentences that tell it, in both languages; none where the action speaks for itself. */
export function consequencesOf(following: Following): readonly Bilingual[] {
  const { action, setup } = following;
  const effects: ReadonlySet<string> = new Set(action.effects);
  const told =
    effects.size > 0
      ? ofEffects.filter(([effect]) => effects.has(effect))
      : ofMoves.filter(([when]) => when(following)).slice(0, 1);
  const says = [...new Set([...told.flatMap(([, say]) => say), ...(action.signOfLife === false ? [stillSilent] : [])])];
  const [en, ar] = [wordsOf(setup, "en"), wordsOf(setup, "ar")];
  return says.flatMap((say) => {
    const [english, arabic] = [say(following, en), say(following, ar)];
    return english === null || arabic === null ? [] : [{ en: english, ar: arabic }];
  });
}
