/** "Tell me when …": an alert of one's own about a figure, tried on the past before it is kept. */

import React, { useState } from "react";
import {
  type AlertCondition,
  alertFaults,
  alertKindCodes,
  alertKinds,
  alertLimits,
  alertSentence,
  alertUnits,
  isChange,
  usualLeast,
} from "../../../engine/measures/alert-condition.js";
import type { AlertTrial, OwnAlertView, SavedAlerts } from "../../../engine/measures/alert-views.js";
import type { FiguresView } from "../../../engine/measures/figures-view.js";
import { kpis } from "../../../engine/measures/kpi.js";
import { alertCodes, isShare, isStanding, type PageFigureCode } from "../../../engine/measures/page-figures.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import type { Sending } from "../../../platform/ui/form/use-sending.js";
import {
  Button,
  Dialog,
  NumberField,
  Select,
  SendForm,
  send,
  toast,
  useSending,
  useText,
} from "../../../platform/ui/kit.js";
import { AlertDates } from "../../setup/form/alert-dates.js";

const words = {
  percent: msg("reports.alerts.valuePercent"),
};

/** As it is typed: a number may be missing. */
type TypedCondition = Omit<AlertCondition, "periods" | "least"> & {
  readonly periods: number | null;
  readonly least: number | null;
};

/** What most people ask of a figure first: that it becomes worse than it should be. */
function usualCondition(kpi: PageFigureCode, now: number | null): TypedCondition {
  const { better, unit } = kpis[kpi];
  if (isStanding(kpi))
    return { kpi, condition: "above", value: Math.max(1, now ?? 1), unit: "week", periods: 1, least: usualLeast };
  const isWatched = unit === "share" && better === "higher";
  return isWatched
    ? { kpi, condition: "below", value: 80, unit: "week", periods: 2, least: usualLeast }
    : {
        kpi,
        condition: unit === "cases" ? "rises" : "unusual",
        value: unit === "cases" ? 100 : null,
        unit: "week",
        periods: 1,
        least: usualLeast,
      };
}

function valueLabel(typed: TypedCondition) {
  if (isShare(typed.kpi)) return isChange(typed) ? msg("reports.alerts.valuePoints") : words.percent;
  if (isChange(typed)) return words.percent;
  return kpis[typed.kpi].unit === "workingSeconds" ? msg("reports.alerts.valueDays") : msg("reports.alerts.valueCases");
}

interface AlertFieldsProps {
  readonly typed: TypedCondition;
  readonly onChange: (typed: TypedCondition) => void;
  readonly sending: Pick<Sending, "faultAt">;
}

/** What a figure has to do, as a sentence of choices. */
function AlertFields({ typed, onChange, sending }: AlertFieldsProps) {
  const { t } = useText();
  const change = (part: Partial<TypedCondition>) => onChange({ ...typed, ...part });
  // A number of cases that is compared with a value is no small sample for being small.
  const asksLeast = kpis[typed.kpi].unit !== "cases" || isChange(typed) || typed.condition === "unusual";
  return (
    <div className="alert-fields">
      <Select
        name="condition"
        label={msg("reports.alerts.condition")}
        value={typed.condition}
        choices={alertKindCodes.map((value) => ({ value, label: alertKinds[value] }))}
        onChange={(given) => {
          const condition = alertKindCodes.find((code) => code === given) ?? "below";
          change({ condition, value: condition === "unusual" ? null : typed.value });
        }}
        fault={sending.faultAt("/condition")}
      />
      {typed.condition !== "unusual" && (
        <NumberField
          name="value"
          label={valueLabel(typed)}
          value={typed.value}
          min={1}
          onChange={(value) => change({ value })}
          fault={sending.faultAt("/value")}
        />
      )}
      <NumberField
        name="periods"
        label={msg("reports.alerts.periods")}
        value={typed.periods}
        {...alertLimits.periods}
        onChange={(periods) => change({ periods })}
        fault={sending.faultAt("/periods")}
      />
      <Select
        name="unit"
        label={msg("reports.alerts.unit")}
        value={typed.unit}
        choices={Object.entries(alertUnits).map(([value, label]) => ({ value, label }))}
        onChange={(given) => change({ unit: given === "month" ? "month" : "week" })}
        fault={sending.faultAt("/unit")}
      />
      {asksLeast && (
        <NumberField
          name="least"
          label={msg("reports.alerts.least")}
          help={t(msg("reports.alerts.leastHelp"))}
          value={typed.least}
          {...alertLimits.least}
          onChange={(least) => change({ least })}
          fault={sending.faultAt("/least")}
        />
      )}
    </div>
  );
}

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
  const { t, date } = useText();
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
    const { holdsSince } = await send<SavedAlerts>("pages/figure-alerts", {
      ...{ do: "save", ...given },
      ...(id !== null && { id }),
    });
    if (holdsSince === null) toast(msg("reports.alerts.saved"), "success");
    else toast(t(pattern("reports.alerts.savedHolds"), { day: date(holdsSince) }), "info");
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
  if (!alertCodes.includes(code) || place === undefined) return null;
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
          first={usualCondition(code, view.figures.find((figure) => figure.code === code)?.now.value ?? null)}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
