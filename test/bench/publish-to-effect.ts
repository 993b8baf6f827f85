/**
 * From a publication in one instance to the first application that another instance, which receives all the while, decides by it.
 */
import { ok, strictEqual } from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { performance } from "node:perf_hooks";
import type { RuleSetDefinition } from "../../src/engine/rules/rule-set.js";
import {
  type BenchOffice,
  median,
  openBenchOffice,
  programme,
  sunday,
  writtenApplications,
} from "../support/bench-office.js";
import { nextMessage, startProgram } from "../support/bench-programs.js";

export const name = "publish-to-effect";

/** What is promised to whoever publishes. */
const promisedSeconds = 5;
const publications = 21;
/** Of them, the first warm up. */
const warmUps = 3;
/** Applications that are on their way at any time. */
const senders = 4;

interface Sent {
  readonly sentAt: number;
  readonly answeredAt: number;
  readonly reference: string;
}

/** Sends applications one after the other, by several senders, until it is stopped; what was answered. */
function receiving(office: BenchOffice, port: number) {
  const bodies = writtenApplications(office.setup, 200);
  const sent: Sent[] = [];
  let going = true;
  let next = 0;
  const sender = async () => {
    while (going) {
      const { channel, input } = bodies[next++ % bodies.length] as (typeof bodies)[number];
      const sentAt = performance.now();
      const answer = await fetch(`http://127.0.0.1:${port}/api/v1/applications`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${office.keys.get(channel)?.secret}` },
        body: JSON.stringify({ ...input, programme }),
      });
      const { reference } = (await answer.json()) as { reference: string };
      strictEqual(answer.status, 201);
      sent.push({ sentAt, answeredAt: performance.now(), reference });
    }
  };
  const all = Promise.all(Array.from({ length: senders }, sender));
  return {
    sent,
    async stop() {
      going = false;
      await all;
    },
  };
}

/** The promises of the version in force, a day more or less each time, so that there is something to publish. */
function changed(inForce: RuleSetDefinition, round: number): RuleSetDefinition {
  const rules = inForce.rules.map((rule, i) => {
    if (i > 0) return rule;
    const resolution = { amount: 20 + round, unit: "workingDays" };
    return { ...rule, event: { ...rule.event, params: { ...rule.event.params, resolution } } };
  });
  return { ...inForce, rules };
}

export async function run() {
  const office = await openBenchOffice();
  const children: ChildProcess[] = [];
  try {
    const env = { DATABASE_URL: office.url, DIWAN_NOW: sunday.toISOString(), DIWAN_BENCH_DOOR: "api" };
    const app = startProgram("bench-app", env);
    children.push(app);
    const { port } = await nextMessage<{ port: number }>(app);
    const other = receiving(office, port);
    const inForce = office.setup.ruleSets.get("sla")?.definition as RuleSetDefinition;
    const published: { readonly versionId: number; readonly asked: number; readonly done: number }[] = [];
    for (let round = 0; round < publications; round++) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      const asked = performance.now();
      const { versionId } = await office.services.configuration.publish({
        ...{ programme, kind: "rules", name: "sla", definition: changed(inForce, round), reason: "A benchmark" },
        ...{ by: { kind: "system", job: "bench" }, now: sunday },
        warningsReason: "A benchmark",
      } as never);
      published.push({ versionId, asked, done: performance.now() });
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
    await other.stop();

    const { rows } = await office.owner.query<{ reference: string; version: number }>(
      `select c.reference, d.version_id as version from cases c
        join decisions d on d.case_id = c.id and d.rule_set = 'sla' and d.number = (
          select min(number) from decisions x where x.case_id = c.id and x.rule_set = 'sla')`,
    );
    const versionOf = new Map(rows.map(({ reference, version }) => [reference, version]));
    const decided = other.sent.map((one) => ({ ...one, version: versionOf.get(one.reference) ?? 0 }));
    // Whoever applies once a publication was answered is decided by it, or by a later one.
    let old = 0;
    for (const { sentAt, version } of decided) {
      const newest = published.filter(({ done }) => done <= sentAt).at(-1);
      if (newest !== undefined && version < newest.versionId) old += 1;
    }
    strictEqual(old, 0, `${old} applications were decided by what was retired`);
    const seconds = published.map(({ versionId, asked }) => {
      const by = decided.filter(({ version }) => version === versionId).map(({ answeredAt }) => answeredAt);
      ok(by.length > 0, `nothing was decided by version ${versionId}`);
      return (Math.min(...by) - asked) / 1000;
    });
    const counted = seconds.slice(warmUps);
    const publishing = published.slice(warmUps).map(({ asked, done }) => (done - asked) / 1000);
    const usual = decided.map(({ sentAt, answeredAt }) => (answeredAt - sentAt) / 1000);
    return [
      {
        bench: name,
        ratio: Number((Math.max(...counted) / promisedSeconds).toFixed(3)),
        baseline: `the ${promisedSeconds} seconds that are promised; the slowest of ${counted.length} publications`,
        unit: "of the baseline",
        seconds: { median: Number(median(counted).toFixed(3)), slowest: Number(Math.max(...counted).toFixed(3)) },
        secondsOfPublishing: Number(median(publishing).toFixed(3)),
        secondsOfAnApplication: Number([...usual].sort((a, b) => a - b)[Math.floor(usual.length / 2)]?.toFixed(4)),
        applications: decided.length,
        postgres: office.version,
      },
    ];
  } finally {
    for (const child of children) if (child.connected) child.disconnect();
    await office.close();
  }
}
