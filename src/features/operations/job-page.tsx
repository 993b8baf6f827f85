/** One job: its schedule and its last run in full. */

import React from "react";
import { msg } from "../../engine/text/msg.js";
import type { RecordAnswer } from "../../platform/admin/resource-view.js";
import {
  adminRoot,
  Bidi,
  LinkButton,
  NoticeBox,
  Page,
  Panel,
  ProblemBox,
  type ScreenProps,
  Spinner,
  useText,
  useView,
} from "../../platform/ui/kit.js";
import { JobFacts, JobResult, jobAddress, jobOf, RunNow, Schedule } from "./job-pieces.js";

export function JobPage({ resource: { view }, recordId }: ScreenProps) {
  const { t } = useText();
  const {
    view: answer,
    problem,
    reload,
  } = useView<RecordAnswer>(`resources/jobs/records/${recordId}/show`, {
    refreshSeconds: 10,
  });
  const back = { to: `${adminRoot}/resources/jobs`, label: view.label };
  const record = answer?.record;
  if (!record) {
    return (
      <Page title={view.one} back={back}>
        {problem ? <ProblemBox problem={problem} /> : <Spinner />}
      </Page>
    );
  }
  const job = jobOf(record);
  return (
    <Page
      title={record.title}
      back={back}
      actions={record.actions.includes("run") && <RunNow job={job} onDone={reload} primary />}
    >
      {job.state === "failed" && job.error && (
        <NoticeBox tone="danger" title={msg("operations.jobPage.failed")}>
          <p>
            <Bidi ltr>{job.error}</Bidi>
          </p>
        </NoticeBox>
      )}
      {job.state === "lost" && <NoticeBox tone="warning">{t(msg("operations.jobPage.lost"))}</NoticeBox>}
      <Panel
        title={msg("operations.jobPage.schedule")}
        actions={
          record.actions.includes("edit") && (
            <LinkButton icon="edit" to={jobAddress(record.id, "edit")}>
              {t(msg("operations.jobPage.edit"))}
            </LinkButton>
          )
        }
      >
        <Schedule job={job} />
      </Panel>
      <Panel title={msg("operations.jobPage.lastRun")}>
        <JobFacts job={job} />
        {(job.state === "running" || job.state === "lost") && job.result !== null && (
          <p className="muted small">
            {t(msg("operations.jobPage.before"))}: <JobResult result={job.result} />
          </p>
        )}
      </Panel>
    </Page>
  );
}
