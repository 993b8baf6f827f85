/** "Tell me when …": an alert of one's own about a figure, tried on the past before it is kept. */

import React, { useState } from "react";
import { type AlertCondition, alertFaults, alertSentence } from "../../../engine/measures/alert-condition.js";
import type { AlertTrial, OwnAlertView } from "../../../engine/measures/alert-views.js";
import type { FiguresView } from "../../../engine/measures/figures-view.js";
import { kpis } from "../../../engine/measures/kpi.js";
import { comparedCodes, type PageFigureCode } from "../../../engine/measures/page-figures.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { Button, Dialog, SendForm, send, toast, useSending, useText } from "../../../platform/ui/kit.js";
import { AlertDates } from "../../setup/form/alert-dates.js";
import { AlertFields, type TypedCondition, usualCondition } from "./alert-fields.js";

interface AlertDialogProps {
  readonly programme: string;
  readonly scope: string;
  readonly place: Bilingual;
  readonly first: TypedCondition;
  /** The one that is changed; null: a new one. */
  readonly id: number | null;
  readonly onClose: (saved: boolean) => void;
}

const fields = new Map(["condition", "value", "periods", "unit", "least"].map((name) => [name, null]));

function AlertDialog({ programme, scope, place, first, id, onClose }: AlertDialogProps) {
  const { t } = useText();
  const sending = useSending();
  const [typed, setTyped] = useState(first);
  const [trial, setTrial] = useState<AlertTrial | null>(null);
  const given = { programme, scope, ...typed };
  const tried = (condition: TypedCondition) =>
    send<AlertTrial>("pages/figure-alerts", { do: "try", programme, scope, ...condition });
  /** One that cannot come is said to be so before it is kept. Where it cannot be tried now, that holds nobody up. */
  const isDoubtful = async (): Promise<boolean> => {
    if (trial !== null) return false;
    const found = await tried(typed).catch(() => null);
    if (found === null || found.judgeable) return false;
    setTrial(found);
    return true;
  };
  const save = async () => {
    if (await isDoubtful()) return;
    await send("pages/figure-alerts", { do: "save", ...(id !== null && { id }), ...given });
    toast(msg("reports.alerts.saved"), "success");
    onClose(true);
  };
  const tryIt = (condition: TypedCondition) =>
    sending.run(async () => {
      setTrial(null);
      setTrial(await tried(condition));
    });
  const take = (condition: AlertCondition) => {
    setTyped(condition);
    void tryIt(condition);
  };
  return (
    <Dialog
      title={t(pattern("reports.alerts.dialogTitle"), { name: t(kpis[typed.kpi].name) })}
      onClose={() => onClose(false)}
    >
      <SendForm sending={sending} onSend={save} fields={fields}>
        <p className="muted">{t(pattern("reports.alerts.ofPlace"), { place: t(place) })}</p>
        <AlertFields
          typed={typed}
          sending={sending}
          onChange={(next) => {
            setTyped(next);
            // What was tried is another alert.
            setTrial(null);
          }}
        />
        {alertFaults(typed).length === 0 && (
          <p>
            <strong>{t(alertSentence(typed as AlertCondition))}</strong>
          </p>
        )}
        {trial !== null && <AlertDates trial={trial} onTake={take} />}
        <div className="form-actions">
          <Button type="submit" kind="primary" busy={sending.busy}>
            {t(trial?.judgeable === false ? msg("reports.alerts.saveAnyway") : msg("reports.alerts.save"))}
          </Button>
          <Button icon="play" disabled={sending.busy} onClick={() => void tryIt(typed)}>
            {t(msg("reports.alerts.tryAct"))}
          </Button>
        </div>
      </SendForm>
    </Dialog>
  );
}

/** One that is changed. */
export function ChangeAlert({ alert, onClose }: { alert: OwnAlertView; onClose: (saved: boolean) => void }) {
  const { programme, scope, place, condition, id } = alert;
  return <AlertDialog {...{ programme, scope, place, id, onClose }} first={condition} />;
}

/** The button beside a figure; nothing beside one that is not compared. */
export function TellMeWhen({ view, code }: { view: FiguresView; code: PageFigureCode }) {
  const { t } = useText();
  const [isOpen, setOpen] = useState(false);
  const place = view.scopes.find(({ id }) => id === view.scope.id)?.place.name;
  if (!comparedCodes.includes(code) || place === undefined) return null;
  return (
    <>
      <Button
        small
        kind="quiet"
        icon="bell"
        label={t(pattern("reports.alerts.tellMeOf"), { name: t(kpis[code].name) })}
        onClick={() => setOpen(true)}
      >
        {t(msg("reports.alerts.tellMe"))}
      </Button>
      {isOpen && (
        <AlertDialog
          programme={view.programme.code}
          scope={view.scope.id}
          place={place}
          id={null}
          first={usualCondition(code)}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
