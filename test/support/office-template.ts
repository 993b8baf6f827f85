/** What every working office begins with: seeded once a run into a template, and copied for each test file. */
import type { Sequelize } from "sequelize";
import { jobDefinitions } from "../../src/engine/jobs/job-definitions.js";
import { seed } from "../../src/features/config-files/seed.js";
import { issueChannelKey } from "../../src/features/people/channel-key-store.js";
import { addMissingJobs } from "../../src/platform/jobs/job-store.js";

export const programme = "jordan";
const openedAt = new Date("2026-08-01T00:00:00Z");

/** The shipped Jordan set-up, its jobs, and one key of the channel `web`, which is the first of its table. */
export async function seedOffice(db: Sequelize): Promise<void> {
  await seed(db, { now: openedAt, programmes: [programme] });
  await addMissingJobs(db, jobDefinitions);
  // References are drawn by chance, and so is the sample for quality review: which answers are reviewed, rules alone say here.
  // One official publishes alone; tests of the second person switch that on. Letters leave at once and to all: what is gathered, and who is
  // on duty, have tests of their own.
  await db.query(`update programmes set settings = settings
    || '{"reviewSamplePercent": 0, "secondPerson": false, "officialLetters": "atOnce", "nextFocalPointHours": 0}'`);
  await issueChannelKey(db, {
    programme,
    channel: "web",
    label: "test",
    by: { kind: "system", job: "test" },
    now: openedAt,
    random: { bytes: (n) => Buffer.alloc(n, 7) },
  });
}
