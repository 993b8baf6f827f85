/** When an alert would have come: "would have come 3 times", and after which weeks or months. */

import React from "react";
import { Link } from "react-router-dom";
import { type AlertCondition, isChange } from "../../../engine/measures/alert-condition.js";
import type { AlertTrial, ShownEvent } from "../../../engine/measures/alert-views.js";
import { figureWords, wholePeriodWords } from "../../../engine/measures/figure-words.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { apart } from "../../../engine/text/text.js";
import { Badge, Button, NoticeBox, useText } from "../../../platform/ui/kit.js";

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
        const line = t(pattern("reports.alerts.after"), {
          period: wholePeriodWords(unit, { from: began, to: beganTo }, language),
          // Set apart: beside Arabic letters a percent sign would change its side.
          value:
            said.figure === null
              ? t(msg("reports.figuresPage.noData"))
              : apart(figureWords(kpi, said.figure, of.day, language)),
        });
        return (
          <li key={began}>
            {addressOf === undefined ? line : <Link to={addressOf(event)}>{line}</Link>}{" "}
            {ended === null && (
              <Badge tone="near" icon="clock">
                {t(msg("reports.alerts.goesOn"))}
              </Badge>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** Takes a condition that could have been judged; left out: it is typed elsewhere. */
type Take = (condition: AlertCondition) => void;

/** Why it could never have come, before anything else, and what could have been judged. */
function NotJudgeable({ trial, onTake }: { trial: AlertTrial; onTake?: Take }) {
  const { t } = useText();
  const { condition, periods, unknown, instead } = trial;
  const { least } = condition;
  const unit = condition.unit === "month" ? "month" : "other";
  const why =
    condition.condition === "unusual" || isChange(condition)
      ? t(pattern("reports.alerts.tooFewToCompare"), { unit, least })
      : unknown === periods
        ? t(pattern("reports.alerts.neverJudged"), { unit, n: periods, least })
        : t(pattern("reports.alerts.notInARow"), { n: condition.periods, least });
  return (
    <NoticeBox tone="warning" title={why}>
      {instead.length === 0 ? (
        <p>{t(msg("reports.alerts.insteadNone"))}</p>
      ) : (
        <>
          <p>{t(msg("reports.alerts.instead"))}</p>
          <ul className="alert-instead">
            {instead.map((one) => (
              <li key={one.condition.unit}>
                {t(one.sentence)} ({t(pattern("reports.alerts.fromCases"), { n: one.condition.least })}){" "}
                {onTake !== undefined && (
                  <Button small onClick={() => onTake(one.condition)}>
                    {t(msg("reports.alerts.take"))}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </NoticeBox>
  );
}

/** What a trial found. */
export function AlertDates({ trial, onTake }: { trial: AlertTrial; onTake?: Take }) {
  const { t } = useText();
  const { events, periods, unknown, judgeable, confidential } = trial;
  return (
    <div className="alert-trial stack" role="status">
      {periods === 0 ? (
        <p className="muted">{t(msg("reports.alerts.noPeriods"))}</p>
      ) : !judgeable ? (
        <NotJudgeable trial={trial} onTake={onTake} />
      ) : (
        <>
          <p>{t(pattern("reports.alerts.wouldHaveCome"), { n: events.length })}</p>
          {events.length > 0 && <AlertEvents of={trial} events={events} />}
          {unknown > 0 && <p className="muted small">{t(pattern("reports.alerts.notJudged"), { n: unknown })}</p>}
        </>
      )}
      {!confidential && <p className="muted small">{t(msg("reports.alerts.confidentialOut"))}</p>}
    </div>
  );
}
