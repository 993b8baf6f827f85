/** Rows of news: what happened, when, its first words, and of which case. Each leads to its case, which is how it goes away. */

import React from "react";
import { Link } from "react-router-dom";
import { elapsedDay } from "../../../engine/formatting/durations.js";
import type { NewsKind } from "../../../engine/lifecycle/case-news.js";
import type { NewsRow } from "../../../engine/lifecycle/views/news-view.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Badge, Bidi, LinkButton, presentTime, useText, type Words } from "../../../platform/ui/kit.js";
import { askCallAddress, caseAddress } from "../page/case-address.js";

const kindWords: Readonly<Record<NewsKind, Words>> = {
  replied: msg("cases-news.newsList.replied"),
  added: msg("cases-news.newsList.added"),
  files: msg("cases-news.newsList.files"),
  reopened: msg("cases-news.newsList.reopened"),
  appealed: msg("cases-news.newsList.appealed"),
  rated: msg("cases-news.newsList.rated"),
  withdrawn: msg("cases-news.newsList.withdrawn"),
  returned: msg("cases-news.newsList.returned"),
  transferred: msg("cases-news.newsList.transferred"),
  given: msg("cases-news.newsList.given"),
  reminded: msg("cases-news.newsList.reminded"),
  mentioned: msg("cases-news.newsList.mentioned"),
  noted: msg("cases-news.newsList.noted"),
  notReached: msg("cases-news.newsList.notReached"),
  callNotReached: msg("cases-news.newsList.callNotReached"),
  callRefused: msg("cases-news.newsList.callRefused"),
  callWrongNumber: msg("cases-news.newsList.callWrongNumber"),
  ordered: msg("cases-news.newsList.ordered"),
  orderAnswered: msg("cases-news.newsList.orderAnswered"),
  orderAsked: msg("cases-news.newsList.orderAsked"),
};

const words = {
  ago: pattern("cases-news.newsList.ago"),
  remindedAs: pattern("cases-news.newsList.remindedAs"),
};

const [hour, day] = [3600, 86_400];

/** How long ago, in its largest unit alone; all of the moment under the pointer. */
function Ago({ at }: { at: string | Date }) {
  const { t, duration, wholeMoment } = useText();
  const moment = new Date(at);
  const seconds = Math.max(0, (presentTime().getTime() - moment.getTime()) / 1000);
  const unit = seconds >= day ? day : seconds >= hour ? hour : 1;
  return (
    <time className="news-ago" dateTime={moment.toISOString()} title={wholeMoment(moment)}>
      {t(words.ago, { time: duration(Math.floor(seconds / unit) * unit, elapsedDay, "oblique") })}
    </time>
  );
}

/** @param mixed whether read ones are among them: then those that are unread say so */
function Row({ row, mixed }: { row: NewsRow; mixed: boolean }) {
  const { t } = useText();
  const [newest, ...others] = row.kinds;
  const as = row.reminder?.as ?? null;
  const kindOf = (kind: NewsKind): string =>
    kind === "reminded" && as !== null ? t(words.remindedAs, { as: t(as) }) : t(kindWords[kind]);
  return (
    <li
      className={`news-row${row.reminder === null ? "" : " news-reminder"}${mixed && row.seen ? " news-read" : ""}`}
      data-row={`news-${row.reference}`}
    >
      <span className="news-what">
        <Link
          className="row-link news-link"
          to={caseAddress(row.reference, row.firstSeq)}
          data-subject={row.subject ?? ""}
        >
          {newest === undefined ? row.reference : kindOf(newest)}
        </Link>
        <span aria-hidden="true">·</span>
        <Ago at={row.at} />
        {mixed && !row.seen && <Badge tone="near">{t(msg("cases-news.newsList.unread"))}</Badge>}
      </span>
      <span className="news-words">
        {row.words !== null && <Bidi>{row.words}</Bidi>}
        {row.subject !== null && (
          <span className="muted">
            <Bidi>{row.subject}</Bidi>
          </span>
        )}
      </span>
      <span className="news-about small muted">
        {others.map((kind) => (
          <span key={kind}>{t(kindWords[kind])}</span>
        ))}
        {row.reminder !== null && <span className="news-stays">{t(msg("cases-news.newsList.stays"))}</span>}
        {row.by !== null && <Bidi>{row.by}</Bidi>}
        {row.whose === "shared" && !row.taken && <span>{t(msg("cases-news.newsList.shared"))}</span>}
        {row.confidential && (
          <Badge tone="near" icon="lock">
            {t(msg("cases-news.newsList.confidential"))}
          </Badge>
        )}
        <Bidi ltr>{row.reference}</Bidi>
        {row.mayAskCall && (
          <span className="news-act">
            <LinkButton small kind="quiet" icon="phone" to={askCallAddress(row.reference, row.firstSeq)}>
              {t(msg("cases-page.callBackPanel.ask"))}
            </LinkButton>
          </span>
        )}
      </span>
    </li>
  );
}

interface NewsListProps {
  readonly rows: readonly NewsRow[];
  readonly label: Words;
  readonly mixed?: boolean;
}

export function NewsList({ rows, label, mixed = false }: NewsListProps) {
  const { t } = useText();
  return (
    <ul className="news-rows" aria-label={t(label)}>
      {rows.map((row) => (
        <Row key={row.reference} row={row} mixed={mixed} />
      ))}
    </ul>
  );
}
