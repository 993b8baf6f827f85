/** How the machinery stands: what is well, what is not, and what to do. */

import React from "react";
import { Link } from "react-router-dom";
import { msg } from "../../engine/text/msg.js";
import {
  Badge,
  Bidi,
  Button,
  Facts,
  Moment,
  NoticeBox,
  Page,
  Panel,
  ProblemBox,
  reaches,
  Spinner,
  type Tone,
  useText,
  useView,
} from "../../platform/ui/kit.js";
import type { HealthPageView } from "./health.page.js";
import type { HealthCheck, HealthState } from "./health-view.js";
import { HeldSweeps } from "./held-sweeps.js";

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
