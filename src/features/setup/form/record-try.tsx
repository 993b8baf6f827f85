/** What a record does, tried beside it: a keyword list on a text, an alert on the past, a shown KPI beside the other rows. As it is on the page, typed or stored. */

import React, { useMemo } from "react";
import { msg } from "../../../engine/text/msg.js";
import { Panel } from "../../../platform/ui/kit.js";
import { AlertTry } from "./alert-try.js";
import { KeywordTry } from "./keyword-try.js";
import { ShownBeside } from "./shown-beside.js";

/** Nothing for a resource that has nothing to try. @param values as the columns of its form have them */
export function RecordTry({
  resource,
  programme,
  values,
  id = null,
}: {
  readonly resource: string;
  /** Null: not chosen yet. */
  readonly programme: string | null;
  readonly values: Readonly<Record<string, unknown>>;
  /** As addresses name it; null: a new one. */
  readonly id?: string | null;
}) {
  const typed = resource === "keyword-lists" && Array.isArray(values.words) ? values.words.join("\n") : null;
  // By the words themselves: a form is drawn anew with every key.
  const lists = useMemo(() => (typed === null ? [] : [{ code: "list", name: "", words: typed.split("\n") }]), [typed]);
  if (resource === "kpi-alerts" && programme !== null)
    return (
      <Panel title={msg("setup.kpiAlerts.tryTitle")}>
        <AlertTry programme={programme} values={values} />
      </Panel>
    );
  const { kpi, audiences } = values;
  if (resource === "shown-kpis" && programme !== null && typeof kpi === "string" && kpi !== "")
    return <ShownBeside {...{ programme, kpi, id }} audiences={Array.isArray(audiences) ? audiences : []} />;
  if (typed === null) return null;
  return (
    <Panel title={msg("setup.recordTry.tryTheList")}>
      <KeywordTry lists={lists} />
    </Panel>
  );
}
