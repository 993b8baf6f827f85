/** What the applicant wrote, beside what is written about it: in view while one types, and folded away by who knows it. */

import React, { useState } from "react";
import type { TimelineEntry } from "../../../engine/explain/describe-event.js";
import type { CasePageView } from "../../../engine/lifecycle/views/case-view.js";
import { msg } from "../../../engine/text/msg.js";
import { Moment, useText } from "../../../platform/ui/kit.js";

/** Folded once, it stays folded while one goes from case to case. */
let folded = false;

function Words({ entry }: { entry: TimelineEntry }) {
  const { t } = useText();
  return (
    <div>
      <p className="small muted">
        {t(entry.what)} <Moment at={entry.at} />
      </p>
      {entry.text && (
        <p className="prose" dir="auto">
          {entry.text}
        </p>
      )}
    </div>
  );
}

/**
 * What is answered now (after an objection that, what was added to it and the answer before it), then the application; in a box of its
 * own that scrolls; with Tab one comes to it, and arrows move it.
 */
export function ApplicantWords({ view }: { view: Pick<CasePageView, "text" | "timeline" | "answered" | "askedFrom"> }) {
  const { text, timeline, answered } = view;
  const { t } = useText();
  const [open, setOpen] = useState(!folded);
  const [objection, answer] = answered;
  const ofApplicant = answer ? msg("cases-page.originalText.withAnswer") : msg("cases-page.originalText.title");
  const title = view.askedFrom === null ? ofApplicant : msg("cases-page.originalText.order");
  const replies = timeline.filter(
    ({ seq, whoKind, kind, text: said }) =>
      whoKind === "applicant" && kind === "reply" && said && seq > (objection?.seq ?? 0),
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
        {objection && <Words entry={objection} />}
        {objection && replies.map((entry) => <Words key={entry.seq} entry={entry} />)}
        {answer && <Words entry={answer} />}
        {objection && <p className="small muted">{t(msg("cases-page.originalText.first"))}</p>}
        <p className="prose" dir="auto" lang={text.language}>
          {text.description}
        </p>
        {!objection && replies.map((entry) => <Words key={entry.seq} entry={entry} />)}
      </section>
    </details>
  );
}
