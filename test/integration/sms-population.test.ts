/** The demo's applicants, each with an application that is answered: how many of those who left a telephone or an address heard of both, over real SMTP and HTTP. */
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { writeApplication } from "../../src/app/demo/applicants.js";
import { readMaterial } from "../../src/app/demo/material.js";
import { seededRandom } from "../../src/app/demo/seeded-random.js";
import { installationFolder } from "../../src/platform/root.js";
import { type Mailbox, openMailbox } from "../support/mailbox.js";
import { openSmsPeer, type SmsPeer } from "../support/sms-gateway.js";
import { openWorkingOffice, programme, sundayNine, type WorkingOffice } from "../support/working-office.js";

let office: WorkingOffice;
let peer: SmsPeer;
let mailbox: Mailbox;
beforeAll(async () => {
  [peer, mailbox] = [await openSmsPeer(), await openMailbox()];
  office = await openWorkingOffice({ sms: peer.config, smtpUrl: mailbox.url });
});
afterAll(async () => {
  await peer.close();
  await mailbox.close();
  await office.close();
});

const people = 150;
const minutes = (n: number): Date => new Date(sundayNine.getTime() + n * 60_000);

it("at least 95 of 100 heard receipt and answer, each told once", async () => {
  const material = readMaterial(join(installationFolder, "seeds", programme, "population.json"));
  const random = seededRandom(material.seed);
  const focal = office.official("focal_point", "CSPD");
  const sent = [];
  while (sent.length < people) {
    const { applicant } = writeApplication(random, material, office.setup).input;
    if (!applicant?.phone && !applicant?.email) continue;
    sent.push(await office.receive({ applicant }));
  }
  for (const { reference } of sent)
    await office.act(reference, focal, "answer", { answer: "The hall is open again." }, minutes(1));
  for (let n = 2; n < 6; n++) {
    await office.services.jobs.run("deliver-sms", minutes(n));
    await office.services.jobs.run("deliver-messages", minutes(n));
  }
  const heard = await office.rows(
    `select c.reference from cases c where c.resolved_at is not null
      and exists (select 1 from messages m where m.receiver_case = c.id and m.state = 'sent' and m.template in ('applicant-received','sms-received'))
      and exists (select 1 from messages m where m.receiver_case = c.id and m.state = 'sent' and m.template in ('applicant-answered','sms-answered'))`,
  );
  const [resolved] = await office.rows("select count(*)::integer as n from cases where resolved_at is not null");
  const share = heard.length / Number(resolved?.n);
  expect(Number(resolved?.n)).toBeGreaterThan(people / 2);
  expect(share).toBeGreaterThanOrEqual(0.95);
  const twice = await office.rows(
    `select receiver_case, substring(template from '-(.*)') as what from messages where receiver_case is not null
      group by 1, 2 having count(*) > 1`,
  );
  expect(twice).toEqual([]);
  expect(new Set(peer.taken.map(({ id }) => id)).size).toBe(peer.taken.length);

  // The same counted case by case and from the sums.
  const period = { programme, from: "2026-11-22", to: "2026-11-23" };
  const figures = await office.services.reports.kpi({ ...period, at: minutes(30) });
  const texts = await office.rows(
    "select count(*)::integer as n, sum(segments)::integer as segments from messages where way = 'sms'",
  );
  expect(figures.smsSent).toMatchObject({ numerator: texts[0]?.n, denominator: texts[0]?.n });
  expect(figures.smsSegments).toBe(texts[0]?.segments);
  expect(figures.smsDelivered.numerator).toBe(0);
  await office.services.jobs.run("sum-figures", minutes(31));
  const summed = await office.services.reports.kpi({ ...period, at: minutes(31), newest: true });
  for (const code of ["smsSent", "smsDelivered", "smsFailed", "smsSegments"] as const)
    expect(summed[code]).toEqual(figures[code]);

  // And so through a failure, its sending again, and its arrival.
  const both = async (n: number) => {
    await office.services.jobs.run("sum-figures", minutes(n));
    const [byCase, bySums] = [
      await office.services.reports.kpi({ ...period, at: minutes(n) }),
      await office.services.reports.kpi({ ...period, at: minutes(n), newest: true }),
    ];
    expect([n, bySums.smsFailed, bySums.smsSent]).toEqual([n, byCase.smsFailed, byCase.smsSent]);
    return byCase.smsFailed.numerator;
  };
  const late = { name: "Huda", phone: "+962791112233", sms: true };
  await office.receive({ applicant: late }, minutes(32));
  peer.answer = () => ({ status: 200, body: { result: "invalid number" } });
  await office.services.jobs.run("deliver-sms", minutes(33));
  expect(await both(40)).toBe(1);
  const [failed] = await office.rows("select id::integer from messages where state = 'failed' and way = 'sms'");
  const room = office.official("operation_room");
  await office.services.operation.resend({ id: Number(failed?.id), actor: room, now: minutes(41) });
  expect(await both(50)).toBe(1);
  peer.answer = () => null;
  await office.services.jobs.run("deliver-sms", minutes(51));
  expect(await both(60)).toBe(0);
});
