/** How far a calendar can be relied on: what is confirmed, what is only expected, and how far promises reach. */
import React from "react";
import { NoticeBox, useText } from "../../../platform/ui/kit.js";
import type { CalendarLook } from "./calendar.page.js";

const words = {
  bar: {
    en: "Confirmed until {until}; covered to {to}; targets that begin today end by {promised}",
    ar: "مؤكد حتى {until}، ومغطى حتى {to}، وأطول هدف يبدأ اليوم ينتهي في {promised}",
  },
  confirmed: { en: "Confirmed until {date}", ar: "مؤكد حتى {date}" },
  promised: { en: "The longest target of today ends on {date}", ar: "أطول هدف يبدأ اليوم ينتهي في {date}" },
  covered: { en: "The calendar ends on {date}", ar: "ينتهي التقويم في {date}" },
  short: {
    en: "What is promised today rests on days that are not confirmed: confirm those after {date}, or add them.",
    ar: "ما يُحدَّد من مواعيد اليوم يقوم على أيام لم تتأكد: أكّد الأيام بعد {date} أو أضفها.",
  },
  soon: {
    en: "Confirmed days will soon be fewer than the longest target needs: see to those after {date}.",
    ar: "ستقل الأيام المؤكدة قريبًا عما يحتاجه أطول هدف: راجع الأيام بعد {date}.",
  },
};

const day = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000;

export function CoverageBar({ look, to }: { look: CalendarLook; to: string }) {
  const { t, date } = useText();
  const { today, confirmedUntil, promised, noticed } = look;
  const end = Math.max(day(to), day(noticed));
  const share = (until: string): number =>
    Math.round(Math.max(0, Math.min(1, (day(until) - day(today)) / (end - day(today) || 1))) * 1000) / 10;
  const state = confirmedUntil < promised ? "short" : confirmedUntil < noticed ? "soon" : null;
  return (
    <div className="stack-small">
      <div
        className="coverage"
        role="img"
        aria-label={t(words.bar, { until: date(confirmedUntil), to: date(to), promised: date(promised) })}
      >
        <span className="coverage-covered" style={{ inlineSize: `${share(to)}%` }} />
        <span className="coverage-confirmed" style={{ inlineSize: `${share(confirmedUntil)}%` }} />
        <span className="coverage-promised" style={{ insetInlineStart: `${share(promised)}%` }} />
      </div>
      <ul className="coverage-legend">
        <li className="is-confirmed">{t(words.confirmed, { date: date(confirmedUntil) })}</li>
        <li className="is-promised">{t(words.promised, { date: date(promised) })}</li>
        <li className="is-covered">{t(words.covered, { date: date(to) })}</li>
      </ul>
      {state !== null && (
        <NoticeBox tone={state === "short" ? "danger" : "warning"}>
          <p>{t(words[state], { date: date(confirmedUntil) })}</p>
        </NoticeBox>
      )}
    </div>
  );
}
