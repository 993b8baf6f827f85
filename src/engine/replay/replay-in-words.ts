/** What a replay found, as lines of text: how many, what would be kept, and the changes that concern most cases. */

import type { Budget } from "../calendar/budget.js";
import type { TargetName } from "../calendar/clock.js";
import { type Words, wordsOf } from "../explain/words.js";
import type { Setup } from "../setup/setup.js";
import type { Language } from "../text/text.js";
import type { CountedChange, OnTimeCounts, ReplayTally } from "./replay-tally.js";
import type { ReplayDetail } from "./replay-view.js";

/** As many as are read at once; the rest is counted. */
const maxShown = 15;
const targets: readonly string[] = ["acknowledgement", "firstResponse", "resolution"] satisfies TargetName[];

const share = (part: number, whole: number): string => (whole === 0 ? "–" : `${((100 * part) / whole).toFixed(1)} %`);

function onTime(name: string, { keptBefore, fellBefore, keptAfter, fellAfter }: OnTimeCounts, words: Words): string {
  const [before, after] = [share(keptBefore, fellBefore), share(keptAfter, fellAfter)];
  return words.say(
    `${name}, on time: ${before} (${keptBefore} of ${fellBefore}) -> ${after} (${keptAfter} of ${fellAfter})`,
    `${name}، في الموعد: ${before} (${keptBefore} من ${fellBefore}) ← ${after} (${keptAfter} من ${fellAfter})`,
  );
}

function facetWords(facet: string, words: Words): string {
  const [kind = "", about = ""] = facet.split(".");
  const clock = targets.includes(about) ? words.target(about as TargetName) : about;
  if (kind === "kept") return words.say(`${clock}: on time?`, `${clock}: في الموعد؟`);
  if (kind === "due") return words.say(`${clock}: deadline`, `${clock}: الموعد`);
  if (kind === "level") return words.say(`Escalation to level ${about}`, `التصعيد إلى المستوى ${about}`);
  if (kind === "told") return words.say(`Who hears at level ${about}`, `من يُبلَّغ في المستوى ${about}`);
  if (kind === "review") return words.say("Quality review", "مراجعة الجودة");
  if (kind === "others") return words.say("Other changes", "تغييرات أخرى");
  return targets.includes(kind) ? words.target(kind as TargetName) : words.fact(kind);
}

const states: Readonly<Record<string, readonly [en: string, ar: string]>> = {
  none: ["not counted", "لا تُحتسب"],
  open: ["not due yet", "لم يحن موعدها"],
  kept: ["on time", "في الموعد"],
  missed: ["late", "متأخرة"],
  told: ["goes out", "يُرسل"],
  silent: ["does not go out", "لا يُرسل"],
  earlier: ["earlier", "أبكر"],
  later: ["later", "أكثر تأخرًا"],
  ended: ["ended", "منتهية"],
};

const isBudget = (value: unknown): value is Budget => typeof value === "object" && value !== null && "unit" in value;

function sideWords(facet: string, value: unknown, words: Words): string {
  const [kind = ""] = facet.split(".");
  if (isBudget(value)) return words.budget(value);
  if (["kept", "due", "level"].includes(kind)) {
    const known = states[String(value)];
    return known === undefined ? String(value) : words.say(...known);
  }
  if (kind === "entity" && value === null) return words.say("the triage queue", "قائمة الفرز");
  if (targets.includes(kind) && value === null) return words.say("nothing promised", "لا موعد محدد");
  return words.value(kind, value);
}

function changeLine({ facet, from, to, cases }: CountedChange, words: Words): string {
  const [was, is] = [from, to].map((value) => sideWords(facet, value, words));
  return words.say(
    `  ${facetWords(facet, words)}: ${was} -> ${is}: ${cases}`,
    `  ${facetWords(facet, words)}: ${was} ← ${is}: ${cases}`,
  );
}

function changeLines({ changes }: Pick<ReplayTally, "changes">, words: Words): string[] {
  const sorted = [...changes].sort((a, b) => b.cases - a.cases);
  const rest = sorted.length - maxShown;
  return [
    ...(sorted.length > 0 ? [words.say("What would be otherwise, by cases:", "ما سيختلف، بعدد المعاملات:")] : []),
    ...sorted.slice(0, maxShown).map((change) => changeLine(change, words)),
    ...(rest > 0 ? [words.say(`  and ${rest} more`, `  وغيرها: ${rest}`)] : []),
  ];
}

/** Lines in the language asked for. */
export function replayInWords(
  { cases, changed, tally, unrecorded }: Pick<ReplayDetail, "cases" | "changed" | "tally" | "unrecorded">,
  setup: Setup,
  language: Language,
): string[] {
  const words = wordsOf(setup, language);
  const { whole, decisions, changedDecisions } = tally;
  const facts = unrecorded.map((fact) => words.fact(fact)).join(words.say(", ", "، "));
  return [
    words.say(
      `Cases looked at: ${cases}. Something would be otherwise for ${changed} (${share(changed, cases)}).`,
      `المعاملات المنظورة: ${cases}. يختلف شيء في ${changed} منها (${share(changed, cases)}).`,
    ),
    words.say(
      `Decisions: ${decisions}, otherwise: ${changedDecisions}.`,
      `القرارات: ${decisions}، المختلف منها: ${changedDecisions}.`,
    ),
    onTime(words.target("firstResponse"), whole.firstResponse, words),
    onTime(words.target("resolution"), whole.resolution, words),
    ...changeLines(tally, words),
    ...(facts === ""
      ? []
      : [
          words.say(
            `Past decisions did not record what the draft asks for; it counts as not known: ${facts}.`,
            `لم تسجّل القرارات السابقة ما تسأل عنه المسودة، فيُعدّ غير معروف: ${facts}.`,
          ),
        ]),
  ];
}
