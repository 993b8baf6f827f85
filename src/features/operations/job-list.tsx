/** All jobs, with when each runs and how it went. The list keeps up by itself. */

import React from "react";
import { msg } from "../../engine/text/msg.js";
import type { ListAnswer } from "../../platform/admin/resource-view.js";
import {
  Moment,
  Page,
  Panel,
  ProblemBox,
  type ScreenProps,
  Spinner,
  Table,
  useText,
  useView,
} from "../../platform/ui/kit.js";
import { JobState, jobAddress, jobOf, RunNow, Schedule, Took } from "./job-pieces.js";

const words = {
  when: msg("operations.jobList.when"),
  next: msg("operations.jobList.next"),
};

const refreshSeconds = 15;

export function JobList({ resource: { view } }: ScreenProps) {
  const { t } = useText();
  const { view: answer, problem, reload } = useView<ListAnswer>("resources/jobs/actions/list", { refreshSeconds });
  return (
    <Page title={view.label} lead={t(msg("operations.jobList.lead"))} wide>
      <ProblemBox problem={problem} />
      {answer === null && !problem && <Spinner />}
      {answer && (
        <Panel flush>
          <Table
            caption={view.label}
            rows={answer.records}
            rowKey={({ id }) => id}
            href={({ id }) => jobAddress(id)}
            columns={[
              { key: "title", label: msg("operations.jobList.job"), cell: (record) => t(record.title) },
              { key: "when", label: words.when, cell: (record) => <Schedule job={jobOf(record)} /> },
              { key: "next", label: words.next, narrow: true, cell: (record) => <Moment at={jobOf(record).nextRun} /> },
              {
                key: "last",
                label: msg("operations.jobList.last"),
                cell: (record) => (
                  <span className="last-run">
                    <JobState job={jobOf(record)} />
                    {jobOf(record).lastRun && <Moment at={jobOf(record).lastRun} />}
                  </span>
                ),
              },
              {
                key: "took",
                label: msg("operations.jobList.took"),
                narrow: true,
                hideOnPhone: true,
                cell: (record) => <Took ms={jobOf(record).durationMs} />,
              },
              {
                key: "acts",
                label: msg("operations.jobList.acts"),
                hideLabel: true,
                cell: (record) => record.actions.includes("run") && <RunNow job={jobOf(record)} onDone={reload} />,
              },
            ]}
          />
        </Panel>
      )}
    </Page>
  );
}
