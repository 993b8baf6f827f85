/**
 * What happened: what people said and did in full, what followed from it by itself folded under it, the middle of a long story
 * folded away. The newest stands first, where it is answered.
 */
import React, { useEffect, useState } from "react";
import { useLocation } from "react-router-dom";
import type { TimelineEntry } from "../../../engine/explain/describe-event.js";
import type { CaseText } from "../../../engine/lifecycle/case-view.js";
import { Button, Icon, Panel, useText } from "../../../platform/ui/kit.js";
import { type Block, blocksOf, type Fold, lastSaid, withFold } from "./timeline-blocks.js";
import { Entry, entryAnchor } from "./timeline-entry.js";

const words = {
  title: { en: "What happened", ar: "ما جرى" },
  fold: { en: "{n} earlier entries", ar: "بنود سابقة ({n})" },
  newest: { en: "Newest first", ar: "الأحدث أولًا" },
  oldest: { en: "Oldest first", ar: "الأقدم أولًا" },
  last: { en: "Last said", ar: "آخر ما قيل" },
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
}

export function CaseTimeline({ entries, text, pictures }: CaseTimelineProps) {
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
        {ordered.map((block) =>
          "blocks" in block ? (
            <Folded
              key="fold"
              fold={block}
              oldest={oldest}
              text={text}
              pictures={pictures}
              onOpen={() => setWhole(true)}
            />
          ) : (
            <Entry key={block.entry.seq} block={block} text={text} pictures={pictures} away={false} />
          ),
        )}
      </ol>
    </Panel>
  );
}
