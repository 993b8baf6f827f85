/** One's own exports and bulk acts: how far each is, what came of it, and what can still be done about it. */

import React, { useEffect, useState } from "react";
import { Link } from "react-router-dom";
import type { BulkRunView } from "../../../engine/lifecycle/views/bulk-view.js";
import type { ReplayView } from "../../../engine/replay/replay-view.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import {
  adminRoot,
  Button,
  EmptyState,
  Moment,
  Page,
  Panel,
  type ProblemBody,
  ProblemBox,
  problemOf,
  Spinner,
  send,
  Table,
  type TableColumn,
  useAddress,
  useText,
  useView,
  withQuery,
} from "../../../platform/ui/kit.js";
import { TakeAllBackButton } from "../act/take-back-button.js";
import type { ExportView } from "../export/export-view.js";
import { Refusals } from "./bulk-dialog.js";
import type { MyWorkView } from "./my-work.page.js";
import { isOver, WorkBadge, WorkProgress } from "./work-watch.js";

const words = {
  exports: msg("cases-bulk.myWork.exports"),
  runs: msg("cases-bulk.myWork.runs"),
  noExports: msg("cases-bulk.myWork.noExports"),
  noExportsHint: msg("cases-bulk.myWork.noExportsHint"),
  noRuns: msg("cases-bulk.myWork.noRuns"),
  noRunsHint: msg("cases-bulk.myWork.noRunsHint"),
  replays: msg("cases-bulk.myWork.replays"),
  changed: pattern("cases-bulk.myWork.changed"),
  state: msg("cases-bulk.myWork.state"),
  started: msg("cases-bulk.myWork.started"),
  acts: msg("cases-bulk.myWork.acts"),
  rows: pattern("cases-bulk.myWork.rows"),
  cancel: msg("cases-bulk.myWork.cancel"),
  outcome: pattern("cases-bulk.myWork.outcome"),
  csv: { en: "CSV", ar: "CSV" },
  xlsx: { en: "XLSX", ar: "XLSX" },
};

function ExportName({ row }: { row: ExportView }) {
  const { t } = useText();
  return (
    <span className="case-two">
      <span>
        <bdi className="ltr">{row.format.toUpperCase()}</bdi> · {t(words.rows, { n: row.rows })}
        {row.personal && <> · {t(msg("cases-bulk.myWork.personal"))}</>}
      </span>
      {row.bytes !== null && (
        <span className="small muted">
          {t(pattern("cases-bulk.myWork.size"), { n: Math.max(1, Math.round(row.bytes / 1024)) })}
          {" · "}
          {row.expiresAt === null ? (
            t(msg("cases-bulk.myWork.gone"))
          ) : (
            <>
              {t(msg("cases-bulk.myWork.until"))} <Moment at={row.expiresAt} />
            </>
          )}
        </span>
      )}
      {row.failure !== null && <span className="small work-failure">{t(row.failure)}</span>}
    </span>
  );
}

interface Acting {
  /** Reads the page again. */
  readonly again: () => void;
  readonly send: (act: string, id: string) => void;
  readonly busy: string | null;
}

function ExportActs({ row, acting }: { row: ExportView; acting: Acting }) {
  const { t } = useText();
  if (!isOver(row.state)) {
    return (
      <Button small onClick={() => acting.send("export-cancel", row.id)} busy={acting.busy === row.id}>
        {t(words.cancel)}
      </Button>
    );
  }
  if (row.expiresAt === null) return null;
  return (
    <span className="work-acts">
      {/* A file, not a screen: the browser fetches it by itself. */}
      <a className="button button-primary button-small" href={`${adminRoot}/exports/${row.id}`} download>
        <span>{t(msg("cases-bulk.myWork.download"))}</span>
      </a>
      <Button
        small
        kind="quiet"
        icon="trash"
        label={msg("cases-bulk.myWork.remove")}
        onClick={() => acting.send("export-remove", row.id)}
        busy={acting.busy === row.id}
      />
    </span>
  );
}

function RunActs({ row, acting }: { row: BulkRunView; acting: Acting }) {
  const { t } = useText();
  if (!isOver(row.state)) {
    return (
      <Button small onClick={() => acting.send("bulk-cancel", row.id)} busy={acting.busy === row.id}>
        {t(words.cancel)}
      </Button>
    );
  }
  return (
    <span className="work-acts">
      {row.refused > 0 && (
        <Link to={withQuery(`${adminRoot}/pages/my-work`, { run: row.id })}>{t(msg("cases-bulk.myWork.why"))}</Link>
      )}
      {row.takeBack && (
        <TakeAllBackButton of={{ run: row.id, name: row.name, ...row.takeBack }} onDone={acting.again} />
      )}
    </span>
  );
}

function StateCell({
  state,
  n,
  total,
  label,
}: {
  state: ExportView["state"];
  n: number;
  total: number;
  label: string;
}) {
  return (
    <span className="case-two">
      <WorkBadge state={state} />
      <WorkProgress state={state} n={n} total={total} label={label} />
    </span>
  );
}

function RunName({ row }: { row: BulkRunView }) {
  const { t } = useText();
  return (
    <span className="case-two">
      <span>{t(row.name)}</span>
      <span className="small muted">
        {t(words.rows, { n: row.total })} · {t(words.outcome, { done: row.done, refused: row.refused })}
      </span>
    </span>
  );
}

const replayAddress = ({ programme, kind, name, id }: ReplayView): string =>
  kind === "set"
    ? withQuery(`${adminRoot}/pages/change-set`, { programme, id: name, run: id })
    : withQuery(`${adminRoot}/pages/policy`, { programme, kind, name, part: "replay", run: id });

function Replays({ rows, acting }: { rows: readonly ReplayView[]; acting: Acting }) {
  const { t } = useText();
  // Only whoever writes policy has any.
  if (rows.length === 0) return null;
  return (
    <Panel title={words.replays} flush>
      <Table
        caption={words.replays}
        rows={rows}
        rowKey={({ id }) => id}
        columns={[
          {
            key: "draft",
            label: msg("cases-bulk.myWork.draft"),
            cell: ({ title, cases, changed }) => (
              <span className="case-two">
                <span>{t(title)}</span>
                <span className="small muted">{t(words.changed, { cases: cases, changed: changed })}</span>
              </span>
            ),
          },
          {
            key: "state",
            label: words.state,
            cell: (row) => <StateCell state={row.state} n={row.cases} total={row.expected} label={t(row.title)} />,
          },
          { key: "started", label: words.started, cell: (row) => <Moment at={row.createdAt} />, hideOnPhone: true },
          {
            key: "acts",
            label: words.acts,
            hideLabel: true,
            cell: (row) =>
              isOver(row.state) ? (
                <Link to={replayAddress(row)}>{t(msg("cases-bulk.myWork.toReplay"))}</Link>
              ) : (
                <Button small onClick={() => acting.send("replay-cancel", row.id)} busy={acting.busy === row.id}>
                  {t(words.cancel)}
                </Button>
              ),
          },
        ]}
      />
    </Panel>
  );
}

/** Asked every two seconds while something runs, otherwise when somebody comes back to it. */
const busySeconds = 2;

export function MyWork() {
  const { t } = useText();
  const [query, setQuery] = useAddress();
  const [runs, setRuns] = useState(true);
  const address = withQuery("pages/my-work", { run: query.run });
  const { view, problem, reload } = useView<MyWorkView>(address, runs ? { refreshSeconds: busySeconds } : {});
  const [refused, setRefused] = useState<ProblemBody | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const going = view === null || [...view.runs, ...view.exports, ...view.replays].some(({ state }) => !isOver(state));
  useEffect(() => {
    setRuns(going);
  }, [going]);

  const acting: Acting = {
    busy,
    again: reload,
    send: (act, id) => {
      setBusy(id);
      setRefused(null);
      send("pages/my-work", { do: act, id })
        .catch((error) => setRefused(problemOf(error)))
        .finally(() => {
          setBusy(null);
          reload();
        });
    },
  };
  const exportColumns: TableColumn<ExportView>[] = [
    { key: "file", label: msg("cases-bulk.myWork.file"), cell: (row) => <ExportName row={row} /> },
    {
      key: "state",
      label: words.state,
      cell: (row) => <StateCell state={row.state} n={row.rows} total={row.expected} label={t(words.exports)} />,
    },
    { key: "started", label: words.started, cell: (row) => <Moment at={row.createdAt} />, hideOnPhone: true },
    { key: "acts", label: words.acts, hideLabel: true, cell: (row) => <ExportActs row={row} acting={acting} /> },
  ];
  const runColumns: TableColumn<BulkRunView>[] = [
    { key: "act", label: msg("cases-bulk.myWork.act"), cell: (row) => <RunName row={row} /> },
    {
      key: "state",
      label: words.state,
      cell: (row) => <StateCell state={row.state} n={row.done + row.refused} total={row.total} label={t(row.name)} />,
    },
    { key: "started", label: words.started, cell: (row) => <Moment at={row.createdAt} />, hideOnPhone: true },
    { key: "acts", label: words.acts, hideLabel: true, cell: (row) => <RunActs row={row} acting={acting} /> },
  ];
  const toList = <Link to={`${adminRoot}/resources/cases`}>{t(msg("cases-bulk.myWork.toList"))}</Link>;
  return (
    <Page title={msg("cases-bulk.myWork.myExportsAndBulkActs")} lead={t(msg("cases-bulk.myWork.lead"))} wide>
      <ProblemBox problem={problem ?? refused} />
      {view === null && !problem && <Spinner />}
      {view?.run && (
        <Panel
          title={t(pattern("cases-bulk.myWork.refusedOf"), { act: t(view.run.name) })}
          tone="near"
          actions={
            <Button small icon="close" onClick={() => setQuery({ run: null })}>
              {t(msg("cases-bulk.myWork.close"))}
            </Button>
          }
        >
          <Refusals groups={view.run.refusals} />
        </Panel>
      )}
      {view && (
        <>
          <Panel title={words.runs} flush={view.runs.length > 0}>
            <Table
              caption={words.runs}
              columns={runColumns}
              rows={view.runs}
              rowKey={({ id }) => id}
              empty={<EmptyState icon="layers" title={words.noRuns} hint={words.noRunsHint} action={toList} />}
            />
          </Panel>
          <Replays rows={view.replays} acting={acting} />
          <Panel title={words.exports} flush={view.exports.length > 0}>
            <Table
              caption={words.exports}
              columns={exportColumns}
              rows={view.exports}
              rowKey={({ id }) => id}
              empty={<EmptyState icon="archive" title={words.noExports} hint={words.noExportsHint} action={toList} />}
            />
          </Panel>
        </>
      )}
    </Page>
  );
}
