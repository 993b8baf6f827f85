/** Warnings of what is missing, for whoever reads configuration: kept while nothing changes, so that a home page costs nothing. */

import sql from "sql-template-tag";
import { type Actor, can } from "../../engine/access/permissions.js";
import { civilDate } from "../../engine/calendar/civil-days.js";
import { jobOf } from "../../engine/jobs/job-definitions.js";
import type { Setup } from "../../engine/setup/setup.js";
import { msg } from "../../engine/text/msg.js";
import { type Database, query } from "../../platform/db/query.js";
import { storedJobs } from "../../platform/jobs/job-store.js";
import { about, type Found, type SetupWarning, warningsOf } from "../setup/find-warnings.js";
import { listAddress, pageAddress } from "../setup/office-addresses.js";

/** Jobs serve all programmes: whoever switched one off, every operation room has to know. */
async function jobsOff(db: Database): Promise<Found[]> {
  const off = (await storedJobs(db)).filter(({ enabled }) => !enabled);
  return about(
    off.map(({ name }) => ({ name: jobOf[name].title })),
    { kind: "jobsOff", severity: "error", link: listAddress("jobs", {}) },
    msg("policy.setupWarnings.jobsThatAreSwitchedOff"),
  );
}

/** Warnings in all programmes whose configuration the actor may read. */
export type SetupWarnings = (a: { readonly actor: Actor; readonly now: Date }) => Promise<readonly SetupWarning[]>;

export interface SetupWarningParts {
  readonly db: Database;
  readonly programmes: () => Promise<readonly string[]>;
  readonly setupOf: (programme: string) => Promise<Setup>;
}

/** What one asked for and waits for a second person: moves of open cases, and running deadlines. */
async function unconfirmed({ db, setupOf }: SetupWarningParts, programme: string): Promise<Found[]> {
  const moves = sql`select workflow from workflow_migrations
    where programme = ${programme} and state = 'asked' and finished_at is null order by workflow`;
  const [asked, recalculations] = await Promise.all([
    query<{ workflow: string }>(db, moves),
    query(db, sql`select 1 from recalculations where programme = ${programme}`),
  ]);
  if (asked.length + recalculations.length === 0) return [];
  const { workflows, calendar } = await setupOf(programme);
  const found = { kind: "toConfirm", severity: "warning" } as const;
  const policyLink = (kind: string, name: string) => pageAddress("policy", { programme, kind, name });
  return [
    ...asked.flatMap(({ workflow }) =>
      about(
        [{ name: workflows.get(workflow)?.definition.name ?? { ar: workflow, en: workflow } }],
        { ...found, link: policyLink("workflow", workflow) },
        msg("policy.setupWarnings.moveToConfirm"),
      ),
    ),
    ...about(
      recalculations.map(() => ({ name: calendar.definition.name })),
      { ...found, link: policyLink("calendar", calendar.definition.code) },
      msg("policy.setupWarnings.recalculationToConfirm"),
    ),
  ];
}

/** Looked for once a revision of the configuration and day, so that the home page costs nothing. */
export function createSetupWarnings(parts: SetupWarningParts): SetupWarnings {
  const { db, programmes, setupOf } = parts;
  const known = new Map<string, { readonly of: string; readonly warnings: readonly SetupWarning[] }>();

  async function ofProgramme(programme: string, now: Date): Promise<readonly SetupWarning[]> {
    const setup = await setupOf(programme);
    const of = `${setup.revision}/${civilDate(now, setup.programme.timeZone)}`;
    const cached = known.get(programme);
    if (cached?.of === of) return cached.warnings;
    const statement = sql`select count(*)::int as drafts from configuration_versions
      where programme = ${programme} and status = 'draft'`;
    const [row] = await query<{ drafts: number }>(db, statement);
    const warnings = warningsOf(setup, { now, drafts: row?.drafts ?? 0 });
    known.set(programme, { of, warnings });
    return warnings;
  }

  return async ({ actor, now }) => {
    const readable = (await programmes()).filter((programme) => can(actor, "configuration.read", { programme }));
    if (readable.length === 0) return [];
    // Neither is a change of the configuration, so they are looked for each time: a handful of rows.
    const off = await jobsOff(db);
    const found: SetupWarning[] = [];
    for (const programme of readable) {
      const toConfirm = await unconfirmed(parts, programme);
      found.push(
        ...[...off, ...toConfirm].map((one) => ({ ...one, programme })),
        ...(await ofProgramme(programme, now)),
      );
    }
    return found;
  };
}
