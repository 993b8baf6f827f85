/** Fills a fresh database with the living population, and knows whether one stands there wholly. */

import { join } from "node:path";
import { pino } from "pino";
import sql from "sql-template-tag";
import type { ApplicantWay } from "../../engine/letters/applicant-ways.js";
import type { ChannelKey } from "../../features/people/channel-key-store.js";
import { readCheckpoint, writeCheckpoint } from "../../platform/db/checkpoint-store.js";
import { type Database, query } from "../../platform/db/query.js";
import { writeOffSlots } from "../../platform/jobs/job-store.js";
import { installationFolder } from "../../platform/root.js";
import { compose } from "../compose.js";
import { confirmingAddresses } from "./confirm-address.js";
import { exampleCalls } from "./example-calls.js";
import { exampleInstructions } from "./example-instructions.js";
import { exampleOrders } from "./example-orders.js";
import { type Life, type LifeSummary, liveThrough } from "./live-through.js";
import { readMaterial } from "./material.js";
import { plausiblyReturned, returnedPost } from "./returned-post.js";
import { seededRandom } from "./seeded-random.js";

export const demoProgramme = "jordan";
const checkpoint = "demo-population";
export const populationDays = 90;
/** Of the demo, unless others are asked for: as many as some sixty seconds make. */
export const usualApplications = 800;

export type PopulationState = "none" | "interrupted" | "whole";

export async function populationState(db: Database): Promise<PopulationState> {
  const position = (await readCheckpoint(db, checkpoint)) as { done: boolean } | null;
  return position === null ? "none" : position.done ? "whole" : "interrupted";
}

/** What is due next, of all cases and of the letters that wait. */
export async function nextDueIn(db: Database): ReturnType<Life["nextDue"]> {
  const statement = sql`select (select min(next_due_at) from cases where next_due_at is not null) as deadline,
    (select min(gather_at) from messages where state = 'gathering') as letters`;
  const [row] = await query<Awaited<ReturnType<Life["nextDue"]>>>(db, statement);
  return row ?? { deadline: null, letters: null };
}

export async function placeOf(db: Database, reference: string): ReturnType<Life["placeOf"]> {
  const [row] = await query<Awaited<ReturnType<Life["placeOf"]>>>(
    db,
    sql`select state, entity, sector from cases where reference = ${reference}`,
  );
  if (row === undefined) throw new Error(`no case ${reference}`);
  return row;
}

/** Lives the days before `to` through the real services; what it writes goes into the demo's own mailbox, and to no one. */
export async function populate(
  db: Database,
  a: {
    to: Date;
    applications: number;
    sealKey: string;
    publicUrl: string;
    /** The folder of files that cases carry. */
    files: string;
    keys: ReadonlyMap<string, ChannelKey>;
    progress: (line: string) => void;
    /** How many of a hundred messages to applicants come back; left out: as many as are plausible. */
    returned?: Readonly<Record<ApplicantWay, number>>;
  },
): Promise<LifeSummary> {
  const { to, applications, sealKey, publicUrl, files, keys, progress } = a;
  const material = readMaterial(join(installationFolder, "seeds", demoProgramme, "population.json"));
  // What the services draw (references, codes, names of files) changes nothing of what people do.
  const random = seededRandom(material.seed);
  const services = compose({
    db,
    log: pino({ level: "silent" }),
    now: () => to,
    smtpUrl: null,
    simulated: true,
    ownMailbox: true,
    publicUrl,
    sealKey,
    files,
    random: seededRandom(material.seed + 2),
  });
  await writeCheckpoint(db, checkpoint, { done: false }, to);
  const setup = await services.setup.of(demoProgramme);
  const from = new Date(to.getTime() - populationDays * 86_400_000);
  const summary = await liveThrough({
    services,
    random,
    material,
    keys,
    programme: demoProgramme,
    from,
    to,
    applications,
    nextDue: () => nextDueIn(db),
    placeOf: (reference) => placeOf(db, reference),
    scheduled: [
      ...exampleInstructions({ services, setup, to }),
      ...exampleCalls({ services, setup, seed: material.seed, to }),
      ...exampleOrders({ services, setup, stories: material.orders, to }),
      ...returnedPost({ db, seed: material.seed, from, to, ofHundred: a.returned ?? plausiblyReturned }),
    ],
    confirm: confirmingAddresses({ db, services }),
    ring: async (job, at) => {
      await services.jobs.run(job, at);
    },
    progress: ({ applications: sent, acts, at }) =>
      progress(`${at.toISOString().slice(0, 10)}: ${sent} applications, ${acts} acts of people`),
  });
  await writeOffSlots(db, to);
  await writeCheckpoint(db, checkpoint, { done: true, ...summary }, to);
  return summary;
}
