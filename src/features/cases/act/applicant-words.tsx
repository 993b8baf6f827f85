/** What the applicant wrote, beside what is written about it: in view while one types, and folded away by who knows it. */

import React, { useState } from "react";
import type { CasePageView } from "../../../engine/lifecycle/views/case-view.js";
import { msg } from "../../../engine/text/msg.js";
import { Moment, useText } from "../../../platform/ui/kit.js";

/** Folded once, it stays folded while one goes from case to case. */
let folded = false;

/** The application and what its applicant added since, in a box of its own that scrolls; with Tab one comes to it, and arrows move it. */
export function ApplicantWords({ view: { text, timeline } }: { view: Pick<CasePageView, "text" | "timeline"> }) {
  const { t } = useText();
  const [open, setOpen] = useState(!folded);
  const title = msg("cases-page.originalText.title");
  const replies = timeline.filter(
    ({ whoKind, kind, text: said }) => whoKind === "applicant" && kind === "reply" && said,
  );
  return (
    <details
      className="composer-words"
      open={open}
      onToggle={({ currentTarget }) => {
        folded = !currentTarget.open;
        setOpen(currentTarget.open);
      }}
    >
      <summary>{t(title)}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keys too */}
      <section className="composer-words-text" tabIndex={0} aria-label={t(title)}>
        <p className="prose" dir="auto" lang={text.language}>
          {text.description}
        </p>
        {replies.map((entry) => (
          <div key={entry.seq}>
            <p className="small muted">
              {t(entry.what)} <Moment at={entry.at} />
            </p>
            <p className="prose" dir="auto">
              {entry.text}
            </p>
          </div>
        ))}
      </section>
    </details>
  );
}
