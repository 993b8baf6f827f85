/**
 * Several drafts over the same recorded cases, as one change: what classification and routing would have said is what targets,
 * steps and reviews would have been asked with. Facts that an official corrected since stay as they were corrected.
 */
import type { Facts } from "../rules/fact-catalogue.js";
import type { Assumed, replayRules } from "./replay-rules.js";
import type { FacetChange, ReplayedCase } from "./replay-tally.js";
import { detailsNeeded, type Judged, type RecordedCase, type Replayer, type ReplayGround } from "./replayer.js";

type RuleReplayer = ReturnType<typeof replayRules>;

export interface Together {
  /** In the order in which a case is decided: classification and routing before those that ask for what they said. */
  readonly rules: readonly RuleReplayer[];
  /** A draft of the calendar; null: none. */
  readonly calendar: Replayer | null;
}

const nothing = { clocks: [], events: [] };

/** With what would have been said before, where it was recorded as it was said then; a sector follows its entity. */
function assumedBy(changes: readonly FacetChange[], { wouldBe }: Pick<ReplayGround, "wouldBe">): Assumed {
  return (recorded) => {
    const facts: Facts = { ...recorded };
    for (const { facet, from, to } of changes) {
      if (!(facet in facts) || facts[facet] !== from) continue;
      facts[facet] = to as Facts[string];
      if (facet === "entity" && "sector" in facts && typeof to === "string")
        facts.sector = wouldBe.entities.get(to)?.sector ?? facts.sector ?? null;
    }
    return facts;
  };
}

interface JudgedTogether extends Judged {
  readonly each: readonly Judged[];
}

/** What is known of one case by several of them. */
function added(theCase: ReplayedCase, more: ReplayedCase): ReplayedCase {
  return {
    ...theCase,
    decisions: theCase.decisions + more.decisions,
    changedDecisions: theCase.changedDecisions + more.changedDecisions,
    otherVersions: theCase.otherVersions + more.otherVersions,
    unmeasured: theCase.unmeasured + more.unmeasured,
    changes: [...theCase.changes, ...more.changes],
    promises: [...theCase.promises, ...more.promises],
    load: [...theCase.load, ...more.load],
  };
}

/** All of them at once, a case by all of them. */
export function replayTogether(ground: ReplayGround, { rules, calendar }: Together): Replayer {
  const all: readonly Replayer[] = calendar === null ? rules : [...rules, calendar];
  return {
    reads: rules.flatMap(({ reads }) => reads),
    everyCase: calendar !== null,
    clocks: [...new Set(all.flatMap(({ clocks }) => clocks))],
    judge(theCase: RecordedCase): JudgedTogether {
      const changes: FacetChange[] = [];
      const each: Judged[] = [];
      for (const one of rules) {
        const judged = one.judge(theCase, assumedBy(changes, ground));
        each.push(judged);
        // What classifies and places a case needs nothing else of it.
        if (judged.needs === "nothing") changes.push(...one.weigh(theCase, judged, nothing).changes);
      }
      if (calendar !== null) each.push(calendar.judge(theCase));
      const needs = detailsNeeded.filter((need) => each.some((judged) => judged.needs === need)).at(-1) ?? "nothing";
      return { compared: [], needs, each };
    },
    weigh(theCase, judged, details) {
      const { each } = judged as JudgedTogether;
      const { type, entity, pillar, importance } = theCase;
      let whole: ReplayedCase = {
        ...{ type, entity, pillar, importance },
        ...{ decisions: 0, changedDecisions: 0, otherVersions: 0, unmeasured: 0, changes: [], promises: [], load: [] },
      };
      for (const [i, one] of all.entries()) {
        const found = one.weigh(theCase, each[i] ?? { compared: [], needs: "nothing" }, details);
        // A target is counted once: by the calendar where its length stays, else by its new length.
        if (one !== calendar || whole.promises.length === 0) whole = added(whole, found);
        else if (!whole.changes.some(({ facet }) => found.promises.some(({ target }) => target === facet)))
          whole = added({ ...whole, promises: [] }, found);
      }
      return whole;
    },
  };
}
