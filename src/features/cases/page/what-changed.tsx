/** Somebody was faster: what happened since the form was opened, beside what was typed. */

import React from "react";
import type { TimelineEntry } from "../../../engine/explain/describe-event.js";
import { msg } from "../../../engine/text/msg.js";
import { Bidi, Moment, NoticeBox, useText } from "../../../platform/ui/kit.js";

export function WhatChanged({ entries, possible }: { entries: readonly TimelineEntry[]; possible: boolean }) {
  const { t } = useText();
  const title = entries.every(({ own }) => own)
    ? msg("cases-page.whatChanged.ownTitle")
    : msg("cases-page.whatChanged.theCaseChangedWhileYou");
  return (
    <NoticeBox tone="warning" title={title}>
      <ul className="changed" aria-label={t(title)}>
        {entries.map((entry) => (
          <li key={entry.seq}>
            <p>
              <strong>
                <Bidi>{t(entry.own ? msg("cases-act.performAction.inAnotherWindow") : entry.who)}</Bidi>
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
      <p>{t(possible ? msg("cases-page.whatChanged.nothingWasSentAndYour") : msg("cases-page.whatChanged.closed"))}</p>
    </NoticeBox>
  );
}
