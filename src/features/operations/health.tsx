/** How the machinery stands: what is well, what is not, and what to do. */

import React, { useState } from "react";
import { Link } from "react-router-dom";
import type { HeldSweepView } from "../../engine/lifecycle/held-sweep.js";
import { filled, msg, pattern } from "../../engine/text/msg.js";
import {
  Badge,
  Bidi,
  Button,
  Facts,
  FormDialog,
  Moment,
  NoticeBox,
  Page,
  Panel,
  ProblemBox,
  reaches,
  Spinner,
  send,
  TextArea,
  type Tone,
  useText,
  useView,
} from "../../platform/ui/kit.js";
import type { HealthPageView } from "./health.page.js";
import type { HealthCheck, HealthState } from "./health-view.js";

const heldSweepsWords = {
  over: pattern("operations.heldSweeps.over"),
  wouldWords: pattern("operations.heldSweeps.wouldWords"),
  release: msg("operations.heldSweeps.release"),
};

function ReleaseDialog({ held, onClose, onDone }: { held: HeldSweepView; onClose(): void; onDone(): void }) {
  const { t } = useText();
  const [reason, setReason] = useState("");
  const { id, asOf, cases, letters, programme } = held;
  return (
    <FormDialog
      title={msg("operations.heldSweeps.sure", { programme: programme.name })}
      action={heldSweepsWords.release}
      kind="danger"
      fields={["reason"]}
      onClose={onClose}
      onSend={async () => {
        await send("pages/health", { do: "release", id, asOf, reason });
        onDone();
      }}
    >
      {(faultOf) => (
        <>
          <p>{t(pattern("operations.heldSweeps.effect"), { cases: cases, letters: letters })}</p>
          <TextArea
            name="reason"
            label={msg("operations.heldSweeps.whyItMayGoOn")}
            help={msg("operations.heldSweeps.reasonHelp")}
            fault={faultOf("reason") ?? null}
            rows={3}
            value={reason}
            onChange={setReason}
          />
        </>
      )}
    </FormDialog>
  );
}

function HeldSweep({ held, onDone }: { held: HeldSweepView; onDone(): void }) {
  const { t } = useText();
  const [asked, setAsked] = useState(false);
  const { programme, released } = held;
  const title = released === null ? pattern("operations.heldSweeps.theSweepOfDeadlinesHolds") : heldSweepsWords.over;
  return (
    <Panel
      title={filled(title, { programme: programme.name })}
      tone={released === null ? "late" : "waiting"}
      actions={
        held.mayRelease && (
          <Button kind="danger" onClick={() => setAsked(true)}>
            {t(heldSweepsWords.release)}
          </Button>
        )
      }
    >
      <div className="stack-small">
        <p>{t(released === null ? msg("operations.heldSweeps.lead") : msg("operations.heldSweeps.goesOn"))}</p>
        <Facts
          rows={[
            { label: msg("operations.heldSweeps.since"), value: <Moment at={held.since} whole /> },
            {
              label: msg("operations.heldSweeps.cases"),
              value:
                held.cases === 0
                  ? t(msg("operations.heldSweeps.secretWords"))
                  : t(pattern("operations.heldSweeps.casesWords"), {
                      cases: held.cases,
                      open: held.openCases,
                      most: held.most,
                    }),
            },
            {
              label: msg("operations.heldSweeps.would"),
              value: t(heldSweepsWords.wouldWords, { letters: held.letters, escalated: held.escalated }),
            },
            { label: msg("operations.heldSweeps.oldest"), value: <Moment at={held.oldestDueAt} whole /> },
            { label: msg("operations.heldSweeps.took"), value: <Moment at={held.asOf} whole /> },
            { label: msg("operations.heldSweeps.database"), value: <Moment at={held.databaseAt} whole /> },
            ...(released === null
              ? []
              : [
                  {
                    label: msg("operations.heldSweeps.released"),
                    value: (
                      <>
                        <Moment at={released.at} whole /> · <Bidi>{released.by}</Bidi> · <Bidi>{released.reason}</Bidi>
                      </>
                    ),
                  },
                ]),
          ]}
        />
        {released === null && (
          <>
            <h3>{t(msg("operations.heldSweeps.causes"))}</h3>
            <ul className="bullets">
              <li>{t(msg("operations.heldSweeps.clock"))}</li>
              <li>{t(msg("operations.heldSweeps.jobs"))}</li>
              <li>{t(msg("operations.heldSweeps.policy"))}</li>
              <li>{t(msg("operations.heldSweeps.imported"))}</li>
            </ul>
          </>
        )}
      </div>
      {asked && (
        <ReleaseDialog
          held={held}
          onClose={() => setAsked(false)}
          onDone={() => {
            setAsked(false);
            onDone();
          }}
        />
      )}
    </Panel>
  );
}

/** Sweeps of deadlines that hold: what they would do, why perhaps, and letting them go on with a reason. */
function HeldSweeps({ held, onDone }: { held: readonly HeldSweepView[]; onDone(): void }) {
  return (
    <>
      {held.map((one) => (
        <HeldSweep key={one.id} held={one} onDone={onDone} />
      ))}
    </>
  );
}

const words = {
  title: msg("operations.health.systemHealth"),
  good: msg("operations.health.good"),
  near: msg("operations.health.near"),
  late: msg("operations.health.late"),
  off: msg("operations.health.off"),
  allWell: msg("operations.health.allWell"),
  someNear: msg("operations.health.someNear"),
  someLate: msg("operations.health.someLate"),
  toDo: msg("operations.health.toDo"),
  versions: msg("operations.health.versions"),
  again: msg("operations.health.again"),
  checks: msg("operations.health.checks"),
};

const tones: Readonly<Record<HealthState, Tone>> = { good: "done", near: "near", late: "late", off: "neutral" };
const worst = (checks: readonly HealthCheck[]): HealthState =>
  (["late", "near"] as const).find((state) => checks.some((check) => check.state === state)) ?? "good";

function Check({ check }: { check: HealthCheck }) {
  const { t } = useText();
  return (
    <li className="health-check">
      <span className="health-state">
        <Badge tone={tones[check.state]}>{t(words[check.state])}</Badge>
      </span>
      <div className="health-words">
        <h3>{reaches(check.link) ? <Link to={check.link ?? ""}>{t(check.title)}</Link> : t(check.title)}</h3>
        <p>
          <bdi>{t(check.words)}</bdi>
          {check.at && (
            <span className="muted">
              {" "}
              <Moment at={check.at} />
            </span>
          )}
        </p>
        {check.advice && (
          <p className="health-advice">
            <strong>{t(words.toDo)}</strong>
            <bdi>{t(check.advice)}</bdi>
          </p>
        )}
        {check.groups.length > 0 && (
          <ul className="bullets">
            {check.groups.map(({ words: group, link }) => (
              <li key={link}>{reaches(link) ? <Link to={link}>{t(group)}</Link> : t(group)}</li>
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}

export function Health() {
  const { t } = useText();
  const { view, problem, loading, reload } = useView<HealthPageView>("pages/health", { refreshSeconds: 30 });
  const state = view ? worst(view.checks) : "good";
  const summary = {
    good: { tone: "success", words: words.allWell },
    near: { tone: "warning", words: words.someNear },
    late: { tone: "danger", words: words.someLate },
    off: { tone: "info", words: words.allWell },
  } as const;
  return (
    <Page
      title={words.title}
      actions={
        <Button icon="refresh" busy={loading} onClick={reload}>
          {t(words.again)}
        </Button>
      }
    >
      <ProblemBox problem={problem} />
      {view === null && !problem && <Spinner />}
      {view && (
        <>
          <NoticeBox tone={summary[state].tone}>
            <p>
              <strong>{t(summary[state].words)}</strong> <Moment at={view.at} />
            </p>
          </NoticeBox>
          <HeldSweeps held={view.heldSweeps} onDone={reload} />
          <Panel title={words.checks}>
            <ul className="health-checks">
              {view.checks.map((check) => (
                <Check key={check.id} check={check} />
              ))}
            </ul>
          </Panel>
          <Panel title={words.versions}>
            <Facts
              rows={view.versions.map(({ name, version }) => ({ label: name, value: <Bidi ltr>{version}</Bidi> }))}
            />
          </Panel>
        </>
      )}
    </Page>
  );
}
