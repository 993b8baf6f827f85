/**
 * Three months with planted troubles, read from the mail alone: what got worse, which entity is latest and since when, why, how many are late
 * and how long, satisfaction, against target and last period, what is asked, what became of what the last letter named, where the list is.
 */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { readCounted } from "../../src/engine/lifecycle/counted-cases.js";
import { copyCase } from "../support/many-cases.js";
import { openWorkingOffice, problemOf, programme, sundayNine, type WorkingOffice } from "../support/working-office.js";

const weeks = 13;
const perWeek = 40;
/** MOH answers one of its services late since three weeks; at GAM people are less satisfied since then; CSPD recovered; DLS is as it was. */
const entities = ["MOH", "GAM", "CSPD", "DLS"];
const copies = weeks * perWeek * entities.length;
const now = sundayNine;
const turned = new Date("2026-10-31T21:00:00Z"); // Sunday 1 November in Amman
let office: WorkingOffice;

async function plant(): Promise<void> {
  const { reference } = await office.receive({}, now);
  const { id } = await office.caseRow(reference);
  const minutes = (weeks * 7 * 24 * 60) / copies;
  await copyCase(office, {
    caseId: Number(id),
    copies,
    shift: `g * interval '-${minutes} minutes' - interval '3 days'`,
  });
  await office.asOwner("delete from clocks where target <> 'resolution' and case_id > 1000000");
  const run = (sql: string, ...bind: unknown[]) => office.asOwner(sql, ...bind);
  const nth = `((id / ${entities.length}) % 10)`;
  await run(
    `update cases set entity = ($1::text[])[1 + (id % ${entities.length})::integer] where id > 1000000`,
    entities,
  );
  await run(
    `update applications a set service = case when ${nth.replaceAll("id", "a.id")} < 4 then 'MOH-LICENCE' else 'MOH-CENTRE' end
      from cases c where c.id = a.id and c.entity = 'MOH' and a.id > 1000000`,
  );
  await run(
    `update clocks k set due_at = c.received_at + interval '3 days' from cases c where c.id = k.case_id and c.id > 1000000`,
  );
  const late = `case when c.entity = 'MOH' and k.due_at >= $1::timestamptz then ${nth.replaceAll("id", "c.id")} < 5
    when c.entity = 'CSPD' and k.due_at < $1::timestamptz then ${nth.replaceAll("id", "c.id")} < 6 else ${nth.replaceAll("id", "c.id")} = 9 end`;
  await run(
    `update clocks k set running_since = null, met_at = case when ${late} then k.due_at + interval '8 days' else k.due_at - interval '1 hour' end
      from cases c where c.id = k.case_id and c.id > 1000000`,
    turned,
  );
  await run("update clocks set met_at = null, running_since = started_at where met_at > $1 and case_id > 1000000", now);
  await run(
    `update cases c set state_kind = 'final', first_resolved_at = k.met_at, resolved_at = k.met_at, closed_at = k.met_at,
        resolution_working_seconds = 3600, answered_by = null, rating_invited_at = k.met_at
      from clocks k where k.case_id = c.id and k.met_at is not null and c.id > 1000000`,
  );
  await run(
    `update cases c set due_at = k.due_at, promise_due_at = k.due_at from clocks k
      where k.case_id = c.id and k.met_at is null and c.id > 1000000`,
  );
  await run(
    `update cases set imported = true, rated_at = first_resolved_at + interval '1 hour',
        rating = case when entity = 'GAM' and first_resolved_at >= $1::timestamptz then case when ${nth} < 6 then 1 else 5 end
          else case when ${nth} = 0 then 1 else 5 end end
      where id > 1000000 and first_resolved_at is not null`,
    turned,
  );
  await run(
    "update cases set escalation_level = 4 where id in (select id from cases where entity = 'MOH' and first_resolved_at is null and id > 1000000 order by due_at limit 4)",
  );
  // Three critical ones at GAM are late; of DLS many write of one thing in the last week.
  await run(
    "update cases set importance = 'critical' where id in (select id from cases where entity = 'GAM' and first_resolved_at is null and due_at < $1 and id > 1000000 order by due_at limit 3)",
    now,
  );
  await run(
    `with moved as (update cases set received_at = $1::timestamptz - interval '3 days' where entity = 'DLS' and ${nth} in (2, 4)
        and received_at < $2 and id > 1000000 returning id)
      update applications set received_at = $1::timestamptz - interval '3 days', subject = 'The land register is closed' where id in (select id from moved)`,
    now,
    turned,
  );
  await run(
    `insert into shown_kpis (programme, code, name_ar, name_en, kpi, audiences, headline, target, threshold)
      values ($1, 'on-time', 'a', 'a', 'onTimeResolution', '["steering_committee", "minister"]', true, 95, 90)`,
    programme,
  );
}

const send = (at: Date) => office.instance().jobs.run("send-digests", at) as Promise<{ queued: number }>;
const letterTo = async (template: string, userId: number, at = now) => {
  const [message] = await office.rows(
    "select id from messages where template = $1 and receiver_user = $2 and created_at <= $3 order by id desc limit 1",
    template,
    userId,
    at,
  );
  const { rendered } = await office.services.mail.show({
    id: Number(message?.id),
    actor: { kind: "user", userId, name: "", seats: [] },
    own: true,
  });
  return rendered;
};
/** Marks of direction are for the eye. */
const plain = (text: string) => text.replace(/[\u2066-\u2069]/g, "");
const english = () => office.asOwner("update users set language = 'en'");

beforeAll(async () => {
  office = await openWorkingOffice();
  await english();
  await plant();
  // The letters of two weeks before, and of the month.
  await send(new Date("2026-11-01T05:00:00Z"));
  await send(new Date("2026-11-08T05:00:00Z"));
  await send(new Date("2026-11-15T05:00:00Z"));
  await send(now);
}, 300_000);
afterAll(() => office.close());

const followedTitle = "What became of what earlier digests named";

describe("the committee's letter", () => {
  let text: string;
  beforeAll(async () => {
    text = plain((await letterTo("digest-committee", office.official("steering_committee").userId)).text);
  });
  const section = (title: string) => text.split(`\n${title}\n`)[1]?.split("\n\n")[0] ?? `no section ${title}`;

  it("1, says what got worse, and what better", () => {
    expect(section("What got worse, and what better")).toMatch(
      /▼ Ministry of Health: answered on time has fallen: \d+(\.\d)?% since 1 November 2026, 89\.\d% before/,
    );
    expect(section("What got worse, and what better")).toMatch(
      /▼ Greater Amman Municipality: the share of satisfied applicants has fallen: \d+(\.\d)?% since/,
    );
    expect(section("What got worse, and what better")).toMatch(
      /▲ Civil Status and Passports Department: answered on time has risen: /,
    );
    expect(section("What got worse, and what better")).not.toContain("Lands");
  });

  it("2, names who is latest, and since when", () => {
    expect(section("Who is furthest behind")).toMatch(
      /Ministry of Health has the most overdue cases: \d+ of its \d+ open cases/,
    );
    expect(section("Who is furthest behind")).toMatch(/The oldest has been due since \d+ November 2026\./);
    // Since when is said once, with what got worse.
    expect(section("What got worse, and what better")).toMatch(/Ministry of Health: .* since 1 November 2026/);
    expect(section("Who is furthest behind")).not.toContain("since 1 November 2026 a smaller share");
  });

  it("3, says why", () => {
    expect(section("Why")).toMatch(
      /Ministry of Health, fewer answers on time since 1 November 2026: the service “.*licen.*” accounts for \d+(\.\d)?% of the fall in answers on time with only 4\d/i,
    );
  });

  it("4, says how many are late and how long", async () => {
    const [row] = await office.rows(
      "select count(*)::int as n from cases where first_resolved_at is null and due_at < $1",
      now,
    );
    expect(text).toContain(`Overdue now: ${row?.n}`);
    const bands = [...section("How long cases have been overdue").matchAll(/! (\d+) cases? overdue/g)].map(([, n]) =>
      Number(n),
    );
    // The committee reads no cases: what is of fewer than ten is not told, nor what that could be worked out from.
    const sum = bands.reduce((all, n) => all + n, 0);
    if (sum !== row?.n && sum > 0) expect(section("How long cases have been overdue")).toContain("fewer than 10 cases");
    for (const n of bands) expect(n).toBeGreaterThanOrEqual(10);
    const own = plain((await letterTo("digest-executive", office.official("minister", "MOH").userId)).text);
    const overdue = Number(/Overdue now: (\d+)/.exec(own)?.[1]);
    const all = [...own.matchAll(/! (\d+) cases? overdue for/g)].reduce((total, [, n]) => total + Number(n), 0);
    expect(all).toBe(overdue);
  });

  it("5 and 6, puts satisfaction and answers on time beside the target and the week before", () => {
    expect(text).toMatch(/Satisfied, by web: \d+(\.\d)?%\n {2}Target 75%: reached\n {2}Week before: \d+/);
    expect(text).toMatch(/Rated: \d+ of \d+ whose applicant was invited \(\d+(\.\d)?%\)/);
    expect(text).toMatch(
      /Answered on time: \d+(\.\d)?%\n {2}Off target: \d+(\.\d)? points below 95%\n {2}Week before: \d+/,
    );
    expect(text).toMatch(/Overdue now: \d+\n {2}Week before: \d+/);
  });

  it("7, says what is asked", () => {
    expect(section("What is asked of you")).toContain("Ask Ministry of Health for a plan to answer on time again.");
    expect(section("What is asked of you")).toContain("Ask Greater Amman Municipality what it will change");
  });

  it("7, begins with what is critical and late: of whom, by when, before all else", () => {
    const [first = ""] = section("What is asked of you").split("\n");
    expect(first).toMatch(
      /^! Greater Amman Municipality: 3 cases of the importance “Critical” are overdue, the oldest due since \d+ \w+ 2026\. Ask for their answers\. Due from the .+ by 24 November 2026\./,
    );
    expect(section("What is asked of you")).toMatch(
      /plan to answer on time again\. Due from the .+ by 26 November 2026\./,
    );
  });

  it("7, says what is new in the applications, with its words, and asks what lies behind it", () => {
    expect(section("What is new in the applications")).toMatch(
      /▲ Department of Lands and Survey: \d+ applications; an average period before had \d+(\.\d)?\. Words that many of them have: .*“register”/,
    );
    expect(section("What is asked of you")).toContain("Ask Department of Lands and Survey what lies behind the rise");
  });

  it("7, says how good the answers are, and who does well", () => {
    expect(text).toContain("\nHow good the answers are\n");
    expect(section("Who does well")).toMatch(
      /★ [^:]+: \d+(\.\d)?% answered on time since|No entity answers on time more/,
    );
  });

  it("8, says what became of those that the last letter named", () => {
    expect(section(followedTitle)).toMatch(
      /Ministry of Health: answered on time \d.+(On the whole (better|worse)|No clear change)\./,
    );
    // Of the one that it named for its ratings it says how these are.
    expect(section(followedTitle)).toMatch(
      /Greater Amman Municipality: satisfied \d+(\.\d)?%, now \d.+(On the whole (better|worse)|No clear change)\./,
    );
  });

  it("takes nothing back of what it said of an entity", () => {
    expect(text).toMatch(/besides the entities named above, no entity|- [^\n]+ on time \(/);
    expect(text).not.toMatch(/- Civil Status and Passports Department: \d/);
  });

  it("9, leads from each line to figures, and to no case of those who read none", () => {
    expect(text).not.toContain("/resources/cases");
    const led = [...text.matchAll(/pages\/figures\?(\S+)/g)].map(([, query]) => query ?? "");
    expect(led.length).toBeGreaterThan(5);
    for (const query of led) expect(query).toMatch(/^programme=jordan&scope=all&period=/);
    // Each to the figures that its line is of.
    const linksOf = (title: string) => [...section(title).matchAll(/pages\/figures\?(\S+)/g)].map(([, query]) => query);
    const since = "programme=jordan&scope=all&period=2026-11-01..2026-11-21";
    expect(linksOf("What got worse, and what better")).toContain(`${since}&figure=onTimeResolution#figures-entities`);
    expect(linksOf("What got worse, and what better")).toContain(`${since}&figure=satisfaction#figures-entities`);
    expect(linksOf("How long cases have been overdue")[0]).toMatch(/#figures-ageing$/);
  });
});

/** The number is the home's, and the link leads to just these cases. */
async function expectEscalated(
  text: string,
  minister: Parameters<WorkingOffice["services"]["cases"]["count"]>[0]["actor"],
) {
  const { home } = office.instance();
  const { desks } = await home({ actor: minister, now });
  const toMe = desks.flatMap((desk) => (desk.kind === "executive" ? (desk.toMe ?? []) : []));
  const count = Number(/(\d+) cases that were escalated to your position/.exec(text)?.[1] ?? 0);
  expect(toMe.map((one) => one.count)).toEqual([count]);
  const link = [...text.matchAll(/resources\/cases\?(\S+)/g)]
    .map(([, query]) => new URLSearchParams(query))
    .find((one) => one.has("filters.level"));
  const [under, level] = [link?.get("filters.under") ?? "", Number(link?.get("filters.level"))];
  const filters = { programme, under, level, confidential: false, kinds: ["open", "waiting"] as const };
  const listed = await office.services.cases.count({ actor: minister, now, filters });
  expect(listed.total).toBe(count);
}

describe("a minister's letter", () => {
  it("is of the own branch alone, asks for a decision, and leads to lists that show what it counts", async () => {
    const minister = office.official("minister", "MOH");
    const text = plain((await letterTo("digest-executive", minister.userId)).text);
    expect(text).toContain("Ministry of Health");
    expect(text).not.toMatch(/Amman Municipality|Civil Status|Lands/);
    expect(text).toMatch(
      /See that the \d+ cases that were escalated to your position and are still open are answered\./,
    );
    const links = [...text.matchAll(/resources\/cases\?(\S+)/g)].map(([, query]) => new URLSearchParams(query));
    expect(links.length).toBeGreaterThan(3);
    for (const link of links) expect(link.get("filters.entity") ?? link.get("filters.under")).toBe("MOH");
    await expectEscalated(text, minister);
    const overdue = /Overdue now: (\d+)/.exec(text)?.[1];
    const late = await office.services.cases.count({
      ...{ actor: minister, now },
      filters: { programme, confidential: false, late: "late" },
    });
    expect(late.total).toBe(Number(overdue));
    const counted = links.flatMap((link) => readCounted(link.get("filters.counted") ?? "") ?? []);
    expect(counted.some(({ happening }) => happening === "becameLate")).toBe(true);
    // Some of the overdue cases one by one, the most important first, the oldest among them; none of another entity.
    const listed = [
      ...text.matchAll(/Overdue for .+ working days?: .+\n {2}(\S+): https:\S+\/resources\/cases\/records\//g),
    ];
    const rows = await office.rows(
      `select c.reference, coalesce(l.rank, 0) as rank from cases c
          left join importance_levels l on l.code = c.importance and l.programme = c.programme
        where c.entity = 'MOH' and c.first_resolved_at is null and c.due_at < $1 and not c.confidential order by c.due_at, c.id`,
      now,
    );
    const references = listed.map(([, reference]) => reference);
    expect(references).toHaveLength(Math.min(5, rows.length));
    expect(references).toContain(rows[0]?.reference);
    const ranks = references.map((one) => Number(rows.find(({ reference }) => reference === one)?.rank));
    expect(ranks.slice(0, -1)).toEqual([...ranks.slice(0, -1)].sort((a, b) => b - a));
    expect(text).toMatch(/\d+ of them (is|are) overdue|None of them is overdue/);
  });

  it("of another branch knows nothing of it", async () => {
    const other = office.official("minister", "MOJ");
    const text = plain((await letterTo("digest-executive", other.userId)).text);
    expect(text).not.toMatch(/Ministry of Health|Amman Municipality/);
    expect(text).toContain("Nothing is asked of you this time.");
  });
});

it("a preview is as its reader gets it: with the target of the position, and what climbed to it", async () => {
  const asked = { name: "executive", programme, at: now, language: "en", entity: "MOH" } as const;
  const { text, shownFor } = await office.services.digests.preview({ ...asked, role: "minister" });
  expect(shownFor).toEqual({ role: "minister", entity: "MOH" });
  expect(plain(text)).toMatch(/the 4 cases that were escalated to your position and are still open/);
  expect(plain(text)).toMatch(/Off target: \d+(\.\d)? points below 95%/);
  expect(plain(text)).not.toContain("This is your first digest");
  const first = await office.services.digests.preview(asked);
  expect(first.shownFor).toEqual({ role: "secretary_general", entity: "MOH" });
});

it("a preview in the middle of a week compares with the same moment a week before", async () => {
  const wednesday = new Date("2026-11-25T07:00:00Z");
  const asked = { name: "committee", programme, at: wednesday, language: "en" } as const;
  const text = plain((await office.services.digests.preview(asked)).text);
  const overdueAt = async (at: Date) => {
    const [row] = await office.rows(
      "select count(*)::int as n from clocks k where due_at < $1 and started_at < $1 and (met_at is null or met_at > $1) and target = 'resolution'",
      at,
    );
    return row?.n;
  };
  const [is, was] = [await overdueAt(wednesday), await overdueAt(new Date("2026-11-18T07:00:00Z"))];
  expect(text).toContain(`Overdue now: ${is}\n  Week before: ${was}\n`);
});

it("the Cabinet's letter names to a minister what climbed to their own position, and nothing of another branch", async () => {
  const planted = plain((await letterTo("digest-cabinet", office.official("minister", "MOH").userId)).text);
  const other = plain((await letterTo("digest-cabinet", office.official("minister", "MOJ").userId)).text);
  expect(other).not.toContain("escalated to your position");
  await expectEscalated(planted, office.official("minister", "MOH"));
});

it("the Cabinet's letter came on the first working day of the month, of the month before, in a few lines", async () => {
  const { userId } = office.official("prime_minister", "PM");
  const { text, subject } = await letterTo("digest-cabinet", userId);
  expect(plain(subject)).toContain("October 2026");
  expect(text).not.toMatch(/month by month|Entities to follow up/);
  const [again] = await office.rows(
    "select count(*)::int as n from messages where template = 'digest-cabinet' and receiver_user = $1",
    userId,
  );
  expect(again?.n).toBe(1);
});

it("focal points hear what became of the cases that their last letter listed", async () => {
  const { userId } = office.official("focal_point", "MOH");
  const text = plain((await letterTo("digest-focal-point", userId)).text);
  expect(text).not.toContain("Before all others");
  const critical = plain((await letterTo("digest-focal-point", office.official("focal_point", "GAM").userId)).text);
  expect(critical).toContain("Before all others: 3 overdue cases of the importance “Critical”.");
  expect(text).toMatch(/Answer the \d+ overdue cases first\. The oldest has been due since/);
  expect(text).toMatch(/\d+ cases of your last digest (were answered|are overdue now)/);
});

it("a test comes to the operation room, is on record and in nobody's history", async () => {
  const { services } = office;
  const room = office.official("operation_room");
  const asked = { name: "committee", programme, at: now, language: "en" as const };
  await services.digests.test({ ...asked, actor: room });
  const [message] = await office.rows(
    "select receiver_user, template, data->>'test' as test from messages order by id desc limit 1",
  );
  expect(message).toEqual({ receiver_user: room.userId, template: "digest-committee", test: "true" });
  const refused = await problemOf(services.digests.test({ ...asked, actor: office.official("steering_committee") }));
  expect(["forbidden", "not-found"]).toContain(refused.code);
  const history = await services.digestsSent({ programme, digest: "committee", receiver: null, limit: 100 });
  expect(history.length).toBe(4 * 10);
});

it("each receiver reads the own letters again, and nobody another's", async () => {
  const minister = office.official("minister", "MOH");
  const [own] = await office.services.digestsSent({ programme, digest: null, receiver: minister.userId, limit: 1 });
  const show = (actor: Parameters<typeof office.services.mail.show>[0]["actor"]) =>
    office.services.mail.show({ id: own?.id ?? 0, actor, own: true });
  expect((await show(minister)).rendered.subject).not.toBe("");
  expect((await problemOf(show(office.official("minister", "MOJ")))).code).toBe("not-found");
  expect((await problemOf(show(office.official("steering_committee")))).code).toBe("not-found");
});
