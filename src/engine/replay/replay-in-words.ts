/** What a replay found, as lines of text: how many, what would be kept, and the changes that concern most cases. */

import type { Budget } from "../calendar/budget.js";
import type { TargetName } from "../calendar/clock.js";
import { type Words, wordsOf } from "../explain/words.js";
import { formatPercent } from "../formatting/numbers.js";
import type { Setup } from "../setup/setup.js";
import { msg } from "../text/msg.js";
import type { Bilingual, Language } from "../text/text.js";
import type { CountedChange, OnTimeCounts, ReplayTally } from "./replay-tally.js";
import type { ReplayDetail } from "./replay-view.js";

/** As many as are read at once; the rest is counted. */
const maxShown = 15;
const targets: readonly string[] = ["acknowledgement", "firstResponse", "resolution"] satisfies TargetName[];

const share = (part: number, whole: number, { language }: Words): string =>
  whole === 0 ? "–" : formatPercent(part / whole, language);

function onTime(name: string, { keptBefore, fellBefore, keptAfter, fellAfter }: OnTimeCounts, words: Words): string {
  const [before, after] = [share(keptBefore, fellBefore, words), share(keptAfter, fellAfter, words)];
  return words.say(
    msg("replay.replayInWords.onTimeOfOf", { name, before, keptBefore, fellBefore, after, keptAfter, fellAfter }),
  );
}

function facetWords(facet: string, words: Words): string {
  const [kind = "", about = ""] = facet.split(".");
  const clock = targets.includes(about) ? words.target(about as TargetName) : about;
  if (kind === "kept") return words.say(msg("replay.replayInWords.onTime", { clock }));
  if (kind === "due") return words.say(msg("replay.replayInWords.deadline", { clock }));
  if (kind === "level") return words.say(msg("replay.replayInWords.escalationToLevel", { about }));
  if (kind === "told") return words.say(msg("replay.replayInWords.whoHearsAtLevel", { about }));
  if (kind === "review") return words.say(msg("replay.replayInWords.qualityReview"));
  if (kind === "others") return words.say(msg("replay.replayInWords.otherChanges"));
  return targets.includes(kind) ? words.target(kind as TargetName) : words.fact(kind);
}

const states: Readonly<Record<string, Bilingual>> = {
  none: msg("replay.replayInWords.statesNone"),
  open: msg("replay.replayInWords.statesOpen"),
  kept: msg("replay.replayInWords.statesKept"),
  missed: msg("replay.replayInWords.statesMissed"),
  told: msg("replay.replayInWords.statesTold"),
  silent: msg("replay.replayInWords.statesSilent"),
  earlier: msg("replay.replayInWords.statesEarlier"),
  later: msg("replay.replayInWords.statesLater"),
  ended: msg("replay.replayInWords.statesEnded"),
};

const isBudget = (value: unknown): value is Budget => typeof value === "object" && value !== null && "unit" in value;

function sideWords(facet: string, value: unknown, words: Words): string {
  const [kind = ""] = facet.split(".");
  if (isBudget(value)) return words.budget(value);
  if (["kept", "due", "level"].includes(kind)) {
    const known = states[String(value)];
    return known === undefined ? String(value) : words.pick(known);
  }
  if (kind === "entity" && value === null) return words.say(msg("replay.replayInWords.theTriageQueue"));
  if (targets.includes(kind) && value === null) return words.say(msg("replay.replayInWords.nothingPromised"));
  return words.value(kind, value);
}

function changeLine({ facet, from, to, cases }: CountedChange, words: Words): string {
  const [was, is] = [from, to].map((value) => sideWords(facet, value, words));
  return `  ${facetWords(facet, words)}: ${was} ${words.say(msg("replay.replayInWords.arrow"))} ${is}: ${cases}`;
}

function changeLines({ changes }: Pick<ReplayTally, "changes">, words: Words): string[] {
  const sorted = [...changes].sort((a, b) => b.cases - a.cases);
  const rest = sorted.length - maxShown;
  return [
    ...(sorted.length > 0 ? [words.say(msg("replay.replayInWords.whatWouldBeOtherwiseBy"))] : []),
    ...sorted.slice(0, maxShown).map((change) => changeLine(change, words)),
    ...(rest > 0 ? [words.say(msg("replay.replayInWords.andMore", { rest }))] : []),
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
  const facts = unrecorded.map((fact) => words.fact(fact)).join(words.say(msg("replay.replayInWords.text")));
  return [
    words.say(
      msg("replay.replayInWords.casesLookedAtSomethingWould", {
        cases,
        changed,
        changed2: share(changed, cases, words),
      }),
    ),
    words.say(msg("replay.replayInWords.decisionsOtherwise", { decisions, changedDecisions })),
    onTime(words.target("firstResponse"), whole.firstResponse, words),
    onTime(words.target("resolution"), whole.resolution, words),
    ...changeLines(tally, words),
    ...(facts === "" ? [] : [words.say(msg("replay.replayInWords.pastDecisionsDidNotRecord", { facts }))]),
  ];
}
