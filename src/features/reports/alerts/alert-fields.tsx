/** What a figure has to do, as a sentence of choices. */

import React from "react";
import {
  type AlertCondition,
  alertKindCodes,
  alertKinds,
  alertLimits,
  alertUnits,
  isChange,
  usualLeast,
} from "../../../engine/measures/alert-condition.js";
import { kpis } from "../../../engine/measures/kpi.js";
import { isShare, type PageFigureCode } from "../../../engine/measures/page-figures.js";
import { msg } from "../../../engine/text/msg.js";
import type { Sending } from "../../../platform/ui/form/use-sending.js";
import { NumberField, Select, useText } from "../../../platform/ui/kit.js";

const words = {
  percent: msg("reports.alerts.valuePercent"),
};

/** As it is typed: a number may be missing. */
export type TypedCondition = Omit<AlertCondition, "periods" | "least"> & {
  readonly periods: number | null;
  readonly least: number | null;
};

/** What most people ask of a figure first: that it becomes worse than it should be. */
export function usualCondition(kpi: PageFigureCode): TypedCondition {
  const { better, unit } = kpis[kpi];
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

export function AlertFields({ typed, onChange, sending }: AlertFieldsProps) {
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
