/** The list of calls that are due, what comes later and why, and the one in hand; all of it by keyboard: J, K and Enter, then the form. */

import React, { useEffect, useRef, useState } from "react";
import { Link } from "react-router-dom";
import { callBackReasons } from "../../../engine/contact-centre/call-backs.js";
import { callWaits } from "../../../engine/contact-centre/call-promise.js";
import { languageChoices } from "../../../engine/formatting/language-names.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { apart } from "../../../engine/text/text.js";
import { Figure, Figures } from "../../../platform/ui/home-pieces.js";
import {
  adminRoot,
  Badge,
  Bidi,
  Button,
  dropDraft,
  EmptyState,
  Moment,
  NoticeBox,
  Page,
  Panel,
  ProblemBox,
  Spinner,
  send,
  Table,
  type TableColumn,
  useAddress,
  useSending,
  useText,
  useView,
  withQuery,
} from "../../../platform/ui/kit.js";
import { useRowKeys } from "../../cases/list/use-row-keys.js";
import type { CallBackList, ClaimedCallBack, ListedCallBack } from "./call-backs.service.js";
import { CallInHand } from "./call-in-hand.js";
import { reportDraft } from "./call-outcome.js";

const words = {
  title: msg("contact-centre.callBacksPage.title"),
  lead: msg("contact-centre.callBacksPage.lead"),
  leadOfLead: msg("contact-centre.callBacksPage.leadOfLead"),
  list: msg("contact-centre.callBacksPage.list"),
  reason: msg("contact-centre.callBacksPage.reason"),
  due: msg("contact-centre.callBacksPage.due"),
  late: pattern("contact-centre.callBacksPage.late"),
  left: pattern("contact-centre.callBacksPage.left"),
  tries: msg("contact-centre.callBacksPage.tries"),
  taken: msg("contact-centre.callBacksPage.taken"),
  me: msg("contact-centre.callBacksPage.me"),
  noneUntil: pattern("contact-centre.callBacksPage.noneUntil"),
  laterTitle: msg("contact-centre.callBacksPage.laterTitle"),
  from: msg("contact-centre.callBacksPage.from"),
  wished: pattern("contact-centre.callBacksPage.wished"),
  lateTitle: msg("contact-centre.callBacksPage.lateTitle"),
  all: msg("contact-centre.callBacksPage.all"),
};

const callBacksAddress = "pages/call-backs";
const refreshSeconds = 20;
/** What is overdue, at whatever hour. */
const lateAddress = `${adminRoot}/${callBacksAddress}?late=1`;

function Due({ row: { dueAt, overdue, secondsLeft, day } }: { row: ListedCallBack }) {
  const { t, duration } = useText();
  const time = apart(duration(Math.abs(secondsLeft), day));
  return (
    <>
      <Badge tone={overdue ? "late" : "neutral"}>{t(overdue ? words.late : words.left, { time })}</Badge>
      <div className="small">
        <Moment at={String(dueAt)} />
      </div>
    </>
  );
}

/** The same of what is overdue: outside working hours also from when somebody may be called. */
function LateDue({ row }: { row: ListedCallBack }) {
  const { t } = useText();
  return (
    <>
      <Due row={row} />
      {row.wait !== null && (
        <div className="muted small">
          {t(words.from)} <Moment at={String(row.fromAt)} />
        </div>
      )}
    </>
  );
}

/** Why it comes later; of a wish that lies outside working hours, which one it was. */
function Wait({ row: { wait, wishedAt, readyAt } }: { row: ListedCallBack }) {
  const { t, moment } = useText();
  const isMoved = wait === "wished" && wishedAt !== null && String(wishedAt) !== String(readyAt);
  return (
    <>
      <div>{wait !== null && t(callWaits[wait])}</div>
      {isMoved && <div className="muted small">{t(words.wished, { at: moment(String(wishedAt)) })}</div>}
    </>
  );
}

type Column = TableColumn<ListedCallBack>;

function useColumns(): Readonly<Record<"due" | "later" | "late", readonly Column[]>> {
  const { t, number } = useText();
  const languages = new Map(languageChoices().map(({ value, label }) => [value as string, label]));
  const reason: Column = { key: "reason", label: words.reason, cell: (row) => t(callBackReasons[row.reason].name) };
  const type: Column = { key: "type", label: msg("contact-centre.callBacksPage.type"), cell: (row) => t(row.type) };
  const spoken: Column = {
    key: "language",
    label: msg("contact-centre.callBacksPage.language"),
    narrow: true,
    cell: ({ language }) => t(languages.get(language)),
  };
  const what: readonly Column[] = [
    type,
    spoken,
    // Nothing of what is usual: on a phone each line is a line for each call.
    { key: "tries", label: words.tries, narrow: true, cell: ({ tries }) => (tries === 0 ? null : number(tries)) },
  ];
  const agent = ({ claimedBy }: ListedCallBack) =>
    claimedBy === null ? null : claimedBy.me ? <Badge tone="near">{t(words.me)}</Badge> : <Bidi>{claimedBy.name}</Bidi>;
  const later: readonly Column[] = [
    { key: "from", label: words.from, cell: ({ fromAt }) => <Moment at={String(fromAt)} /> },
    { key: "wait", label: msg("contact-centre.callBacksPage.wait"), cell: (row) => <Wait row={row} /> },
    reason,
    ...what,
  ];
  const due: readonly Column[] = [
    reason,
    { key: "due", label: words.due, cell: (row) => <Due row={row} /> },
    ...what,
    { key: "taken", label: words.taken, cell: agent },
  ];
  // What is late says both: that it was not called so far, and that no agent has it.
  const late: readonly Column[] = [
    reason,
    { key: "due", label: words.due, cell: (row) => <LateDue row={row} /> },
    { key: "taken", label: words.taken, cell: (row) => agent(row) ?? t(msg("contact-centre.callBacksPage.free")) },
    { key: "tries", label: words.tries, narrow: true, cell: ({ tries }) => number(tries) },
    type,
    spoken,
  ];
  return { due, later, late };
}

export function CallBacks() {
  const { t, number, moment } = useText();
  const [{ late }] = useAddress();
  const { view, problem, reload } = useView<CallBackList>(withQuery(callBacksAddress, { late }), { refreshSeconds });
  const [inHand, setInHand] = useState<ClaimedCallBack | null>(null);
  const taking = useSending();
  const list = useRowKeys();
  const columns = useColumns();
  const back = useRef(false);

  const take = async (id: number) => {
    try {
      setInHand(await send<ClaimedCallBack>(callBacksAddress, { do: "claim", id }));
    } finally {
      // What stood in the way is there then: another call in hand, with its link.
      await reload();
    }
  };
  const done = async () => {
    // The list first: what would have the focus may be gone from it.
    await reload();
    back.current = true;
    setInHand(null);
  };
  const giveBack = async (id: number) => {
    await send(callBacksAddress, { do: "release", id });
    dropDraft(reportDraft(id));
    await done();
  };
  // After a call the next one is a key away, and the page is at its top.
  useEffect(() => {
    if (!back.current || inHand !== null || view === null) return;
    back.current = false;
    (list.current?.querySelector<HTMLElement>(".row-link") ?? list.current)?.focus({ preventScroll: true });
    // The form was longer than the list, and what came of it is said at the top.
    window.scrollTo(0, 0);
  });

  const mine = view?.mine ?? null;
  const next = view?.waiting[0];
  // Outside working hours nobody is called, however late.
  const mayTake = view?.calls === true && view.rows.some(({ wait }) => wait === null);
  const opening = mayTake ? { onOpen: ({ id }: ListedCallBack) => void taking.run(() => take(id)) } : {};
  return (
    <Page title={words.title} lead={view === null ? undefined : t(view.calls ? words.lead : words.leadOfLead)}>
      <ProblemBox problem={problem ?? taking.problem} />
      {view === null && problem === null && <Spinner />}
      {view !== null && (
        <div className="stack">
          {inHand === null && mine !== null && (
            <NoticeBox
              tone="warning"
              title={msg("contact-centre.callBacksPage.inHand")}
              actions={
                <>
                  <Button kind="primary" busy={taking.busy} onClick={() => void taking.run(() => take(mine))}>
                    {t(msg("contact-centre.callBacksPage.show"))}
                  </Button>
                  <Button busy={taking.busy} onClick={() => void taking.run(() => giveBack(mine))}>
                    {t(msg("contact-centre.callBacksPage.giveBack"))}
                  </Button>
                </>
              }
            >
              <p>{t(msg("contact-centre.callBacksPage.inHandHint"))}</p>
            </NoticeBox>
          )}
          {inHand !== null && (
            <CallInHand key={`${inHand.id}/${inHand.number}`} call={inHand} onDone={done} onGiveBack={giveBack} />
          )}
          {/* One call at a time: the others wait until it is reported. */}
          {inHand === null && (
            <>
              <Figures>
                <Figure label={msg("contact-centre.callBacksPage.ready")} icon="phone" value={number(view.ready)} />
                <Figure
                  label={msg("contact-centre.callBacksPage.overdue")}
                  icon="alert"
                  value={number(view.overdue)}
                  tone={view.overdue > 0 ? "late" : undefined}
                  to={lateAddress}
                />
                <Figure label={msg("contact-centre.callBacksPage.later")} icon="clock" value={number(view.later)} />
              </Figures>
              <div ref={list} tabIndex={-1}>
                {view.late ? (
                  <Panel
                    title={words.lateTitle}
                    actions={<Link to={`${adminRoot}/${callBacksAddress}`}>{t(words.all)}</Link>}
                    flush
                  >
                    <Table
                      caption={words.lateTitle}
                      columns={columns.late}
                      rows={view.rows}
                      rowKey={({ id }) => String(id)}
                      empty={<EmptyState icon="check" title={msg("contact-centre.callBacksPage.noneLate")} />}
                      {...opening}
                    />
                    {view.overdue > view.rows.length && (
                      <p className="small muted panel-note">
                        {t(pattern("contact-centre.callBacksPage.firstOf"), { n: view.rows.length, all: view.overdue })}
                      </p>
                    )}
                  </Panel>
                ) : (
                  <Panel title={words.list} flush>
                    <Table
                      caption={words.list}
                      columns={columns.due}
                      rows={view.rows}
                      rowKey={({ id }) => String(id)}
                      empty={
                        <EmptyState
                          icon="check"
                          title={msg("contact-centre.callBacksPage.none")}
                          hint={
                            next === undefined
                              ? msg("contact-centre.callBacksPage.noneHint")
                              : t(words.noneUntil, { at: moment(String(next.fromAt)) })
                          }
                        />
                      }
                      {...opening}
                    />
                  </Panel>
                )}
              </div>
              {view.waiting.length > 0 && (
                <Panel title={words.laterTitle} flush>
                  <Table
                    caption={words.laterTitle}
                    columns={columns.later}
                    rows={view.waiting}
                    rowKey={({ id }) => String(id)}
                  />
                </Panel>
              )}
            </>
          )}
        </div>
      )}
    </Page>
  );
}
