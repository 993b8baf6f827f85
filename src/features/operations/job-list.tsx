/** All jobs, with when each runs and how it went. The list keeps up by itself. */
import React from "react";
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
  lead: {
    en: "What the system does by itself, and when. Each job runs once however many instances there are.",
    ar: "ما ينفّذه النظام تلقائيًا ومواعيده. تعمل كل مهمة مرة واحدة مهما كان عدد نسخ النظام.",
  },
  job: { en: "Job", ar: "المهمة" },
  when: { en: "When", ar: "متى" },
  next: { en: "Next run", ar: "التشغيل التالي" },
  last: { en: "Last run", ar: "آخر تشغيل" },
  took: { en: "Took", ar: "المدة" },
  acts: { en: "Run", ar: "تشغيل" },
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
