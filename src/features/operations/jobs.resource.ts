/** Jobs: when each runs, how it went, another schedule, and running one now. */

import { can } from "../../engine/access/permissions.js";
import type { JobView } from "../../engine/jobs/job-view.js";
import { type Asked, type Call, defineResource, type Row, readSource } from "../../platform/admin/define-resource.js";

const stateNames = {
  never: { en: "Not run yet", ar: "لم تعمل بعد" },
  running: { en: "Running", ar: "قيد التنفيذ" },
  lost: { en: "Did not finish", ar: "لم تكتمل" },
  done: { en: "Done", ar: "اكتملت" },
  failed: { en: "Failed", ar: "أخفقت" },
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
  label: { en: "Jobs", ar: "المهام" },
  one: { en: "Job", ar: "مهمة" },
  group: "operation",
  icon: "jobs",
  order: 20,
  access: { read: "job.read", write: (official) => can(official.actor, "job.edit") },
  columns: [
    { name: "title", label: { en: "Job", ar: "المهمة" }, type: "json", list: true },
    {
      name: "cron",
      label: { en: "Cron expression", ar: "تعبير الجدولة" },
      type: "text",
      list: true,
      edit: true,
      required: true,
      ltr: true,
      help: {
        en: "Minute, hour, day of month, month, day of week; seconds may stand before.",
        ar: "الدقيقة والساعة ويوم الشهر والشهر ويوم الأسبوع، ويجوز أن تسبقها الثواني.",
      },
    },
    { name: "words", label: { en: "When", ar: "متى" }, type: "json", list: true },
    {
      name: "timeZone",
      label: { en: "Time zone", ar: "المنطقة الزمنية" },
      type: "text",
      list: true,
      edit: true,
      required: true,
      ltr: true,
    },
    { name: "enabled", label: { en: "Switched on", ar: "مفعّلة" }, type: "boolean", list: true, edit: true },
    { name: "nextRun", label: { en: "Next run", ar: "التشغيل التالي" }, type: "moment", list: true },
    { name: "lastRun", label: { en: "Last run", ar: "آخر تشغيل" }, type: "moment", list: true, sort: true },
    {
      name: "state",
      label: { en: "State", ar: "الحالة" },
      type: "choice",
      choices: Object.entries(stateNames).map(([value, label]) => ({ value, label })),
      list: true,
    },
    { name: "durationMs", label: { en: "Took", ar: "المدة" }, type: "number", list: true },
    { name: "result", label: { en: "Result", ar: "النتيجة" }, type: "json" },
    { name: "error", label: { en: "Error", ar: "الخطأ" }, type: "text", ltr: true },
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
      label: { en: "Run now", ar: "تشغيل الآن" },
      access: "job.run",
      run: (call) =>
        call.services.operation.jobs.runNow({ name: nameOf(call), actor: call.official.actor, now: call.now }),
    },
    preview: {
      kind: "record",
      label: { en: "What a schedule means", ar: "معنى الجدولة" },
      access: "job.edit",
      query: ["cron", "timeZone"],
      read: async ({ query, now, services }) =>
        services.operation.jobs.preview({ cron: query.cron ?? "", timeZone: query.timeZone ?? "", now }),
    },
  },
});
