/** What a record does, tried beside it: a keyword list on a text, what a service is called on a text, an alert on the past, a shown KPI beside the other rows. As it is on the page, typed or stored. */

import React, { useMemo, useState } from "react";
import { Link } from "react-router-dom";
import { roleCodes, roleNames } from "../../../engine/access/roles.js";
import type { AudienceTrial } from "../../../engine/measures/alert-views.js";
import { msg } from "../../../engine/text/msg.js";
import type { ListAnswer } from "../../../platform/admin/resource-view.js";
import {
  Button,
  NoticeBox,
  Panel,
  ProblemBox,
  Select,
  send,
  useSending,
  useText,
  useView,
  withQuery,
} from "../../../platform/ui/kit.js";
import { AlertDates } from "./alert-dates.js";
import { isRetired } from "./column-value.js";
import { KeywordTry } from "./keyword-try.js";
import { recordAddress } from "./setup-list.js";
import { SuggestionTry } from "./suggestion-try.js";

const resource = "shown-kpis";

interface BesideProps {
  readonly programme: string;
  readonly kpi: string;
  readonly audiences: readonly unknown[];
  /** The row of the form; null: a new one. */
  readonly id: string | null;
}

/**
 * Which other rows of the shown KPIs hold a KPI for a role that is chosen: a role is shown it by one row. Said while
 * it is typed.
 */
function ShownBeside({ programme, kpi, audiences, id }: BesideProps) {
  const { t, list } = useText();
  const { view } = useView<ListAnswer>(withQuery(`resources/${resource}/actions/list`, { "filters.kpi": kpi }));
  const chosen = roleCodes.filter((role) => audiences.includes(role));
  const beside = (view?.records ?? []).flatMap((record) => {
    const theirs = record.values.audiences;
    const shared = chosen.filter((role) => Array.isArray(theirs) && theirs.includes(role));
    const isOther = record.id !== id && record.programme === programme && !isRetired(record);
    return isOther && shared.length > 0 ? [{ record, shared }] : [];
  });
  if (beside.length === 0) return null;
  return (
    <NoticeBox tone="warning" title={msg("setup.shownKpis.heldBeside")}>
      <ul className="plain-list">
        {beside.map(({ record, shared }) => (
          <li key={record.id}>
            {list(shared.map((role) => t(roleNames[role])))}:{" "}
            <Link to={recordAddress(resource, record.id, "edit")}>
              <bdi>{t(record.title)}</bdi>
            </Link>
          </li>
        ))}
      </ul>
    </NoticeBox>
  );
}

/** What a form has typed; a number may still be text. */
const numberOf = (value: unknown): unknown =>
  value === "" || value === undefined ? null : typeof value === "string" ? Number(value) : value;

/** @param values as the columns of the form have them */
function AlertTry({ programme, values }: { programme: string; values: Readonly<Record<string, unknown>> }) {
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
  if ((resource === "services" || resource === "entities") && programme !== null)
    return (
      <Panel title={msg("setup.suggestionTry.title")}>
        <SuggestionTry {...{ resource, programme, values }} />
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
