/** What one forwarded, transferred or assigned lately: where to, what became of it as far as one may see it, and the way back. */

import React from "react";
import { Link } from "react-router-dom";
import {
  type ForwardedCase,
  type ForwardedView,
  forwardsPerPage,
} from "../../../engine/lifecycle/views/forwarded-view.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import {
  Bidi,
  EmptyState,
  Moment,
  Page,
  Pager,
  Panel,
  ProblemBox,
  Spinner,
  Table,
  type TableColumn,
  useAddress,
  useText,
  useView,
  withQuery,
} from "../../../platform/ui/kit.js";
import { caseAddress } from "../page/case-address.js";
import { TakeAllBackButton, TakeBackButton } from "./take-back-button.js";

function CaseCell({ row: { reference, subject, state } }: { row: ForwardedCase }) {
  const name = subject === null ? <Bidi ltr>{reference}</Bidi> : <Bidi>{subject}</Bidi>;
  return (
    <span className="case-two">
      {state === null ? <span>{name}</span> : <Link to={caseAddress(reference)}>{name}</Link>}
      {subject !== null && (
        <span className="small muted forwarded-case">
          <Bidi ltr>{reference}</Bidi>
        </span>
      )}
    </span>
  );
}

function StateCell({ row }: { row: ForwardedCase }) {
  const { t } = useText();
  if (row.takenBackAt !== null) {
    return (
      <>
        {t(msg("cases-act.forwarded.takenBack"))} <Moment at={row.takenBackAt} />
      </>
    );
  }
  if (row.state === null) return <span className="muted">{t(msg("cases-act.forwarded.unseen"))}</span>;
  return <>{t(row.state)}</>;
}

/** What was forwarded in one go, each with its way back. */
function Together({ rows, onDone }: { rows: ForwardedView["together"]; onDone: () => void }) {
  const { t } = useText();
  return (
    <>
      {rows.map((row) => (
        <p key={row.run} className="take-back">
          <span>{t(pattern("cases-act.forwarded.together"), { act: t(row.name), n: row.cases })}</span>{" "}
          <TakeAllBackButton of={row} onDone={onDone} />
        </p>
      ))}
    </>
  );
}

export function Forwarded() {
  const { t } = useText();
  const [query, setQuery] = useAddress();
  const { view, problem, reload } = useView<ForwardedView>(withQuery("pages/forwarded", { page: query.page }), {
    refreshSeconds: 60,
  });
  const columns: TableColumn<ForwardedCase>[] = [
    { key: "case", label: msg("cases-act.forwarded.case"), cell: (row) => <CaseCell row={row} /> },
    { key: "to", label: msg("cases-act.forwarded.to"), cell: (row) => <Bidi>{t(row.to)}</Bidi> },
    { key: "at", label: msg("cases-act.forwarded.at"), cell: (row) => <Moment at={row.at} /> },
    { key: "state", label: msg("cases-act.forwarded.state"), cell: (row) => <StateCell row={row} /> },
    {
      key: "back",
      label: msg("cases-act.forwarded.way"),
      hideLabel: true,
      cell: (row) =>
        row.until === null ? (
          row.refused && <span className="small">{t(row.refused)}</span>
        ) : (
          <TakeBackButton of={{ ...row, until: row.until }} onDone={reload} />
        ),
    },
  ];
  return (
    <Page title={msg("cases-act.forwarded.title")} lead={t(msg("cases-act.forwarded.lead"))} wide>
      <ProblemBox problem={problem} />
      {view === null && !problem && <Spinner />}
      {view !== null && <Together rows={view.together} onDone={reload} />}
      {view !== null && (
        <Panel flush>
          <Table
            caption={msg("cases-act.forwarded.title")}
            rows={view.cases}
            rowKey={({ reference, seq }) => `${reference}/${seq}`}
            columns={columns}
            empty={
              <EmptyState
                icon="forward"
                title={msg("cases-act.forwarded.none")}
                hint={msg("cases-act.forwarded.noneHint")}
              />
            }
          />
          <Pager
            page={view.page}
            perPage={forwardsPerPage}
            total={view.total}
            onPage={(page) => setQuery({ page: page === 1 ? null : String(page) })}
          />
        </Panel>
      )}
    </Page>
  );
}
