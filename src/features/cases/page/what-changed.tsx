/** Somebody was faster: what happened since the form was opened, beside what was typed. */
import React from "react";
import type { TimelineEntry } from "../../../engine/explain/describe-event.js";
import { Bidi, Moment, NoticeBox, useText } from "../../../platform/ui/kit.js";

const words = {
  title: { en: "The case changed while you were writing", ar: "تغيّرت المعاملة أثناء كتابتك" },
  hint: {
    en: "Nothing was sent, and your text is still here. Read what changed; if it still fits, send it all the same.",
    ar: "لم يُرسل شيء، ونصك ما زال هنا. اقرأ ما تغيّر؛ وإن بقي مناسبًا فأرسله مع ذلك.",
  },
  closed: {
    en: "This can no longer be done. Your text stays here until you throw it away, so that you can copy it.",
    ar: "لم يعد هذا ممكنًا. يبقى نصك هنا حتى تتخلص منه، ويمكنك نسخه.",
  },
};

export function WhatChanged({ entries, possible }: { entries: readonly TimelineEntry[]; possible: boolean }) {
  const { t } = useText();
  return (
    <NoticeBox tone="warning" title={words.title}>
      <ul className="changed" aria-label={t(words.title)}>
        {entries.map((entry) => (
          <li key={entry.seq}>
            <p>
              <strong>
                <Bidi>{t(entry.who)}</Bidi>
              </strong>{" "}
              <span className="small muted">
                <Moment at={entry.at} />
              </span>{" "}
              {t(entry.what)}
            </p>
            {entry.text && (
              <p className="prose changed-text" dir="auto">
                {entry.text}
              </p>
            )}
          </li>
        ))}
      </ul>
      <p>{t(possible ? words.hint : words.closed)}</p>
    </NoticeBox>
  );
}
