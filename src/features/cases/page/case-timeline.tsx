/**
 * What happened: what people said and did in full, what followed from it by itself folded under it, the middle of a long story
 * folded away. The newest stands first, where it is answered.
 */

import React, { type ReactNode, useEffect, useState } from "react";
import { useLocation } from "react-router-dom";
import type { TimelineEntry } from "../../../engine/explain/describe-event.js";
import type { EntryKind } from "../../../engine/explain/told.js";
import type { CaseText } from "../../../engine/lifecycle/case-view.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Badge, Bidi, Button, Icon, Moment, Panel, useText } from "../../../platform/ui/kit.js";
import { EntryFiles } from "../../files/file-pieces.js";
import { type Block, blocksOf, type Fold, lastSaid, lastSeq, withFold } from "./timeline-blocks.js";

// One thing that happened: who, when, what, and what was written. It has an address of its own.

const entryWords = {
  internal: msg("cases-page.caseTimeline.entryWordsInternal"),
  steps: pattern("cases-page.caseTimeline.entryWordsSteps"),
  link: msg("cases-page.caseTimeline.entryWordsLink"),
};

const icons: Readonly<Record<EntryKind, string>> = {
  application: "mail",
  question: "question",
  reply: "reply",
  answer: "send",
  note: "edit",
  step: "forward",
  escalation: "escalate",
  clock: "clock",
  rules: "rules",
  reading: "eye",
};

/** The anchor of an entry: `#entry-12`. */
const entryAnchor = (seq: number): string => `entry-${seq}`;

function Steps({ steps }: { steps: readonly TimelineEntry[] }) {
  const { t } = useText();
  return (
    <details className="entry-steps">
      <summary className="small muted">{t(entryWords.steps, { n: steps.length })}</summary>
      <ol className="steps">
        {steps.map((step) => (
          <li key={step.seq} id={entryAnchor(step.seq)} tabIndex={-1}>
            <span>{t(step.what)}</span>{" "}
            <span className="small">
              <Moment at={step.at} />
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}

interface EntryProps {
  readonly block: Block;
  readonly text: CaseText;
  /** Whether pictures among the files can be seen in place. */
  readonly pictures: boolean;
  /** Folded away on the screen, there on paper. */
  readonly away: boolean;
}

function Entry({ block, text, pictures, away }: EntryProps) {
  const { t } = useText();
  const { entry, steps } = block;
  const { kind, who, what, at, internal } = entry;
  const side = entry.whoKind === "applicant" || kind === "application" ? "applicant" : entry.whoKind;
  return (
    <li
      id={entryAnchor(entry.seq)}
      tabIndex={-1}
      className={`entry entry-${kind} entry-from-${side}${internal ? " entry-internal" : ""}${away ? " entry-away" : ""}`}
    >
      <span className="entry-mark">
        <Icon name={icons[kind] ?? "dot"} size={16} />
      </span>
      <div className="entry-body">
        <p className="entry-head">
          <strong>
            <Bidi>{t(who)}</Bidi>
          </strong>
          <a className="entry-at muted small" href={`#${entryAnchor(entry.seq)}`}>
            <Moment at={at} />
            <span className="unseen">{t(entryWords.link)}</span>
          </a>
          {internal && kind === "note" && (
            <Badge tone="near" icon="lock">
              {t(entryWords.internal)}
            </Badge>
          )}
        </p>
        <p className="entry-what">{t(what)}</p>
        {kind === "application" && (
          <div className="entry-text prose" dir="auto" lang={text.language}>
            {text.description}
          </div>
        )}
        {entry.text && (
          <div className="entry-text prose" dir="auto">
            {entry.text}
          </div>
        )}
        <EntryFiles files={entry.files} pictures={pictures} />
        {steps.length > 0 && <Steps steps={steps} />}
      </div>
    </li>
  );
}

const words = {
  title: msg("cases-page.caseTimeline.whatHappened"),
  fold: pattern("cases-page.caseTimeline.fold"),
  newest: msg("cases-page.caseTimeline.newest"),
  oldest: msg("cases-page.caseTimeline.oldest"),
  last: msg("cases-page.caseTimeline.last"),
};

const orderKey = "diwan-timeline-oldest";
function oldestFirst(): boolean {
  try {
    return localStorage.getItem(orderKey) === "1";
  } catch {
    return false;
  }
}
function rememberOrder(oldest: boolean): void {
  try {
    localStorage.setItem(orderKey, oldest ? "1" : "0");
  } catch {
    // Then it is asked for again next time.
  }
}

/** The middle of a long story: a button on the screen; on paper it is all there. */
function Folded(a: { fold: Fold; oldest: boolean; text: CaseText; pictures: boolean; onOpen: () => void }) {
  const { t } = useText();
  const { blocks } = a.fold;
  return (
    <>
      <li className="entry entry-fold">
        <span className="entry-mark">
          <Icon name="layers" size={16} />
        </span>
        <div className="entry-body">
          <Button small onClick={a.onOpen}>
            {t(words.fold, { n: blocks.length })}
          </Button>
        </div>
      </li>
      {(a.oldest ? blocks : [...blocks].reverse()).map((block) => (
        <Entry key={block.entry.seq} block={block} text={a.text} pictures={a.pictures} away />
      ))}
    </>
  );
}

/** Goes where the address points, once it is drawn. */
function useEntryOfAddress(seq: number | null): void {
  useEffect(() => {
    if (seq === null) return;
    const entry = document.getElementById(entryAnchor(seq));
    entry?.closest("details")?.setAttribute("open", "");
    entry?.scrollIntoView({ block: "center" });
    entry?.focus({ preventScroll: true });
  }, [seq]);
}

interface CaseTimelineProps {
  readonly entries: readonly TimelineEntry[];
  readonly text: CaseText;
  /** Whether pictures among the files can be seen in place. */
  readonly pictures: boolean;
  /** Where what is new to the reader begins; null: nothing is. */
  readonly newFrom: number | null;
  /** What marks that place. */
  readonly marker: ReactNode;
}

export function CaseTimeline({ entries, text, pictures, newFrom, marker }: CaseTimelineProps) {
  const { t } = useText();
  const { hash } = useLocation();
  const asked = /^#entry-(\d{1,6})$/.exec(hash)?.[1];
  const seq = asked === undefined ? null : Number(asked);
  const [oldest, setOldest] = useState(oldestFirst);
  const [whole, setWhole] = useState(false);
  useEntryOfAddress(seq);

  const blocks = blocksOf(entries);
  const open = whole || seq !== null;
  const folded: readonly (Block | Fold)[] = open ? blocks : withFold(blocks);
  const ordered = oldest ? folded : [...folded].reverse();
  const last = lastSaid(entries);
  const firstNew = newFrom === null ? undefined : folded.find((one) => lastSeq(one) >= newFrom);
  return (
    <Panel
      title={words.title}
      actions={
        <>
          {last && folded.length > 5 && (
            <a className="button button-quiet button-small" href={`#${entryAnchor(last.seq)}`}>
              <span>{t(words.last)}</span>
            </a>
          )}
          <Button
            small
            kind="quiet"
            icon={oldest ? "down" : "up"}
            onClick={() => {
              rememberOrder(!oldest);
              setOldest(!oldest);
            }}
          >
            {t(oldest ? words.oldest : words.newest)}
          </Button>
        </>
      }
    >
      <ol className={oldest ? "timeline" : "timeline timeline-newest"}>
        {ordered.map((block) => (
          <React.Fragment key={"blocks" in block ? "fold" : block.entry.seq}>
            {block === firstNew && oldest && marker}
            {"blocks" in block ? (
              <Folded fold={block} oldest={oldest} text={text} pictures={pictures} onOpen={() => setWhole(true)} />
            ) : (
              <Entry block={block} text={text} pictures={pictures} away={false} />
            )}
            {block === firstNew && !oldest && marker}
          </React.Fragment>
        ))}
      </ol>
    </Panel>
  );
}
