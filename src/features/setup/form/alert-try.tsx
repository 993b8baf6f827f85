/** An alert for an audience, tried on the past before it is saved: when it would have come, at one of its places. */

import React, { useState } from "react";
import type { AudienceTrial } from "../../../engine/measures/alert-views.js";
import { msg } from "../../../engine/text/msg.js";
import { Button, NoticeBox, ProblemBox, Select, send, useSending, useText } from "../../../platform/ui/kit.js";
import { AlertDates } from "./alert-dates.js";

/** What a form has typed; a number may still be text. */
const numberOf = (value: unknown): unknown =>
  value === "" || value === undefined ? null : typeof value === "string" ? Number(value) : value;

/** @param values as the columns of the form have them */
export function AlertTry({ programme, values }: { programme: string; values: Readonly<Record<string, unknown>> }) {
  const { t } = useText();
  const sending = useSending();
  const [found, setFound] = useState<AudienceTrial | null>(null);
  const [place, setPlace] = useState("");
  const { audiences, kpi, condition, unit } = values;
  const isReady =
    Array.isArray(audiences) && audiences.length > 0 && Boolean(kpi) && Boolean(condition) && Boolean(unit);
  const tryAt = (scope: string) =>
    sending.run(async () => {
      setPlace(scope);
      const asked = { audiences, kpi, condition, unit, value: numberOf(values.value) };
      const given = { ...asked, periods: numberOf(values.periods) ?? 1, least: numberOf(values.least) ?? 30 };
      setFound(await send<AudienceTrial>("pages/figure-alerts", { do: "audience", programme, scope, ...given }));
    });
  return (
    <div className="stack">
      {!isReady && <p className="muted">{t(msg("setup.kpiAlerts.tryFirst"))}</p>}
      <div>
        <Button icon="play" busy={sending.busy} disabled={!isReady} onClick={() => void tryAt(place)}>
          {t(msg("setup.kpiAlerts.tryAct"))}
        </Button>
      </div>
      <ProblemBox problem={sending.problem} />
      {found !== null && sending.problem === null && (
        <>
          {found.places.length > 1 && (
            <Select
              label={msg("setup.kpiAlerts.tryPlace")}
              value={place || (found.places[0]?.id ?? "")}
              choices={found.places.map((one) => ({ value: one.id, label: one.place }))}
              onChange={(scope) => void tryAt(scope)}
            />
          )}
          {found.trial === null ? (
            <NoticeBox>{t(msg("setup.kpiAlerts.tryNobody"))}</NoticeBox>
          ) : (
            <>
              <p>
                <strong>{t(found.trial.sentence)}</strong> · <bdi>{t(found.trial.place)}</bdi>
              </p>
              <AlertDates trial={found.trial} />
            </>
          )}
        </>
      )}
    </div>
  );
}
