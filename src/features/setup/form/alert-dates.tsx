/** When an alert would have come: "would have come 3 times", and after which weeks or months. */

import React from "react";
import type { AlertTrial, ShownEvent } from "../../../engine/measures/alert-views.js";
import { figureWords, wholePeriodWords } from "../../../engine/measures/figure-words.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { apart } from "../../../engine/text/text.js";
import { Badge, useText } from "../../../platform/ui/kit.js";

const words = {
  come: pattern("reports.alerts.wouldHaveCome"),
  after: pattern("reports.alerts.after"),
  until: pattern("reports.alerts.until"),
  goesOn: msg("reports.alerts.goesOn"),
  notJudged: pattern("reports.alerts.notJudged"),
  noPeriods: msg("reports.alerts.noPeriods"),
  confidentialOut: msg("reports.alerts.confidentialOut"),
  noData: msg("reports.figuresPage.noData"),
};

type Dated = Pick<AlertTrial, "condition" | "day">;

/** One a line: after which period, with which value, and when it ended. */
export function AlertEvents({ of, events }: { of: Dated; events: readonly ShownEvent[] }) {
  const { t, language } = useText();
  const { kpi, unit } = of.condition;
  return (
    <ul className="alert-events">
      {events.map(({ began, beganTo, ended, said }) => (
        <li key={began}>
          {t(words.after, {
            period: wholePeriodWords(unit, { from: began, to: beganTo }, language),
            // Set apart: beside Arabic letters a percent sign would change its side.
            value: said.figure === null ? t(words.noData) : apart(figureWords(kpi, said.figure, of.day, language)),
          })}{" "}
          {ended === null ? (
            <Badge tone="near" icon="clock">
              {t(words.goesOn)}
            </Badge>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

/** What a trial found. */
export function AlertDates({ trial }: { trial: AlertTrial }) {
  const { t } = useText();
  const { events, periods, unknown, confidential } = trial;
  return (
    <div className="alert-trial stack" role="status">
      <p>
        <strong>{t(trial.sentence)}</strong> · <bdi>{t(trial.place)}</bdi>
      </p>
      {periods === 0 ? (
        <p className="muted">{t(words.noPeriods)}</p>
      ) : (
        <>
          <p>{t(words.come, { n: events.length })}</p>
          {events.length > 0 && <AlertEvents of={trial} events={events} />}
          {unknown > 0 && <p className="muted small">{t(words.notJudged, { n: unknown })}</p>}
        </>
      )}
      {!confidential && <p className="muted small">{t(words.confidentialOut)}</p>}
    </div>
  );
}
