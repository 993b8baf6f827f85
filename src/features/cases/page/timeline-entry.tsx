/** One thing that happened: who, when, what, and what was written. It has an address of its own. */
import React from "react";
import type { TimelineEntry } from "../../../engine/explain/describe-event.js";
import type { EntryKind } from "../../../engine/explain/told.js";
import type { CaseText } from "../../../engine/lifecycle/case-view.js";
import { Badge, Bidi, Icon, Moment, useText } from "../../../platform/ui/kit.js";
import { EntryFiles } from "../../files/file-pieces.js";
import type { Block } from "./timeline-blocks.js";

const words = {
  internal: { en: "Internal", ar: "داخلي" },
  steps: { en: "Followed by itself ({n})", ar: "جرى تلقائيًا ({n})" },
  link: { en: "Link to this entry", ar: "رابط هذا البند" },
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
export const entryAnchor = (seq: number): string => `entry-${seq}`;

function Steps({ steps }: { steps: readonly TimelineEntry[] }) {
  const { t } = useText();
  return (
    <details className="entry-steps">
      <summary className="small muted">{t(words.steps, { n: steps.length })}</summary>
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

export function Entry({ block, text, pictures, away }: EntryProps) {
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
            <span className="unseen">{t(words.link)}</span>
          </a>
          {internal && kind === "note" && (
            <Badge tone="near" icon="lock">
              {t(words.internal)}
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
