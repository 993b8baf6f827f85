/** A file of a million cases, against one of ten thousand: what a case costs, and how much memory the whole takes. */
import { ok } from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import v8 from "node:v8";
import vm from "node:vm";
import { pino } from "pino";
import { composeWork } from "../../src/app/compose-work.js";
import { columnsFor } from "../../src/features/cases/export/export-columns.js";
import type { ExportFormat } from "../../src/features/cases/export/export-store.js";
import { actorNumbered } from "../../src/features/people/user-store.js";
import { createActiveSetup } from "../../src/features/setup/active-setup.js";
import { createPolicies } from "../../src/features/setup/policies.js";
import { unguessable } from "../../src/platform/unguessable.js";
import { type CopiedOffice, openBenchOffice, programme, receiveAll, sunday } from "../support/bench-office.js";
import { fill } from "./admin-list-scale.js";

export const name = "export-scale";

const small = 10_000;
const large = 1_000_000;
const received = 300;
/** What an export may need, whatever its length. */
const mostNeeded = 64;

v8.setFlagsFromString("--expose-gc");
const collect = vm.runInNewContext("gc") as () => void;
const megabyte = 1024 * 1024;
const residentMegabytes = (): number => process.memoryUsage.rss() / megabyte;
/** What is in use: the rest is garbage that waits to be collected, as much as the machine's memory invites. */
function neededMegabytes(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / megabyte;
}

interface Written {
  readonly rows: number;
  readonly seconds: number;
  readonly megabytes: number;
  /** What it needed at its highest, looked at every five seconds. */
  readonly neededMegabytes: number;
  /** By how much the process grew meanwhile at its highest, garbage included. */
  readonly grewMegabytes: number;
}

/** One export as an official asks for it, from asking to the whole file, with the columns that are ticked by themselves. */
async function write({ db, owner }: CopiedOffice, userId: number, format: ExportFormat): Promise<Written> {
  await owner.query(`update programmes set settings = settings || '{"exportMostRows": ${large}}'`);
  const folder = mkdtempSync(join(tmpdir(), "diwan-export-bench-"));
  const active = createActiveSetup(db);
  const work = composeWork(
    { log: pino({ level: "silent" }), now: () => sunday, exportsFolder: folder },
    {
      db,
      policies: createPolicies(active),
      messages: "kept",
      random: unguessable,
      versionOf: {
        rules: (id) => active.ruleSetDefinition(id),
        calendar: (id) => active.calendarDefinition(id),
        workflow: (id) => active.workflowDefinition(id),
      },
      programmes: () => active.programmes(),
    },
  );
  const actor = await actorNumbered(db, { userId, now: sunday });
  if (actor === null) throw new Error("nobody sits in the operation room");
  const columns = columnsFor(actor).flatMap(({ code, usual }) => (usual ? [code] : []));
  const before = { needed: neededMegabytes(), resident: residentMegabytes() };
  const highest = { ...before };
  const watch = setInterval(() => {
    highest.resident = Math.max(highest.resident, residentMegabytes());
  }, 100);
  const look = setInterval(() => {
    highest.needed = Math.max(highest.needed, neededMegabytes());
  }, 5000);
  try {
    const began = performance.now();
    const asked = { actor, now: sunday, asked: {}, format, language: "ar", columns, reason: null } as const;
    const { id } = await work.exports.start(asked);
    await work.exports.lane.settled();
    const seconds = (performance.now() - began) / 1000;
    const view = (await work.exports.list({ actor })).find((one) => one.id === id);
    ok(view?.state === "done", `${format}: ${view?.failure?.en ?? "it did not end"}`);
    const megabytes = Math.round((view.bytes ?? 0) / 1024 / 1024);
    return {
      rows: view.rows,
      seconds: Number(seconds.toFixed(1)),
      megabytes,
      neededMegabytes: Math.round(highest.needed - before.needed),
      grewMegabytes: Math.round(highest.resident - before.resident),
    };
  } finally {
    clearInterval(watch);
    clearInterval(look);
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function run() {
  const office = await openBenchOffice();
  try {
    await receiveAll(office, received);
    const { few, many } = await office.copyTo(["few", "many"]);
    await fill(few, small);
    await fill(many, large);
    const room = office.setup.seats.find(({ role }) => role === "operation_room");
    const userId = room?.holders[0]?.userId ?? 0;
    const figures: Record<string, { ratio: number; few: Written; many: Written }> = {};
    let worst = 0;
    for (const format of ["xlsx", "csv"] as const) {
      // The first warms up and does not count.
      await write(few, userId, format);
      const ofFew = await write(few, userId, format);
      const ofMany = await write(many, userId, format);
      // Confidential cases are not for the room: a little less than all.
      ok(ofMany.rows > large * 0.9 && ofFew.rows > small * 0.9, `${format}: ${ofFew.rows} and ${ofMany.rows} cases`);
      ok(ofMany.neededMegabytes < mostNeeded, `${format}: ${ofMany.neededMegabytes} MB were needed`);
      const ratio = ofMany.seconds / ofMany.rows / (ofFew.seconds / ofFew.rows);
      figures[format] = { ratio: Number(ratio.toFixed(2)), few: ofFew, many: ofMany };
      worst = Math.max(worst, ratio);
    }
    return [
      {
        bench: name,
        ratio: Number(worst.toFixed(2)),
        baseline: `an export of ${small} cases`,
        unit: `times the time a case in an export of ${large}; the slower of both formats`,
        figures,
        postgres: office.version,
        programme,
      },
    ];
  } finally {
    await office.close();
  }
}
