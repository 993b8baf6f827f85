/** Somebody was faster: what happened since the form was opened, beside what was typed. */

import React from "react";
import type { TimelineEntry } from "../../../engine/explain/describe-event.js";
import { msg } from "../../../engine/text/msg.js";
import { Bidi, Moment, NoticeBox, useText } from "../../../platform/ui/kit.js";

const words = {
  title: msg("cases-page.whatChanged.theCaseChangedWhileYou"),
  hint: msg("cases-page.whatChanged.nothingWasSentAndYour"),
  closed: msg("cases-page.whatChanged.closed"),
  ownTitle: msg("cases-page.whatChanged.ownTitle"),
  own: msg("cases-act.performAction.inAnotherWindow"),
};

export function WhatChanged({ entries, possible }: { entries: readonly TimelineEntry[]; possible: boolean }) {
  const { t } = useText();
  const title = entries.every(({ own }) => own) ? words.ownTitle : words.title;
  return (
    <NoticeBox tone="warning" title={title}>
      <ul className="changed" aria-label={t(title)}>
        {entries.map((entry) => (
          <li key={entry.seq}>
            <p>
              <strong>
                <Bidi>{t(entry.own ? words.own : entry.who)}</Bidi>
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
