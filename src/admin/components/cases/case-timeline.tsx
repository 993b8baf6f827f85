/** What happened, first to last: what people said and did in full, what followed by itself folded away. */
import React, { useState } from "react";
import type { CaseText } from "../../../domain/case-view.js";
import type { EntryKind, TimelineEntry } from "../../../domain/timeline/describe-event.js";
import { Badge, Bidi, Button, Icon, Moment, Panel, useText } from "../kit/kit.js";
import { EntryFiles } from "./file-pieces.js";

const words = {
  title: { en: "What happened", ar: "ما جرى" },
  more: { en: "Show what followed by itself ({n})", ar: "إظهار ما جرى تلقائيًا ({n})" },
  less: { en: "Hide what followed by itself", ar: "إخفاء ما جرى تلقائيًا" },
  internal: { en: "Internal", ar: "داخلي" },
  newest: { en: "Newest first", ar: "الأحدث أولاً" },
  oldest: { en: "Oldest first", ar: "الأقدم أولاً" },
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

function Entry({ entry, text, pictures }: { entry: TimelineEntry; text: CaseText | null; pictures: boolean }) {
  const { t } = useText();
  const { kind, who, what, at, internal } = entry;
  const side = entry.whoKind === "applicant" || kind === "application" ? "applicant" : entry.whoKind;
  return (
    <li className={`entry entry-${kind} entry-from-${side}${internal ? " entry-internal" : ""}`}>
      <span className="entry-mark">
        <Icon name={icons[kind] ?? "dot"} size={16} />
      </span>
      <div className="entry-body">
        <p className="entry-head">
          <strong>
            <Bidi>{t(who)}</Bidi>
          </strong>
          <span className="muted small">
            <Moment at={at} />
          </span>
          {internal && kind === "note" && (
            <Badge tone="near" icon="lock">
              {t(words.internal)}
            </Badge>
          )}
        </p>
        <p className="entry-what">{t(what)}</p>
        {text && (
          <div className="entry-text prose" dir="auto">
            {text.description}
          </div>
        )}
        {entry.text && (
          <div className="entry-text prose" dir="auto">
            {entry.text}
          </div>
        )}
        <EntryFiles files={entry.files} pictures={pictures} />
      </div>
    </li>
  );
}

export function CaseTimeline(a: {
  entries: readonly TimelineEntry[];
  text: CaseText;
  /** Whether pictures among the files can be seen in place. */
  pictures: boolean;
}) {
  const { entries, text, pictures } = a;
  const { t } = useText();
  const [all, setAll] = useState(false);
  const [newest, setNewest] = useState(false);
  const folded = entries.filter((entry) => entry.folded).length;
  const shown = entries.filter((entry) => all || !entry.folded);
  return (
    <Panel
      title={words.title}
      actions={
        <Button small kind="quiet" icon={newest ? "up" : "down"} onClick={() => setNewest(!newest)}>
          {t(newest ? words.newest : words.oldest)}
        </Button>
      }
    >
      <ol className="timeline" reversed={newest}>
        {(newest ? [...shown].reverse() : shown).map((entry) => (
          <Entry key={entry.seq} entry={entry} text={entry.kind === "application" ? text : null} pictures={pictures} />
        ))}
      </ol>
      {folded > 0 && (
        <Button small kind="quiet" icon={all ? "minus" : "plus"} expanded={all} onClick={() => setAll(!all)}>
          {t(all ? words.less : words.more, { n: folded })}
        </Button>
      )}
    </Panel>
  );
}
