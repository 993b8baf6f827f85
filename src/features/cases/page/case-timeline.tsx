/**
 * What was said and done, oldest first, with the reply below the last message; what the system did is a line between. Who
 * looked at personal data is in a tab of its own. The beginning of a long story is folded away and asked for.
 */

import React, { Fragment, type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { useLocation } from "react-router-dom";
import type { TimelineEntry } from "../../../engine/explain/describe-event.js";
import type { TimelinePart } from "../../../engine/explain/timeline-window.js";
import type { CasePageView } from "../../../engine/lifecycle/views/case-view.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { RecordAnswer } from "../../../platform/admin/resource-view.js";
import {
  Button,
  Panel,
  type ProblemBody,
  ProblemBox,
  problemOf,
  read,
  Tabs,
  useText,
  withQuery,
} from "../../../platform/ui/kit.js";
import { entryAnchor } from "./case-address.js";
import type { EarlierEntries } from "./case-timeline.service.js";
import { type Block, blocksOf, entriesOf, partsOf, type TimelineOfCase, withFold } from "./timeline-blocks.js";
import { RunEntry, SaidEntry, StepLine } from "./timeline-entry.js";

interface Story extends TimelineOfCase {
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

/** The number of the entry that the address names; null: none. */
function useEntryOfAddress(): number | null {
  const { hash } = useLocation();
  const asked = /^#entry-(\d{1,6})$/.exec(hash)?.[1];
  return asked === undefined ? null : Number(asked);
}

const bottomOfHeader = () => document.querySelector("body header")?.getBoundingClientRect().bottom ?? 0;

/** Below the header, and above the lower edge of the window. */
function isInSight(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return top >= bottomOfHeader() && bottom <= window.innerHeight;
}

/** In the middle; what is higher than the window begins at its top, so that its first line is seen. */
function showEntry(entry: Element): void {
  const fits = entry.getBoundingClientRect().height < (window.innerHeight - bottomOfHeader()) * 0.9;
  entry.scrollIntoView({ block: fits ? "center" : "start" });
}

/** Goes where the address points, once that is drawn. */
function useGoToEntry(seq: number | null, there: boolean): void {
  useEffect(() => {
    if (seq === null || !there) return;
    const entry = document.getElementById(entryAnchor(seq));
    if (entry === null) return;
    entry.closest("details")?.setAttribute("open", "");
    // Where it begins what is new, that is said above it.
    const before = entry.closest(".entry")?.previousElementSibling;
    const marker = before?.matches(".news-since") ? before : null;
    if (marker !== null && !(isInSight(marker) && isInSight(entry))) marker.scrollIntoView({ block: "start" });
    if (marker === null) showEntry(entry);
    entry.focus({ preventScroll: true });
  }, [seq, there]);
}

function BlockEntry({ block, pictures, away }: { block: Block; pictures: boolean; away: boolean }) {
  if ("steps" in block) return <RunEntry run={block} away={away} />;
  return <SaidEntry entry={block.entry} pictures={pictures} away={away} />;
}

const keyOf = (block: Block): number => entriesOf(block)[0]?.seq ?? 0;

/** A button on the screen; on paper what is here is all shown, and what is not is named. */
function Earlier({ n, missing, busy, onOpen }: { n: number; missing: number; busy: boolean; onOpen: () => void }) {
  const { t } = useText();
  return (
    <>
      <div className="entry-fold">
        <Button small icon="up" busy={busy} onClick={onOpen}>
          {t(pattern("cases-page.caseTimeline.earlier"), { n })}
        </Button>
      </div>
      {missing > 0 && <p className="on-paper">{t(pattern("cases-page.caseTimeline.notHere"), { n: missing })}</p>}
    </>
  );
}

interface ConversationProps extends CaseTimelineProps {
  /** What the address points at; null: nothing. */
  readonly seq: number | null;
}

function Conversation({ story, pictures, newFrom, marker, seq }: ConversationProps) {
  const { t } = useText();
  const [whole, setWhole] = useState(false);
  const blocks = blocksOf(story.conversation);
  const folded = withFold(blocks);
  const pointed = seq !== null && folded.away.some((block) => entriesOf(block).some((entry) => entry.seq === seq));
  const { away, shown } = whole || pointed ? { away: [], shown: blocks } : folded;
  const firstNew =
    newFrom === null ? undefined : shown.find((block) => entriesOf(block).some((one) => one.seq >= newFrom));
  const missing = story.earlier.conversation;
  const n = away.reduce((sum, block) => sum + entriesOf(block).length, missing);
  if (blocks.length === 0) return <p className="muted">{t(msg("cases-page.caseTimeline.nothing"))}</p>;
  return (
    <>
      {n > 0 && (
        <Earlier
          n={n}
          missing={missing}
          busy={story.busy}
          onOpen={() => {
            setWhole(true);
            if (missing > 0) void story.more("conversation");
          }}
        />
      )}
      <ol className="timeline">
        {away.map((block) => (
          <BlockEntry key={keyOf(block)} block={block} pictures={pictures} away />
        ))}
        {shown.map((block) => (
          <Fragment key={keyOf(block)}>
            {block === firstNew && marker}
            <BlockEntry block={block} pictures={pictures} away={false} />
          </Fragment>
        ))}
      </ol>
    </>
  );
}

function Readings({ story }: { story: Story }) {
  const { t } = useText();
  const missing = story.earlier.readings;
  if (story.readings.length === 0) return <p className="muted">{t(msg("cases-page.caseTimeline.nobody"))}</p>;
  return (
    <>
      {missing > 0 && (
        <Earlier n={missing} missing={missing} busy={story.busy} onOpen={() => void story.more("readings")} />
      )}
      <ol className="steps readings">
        {story.readings.map((entry) => (
          <StepLine key={entry.seq} entry={entry} />
        ))}
      </ol>
    </>
  );
}

const tabs = ["conversation", "readings"] as const;
type Tab = (typeof tabs)[number];

interface CaseTimelineProps {
  readonly story: Story;
  /** Whether pictures among the files can be seen in place. */
  readonly pictures: boolean;
  /** Where what is new to the reader begins; null: nothing is. */
  readonly newFrom: number | null;
  /** What marks that place. */
  readonly marker: ReactNode;
}

export function CaseTimeline({ story, pictures, newFrom, marker }: CaseTimelineProps) {
  const seq = useEntryOfAddress();
  const [tab, setTab] = useState<Tab>("conversation");
  const { conversation, readings, original, earlier } = story;
  const here = [original, ...conversation, ...readings].some((entry) => entry?.seq === seq);
  const read = readings.some((entry) => entry.seq === seq);
  // What the address names may be among what is not here yet, of either part.
  const missing = seq !== null && !here && !story.busy && story.problem === null;
  const part = missing ? tabs.find((one) => earlier[one] > 0) : undefined;
  const { more } = story;
  useEffect(() => {
    if (part !== undefined) void more(part);
  }, [part, more]);
  useEffect(() => {
    if (seq !== null && here) setTab(read ? "readings" : "conversation");
  }, [seq, here, read]);
  useGoToEntry(seq, here && (tab === "readings") === read);

  const shown =
    tab === "readings" ? <Readings story={story} /> : <Conversation {...{ story, pictures, newFrom, marker, seq }} />;
  return (
    <Panel title={msg("cases-page.caseTimeline.whatHappened")} id="conversation">
      <Tabs
        label={msg("cases-page.caseTimeline.parts")}
        tabs={[
          { id: "conversation", label: msg("cases-page.caseTimeline.conversation") },
          { id: "readings", label: msg("cases-page.caseTimeline.readings"), count: readings.length + earlier.readings },
        ]}
        current={tab}
        onChange={(id) => setTab(id as Tab)}
      >
        {shown}
      </Tabs>
      <ProblemBox problem={story.problem} />
    </Panel>
  );
}
