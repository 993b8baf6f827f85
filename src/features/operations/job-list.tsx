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
  lead: msg("operations.jobList.lead"),
  job: msg("operations.jobList.job"),
  when: msg("operations.jobList.when"),
  next: msg("operations.jobList.next"),
  last: msg("operations.jobList.last"),
  took: msg("operations.jobList.took"),
  acts: msg("operations.jobList.acts"),
};

const refreshSeconds = 15;

export function JobList({ resource: { view } }: ScreenProps) {
  const { t } = useText();
  const { view: answer, problem, reload } = useView<ListAnswer>("resources/jobs/actions/list", { refreshSeconds });
  return (
    <Page title={view.label} lead={t(words.lead)} wide>
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
              { key: "title", label: words.job, cell: (record) => t(record.title) },
              { key: "when", label: words.when, cell: (record) => <Schedule job={jobOf(record)} /> },
              { key: "next", label: words.next, narrow: true, cell: (record) => <Moment at={jobOf(record).nextRun} /> },
              {
                key: "last",
                label: words.last,
                cell: (record) => (
                  <span className="last-run">
                    <JobState job={jobOf(record)} />
                    {jobOf(record).lastRun && <Moment at={jobOf(record).lastRun} />}
                  </span>
                ),
              },
              {
                key: "took",
                label: words.took,
                narrow: true,
                hideOnPhone: true,
                cell: (record) => <Took ms={jobOf(record).durationMs} />,
              },
              {
                key: "acts",
                label: words.acts,
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
