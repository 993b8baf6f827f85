/** Beside what happened: the emails to officials that it was to send, and what became of each. */

import React from "react";
import type { EntryLetter, LetterEnd } from "../../../engine/explain/describe-letters.js";
import { codesOf } from "../../../engine/registry.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Badge, Bidi, type Tone, useText } from "../../../platform/ui/kit.js";

/** In the order in which they are counted. */
const ends = {
  sent: { words: pattern("cases-page.entryLetters.sent"), tone: "done" },
  waits: { words: pattern("cases-page.entryLetters.waits"), tone: "waiting" },
  notSent: { words: pattern("cases-page.entryLetters.notSent"), tone: "late" },
  none: { words: pattern("cases-page.entryLetters.none"), tone: "neutral" },
} as const satisfies Record<LetterEnd, { words: unknown; tone: Tone }>;

/** One line of counts, which opens to who gets what. */
export function EntryLetters({ letters = [] }: { letters: readonly EntryLetter[] | undefined }) {
  const { t } = useText();
  if (letters.length === 0) return null;
  const counts = codesOf(ends).map((end) => ({ end, n: letters.filter((one) => one.end === end).length }));
  return (
    <details className="entry-letters small">
      <summary>
        <span className="muted">{t(msg("cases-page.entryLetters.title"))}</span>{" "}
        {counts
          .filter(({ n }) => n > 0)
          .map(({ end, n }) => (
            <Badge key={end} tone={ends[end].tone}>
              {t(ends[end].words, { n })}
            </Badge>
          ))}
      </summary>
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
    </details>
  );
}
