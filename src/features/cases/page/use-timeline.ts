/** The story of a case as far as this page has it: what came with the page, and what was asked for since. */
import { useCallback, useRef, useState } from "react";
import type { TimelineEntry } from "../../../engine/explain/describe-event.js";
import type { TimelinePart } from "../../../engine/explain/timeline-window.js";
import type { CasePageView } from "../../../engine/lifecycle/views/case-view.js";
import type { RecordAnswer } from "../../../platform/admin/resource-view.js";
import { type ProblemBody, problemOf, read, withQuery } from "../../../platform/ui/kit.js";
import type { EarlierEntries } from "./case-timeline.service.js";
import { partsOf, type TimelineOfCase } from "./timeline-blocks.js";

export interface Story extends TimelineOfCase {
  /** How many entries of each part are not here. */
  readonly earlier: Readonly<Record<TimelinePart, number>>;
  readonly busy: boolean;
  readonly problem: ProblemBody | null;
  /** Asks for the ones before. */
  readonly more: (part: TimelinePart) => Promise<void>;
}

/** What was asked for stays, whatever the page is read anew: as the newest grow, the page's own part begins later. */
export function useTimeline(reference: string, view: Pick<CasePageView, "timeline" | "earlier">): Story {
  const known = useRef(new Map<number, TimelineEntry>());
  for (const entry of view.timeline) known.current.set(entry.seq, entry);
  const [asked, setAsked] = useState<Partial<Record<TimelinePart, number>>>({});
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  const parts = partsOf([...known.current.values()].sort((a, b) => a.seq - b.seq));
  const first = { conversation: parts.conversation[0]?.seq, readings: parts.readings[0]?.seq };
  const { conversation, readings } = first;

  const more = useCallback(
    async (part: TimelinePart) => {
      const before = part === "conversation" ? conversation : readings;
      if (before === undefined) return;
      setBusy(true);
      setProblem(null);
      try {
        const address = withQuery(`resources/cases/records/${reference}/timeline`, { part, before });
        const { entries, earlier } = (await read<RecordAnswer>(address)).view as EarlierEntries;
        for (const entry of entries) known.current.set(entry.seq, entry);
        setAsked((now) => ({ ...now, [part]: earlier }));
      } catch (error) {
        setProblem(problemOf(error));
      }
      setBusy(false);
    },
    [reference, conversation, readings],
  );

  return {
    ...parts,
    earlier: {
      conversation: asked.conversation ?? view.earlier.conversation,
      readings: asked.readings ?? view.earlier.readings,
    },
    busy,
    problem,
    more,
  };
}
