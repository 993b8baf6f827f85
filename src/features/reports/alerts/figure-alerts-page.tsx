/** My alerts about figures: those that I set up, which I change and remove, and those that were set up for my positions. */

import React, { useState } from "react";
import type { OwnAlertView, ShownAlert, ShownEvent } from "../../../engine/measures/alert-views.js";
import { writtenPeriod } from "../../../engine/measures/figure-period.js";
import { isStanding } from "../../../engine/measures/page-figures.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import {
  adminRoot,
  Badge,
  Button,
  Confirm,
  EmptyState,
  LinkButton,
  Page,
  Panel,
  ProblemBox,
  Spinner,
  send,
  toast,
  useText,
  useView,
} from "../../../platform/ui/kit.js";
import { AskAbout } from "../../orders/order-pieces.js";
import { AlertEvents } from "../../setup/form/alert-dates.js";
import { ChangeAlert } from "./alert-dialog.js";
import type { FigureAlertsPageView } from "./figure-alerts.page.js";

const words = {
  remove: msg("reports.alerts.remove"),
  removeOf: pattern("reports.alerts.removeOf"),
};

/** The figures page of its scope, set to its figure and to the period with which an event began. */
function figuresOf({ programme, scope, condition }: ShownAlert, { began, beganTo }: ShownEvent): string {
  const { kpi: figure, unit } = condition;
  const period = writtenPeriod({ unit, from: began, to: beganTo });
  // By a number of now nothing is compared.
  const compared: Record<string, string> = isStanding(figure) ? {} : { figure };
  return `${adminRoot}/pages/figures?${new URLSearchParams({ programme, scope, period, unit, ...compared })}`;
}

/** What it says, of where, and when it came. */
function Said({ alert, asks, asleep = false }: { alert: ShownAlert; asks: boolean; asleep?: boolean }) {
  const { t, date } = useText();
  const { sentence, place, events, holdsSince, programme, scope, condition } = alert;
  const [latest] = events;
  const [, entity] = /^entity:(.+)$/.exec(scope) ?? [];
  return (
    <>
      <h3>{t(sentence)}</h3>
      <p className="muted">
        <bdi>{t(place)}</bdi>
      </p>
      {asleep && (
        <p>
          <Badge icon="pause">{t(msg("reports.alerts.asleep"))}</Badge>
        </p>
      )}
      {holdsSince !== null && (
        <p>
          <Badge tone="near" icon="clock">
            {t(pattern("reports.alerts.holdsSince"), { day: date(holdsSince) })}
          </Badge>
        </p>
      )}
      {events.length === 0 && !asleep && (
        <p className="muted small">
          {t(holdsSince === null ? msg("reports.alerts.never") : msg("reports.alerts.heldBefore"))}
        </p>
      )}
      {events.length > 0 && (
        <>
          <p className="small">{t(msg("reports.alerts.came"))}</p>
          <AlertEvents of={alert} events={events} addressOf={(event) => figuresOf(alert, event)} />
          {asks && latest !== undefined && (
            <AskAbout
              of={{ programme, figure: condition.kpi, from: latest.began, until: latest.beganTo }}
              entity={entity === undefined ? null : { code: entity, name: place }}
              about={t(sentence)}
            />
          )}
        </>
      )}
    </>
  );
}

interface OwnAlertProps {
  readonly alert: OwnAlertView;
  readonly asks: boolean;
  readonly onChange: () => void;
  readonly onRemove: () => void;
}

function OwnAlert({ alert, asks, onChange, onRemove }: OwnAlertProps) {
  const { t } = useText();
  const name = t(alert.sentence);
  return (
    <li className="alert-line">
      <Said alert={alert} asks={asks} asleep={alert.asleep} />
      <div className="form-actions">
        {!alert.asleep && (
          <Button small icon="edit" label={t(pattern("reports.alerts.changeOf"), { name })} onClick={onChange}>
            {t(msg("reports.alerts.change"))}
          </Button>
        )}
        <Button small kind="quiet" icon="trash" label={t(words.removeOf, { name })} onClick={onRemove}>
          {t(words.remove)}
        </Button>
      </div>
    </li>
  );
}

export function FigureAlertsPage() {
  const { t } = useText();
  const { view, problem, loading, reload } = useView<FigureAlertsPageView>("pages/figure-alerts");
  const [changed, setChanged] = useState<OwnAlertView | null>(null);
  const [removed, setRemoved] = useState<OwnAlertView | null>(null);
  const figures = (
    <LinkButton icon="chart" to={`${adminRoot}/pages/figures`}>
      {t(msg("reports.alerts.openFigures"))}
    </LinkButton>
  );
  return (
    <Page title={msg("reports.alerts.title")} lead={t(msg("reports.alerts.lead"))} actions={figures}>
      <ProblemBox problem={problem} />
      {view === null && loading && <Spinner />}
      {view && (
        <>
          <Panel title={msg("reports.alerts.own")}>
            {view.own.length === 0 ? (
              <EmptyState title={msg("reports.alerts.none")} hint={msg("reports.alerts.noneHint")} />
            ) : (
              <ul className="alert-lines">
                {view.own.map((alert) => (
                  <OwnAlert
                    key={alert.id}
                    alert={alert}
                    asks={view.directs.includes(alert.programme)}
                    onChange={() => setChanged(alert)}
                    onRemove={() => setRemoved(alert)}
                  />
                ))}
              </ul>
            )}
          </Panel>
          {view.audience.length > 0 && (
            <Panel title={msg("reports.alerts.ofPosition")}>
              <p className="muted">{t(msg("reports.alerts.ofPositionHint"))}</p>
              <ul className="alert-lines">
                {view.audience.map((alert) => (
                  <li className="alert-line" key={`${alert.programme} ${alert.scope} ${t(alert.name)}`}>
                    <Said alert={alert} asks={view.directs.includes(alert.programme)} />
                  </li>
                ))}
              </ul>
            </Panel>
          )}
        </>
      )}
      {changed && (
        <ChangeAlert
          alert={changed}
          onClose={(saved) => {
            setChanged(null);
            if (saved) reload();
          }}
        />
      )}
      {removed && (
        <Confirm
          title={msg("reports.alerts.removeTitle")}
          action={words.remove}
          kind="danger"
          onClose={() => setRemoved(null)}
          onConfirm={async () => {
            await send("pages/figure-alerts", { do: "remove", id: removed.id });
            toast(msg("reports.alerts.removed"), "success");
            setRemoved(null);
            reload();
          }}
        >
          <p>{t(pattern("reports.alerts.removeWhat"), { name: t(removed.sentence) })}</p>
        </Confirm>
      )}
    </Page>
  );
}
