/** A small town's life through the real services: the same seed lives the same days, and nothing leaves the house. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { readMaterial } from "../../src/app/demo/material.js";
import { populationState } from "../../src/app/demo/populate.js";
import { rateDifference } from "../../src/engine/measures/compare-rates.js";
import type { Ratio } from "../../src/engine/measures/kpi-counts.js";
import { storyKinds } from "../../src/features/config-files/population-file.js";
import { createRenderer, type RenderableMessage } from "../../src/features/notifications/render.js";
import type { KpiRequest } from "../../src/features/reports/kpi.js";
import { livePopulation } from "../support/live-population.js";
import { openWorkingOffice, programme, type Row, type WorkingOffice } from "../support/working-office.js";

const to = new Date("2026-11-25T10:00:00Z");
/** Enough for each story to be told from chance. */
const applications = 240;
const ofTwins = 36;

let first: WorkingOffice;
let twins: readonly WorkingOffice[];
beforeAll(async () => {
  twins = await Promise.all([openWorkingOffice(), openWorkingOffice()]);
  first = await openWorkingOffice();
  // Of a small town nearly everybody is reached; agents call all whom the sample could ask.
  for (const office of [first, ...twins])
    await office.asOwner(
      `update programmes set settings = settings || '{"surveyPercent": 100, "officialLetters": "hourly", "nextFocalPointHours": 7}'::jsonb where code = $1`,
      programme,
    );
  // So many that of a small town's messages some do, by both ways.
  const returned = { email: 50, sms: 60 };
  await livePopulation(first, { to, applications, returned });
  for (const office of twins) await livePopulation(office, { to, applications: ofTwins, returned });
}, 900_000);
afterAll(() => Promise.all([first, ...twins].map((office) => office.close())));

const both = (sql: string): Promise<Row[][]> => Promise.all(twins.map((office) => office.rows(sql)));

/** What differs by names, numbers and how many there are alone reads alike. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return [...new Set(value.map((one) => JSON.stringify(shapeOf(one))))].sort();
  if (typeof value === "object" && value !== null)
    return Object.entries(value).map(([name, one]) => [name, shapeOf(one)]);
  return typeof value === "string" && /^[a-z]+(-[a-z]+)*$/i.test(value) ? value : value === null ? null : typeof value;
}

describe("the living population", () => {
  it("is there wholly, and known to be", async () => {
    expect(await populationState(first.db)).toBe("whole");
    expect(
      await first.rows("select count(*)::integer as n from cases where split_from is null and requested_by is null"),
    ).toEqual([{ n: applications }]);
  });

  it.each([
    [
      "cases",
      "select reference, type, channel, state, entity, pillar, importance, cycle, rating, received_at, resolved_at, closed_at, last_seq, last_hash from cases order by id",
    ],
    ["events", "select case_id, type, count(*)::integer as n from case_events group by 1, 2 order by 1, 2"],
    ["enforcements", "select case_id, cycle, rule_id, level, due_at, at from enforcements order by 1, 2, 3, 4"],
    ["attachments", "select case_id, event_seq, name, type, sha256 from attachments order by 1, 2, 3, 4, 5"],
    ["messages", "select template, language, count(*)::integer as n from messages group by 1, 2 order by 1, 2"],
  ])("lives the same days by the same seed: %s", async (_, sql) => {
    const [one, two] = await both(sql);
    expect(one?.length).toBeGreaterThan(5);
    expect(one).toEqual(two);
  });

  it("has officials who ask each other, and what became of it", async () => {
    const orders = await first.rows(
      `select type || ' ' || state as what, bool_or(escalation_level > 0) as climbed from cases
       where requested_by is not null group by 1 order by 1`,
    );
    expect(orders).toEqual([
      { what: "directive accepted", climbed: false },
      { what: "directive in_hand", climbed: true },
      { what: "directive issued", climbed: false },
      { what: "directive under_way", climbed: false },
      { what: "explanation accepted", climbed: expect.any(Boolean) },
      { what: "explanation asked_back", climbed: false },
      { what: "explanation explained", climbed: false },
      { what: "explanation issued", climbed: false },
      { what: "help asked", climbed: false },
      { what: "help closed", climbed: false },
    ]);
  });

  it("leaves news to the officials, and not all that ever was", async () => {
    const [news] =
      await first.rows(`select count(*)::integer as all, count(*) filter (where last_seq > read_to)::integer as new,
      bool_or(items @> '[{"kind": "replied"}]') as replied, bool_or(items @> '[{"kind": "files"}]') as files,
      bool_or(items @> '[{"kind": "rated"}]' or items @> '[{"kind": "appealed"}]') as rated from case_news`);
    expect(news).toMatchObject({ replied: true, files: true, rated: true });
    expect(news?.new).toBeGreaterThan(0);
    expect(news?.new).toBeLessThan((news?.all as number) / 2);
  });

  it("has agents who type what callers say, call people back and ask how satisfied they are", async () => {
    const calls = await first.rows("select kind, count(*)::integer as n from calls group by kind");
    expect(calls.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["callBack", "new"]));
    expect(await first.rows("select 1 from call_backs where claimed_by is not null")).toEqual([]);
    const [one, two] = await both("select key, tries, state, outcome, due_at from call_backs order by key");
    expect(one).toEqual(two);
  });

  it("sends nothing: each message went into the demo's own mailbox at its moment, or came back from there", async () => {
    const found = await first.rows(
      `select state, count(*)::integer as n, bool_or(message_id is not null) as claimed,
        bool_and(case state when 'sent' then sent_at < $1 when 'gathering' then gather_at >= $1 else true end) as at_its_moment, bool_and(way <> 'sms' or state <> 'sent' or delivered_at = sent_at) as there
      from messages group by 1 order by 1`,
      to,
    );
    const whole = { n: expect.any(Number), claimed: false, at_its_moment: true, there: true };
    // Others wait for the next morning, where there are any.
    const states = found.filter(({ state }) => state !== "gathering");
    expect(found.every(({ at_its_moment }) => at_its_moment)).toBe(true);
    expect(states).toEqual(["failed", "gathered", "lapsed", "sent"].map((state) => ({ ...whole, state })));
    const actor = first.official("operation_room");
    const [one] = await first.services.mail.page({ actor, filter: { states: ["sent"] }, offset: 0, limit: 1 });
    expect(one).toMatchObject({ ownMailbox: true });
  });

  it("judges the alerts of each morning before its digests", async () => {
    const [judged] = await first.rows(
      "select count(*)::integer as n, min(judged_to::text) filter (where asked like '%\"week\"%') as week from kpi_alert_states",
    );
    expect(judged).toMatchObject({ n: expect.any(Number), week: "2026-11-22" });
  });

  it("has only messages that can be read, each in its words", async () => {
    const stored = await first.rows("select id, template, language, data, wording_id from messages order by id");
    const setup = await first.services.setup.of(programme);
    const renderer = createRenderer({ publicUrl: "https://diwan.example.jo/", drawChart: () => Buffer.alloc(0) });
    const seen = new Map<string, Set<string>>();
    const faults = (stored as unknown as RenderableMessage[]).flatMap((message) => {
      const { template, language } = message;
      const shapes = seen.get(`${template} ${language}`) ?? new Set();
      const known = shapes.size;
      seen.set(`${template} ${language}`, shapes.add(JSON.stringify(shapeOf(message.data))));
      try {
        // The words of all; the look of the first few that differ, and of all that are made of lines.
        const most = template === "official-gathered" || template === "digest-focal-point" ? 100 : 3;
        if (shapes.size > most || shapes.size === known)
          return renderer.subject(message, setup) === "" ? [template] : [];
        return renderer.render(message, setup, { preview: true }).lineFaults.map((fault) => `${template}: ${fault}`);
      } catch (error) {
        return [`${template}: ${String(error)}`];
      }
    });
    expect(faults).toEqual([]);
    expect(seen.size).toBeGreaterThan(20);
  });

  it("is asked about by no sweep: each moment was enforced when it came", async () => {
    expect(await first.rows("select count(*)::integer as n from held_sweeps")).toEqual([{ n: 0 }]);
    const [late] = await first.rows(
      "select max(extract(epoch from at - due_at))::integer as seconds from enforcements",
    );
    expect(late?.seconds).toBeLessThan(30 * 60);
  });

  it("comes through every channel, in both languages, of every type, and moves", async () => {
    const distinct = async (column: string, from: string): Promise<unknown[]> =>
      (await first.rows(`select distinct ${column} as v from ${from} order by 1`)).map(({ v }) => v);
    expect(await distinct("language", "applications")).toEqual(["ar", "en"]);
    expect(await distinct("type", "cases where requested_by is null")).toEqual([
      "complaint",
      "compliment",
      "inquiry",
      "report",
      "suggestion",
    ]);
    expect((await distinct("channel", "cases")).length).toBeGreaterThanOrEqual(4);
    const types = await distinct("type", "case_events");
    for (const type of [
      "case.taken",
      "applicant.asked",
      "case.answered",
      "case.resolved",
      "case.closed",
      "case.escalated",
      "clock.breached",
      "case.rated",
      "case.given",
      "case.reminded",
    ]) {
      expect(types).toContain(type);
    }
    const [span] = await first.rows(
      "select min(received_at) as since, max(at) as until from cases, lateral (select max(at) as at from case_events) e",
    );
    expect((span as { since: Date }).since.getTime()).toBeGreaterThanOrEqual(to.getTime() - 90 * 86_400_000);
    expect((span as { until: Date }).until.getTime()).toBeLessThan(to.getTime());
  });

  it("gives a reason that belongs to the act", async () => {
    const { reasons } = readMaterial("seeds/jordan/population.json").office;
    const rows = await first.rows(
      "select type, data::jsonb->>'reason' as reason from case_events where type in ('case.given', 'case.returned', 'case.transferred') and data::jsonb->>'reason' is not null",
    );
    expect(rows.length).toBeGreaterThan(0);
    const effects = { "case.given": "give", "case.returned": "return", "case.transferred": "transfer" } as const;
    const strange = rows.filter(({ type, reason }) => {
      const fitting = reasons[effects[type as keyof typeof effects]] ?? [];
      return !fitting.some(({ ar, en }) => [ar, en].includes(String(reason)));
    });
    expect(strange).toEqual([]);
  });

  it("carries files, of applicants and of the office, whole and shown to whoever may see them", async () => {
    const files = await first.rows(
      "select a.id, a.type, a.owner, c.confidential from attachments a join cases c on c.id = a.case_id order by a.id",
    );
    expect(new Set(files.map(({ type }) => type))).toContain("image/jpeg");
    expect(new Set(files.map(({ type }) => type)).size).toBeGreaterThanOrEqual(3);
    expect(new Set(files.map(({ owner }) => String(owner).split("/")[0]))).toEqual(
      new Set(["applicant", "key", "official"]),
    );
    const photo = files.find(({ type, confidential }) => type === "image/jpeg" && !confidential) as { id: string };
    const actor = first.official("operation_room");
    const small = await first.services.attachments.open({ id: photo.id, actor, thumbnail: true, now: to });
    expect(small.bytes).toBeGreaterThan(500);
    small.stream().destroy();
    expect((await first.rows("select 1 from attachments where case_id is null")).length).toBeLessThan(files.length / 4);
  });

  it("leaves nothing due behind, a record that verifies, and jobs that have nothing to catch up", async () => {
    expect(await first.rows("select 1 from cases where next_due_at < $1", to)).toEqual([]);
    const report = await first.services.audit.verify({ seals: [] });
    // Nothing is recorded behind a seal of later: the demo's own check has nothing to warn of.
    expect(report).toMatchObject({ ok: true, firstFault: null, warning: null });
    expect(report.covered).toMatchObject({ applications: { uncovered: 0 }, cases: { uncovered: 0 } });
    expect(report.checked.seals).toBeGreaterThan(80);
    expect(await first.rows("select distinct last_slot from jobs")).toEqual([{ last_slot: to }]);
  });
});

describe("the stories of the population's file, in its figures", () => {
  const { stories } = readMaterial("seeds/jordan/population.json");
  /** The civil day so many days before the end. */
  const dayBefore = (days: number): string => new Date(to.getTime() - days * 86_400_000).toISOString().slice(0, 10);
  const kpi = (since: number, until: number, more: Partial<KpiRequest> = {}) =>
    first.services.reports.kpi({ programme, from: dayBefore(since), to: dayBefore(until), at: to, ...more });
  /** Entities of no story, and all but one of those. */
  const ordinary = (): string[] =>
    [...first.setup.entities.keys()].filter(
      (code) => !stories.some(({ kind, entity }) => entity === code && kind !== "wave" && kind !== "steady"),
    );
  const others = (entity: string) => kpi(90, 0, { entities: ordinary().filter((code) => code !== entity) });
  /** How one differs from the other: told only where chance does not explain it. */
  const move = (one: Ratio, other: Ratio): string => {
    const compared = rateDifference(one, other);
    return compared?.told ? (compared.difference > 0 ? "above" : "below") : "alike";
  };

  it("is told of each kind that there is", () => {
    expect(new Set(stories.map(({ kind }) => kind))).toEqual(new Set(storyKinds));
  });

  it.each(stories.map((story) => [story.kind, story.code, story] as const))(
    "can be found: %s (%s)",
    async (kind, _, { entity, service, phases }) => {
      const own =
        service === null ? { entities: [entity] } : { only: { dimension: "service", code: service } as const };
      const last = phases.at(-1) ?? { from: 90, days: 90 };
      const whole = await kpi(90, 0, own);
      const all = await others(entity);
      const besideOthers = move(whole.onTimeResolution, all.onTimeResolution);
      if (kind === "bad") {
        expect(besideOthers).toBe("below");
        expect(whole.satisfaction.rate).toBeLessThan(all.satisfaction.rate ?? 0);
      }
      if (kind === "good") {
        expect(besideOthers).not.toBe("below");
        expect(whole.onTimeResolution.rate).toBeGreaterThan(0.95);
        expect(move(whole.satisfaction, all.satisfaction)).not.toBe("below");
        expect(whole.medianResolutionWorkingSeconds).toBeLessThan(0.7 * (all.medianResolutionWorkingSeconds ?? 0));
      }
      if (kind === "steady") expect(besideOthers).not.toBe("below");
      if (kind === "trouble" || kind === "better") {
        // What fell due in the first days of a phase came in the one before.
        const [before, after] = [await kpi(90, last.from, own), await kpi(last.from - 7, 0, own)];
        expect(move(after.onTimeResolution, before.onTimeResolution)).toBe(kind === "trouble" ? "below" : "above");
      }
      if (kind === "wave") {
        const days = last.days ?? last.from;
        const usual = ((await kpi(90, last.from, own)).received / (90 - last.from)) * days;
        expect((await kpi(last.from, last.from - days, own)).received).toBeGreaterThan(usual + 5 * Math.sqrt(usual));
      }
      if (kind === "stuck") {
        const late = await first.rows(
          "select escalation_level as level from cases where entity = $1 and urgency = 0 and importance = 'critical'",
          entity,
        );
        expect(late.length).toBeGreaterThan(0);
        expect(new Set(late.map(({ level }) => level))).toEqual(new Set([4]));
      }
    },
  );

  it("writes each application of a wave in other words", async () => {
    const wave = stories.find(({ kind }) => kind === "wave");
    const from = wave?.phases.at(-1)?.from ?? 0;
    const written = await first.rows(
      "select subject || description as text from applications a join cases c on c.id = a.id where a.service = $1 and c.received_at >= $2",
      wave?.service,
      new Date(to.getTime() - from * 86_400_000),
    );
    expect(written.length).toBeGreaterThanOrEqual(8);
    expect(new Set(written.map(({ text }) => text)).size).toBe(written.length);
  });

  it("not everybody is late, a third rates, most of them well, and each desk has something on it", async () => {
    const whole = await kpi(90, 0);
    expect(whole.onTimeResolution.rate).toBeGreaterThan(0.8);
    expect(whole.onTimeResolution.rate).toBeLessThan(0.93);
    const rest = await kpi(90, 0, { entities: ordinary() });
    expect(rest.onTimeResolution.rate).toBeGreaterThan(0.88);
    expect(whole.satisfaction.responseRate.rate).toBeGreaterThan(0.27);
    expect(whole.satisfaction.responseRate.rate).toBeLessThan(0.42);
    expect(whole.satisfaction.rate).toBeGreaterThan(0.65);
    const [waiting] = await first.rows("select count(*)::integer as n from cases where state = 'triage'");
    expect(waiting?.n).toBeGreaterThanOrEqual((applications * 30) / 800);
  });
});
