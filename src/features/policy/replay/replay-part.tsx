/** The text as it is now over the cases of a time: started, watched, left, come back to; and what it found. */

import React, { useMemo, useState } from "react";
import type { PolicyVocabulary } from "../../../engine/explain/policy-vocabulary.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import {
  Button,
  DateField,
  EmptyState,
  Moment,
  NoticeBox,
  ProblemBox,
  presentDay,
  SendForm,
  Spinner,
  send,
  Table,
  useAddress,
  useSending,
  useText,
} from "../../../platform/ui/kit.js";
import type { PolicyPart, PolicyPartProps } from "../policy-part.js";
import { ReplayResult } from "./replay-result.js";
import { isRunning, type ReplayedThing, type ReplayOnWire, useReplays } from "./use-replays.js";

const words = {
  from: msg("policy-replay.replayPart.from"),
  to: msg("policy-replay.replayPart.to"),
  state: msg("policy-replay.replayPart.state"),
  running: pattern("policy-replay.replayPart.running"),
  done: msg("policy-replay.replayPart.done"),
  failed: msg("policy-replay.replayPart.failed"),
  cancelled: msg("policy-replay.replayPart.cancelled"),
  otherSetupMark: msg("policy-replay.replayPart.otherSetupMark"),
  withSet: pattern("policy-replay.replayPart.withSet"),
  askedBy: pattern("policy-replay.replayPart.askedBy"),
  olderMark: msg("policy-replay.replayPart.olderMark"),
};

const periodFields = new Map([
  ["from", words.from],
  ["to", words.to],
]);

/** The civil day three months before, where there is one; else the last of that month. */
function threeMonthsBefore(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month - 3, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 4, Math.min(date, last))).toISOString().slice(0, 10);
}

function Progress({ run }: { run: ReplayOnWire }) {
  const { t } = useText();
  if (run.state === "waiting") return <span>{t(msg("policy-replay.replayPart.waiting"))}</span>;
  if (run.state !== "running") return <span>{run.failure === null ? t(words[run.state]) : t(run.failure)}</span>;
  const total = Math.max(run.expected, run.cases);
  return (
    <span className="replay-progress">
      <progress className="progress" max={1} value={total === 0 ? 0 : run.cases / total} aria-label={t(words.state)} />
      <span className="small muted">{t(words.running, { n: run.cases, total: total })}</span>
    </span>
  );
}

/** Half-open on the wire, told with its last day. */
function Period({ run: { from, to } }: { run: ReplayOnWire }) {
  const { t, date } = useText();
  const last = new Date(Date.parse(to) - 1).toISOString();
  return <bdi>{t(pattern("policy-replay.replayPart.between"), { from: date(from), to: date(last) })}</bdi>;
}

interface RunsProps {
  readonly thing: ReplayedThing;
  /** Left out: it comes with the answer. */
  readonly vocabulary?: PolicyVocabulary;
  readonly disabled?: boolean;
  /** What to know before one starts. */
  readonly children?: React.ReactNode;
}

/** Replays of one thing: started over a time, watched, and what the one that is shown found. */
export function ReplayRuns({ thing, vocabulary: known, disabled = false, children }: RunsProps) {
  const { t, number } = useText();
  const [query, setQuery] = useAddress();
  const today = presentDay();
  const [from, setFrom] = useState(query.from ?? threeMonthsBefore(today));
  const [to, setTo] = useState(query.to ?? today);
  const { found, problem, load } = useReplays(thing, query.run);
  const vocabulary = known ?? found?.vocabulary;
  const sending = useSending();
  const act = async (work: () => Promise<unknown>) => {
    await sending.run(work);
    await load();
  };
  const start = async () => {
    const asked = { ...thing.asked, do: "replay-start", from, to };
    setQuery({ run: (await send<ReplayOnWire>(thing.page, asked)).id });
    await load();
  };
  const runs = found?.runs ?? [];
  const shown = found?.run ?? null;
  const mineRuns = runs.some((run) => run.mine && isRunning(run));
  return (
    <>
      <SendForm className="replay-form" sending={sending} onSend={start} fields={periodFields}>
        <DateField
          name="from"
          label={words.from}
          value={from}
          max={to}
          onChange={setFrom}
          fault={sending.faultAt("/from")}
        />
        <DateField name="to" label={words.to} value={to} max={today} onChange={setTo} fault={sending.faultAt("/to")} />
        <Button type="submit" kind="primary" busy={sending.busy} disabled={disabled || mineRuns}>
          {t(msg("policy-replay.replayPart.start"))}
        </Button>
      </SendForm>
      {children}
      <ProblemBox problem={problem} />
      {found === null && problem === null && <Spinner />}
      {found !== null && (
        <Table
          caption={msg("policy-replay.replayPart.runs")}
          showCaption
          rows={runs}
          rowKey={({ id }) => id}
          rowClass={({ id }) => (id === shown?.id ? "row-current" : undefined)}
          empty={<EmptyState icon="refresh" title={msg("policy-replay.replayPart.none")} />}
          columns={[
            { key: "period", label: msg("policy-replay.replayPart.period"), cell: (run) => <Period run={run} /> },
            {
              key: "state",
              label: words.state,
              cell: (run) => (
                <span className="stack-small">
                  <Progress run={run} />
                  {run.changeSet !== null && (
                    <span className="small muted">{t(words.withSet, { name: run.changeSet.title })}</span>
                  )}
                  {run.sameText === false && <span className="small muted">{t(words.olderMark)}</span>}
                  {run.sameSetup === false && <span className="small muted">{t(words.otherSetupMark)}</span>}
                </span>
              ),
            },
            {
              key: "changed",
              label: msg("policy-replay.replayPart.changed"),
              align: "end",
              narrow: true,
              cell: ({ changed }) => number(changed),
            },
            {
              key: "by",
              label: msg("policy-replay.replayPart.by"),
              hideOnPhone: true,
              cell: ({ startedBy, createdAt }) => (
                <span>
                  <bdi>{startedBy}</bdi> · <Moment at={createdAt} />
                </span>
              ),
            },
            {
              key: "acts",
              label: msg("policy-replay.replayPart.acts"),
              hideLabel: true,
              cell: (run) =>
                run.mine && isRunning(run) ? (
                  <Button
                    small
                    onClick={() => void act(() => send("pages/policy", { do: "replay-cancel", id: run.id }))}
                  >
                    {t(msg("policy-replay.replayPart.cancel"))}
                  </Button>
                ) : (
                  <Button
                    small
                    kind={run.id === shown?.id ? "quiet" : "plain"}
                    onClick={() => setQuery({ run: run.id })}
                  >
                    {t(msg("policy-replay.replayPart.show"))}
                  </Button>
                ),
            },
          ]}
        />
      )}
      {shown !== null && (
        <section className="stack">
          <h3>
            <Period run={shown} />
          </h3>
          {shown.changeSet !== null && <p>{t(words.askedBy, { name: shown.changeSet.title })}</p>}
          {shown.sameSetup === false && <NoticeBox tone="warning" title={msg("policy-replay.replayPart.otherSetup")} />}
          {shown.sameText === false && <NoticeBox tone="warning" title={msg("policy-replay.replayPart.older")} />}
          {vocabulary && <ReplayResult run={shown} vocabulary={vocabulary} />}
        </section>
      )}
    </>
  );
}

function Replay({ thing, definition, vocabulary, changeSet, faults }: PolicyPartProps) {
  const { t } = useText();
  const { programme, kind, name } = thing;
  const replayed = useMemo((): ReplayedThing => {
    const asked = { programme, kind, name, definition: definition ?? null, changeSet };
    return { page: "pages/policy", asked };
  }, [programme, kind, name, definition, changeSet]);
  return (
    <div className="stack replay">
      <p className="muted">{t(msg("policy-replay.replayPart.lead"))}</p>
      {changeSet !== null && <NoticeBox title={msg("policy-replay.replayPart.besideSet")} />}
      <ReplayRuns thing={replayed} vocabulary={vocabulary} disabled={definition === undefined}>
        {definition === undefined && <NoticeBox tone="warning" title={msg("policy-replay.replayPart.broken")} />}
        {faults.some(({ field, severity }) => severity === "error" && /^\/rules\/\d+\/examples/.test(field)) && (
          <NoticeBox tone="warning" title={msg("policy-replay.replayPart.failing")} />
        )}
      </ReplayRuns>
    </div>
  );
}

export const replayPart: PolicyPart = {
  id: "replay",
  label: msg("policy-replay.replayPart.tab"),
  place: "trial",
  of: ({ kind }) => kind === "rules" || kind === "calendar",
  Component: Replay,
};
