/** When an alert would have come: "would have come 3 times", and after which weeks or months. */

import React from "react";
import { Link } from "react-router-dom";
import type { AlertTrial, ShownEvent } from "../../../engine/measures/alert-views.js";
import { figureWords, wholePeriodWords } from "../../../engine/measures/figure-words.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { apart } from "../../../engine/text/text.js";
import { Badge, useText } from "../../../platform/ui/kit.js";

const words = {
  come: pattern("reports.alerts.wouldHaveCome"),
  after: pattern("reports.alerts.after"),
  goesOn: msg("reports.alerts.goesOn"),
  notJudged: pattern("reports.alerts.notJudged"),
  noPeriods: msg("reports.alerts.noPeriods"),
  confidentialOut: msg("reports.alerts.confidentialOut"),
  noData: msg("reports.figuresPage.noData"),
};

type Dated = Pick<AlertTrial, "condition" | "day">;

interface AlertEventsProps {
  readonly of: Dated;
  readonly events: readonly ShownEvent[];
  /** Where the figures of an event's period are; left out: its line is no link. */
  readonly addressOf?: (event: ShownEvent) => string;
}

/** One a line: after which period, with which value, and whether it still holds. */
export function AlertEvents({ of, events, addressOf }: AlertEventsProps) {
  const { t, language } = useText();
  const { kpi, unit } = of.condition;
  return (
    <ul className="alert-events">
      {events.map((event) => {
        const { began, beganTo, ended, said } = event;
        const line = t(words.after, {
          period: wholePeriodWords(unit, { from: began, to: beganTo }, language),
          // Set apart: beside Arabic letters a percent sign would change its side.
          value: said.figure === null ? t(words.noData) : apart(figureWords(kpi, said.figure, of.day, language)),
        });
        return (
          <li key={began}>
            {addressOf === undefined ? line : <Link to={addressOf(event)}>{line}</Link>}{" "}
            {ended === null && (
              <Badge tone="near" icon="clock">
                {t(words.goesOn)}
              </Badge>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** What a trial found. */
export function AlertDates({ trial }: { trial: AlertTrial }) {
  const { t } = useText();
  const { events, periods, unknown, confidential } = trial;
  return (
    <div className="alert-trial stack" role="status">
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
