/**
 * Three instances over one database, killed at random while deadlines fall due and applications come in, then the
 * database itself torn down under load. `HARD_KNOCKS=full` runs it with 1,000 deadlines and 500 applications and prints
 * its figures.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { pino } from "pino";
import type { Sequelize } from "sequelize";
import { compose } from "../../src/app/compose.js";
import { seededRandom } from "../../src/app/demo/seeded-random.js";
import { whatIsDue } from "../../src/engine/lifecycle/due-moments.js";
import { keyRing } from "../../src/engine/text/key-ring.js";
import { verifyAudit } from "../../src/features/audit/verify.js";
import { caseByReference } from "../../src/features/cases/case-queries.js";
import { seed } from "../../src/features/config-files/seed.js";
import { issueChannelKey } from "../../src/features/people/channel-key-store.js";
import { createActiveSetup } from "../../src/features/setup/active-setup.js";
import { createPolicies } from "../../src/features/setup/policies.js";
import { connect } from "../../src/platform/db/connect.js";
import {
  eventually,
  freePort,
  type Instance,
  type OwnServer,
  startInstance,
  startOwnServer,
} from "../support/instances.js";
import { type Mailbox, openMailbox } from "../support/mailbox.js";

const full = process.env.HARD_KNOCKS === "full";
const size = full
  ? { deadlines: 1000, applications: 500, storm: 75, outageAt: 90, settle: 240, killEvery: [1500, 4500] as const }
  : { deadlines: 60, applications: 40, storm: 12, outageAt: 15, settle: 40, killEvery: [1500, 3000] as const };

const sealKey = "knock".repeat(8);
const publicUrl = "https://diwan.example.jo";
const second = 1000;
/** Sunday noon in Amman, in the middle of a working day: business time when the storm begins. */
const noon = new Date("2026-11-22T09:00:00Z");
const later = (seconds: number, from = noon): Date => new Date(from.getTime() + seconds * second);

let server: OwnServer;
let mailbox: Mailbox;
let owner: pg.Pool;
let db: Sequelize;
let ports: number[];
let instances: Instance[] = [];
/** Set when the file is over, also by a failure: nobody goes on sending then. */
let closed = false;

const environment = (now: Date) => ({
  DATABASE_URL: server.url,
  DATABASE_OWNER_URL: server.ownerUrl,
  SMTP_URL: mailbox.url,
  PUBLIC_URL: publicUrl,
  SEAL_KEY: sealKey,
  SESSION_SECRET: sealKey,
  DIWAN_NOW: now.toISOString(),
});
const allReady = async () =>
  (await Promise.all(instances.map((one) => one.readiness()))).every((status) => status === 200);
const rows = async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
  (await owner.query<Row>(text, values)).rows;

beforeAll(async () => {
  [server, mailbox, ports] = await Promise.all([
    startOwnServer(),
    openMailbox(),
    Promise.all([freePort(), freePort(), freePort()]),
  ]);
  owner = new pg.Pool({ connectionString: server.ownerUrl, max: 2 });
  owner.on("error", () => undefined);
  db = connect(server.url, { max: 4, name: "test" });
}, 60_000);

afterAll(async () => {
  closed = true;
  await Promise.all(instances.map((one) => one.kill()));
  await db?.close();
  await owner?.end();
  await mailbox?.close();
  await server?.close();
}, 60_000);

describe("three instances", () => {
  it("start together on an empty database, and stop when they are told to", async () => {
    instances = ports.map((port) => startInstance(port, environment(later(-7200))));
    const ready = await eventually(allReady, 120);
    expect([ready, instances.map((one) => one.output())]).toEqual([true, ["", "", ""]]);
    expect(await rows("select key from cookie_keys")).toEqual([{ key: keyRing(sealKey)[0].label }]);
    expect(await Promise.all(instances.map((one) => one.stop()))).toEqual([0, 0, 0]);
    expect(
      await rows(
        "select count(*)::integer as n from pg_stat_activity where application_name in ('diwan-web', 'diwan-queue')",
      ),
    ).toEqual([{ n: 0 }]);
  }, 60_000);

  it("stop in order when they are told so before they have wholly started", async () => {
    const [port] = ports as [number];
    const held = await owner.connect();
    await held.query("begin; lock table jobs in access exclusive mode");
    const instance = startInstance(port, environment(later(-7000)));
    try {
      expect(await eventually(async () => (await instance.readiness()) !== 0, 120)).toBe(true);
      const ended = instance.stop();
      // Time to end at once, as one does that is not prepared for being told.
      await Promise.race([ended, sleep(1000)]);
      await held.query("rollback");
      expect([await ended, instance.output()]).toEqual([0, ""]);
      expect(
        await rows(
          "select count(*)::integer as n from pg_stat_activity where application_name in ('diwan-web', 'diwan-queue')",
        ),
      ).toEqual([{ n: 0 }]);
    } finally {
      await held.query("rollback");
      held.release();
      await instance.kill();
    }
  }, 60_000);

  it("lose nothing and do nothing twice, whatever is killed", async () => {
    const storm = await weather();
    const { acknowledged, refused, readyAfter, kills, most, expected, letters } = storm;
    if (full) {
      process.stdout.write(
        `${JSON.stringify({ ...storm, acknowledged: acknowledged.size, expected: expected.size, letters: letters.length })}\n`,
      );
    }
    expect(refused).toEqual([]);
    expect(kills).toBeGreaterThan(2);

    // Every acknowledged application exists, once, under the reference that was answered.
    expect(acknowledged.size).toBe(size.applications);
    const stored = await rows<{ subject: string; reference: string; n: number }>(
      "select a.subject, c.reference, count(*) over (partition by a.subject)::integer as n from applications a join cases c using (id) where a.subject like 'Storm %' order by a.id",
    );
    expect(new Map(stored.map((row) => [row.subject, row.reference]))).toEqual(acknowledged);
    expect(stored.filter((row) => row.n !== 1)).toEqual([]);
    expect(await rows("select count(*)::integer as n from idempotency_keys")).toEqual([{ n: size.applications }]);

    // Every enforcement that was due, each once, each with its event; and nothing else.
    const enforced = await rows<{ key: string }>(
      "select c.reference || '/' || e.cycle || '/' || e.rule_id || '/' || e.level as key from enforcements e join cases c on c.id = e.case_id",
    );
    expect(new Set(enforced.map((row) => row.key))).toEqual(expected);
    expect(expected.size).toBeGreaterThanOrEqual(2 * size.deadlines);
    const recorded = await rows<{ key: string }>(
      `select c.reference || '/1/' || case when e.type = 'clock.breached' then 'clock:' || (e.data::jsonb->>'target') || '/0'
         else (e.data::jsonb->>'ruleId') || '/' || (e.data::jsonb->>'level') end as key
       from case_events e join cases c on c.id = e.case_id where e.type in ('clock.breached', 'deadline.warned', 'case.escalated')`,
    );
    expect(recorded.map((row) => row.key).sort()).toEqual([...expected].sort());

    // Every message went out, under one Message-ID.
    expect(
      await rows(
        "select state, last_error, count(*)::integer from messages where state not in ('sent', 'kept') group by 1, 2",
      ),
    ).toEqual([]);
    const sent = await rows<{ id: string; template: string }>(
      "select message_id as id, template from messages where state = 'sent'",
    );
    expect(new Set(letters)).toEqual(new Set(sent.map((row) => row.id)));
    expect(new Set(sent.map((row) => row.id)).size).toBe(sent.length);
    expect(sent.filter((row) => row.template === "applicant-received")).toHaveLength(size.applications);
    const told = await rows<{ n: number }>(
      "select coalesce(sum(jsonb_array_length(data::jsonb->'receivers')), 0)::integer as n from case_events where type in ('deadline.warned', 'case.escalated')",
    );
    const ofDeadlines = ["official-warning", "official-escalated", "official-escalated-copy"];
    const officials = sent.filter((row) => ofDeadlines.includes(row.template));
    expect([officials.length]).toEqual(told.map((row) => row.n));

    // The record holds together.
    const audit = await verifyAudit(db, { keys: keyRing(sealKey), now: new Date() });
    expect([audit.ok, audit.firstFault]).toEqual([true, null]);

    expect(readyAfter).toBeLessThan(60);
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(80);
  }, 600_000);
});

/** Cases whose deadlines pass during the storm; what is owed at a moment, by the pure domain, is the oracle. */
async function prepare() {
  const services = compose({
    db,
    log: pino({ level: "silent" }),
    now: () => noon,
    smtpUrl: null,
    simulated: true,
    publicUrl,
    sealKey,
  });
  await seed(db, { now: later(-30 * 86_400), programmes: ["jordan"] });
  // Each letter leaves at once, so that all are counted here; what is gathered has a test of its own.
  await owner.query(
    `update programmes set settings = settings || '{"officialLetters": "atOnce", "nextFocalPointHours": 0}'`,
  );
  const setup = await services.setup.of("jordan");
  const by = { kind: "system", job: "test" } as const;
  const { id, key } = await issueChannelKey(db, {
    programme: "jordan",
    channel: "web",
    label: "storm",
    random: { bytes: (n) => Buffer.alloc(n, 7) },
    by,
    now: later(-7200),
  });
  const entities = [...setup.entities.values()]
    .filter((entity) => entity.joining === "live")
    .map((entity) => entity.code);
  const references: string[] = [];
  for (let i = 0; i < size.deadlines; i++) {
    // First response: 2 h 20 min of working time; resolution: one working day (the one before Sunday is Thursday).
    const begin = i % 4 === 0 ? later(-3 * 86_400) : later(-8400);
    const received = await services.intake.receive({
      input: {
        programme: "jordan",
        type: "complaint",
        subject: `Deadline ${i}`,
        description: "Waiting.",
        entity: entities[i % entities.length],
        importance: "high",
        pillar: "TIME",
      },
      key: { id, programme: "jordan", channel: "web" },
      idempotencyKey: null,
      now: later((size.storm * i) / size.deadlines, begin),
    });
    references.push(received.reference);
  }
  await owner.query("update jobs set cron = '*/5 * * * * *' where name in ('enforce-deadlines', 'deliver-messages')");
  return { key, entities, references };
}

/** What these cases owe at `now`, as keys of the enforcements. */
async function owed(references: readonly string[], now: Date): Promise<Set<string>> {
  const policies = createPolicies(createActiveSetup(db));
  const keys = new Set<string>();
  for (const reference of references) {
    const loaded = await caseByReference(db, reference);
    if (loaded === null) throw new Error(`${reference} is gone`);
    const { theCase } = loaded;
    const pinned = await policies.pin([theCase]);
    const workflow = pinned.workflowOf(theCase.workflow.versionId);
    for (const due of whatIsDue({ theCase, workflow, calendarOf: pinned.calendarOf, now })) {
      if (due.kind === "breach") keys.add(`${reference}/${theCase.cycle}/clock:${due.target}/0`);
      if (due.kind === "step") keys.add(`${reference}/${theCase.cycle}/${due.step.ruleId}/${due.step.level}`);
    }
  }
  return keys;
}

interface Client {
  readonly acknowledged: Map<string, string>;
  readonly refused: string[];
  readonly retries: () => number;
  run(): Promise<void>;
}

/** Sends each application until it is acknowledged, to whichever instance answers; at times to two at once. */
function client(key: string, entities: readonly string[], pauseMs: number): Client {
  const random = seededRandom(11);
  const acknowledged = new Map<string, string>();
  const refused: string[] = [];
  let next = 0;
  let retries = 0;
  async function attempt(i: number, port: number): Promise<boolean> {
    const subject = `Storm ${i}`;
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/api/v1/applications`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${key}`,
          "content-type": "application/json",
          "idempotency-key": `storm-${i}`,
        },
        body: JSON.stringify({
          programme: "jordan",
          type: "complaint",
          subject,
          description: "While everything falls.",
          entity: entities[i % entities.length],
          applicant: { category: "citizen", name: `Person ${i}`, email: `person-${i}@example.jo` },
        }),
        signal: AbortSignal.timeout(20_000),
      });
      const body = (await answer.json()) as { reference?: string };
      if (answer.status === 201) {
        const before = acknowledged.get(subject);
        if (before !== undefined && before !== body.reference)
          refused.push(`${subject}: ${before} and ${body.reference}`);
        acknowledged.set(subject, String(body.reference));
        return true;
      }
      // Away for a moment is to be borne; anything else is a fault.
      if (answer.status !== 503) refused.push(`${subject}: ${answer.status} ${JSON.stringify(body)}`);
      else if (answer.headers.get("retry-after") === null) refused.push(`${subject}: 503 without Retry-After`);
      return answer.status !== 503;
    } catch {
      return false;
    }
  }
  async function worker(): Promise<void> {
    while (next < size.applications && !closed) {
      const i = next++;
      while (!closed) {
        const port = random.pick(ports);
        const both = random.chance(0.15) ? [port, random.pick(ports)] : [port];
        if ((await Promise.all(both.map((to) => attempt(i, to)))).some(Boolean)) break;
        retries += 1;
        await sleep(200);
      }
      await sleep(pauseMs);
    }
  }
  return {
    acknowledged,
    refused,
    retries: () => retries,
    run: async () => void (await Promise.all([worker(), worker(), worker(), worker()])),
  };
}

async function weather() {
  const { key, entities, references } = await prepare();
  const whileItLasts = await owed(references, later(size.storm + 3600));
  const random = seededRandom(20_261_122);
  const started = Date.now();
  const elapsed = () => (Date.now() - started) / second;
  const start = (port: number) => startInstance(port, environment(later(elapsed())));
  instances = ports.map(start);
  const firstReady = await eventually(allReady, 120);
  if (!firstReady) throw new Error(instances.map((one) => one.output()).join("\n"));

  // The same pace until the outage is over, so that requests are under way when it comes.
  const sender = client(key, entities, (4 * (size.outageAt + 3) * second) / size.applications);
  const sending = sender.run();
  let kills = 0;
  let most = 0;
  let over = false;
  const counting = (async () => {
    while (!over && !closed) {
      const found = await rows<{ n: number }>(
        "select count(*)::integer as n from pg_stat_activity where application_name like 'diwan-%' and application_name <> 'diwan-user'",
      ).catch(() => []);
      most = Math.max(most, found[0]?.n ?? 0);
      await sleep(250);
    }
  })();
  const stormEnds = elapsed() + size.storm;
  while (elapsed() < stormEnds) {
    await sleep(random.int(size.killEvery[0], size.killEvery[1]));
    const victim = random.int(0, 2);
    await instances[victim]?.kill();
    kills += 1;
    instances[victim] = start(ports[victim] ?? 0);
  }
  await eventually(allReady, 30);

  await server.cut();
  await sleep(2000);
  const away = await Promise.all(instances.map((one) => one.readiness()));
  await server.comeBack();
  const back = Date.now();
  const ready = await eventually(allReady, 30);
  const readyAfter = ready ? (Date.now() - back) / second : Number.POSITIVE_INFINITY;
  const lived = instances.map((one) => (one.alive() ? "lives" : one.output()));
  expect([away, lived]).toEqual([
    [503, 503, 503],
    ["lives", "lives", "lives"],
  ]);
  await sending;

  // Everything that was due by now is enforced and told, without anybody's help.
  const owing = "select count(*)::integer as n from cases where next_due_at <= $1";
  await eventually(
    async () => elapsed() > size.storm && (await rows<{ n: number }>(owing, [later(elapsed())]))[0]?.n === 0,
    size.settle,
    500,
  );
  const pending =
    "select count(*)::integer as n from messages where state = 'pending' and claimed_until is null and attempts = 0";
  await eventually(async () => (await rows<{ n: number }>(pending))[0]?.n === 0, size.settle, 500);
  const settledAfter = elapsed();
  over = true;
  await counting;
  for (const one of instances) await one.stop();
  const outputs = instances.map((one) => one.output());

  // What a killed sender had claimed goes out when its claim has run out.
  const claimed = await rows<{ n: number }>("select count(*)::integer as n from messages where state = 'pending'");
  const services = compose({
    db,
    log: pino({ level: "silent" }),
    now: () => noon,
    smtpUrl: mailbox.url,
    publicUrl,
    sealKey,
  });
  for (let hours = 1; hours < 8; hours++) await services.jobs.run("deliver-messages", later(hours * 3600));
  const letters = mailbox.letters.map((letter) => String(letter.messageId));
  const applications = [...sender.acknowledged.values()];
  const expected = new Set([...whileItLasts, ...(await owed(applications, later(elapsed())))]);
  return {
    ...sender,
    retries: sender.retries(),
    kills,
    most,
    readyAfter,
    settledAfter,
    claimedLeft: claimed[0]?.n ?? 0,
    expected,
    letters,
    twice: letters.length - new Set(letters).size,
    warnings: outputs.flatMap((text) => text.split("\n")).filter((line) => line.includes('"level":50')).length,
  };
}
