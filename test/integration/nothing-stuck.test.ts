/**
 * Days of a small town over a real SMTP peer and a gateway over HTTP that refuse, report everything twice, are held by a limit and away for an
 * hour: each message ends sent, told by another one, lapsed with its reason, or in a call; none is late, and nothing is there twice.
 */
import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { confirmingAddresses } from "../../src/app/demo/confirm-address.js";
import type { Scheduled } from "../../src/app/demo/example-instructions.js";
import { liveThrough } from "../../src/app/demo/live-through.js";
import { readMaterial } from "../../src/app/demo/material.js";
import { nextDueIn, placeOf } from "../../src/app/demo/populate.js";
import { seededRandom } from "../../src/app/demo/seeded-random.js";
import { isKeylessKind } from "../../src/engine/setup/channel-kinds.js";
import { createSmsDoor } from "../../src/features/notifications/create-sms-door.js";
import { issueChannelKey } from "../../src/features/people/channel-key-store.js";
import { createHttp } from "../../src/platform/http/create-http.js";
import { installationFolder } from "../../src/platform/root.js";
import { type Mailbox, openMailbox } from "../support/mailbox.js";
import { openSmsPeer, type SmsPeer } from "../support/sms-gateway.js";
import { openWorkingOffice, programme, sundayNine, type WorkingOffice } from "../support/working-office.js";

const hourMs = 3_600_000;
const from = sundayNine;
const to = new Date(from.getTime() + 3 * 24 * hourMs);
/** Until the last of them has had its tries. */
const settled = new Date(to.getTime() + 8 * 24 * hourMs);
const applications = 60;
/** The hour in which neither takes anything. */
const away = { from: from.getTime() + 26 * hourMs, to: from.getTime() + 27 * hourMs };

let office: WorkingOffice;
let mailbox: Mailbox;
let peer: SmsPeer;
let server: Server;
let at = from;

const isAway = () => at.getTime() >= away.from && at.getTime() < away.to;
/** One of so many receivers is refused for good, always the same ones. */
const isRefused = (receiver: string, oneOf: number) =>
  [...receiver].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) % 9973, 7) % oneOf === 0;

beforeAll(async () => {
  [mailbox, peer] = [await openMailbox(), await openSmsPeer()];
  office = await openWorkingOffice({ smtpUrl: mailbox.url, sms: peer.config, now: () => at });
  await office.asOwner(
    `update programmes set settings = settings || '{"officialLetters": "hourly", "nextFocalPointHours": 7, "smsPerDay": 6, "ratingInviteHours": 24}'::jsonb where code = $1`,
    programme,
  );
  mailbox.refuse = (address) =>
    isAway() ? 451 : address.endsWith("@example.com") && isRefused(address, 2) ? 550 : null;
  peer.answer = ({ to: number }) =>
    isAway()
      ? { status: 503, body: {} }
      : isRefused(number, 3)
        ? { status: 200, body: { result: "invalid number" } }
        : null;
  const keys = new Map();
  for (const { code: channel, kind } of office.setup.channels.values()) {
    if (isKeylessKind(kind)) continue;
    const random = { bytes: (n: number) => Buffer.alloc(n, keys.size + 1) };
    const by = { kind: "system", job: "test" } as const;
    const { id } = await issueChannelKey(office.db, { programme, channel, label: "test", random, by, now: from });
    keys.set(channel, { id, programme, channel });
  }
  const doors = [createSmsDoor(office.services, { publicUrl: "https://diwan.example.jo" })];
  server = createHttp(office.services, { limits: false, doors }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const reports = `http://127.0.0.1:${(server.address() as AddressInfo).port}/sms/reports`;
  let reported = 0;
  /** Each that was taken is reported twice; one of so many was not delivered. */
  const report = async () => {
    for (const { id, to: number } of peer.taken.slice(reported)) {
      const { body, headers } = peer.callback({ id, status: isRefused(number, 4) ? "failed" : "delivered" }, at);
      const sent = {
        method: "POST",
        body: body.toString("utf8"),
        headers: { "content-type": "application/json", ...headers },
      };
      for (const _ of [1, 2]) expect((await fetch(reports, sent)).status).toBe(200);
    }
    reported = peer.taken.length;
  };
  const post = async (now: Date) => {
    at = now;
    await office.services.jobs.run("deliver-sms", now);
    await report();
    await office.services.jobs.run("deliver-messages", now);
    if (now.getUTCMinutes() === 0) await office.services.jobs.run("make-call-backs", now);
  };
  const quarters = (begin: Date, end: Date, minutes = 15) =>
    Array.from(
      { length: (end.getTime() - begin.getTime()) / (minutes * 60_000) },
      (_, i) => new Date(begin.getTime() + i * minutes * 60_000),
    );
  const material = readMaterial(join(installationFolder, "seeds", programme, "population.json"));
  await liveThrough({
    services: office.services,
    random: seededRandom(material.seed),
    material,
    keys,
    programme,
    ...{ from, to, applications },
    nextDue: () => nextDueIn(office.db),
    placeOf: (reference) => placeOf(office.db, reference),
    scheduled: quarters(from, to).map((now): Scheduled => ({ at: now, run: () => post(now) })),
    confirm: confirmingAddresses({ db: office.db, services: office.services }),
    ring: async (job, now) => {
      await office.services.jobs.run(job, now);
    },
    progress: () => undefined,
  });
  for (const now of quarters(to, settled, 180)) {
    at = now;
    await office.services.jobs.run("enforce-deadlines", now);
    await office.services.jobs.run("gather-letters", now);
    await post(now);
  }
}, 280_000);
afterAll(async () => {
  await office?.close();
  await mailbox?.close();
  await peer?.close();
  server?.close();
});

describe("after days of a town whose mail and texts have their troubles", () => {
  it("nothing waits, and each end has its sign", async () => {
    const held = await office.rows("select 1 from messages where held_at is not null");
    expect(held.length).toBeGreaterThan(0);
    const states = await office.rows(
      "select state, count(*)::integer as n, bool_and(last_error is not null) as said from messages group by 1 order by 1",
    );
    const ends = Object.fromEntries(states.map(({ state, n }) => [state, n]));
    // Nothing whose moment had come at the last run.
    const waiting = await office.rows(
      "select template, state from messages where state in ('pending', 'held', 'gathering') and coalesce(gather_at, next_attempt_at, created_at) < $1",
      new Date(settled.getTime() - 3 * hourMs),
    );
    expect(waiting).toEqual([]);
    for (const state of ["failed", "gathered", "lapsed", "sent"]) expect(ends[state]).toBeGreaterThan(0);
    for (const state of ["failed", "lapsed"])
      expect(states).toContainEqual(expect.objectContaining({ state, said: true }));
    const lost = await office.rows(
      "select id from messages m where state = 'gathered' and not exists (select 1 from messages g where g.id = m.gathered_into and g.state = 'sent')",
    );
    expect(lost).toEqual([]);
  });

  it("an applicant whose answer failed got it by the other way, knows of it, or is called", async () => {
    const answers = "'applicant-answered', 'sms-answered'";
    const failed = await office.rows(
      `select m.id, c.reference from messages m join cases c on c.id = m.receiver_case where m.state = 'failed' and m.template in (${answers})
        and c.id = m.case_id and c.rejected_at is null and not c.confidential and c.resolved_at is not null`,
    );
    expect(failed.length).toBeGreaterThan(0);
    const stuck = await office.rows(
      `select c.reference from messages m join cases c on c.id = m.receiver_case join applicants p on p.case_id = c.id
        where m.state = 'failed' and m.template in (${answers}) and c.id = m.case_id and c.resolved_at is not null and not c.confidential and p.phone is not null
        and not exists (select 1 from messages o where o.receiver_case = c.id and o.state = 'sent' and o.template in (${answers}))
        and not exists (select 1 from call_backs b where b.case_id = c.id)
        and not exists (select 1 from case_events e where e.case_id = c.id and e.at >= c.resolved_at and e.type in ('case.rated', 'case.reopened', 'case.appealed'))`,
    );
    expect(stuck).toEqual([]);
  });

  it("none is older than the way it goes by promises: a quarter, or the hour that both were away", async () => {
    const late = await office.rows(
      `select template, created_at, sent_at from messages m where state = 'sent' and way = 'email' and gather_at is null
        and template not like 'digest-%' and created_at < $3 and not exists (select 1 from messages o where o.key || '/email' = m.key)
        and sent_at - created_at > interval '15 minutes' + case when created_at < $2 and sent_at >= $1 then interval '90 minutes' else interval '0' end`,
      new Date(away.from),
      new Date(away.to),
      new Date(to.getTime() - hourMs),
    );
    expect(late).toEqual([]);
    const texts = await office.rows(
      "select max(sent_at - created_at) < interval '14 hours' as by_morning from messages where state = 'sent' and way = 'sms' and held_at is null and created_at < $1",
      to,
    );
    expect(texts).toEqual([{ by_morning: true }]);
  });

  it("nothing is there twice, and what the office counts as sent is what arrived", async () => {
    const ids = mailbox.letters.map(({ messageId }) => String(messageId));
    expect(new Set(ids).size).toBe(ids.length);
    const sent = async (way: string) =>
      (await office.rows("select message_id from messages where way = $1 and sent_at is not null", way)).map((row) =>
        String(row.message_id),
      );
    expect([...ids].sort()).toEqual((await sent("email")).sort());
    expect(peer.taken.map(({ id }) => id).sort()).toEqual((await sent("sms")).sort());
    const told = await office.rows(
      `select receiver_case, case_id, substring(key from '^case/\\d+/\\d+/') as event, regexp_replace(template, '^(applicant|sms)-', '') as what from messages
        where receiver_case is not null and state = 'sent' group by 1, 2, 3, 4 having count(*) > 1`,
    );
    expect(told).toEqual([]);
    expect(mailbox.letters.length).toBeGreaterThan(50);
    expect(peer.taken.length).toBeGreaterThan(5);
  });
});
