/** One thing that happened to a case: a message in full, or a line. Each has an address of its own. */

import React from "react";
import type { TimelineEntry } from "../../../engine/explain/describe-event.js";
import type { EntryLetter, LetterEnd } from "../../../engine/explain/describe-letters.js";
import type { EntryKind } from "../../../engine/explain/told.js";
import { codesOf } from "../../../engine/registry.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Badge, Bidi, Icon, Moment, type Tone, useText } from "../../../platform/ui/kit.js";
import { EntryFiles } from "../../files/file-pieces.js";
import { entryAnchor } from "./case-address.js";
import { headOfRun, type Run } from "./timeline-blocks.js";

/** In the order in which they are counted. */
const ends = {
  sent: { words: pattern("cases-page.entryLetters.sent"), tone: "done" },
  waits: { words: pattern("cases-page.entryLetters.waits"), tone: "waiting" },
  notSent: { words: pattern("cases-page.entryLetters.notSent"), tone: "late" },
  none: { words: pattern("cases-page.entryLetters.none"), tone: "neutral" },
} as const satisfies Record<LetterEnd, { words: unknown; tone: Tone }>;

interface EntryLettersProps {
  readonly letters: readonly EntryLetter[] | undefined;
  /** Where something was opened to see it, nothing more is folded. */
  readonly flat?: boolean;
}

/** One line of counts, which opens to who gets what. */
function EntryLetters({ letters = [], flat = false }: EntryLettersProps) {
  const { t } = useText();
  if (letters.length === 0) return null;
  const counts = codesOf(ends).map((end) => ({ end, n: letters.filter((one) => one.end === end).length }));
  const counted = (
    <>
      <span className="muted">{t(msg("cases-page.entryLetters.title"))}</span>{" "}
      {counts
        .filter(({ n }) => n > 0)
        .map(({ end, n }) => (
          <Badge key={end} tone={ends[end].tone}>
            {t(ends[end].words, { n })}
          </Badge>
        ))}
    </>
  );
  const all = (
    <ul className="plain-list">
      {letters.map(({ who, what, fate }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they stay in their order
        <li key={i}>
          <Bidi>{t(who)}</Bidi>
          {t(what) !== "" && <span className="muted"> · {t(what)}</span>}
          <br />
          <span className="muted">{t(fate)}</span>
        </li>
      ))}
    </ul>
  );
  if (flat) {
    return (
      <div className="entry-letters small">
        <p>{counted}</p>
        {all}
      </div>
    );
  }
  return (
    <details className="entry-letters small">
      <summary>{counted}</summary>
      {all}
    </details>
  );
}

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

/** When it happened, as a link to it. */
export function EntryMoment({ entry }: { entry: TimelineEntry }) {
  const { t } = useText();
  return (
    <a className="entry-at muted small" href={`#${entryAnchor(entry.seq)}`}>
      <Moment at={entry.at} />
      <span className="unseen">{t(msg("cases-page.timelineEntry.link"))}</span>
    </a>
  );
}

interface EntryProps {
  readonly entry: TimelineEntry;
  /** Whether pictures among the files can be seen in place. */
  readonly pictures: boolean;
  /** Folded away on the screen, there on paper. */
  readonly away: boolean;
}

/** What somebody wrote: who, when, what it was, and all of it. */
export function SaidEntry({ entry, pictures, away }: EntryProps) {
  const { t } = useText();
  const { kind, who, whoKind, what, internal } = entry;
  return (
    <li
      id={entryAnchor(entry.seq)}
      tabIndex={-1}
      className={`entry entry-${kind} entry-from-${whoKind}${internal ? " entry-internal" : ""}${away ? " entry-away" : ""}`}
    >
      <span className="entry-mark">
        <Icon name={icons[kind]} size={16} />
      </span>
      <div className="entry-body">
        <p className="entry-head">
          <strong>
            <Bidi>{t(who)}</Bidi>
          </strong>
          <EntryMoment entry={entry} />
          {internal && (
            <Badge tone="near" icon="lock">
              {t(msg("cases-page.timelineEntry.internal"))}
            </Badge>
          )}
        </p>
        <p className="entry-what">{t(what)}</p>
        {entry.text && (
          <div className="entry-text prose" dir="auto">
            {entry.text}
          </div>
        )}
        {entry.fields && (
          <dl className="entry-fields">
            {entry.fields.map(({ name, value }) => (
              <div key={t(name)}>
                <dt>{t(name)}</dt>
                <dd dir="auto">{t(value)}</dd>
              </div>
            ))}
          </dl>
        )}
        <EntryFiles files={entry.files} pictures={pictures} />
        <EntryLetters letters={entry.letters} />
      </div>
    </li>
  );
}

/** Who did what, in one sentence; what the system did speaks for itself. */
function Sentence({ entry, short }: { entry: TimelineEntry; short: boolean }) {
  const { t } = useText();
  const whole = t((short ? entry.short : null) ?? entry.what);
  // The day follows: it is no sentence of its own.
  const what = short ? whole.replace(/\.$/, "") : whole;
  // What follows by itself is nobody's act, though somebody did what it follows from.
  if (entry.whoKind === "system" || entry.folded || (short && entry.short !== null)) return <>{what}</>;
  return <>{t(pattern("cases-page.timelineEntry.by"), { who: `\u2068${t(entry.who)}\u2069`, what })}</>;
}

/** A line of its own, and as one of a run. */
export function StepLine({ entry }: { entry: TimelineEntry }) {
  return (
    <li id={entryAnchor(entry.seq)} tabIndex={-1} className={`step step-${entry.kind}`}>
      <Icon name={icons[entry.kind]} size={16} />
      <span>
        <Sentence entry={entry} short={false} /> <EntryMoment entry={entry} />
        <EntryLetters letters={entry.letters} flat />
      </span>
    </li>
  );
}

/** What was done between two messages: a line, which opens where there is more to read. */
export function RunEntry({ run, away }: { run: Run; away: boolean }) {
  const { t } = useText();
  const head = headOfRun(run);
  const { steps } = run;
  const className = `entry entry-run entry-${head.kind}${away ? " entry-away" : ""}`;
  const line = (
    <>
      <Sentence entry={head} short /> <span aria-hidden="true">·</span> <Moment at={head.at} dayOnly />
    </>
  );
  return (
    <li className={className}>
      <span className="entry-mark">
        <Icon name={icons[head.kind]} size={16} />
      </span>
      <div className="entry-body">
        {steps.length === 1 && (head.short === null || head.letters !== undefined) ? (
          <div id={entryAnchor(head.seq)} tabIndex={-1}>
            <p className="entry-line">
              <Sentence entry={head} short={false} /> <EntryMoment entry={head} />
            </p>
            <EntryLetters letters={head.letters} />
          </div>
        ) : (
          <details className="entry-steps">
            <summary className="entry-line">
              {line}
              {steps.length > 1 && (
                <span className="small muted">
                  {" "}
                  {t(pattern("cases-page.timelineEntry.steps"), { n: steps.length - 1 })}
                </span>
              )}
            </summary>
            <ol className="steps">
              {steps.map((step) => (
                <StepLine key={step.seq} entry={step} />
              ))}
            </ol>
          </details>
        )}
      </div>
    </li>
  );
}
