/** Jobs: when each runs, how it went, another schedule, and running one now. */

import { can } from "../../engine/access/permissions.js";
import type { JobView } from "../../engine/jobs/job-view.js";
import { msg } from "../../engine/text/msg.js";
import { type Asked, type Call, defineResource, type Row, readSource } from "../../platform/admin/define-resource.js";

const stateNames = {
  never: msg("operations.jobsResource.stateNamesNever"),
  running: msg("operations.jobsResource.stateNamesRunning"),
  lost: msg("operations.jobsResource.stateNamesLost"),
  done: msg("operations.jobsResource.stateNamesDone"),
  failed: msg("operations.jobsResource.stateNamesFailed"),
} as const satisfies Record<JobView["state"], unknown>;

const rowOf = (job: JobView): Row => ({ id: job.name, ...job });

type Who = Pick<Asked, "official" | "now" | "services">;
const jobs = async ({ official, now, services }: Who): Promise<readonly Row[]> =>
  (await services.operation.jobs.list({ actor: official.actor, now })).map(rowOf);

/** What of a form belongs to the schedule, in its own types. */
function scheduleOf(values: Readonly<Record<string, unknown>>) {
  const { cron, timeZone, enabled } = values;
  return {
    ...(typeof cron === "string" && { cron }),
    ...(typeof timeZone === "string" && { timeZone }),
    ...(typeof enabled === "boolean" && { enabled }),
  };
}

const nameOf = (call: Call): string => String(call.record?.id);

export const jobsResource = defineResource({
  id: "jobs",
  label: msg("operations.jobsResource.jobs"),
  one: msg("operations.jobsResource.one"),
  group: "operation",
  icon: "jobs",
  order: 20,
  access: { read: "job.read", write: (official) => can(official.actor, "job.edit") },
  columns: [
    { name: "title", label: msg("operations.jobsResource.job"), type: "json", list: true },
    {
      name: "cron",
      label: msg("operations.jobsResource.cronExpression"),
      type: "text",
      list: true,
      edit: true,
      required: true,
      ltr: true,
      help: msg("operations.jobsResource.help"),
    },
    { name: "words", label: msg("operations.jobsResource.when"), type: "json", list: true },
    {
      name: "timeZone",
      label: msg("operations.jobsResource.timeZone"),
      type: "text",
      list: true,
      edit: true,
      required: true,
      ltr: true,
    },
    { name: "enabled", label: msg("operations.jobsResource.switchedOn"), type: "boolean", list: true, edit: true },
    { name: "nextRun", label: msg("operations.jobsResource.nextRun"), type: "moment", list: true },
    { name: "lastRun", label: msg("operations.jobsResource.lastRun"), type: "moment", list: true, sort: true },
    {
      name: "state",
      label: msg("operations.jobsResource.state"),
      type: "choice",
      choices: Object.entries(stateNames).map(([value, label]) => ({ value, label })),
      list: true,
    },
    { name: "durationMs", label: msg("operations.jobsResource.took"), type: "number", list: true },
    { name: "result", label: msg("operations.jobsResource.result"), type: "json" },
    { name: "error", label: msg("operations.jobsResource.error"), type: "text", ltr: true },
  ],
  title: ({ title }) => title as { en: string; ar: string },
  source: readSource({
    find: async (page) => (await jobs(page)).slice(page.offset, page.offset + page.limit),
    count: async (list) => ({ total: (await jobs(list)).length, estimated: false }),
    one: async (asked) => (await jobs(asked)).find(({ id }) => id === asked.id) ?? null,
  }),
  defaultSort: { column: "lastRun", direction: "desc" },
  components: { list: "JobList", show: "JobPage", form: "JobForm" },
  async update(call) {
    await call.services.operation.jobs.edit({
      name: nameOf(call),
      actor: call.official.actor,
      values: scheduleOf(call.input),
      before: scheduleOf(call.before),
      now: call.now,
    });
  },
  actions: {
    run: {
      kind: "record",
      label: msg("operations.jobsResource.actionsRunLabel"),
      access: "job.run",
      run: (call) =>
        call.services.operation.jobs.runNow({ name: nameOf(call), actor: call.official.actor, now: call.now }),
    },
    preview: {
      kind: "record",
      label: msg("operations.jobsResource.actionsPreviewLabel"),
      access: "job.edit",
      query: ["cron", "timeZone"],
      read: async ({ query, now, services }) =>
        services.operation.jobs.preview({ cron: query.cron ?? "", timeZone: query.timeZone ?? "", now }),
    },
  },
});
