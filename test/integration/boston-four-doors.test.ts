/** A city's year asked for in four ways: page, API, command line and digest give one number, and it is the one that its file has. */
import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { parse } from "csv-parse/sync";
import { pino } from "pino";
import supertest from "supertest";
import { type Composed, compose } from "../../src/app/compose.js";
import { createAdmin } from "../../src/app/office/create-admin.js";
import type { CalendarDefinition } from "../../src/engine/calendar/calendar-definition.js";
import { shiftDate, startOfDay } from "../../src/engine/calendar/civil-days.js";
import { compileCalendar } from "../../src/engine/calendar/working-calendar.js";
import { isFew } from "../../src/engine/measures/small-cells.js";
import { createApi } from "../../src/features/intake/create-api.js";
import { importHistory } from "../../src/features/intake/import/import-history.js";
import { setPassword } from "../../src/features/people/user-store.js";
import { createHttp } from "../../src/platform/http/create-http.js";
import { fakeAssets, password, signedIn, type Visitor } from "../support/admin-app.js";
import { runCommand } from "../support/command-line.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";
import { historyParts, seedHistory } from "../support/history.js";
import { quantile } from "../support/recount-kpi.js";
import { shippedJson } from "../support/shipped-setup.js";

const file = join(process.cwd(), "..", "shared", "data", "boston311_2017.csv");
// A skip with its reason in the name: the city's data are not part of this repository.
const proof = existsSync(file) ? describe : describe.skip;

const programme = "boston311";
const timeZone = "America/New_York";
/** A Monday after the last closing that the file has. */
const now = new Date("2022-10-03T13:00:00Z");
const publicUrl = "http://diwan.example.com/";

interface Request {
  readonly entity: string;
  readonly opened: Date;
  readonly target: Date | null;
  readonly closed: Date | null;
}

const calendar = compileCalendar(shippedJson<CalendarDefinition>("seeds", programme, "calendar.json"));
const momentOf = (text: string | undefined): Date | null => (text ? new Date(text) : null);
/** A request that was closed before it was opened was closed on arrival. */
function requests(): Request[] {
  const rows: Record<string, string>[] = parse(readFileSync(file, "utf8"), { columns: true });
  return rows.map((row) => {
    const opened = new Date(row.open_dt ?? "");
    const closed = momentOf(row.closed_dt);
    return {
      entity: row.department ?? "",
      opened,
      target: momentOf(row.sla_target_dt),
      closed: closed && closed < opened ? opened : closed,
    };
  });
}

/** What every door is asked for, by the names of the catalogue. */
interface Numbers {
  readonly received: number;
  readonly resolved: number;
  readonly closed: number;
  readonly delayed: number;
  readonly open: number;
  readonly onTimeResolution: readonly [number, number];
  readonly onTimeAmongResolved: readonly [number, number];
  readonly median: number | null;
  readonly p90: number | null;
}

/** Counted from the file alone, as known at a moment. @param to exclusive, as `from` a civil date */
function fromFile(all: readonly Request[], from: string, to: string, at: Date): Numbers {
  const [begin, end] = [startOfDay(from, timeZone), startOfDay(to, timeZone)];
  const inP = (moment: Date | null): boolean => moment !== null && moment >= begin && moment < end && moment <= at;
  const closed = all.filter((one) => inP(one.closed));
  const due = all.filter(({ target }) => inP(target));
  const answered = due.filter((one) => one.closed !== null && one.closed <= at);
  const onTime = answered.filter((one) => (one.closed as Date) <= (one.target as Date)).length;
  const open = all.filter((one) => one.opened <= at && (one.closed === null || one.closed > at));
  const times = closed.map((one) => calendar.between(one.opened, one.closed as Date));
  return {
    received: all.filter(({ opened }) => inP(opened)).length,
    resolved: closed.length,
    closed: closed.length,
    delayed: open.filter(({ target }) => target !== null && target < at).length,
    open: open.length,
    onTimeResolution: [onTime, due.length],
    onTimeAmongResolved: [onTime, answered.length],
    median: quantile(times, 0.5),
    p90: quantile(times, 0.9),
  };
}

/** Of the JSON of the command line and of the API. */
// biome-ignore lint/suspicious/noExplicitAny: what came over a door
const fromReport = (figures: any): Numbers => ({
  received: figures.received,
  resolved: figures.resolved,
  closed: figures.closed,
  delayed: figures.delayed,
  open: figures.backlog.open,
  onTimeResolution: [figures.onTimeResolution.numerator, figures.onTimeResolution.denominator],
  onTimeAmongResolved: [figures.onTimeAmongResolved.numerator, figures.onTimeAmongResolved.denominator],
  median: figures.medianResolutionWorkingSeconds,
  p90: figures.p90ResolutionWorkingSeconds,
});

// biome-ignore lint/suspicious/noExplicitAny: what came over a door
function fromPage({ figures }: any): Numbers {
  // biome-ignore lint/suspicious/noExplicitAny: as above
  const now = (code: string) => figures.find((figure: any) => figure.code === code).now;
  const share = (code: string): [number, number] => [now(code).numerator, now(code).denominator];
  return {
    received: now("received").value,
    resolved: now("resolved").value,
    closed: now("closed").value,
    delayed: now("delayed").value,
    open: now("backlog").value,
    onTimeResolution: share("onTimeResolution"),
    onTimeAmongResolved: share("onTimeAmongResolved"),
    median: now("medianResolutionWorkingSeconds").value,
    p90: now("p90ResolutionWorkingSeconds").value,
  };
}

/** First day of a month and of the next. */
const monthOf = (month: string): { from: string; to: string; last: string } => {
  const [year, n] = month.split("-").map(Number) as [number, number];
  const next = new Date(Date.UTC(year, n, 1));
  const last = new Date(next.getTime() - 86_400_000);
  return { from: `${month}-01`, to: next.toISOString().slice(0, 10), last: last.toISOString().slice(0, 10) };
};
const months = Array.from({ length: 12 }, (_, i) => `2017-${String(i + 1).padStart(2, "0")}`);
/** Until every target had fallen due. */
const year = { from: "2017-01-01", to: "2018-05-01", last: "2018-04-30" };

proof("Boston's 2017 by four doors (skipped where ../shared/data/boston311_2017.csv is not there)", () => {
  let database: TestDatabase;
  let services: Composed;
  let server: Server;
  let room: Visitor;
  let key: string;
  let all: Request[];

  beforeAll(async () => {
    all = requests();
    database = await createTestDatabase();
    await seedHistory(database.db, [programme], now);
    // As the operation room may set it: the committee is written once a month.
    await database.asOwner("update digests set period = 'month', month_day = 1 where code = 'committee'");
    await importHistory(historyParts(database.db), {
      ...{ file, mapping: join(process.cwd(), "seeds", programme, "mapping.json") },
      ...{ compareTargets: false, report: null, encoding: null, now, progress: () => {} },
    });
    // As the server does by itself a minute later.
    await database.asOwner("analyze");
    const sessionSecret = "k".repeat(64);
    services = compose({
      ...{ db: database.db, log: pino({ level: "silent" }), now: () => now, smtpUrl: null },
      ...{ publicUrl, sealKey: "s".repeat(32), sessionSecret },
    });
    await services.handlers["sum-figures"](now);

    const seat = { role: "operation_room", programme, entity: null, sector: null } as const;
    const by = { kind: "user", userId: 1, name: "Room", seats: [seat] } as const;
    const [channel = ""] = (await services.setup.of(programme)).channels.keys();
    key = (await services.keys.issue({ programme, channel, label: "test", purpose: "figures", by, now })).key;

    const email = "rosa.ortiz@boston.example";
    await setPassword(database.db, { email, password, by: { kind: "system", job: "test" }, now });
    const door = createAdmin(services, { db: database.db, sessionSecret, publicUrl, assets: fakeAssets });
    await door.ready;
    const app = createHttp(services, { publicUrl, limits: false, doors: [door, createApi(services)] });
    server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    room = await signedIn(server, email);
  }, 300_000);
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await database.close();
  });

  const command = async (...argv: string[]): Promise<string> => {
    const { out, errors } = await runCommand(services, argv);
    expect(errors).toBe("");
    return out;
  };
  const kpi = (from: string, to: string, ...more: string[]) =>
    command("kpi", "--programme", programme, "--from", from, "--to", to, ...more);
  const page = async (query: Record<string, string>) => {
    const { status, body } = await room.page("figures", query);
    expect([status, body.problem]).toEqual([200, undefined]);
    return body;
  };
  const api = async (query: Record<string, string>) => {
    const { status, body } = await supertest(server)
      .get("/api/v1/kpi")
      .query(query)
      .set("authorization", `Bearer ${key}`);
    expect([status, body.errors]).toEqual([200, undefined]);
    return body;
  };
  /** The same of a period by page, API and command line. @param known a day that is over */
  async function byDoors({ from, to, last }: typeof year, known?: string): Promise<Record<string, Numbers>> {
    const line = await kpi(from, to, "--json", ...(known ? ["--known-on", known] : []));
    return {
      page: fromPage(await page({ period: `${from}..${last}`, ...(known && { known }) })),
      api: fromReport((await api({ from, to, ...(known && { knownOn: known }) })).figures),
      line: fromReport(JSON.parse(line)),
    };
  }
  const each = (numbers: Numbers): Record<string, Numbers> => ({ page: numbers, api: numbers, line: numbers });
  const digestAt = async (at: string) => {
    const zoned = at === "now" ? now : startOfDay(at, timeZone);
    return { at: zoned, told: await services.digests.told({ name: "committee", programme, at: zoned }) };
  };

  it("is what the sums have, to the unit", async () => {
    expect(await command("rollups", "--check")).toMatch(/no difference/i);
  });

  it("has the city's own figures", async () => {
    const doors = await byDoors(year);
    expect(doors).toEqual(each(fromFile(all, year.from, year.to, now)));
    expect(doors.page).toMatchObject({
      ...{ received: 7760, delayed: 4723 - 4267 },
      ...{ onTimeResolution: [3982, 4723], onTimeAmongResolved: [3982, 4267] },
    });
    const told = await kpi(year.from, year.to);
    expect(told).toMatch(/^onTimeResolution +84\.3.*\(3,982 of 4,723\)/m);
    expect(told).toMatch(/^onTimeAmongResolved +93\.3.*\(3,982 of 4,267\)/m);
    expect(told).toMatch(/^received +7,760/m);
  });

  it.each(months)("is one number by page, API and command line, from sums and case by case: %s", async (month) => {
    const { from, to } = monthOf(month);
    const counted = fromFile(all, from, to, now);
    expect(await byDoors(monthOf(month))).toEqual(each(counted));
    const judge = await kpi(from, to, "--json", "--at", now.toISOString());
    expect(fromReport(JSON.parse(judge))).toEqual(counted);
  });

  it("is one number for each department", async () => {
    const { from, to, last } = year;
    const [pageLines, apiGroups, lineGroups] = [
      (await page({ period: `${from}..${last}` })).entities,
      (await api({ from, to, by: "entity" })).groups,
      JSON.parse(await kpi(from, to, "--by", "entity", "--json")).groups,
    ];
    // Of the others there are too few for numbers to leave the house, and so are those that one answered on time.
    for (const code of ["PWDx", "INFO", "ISD", "ANML"]) {
      const theirs = fromFile(
        all.filter(({ entity }) => entity === code),
        from,
        to,
        now,
      );
      // biome-ignore lint/suspicious/noExplicitAny: what came over a door
      const line = pageLines.find(({ place }: any) => place.code === code);
      expect([code, line.received, line.open, line.delayed, line.now.numerator, line.now.denominator]).toEqual([
        ...[code, theirs.received, theirs.open, theirs.delayed],
        ...theirs.onTimeResolution,
      ]);
      const of = (groups: { code: string }[]) => groups.find((group) => group.code === code);
      expect(fromReport(of(lineGroups))).toEqual(theirs);
      const { received, onTimeResolution } = (of(apiGroups) as unknown as { figures: Record<string, never> }).figures;
      const [numerator, denominator] = theirs.onTimeResolution;
      expect({ received, onTimeResolution }).toMatchObject({
        received: theirs.received,
        onTimeResolution: isFew(numerator) ? { withheld: "kept" } : { numerator, denominator },
      });
    }
  });

  // The first working day after it: the letter comes on it, and what was known at its end is asked for.
  it.each([
    ["2017-03", "2017-04-03"],
    ["2017-12", "2018-01-01"],
  ])("is what the committee was told of a month: %s, on %s", async (month, day) => {
    const { from, to, last } = monthOf(month);
    const next = shiftDate(day, 1);
    const counted = fromFile(all, from, to, startOfDay(next, timeZone));
    expect(await byDoors({ from, to, last }, day)).toEqual(each(counted));
    const { at, told } = await digestAt(next);
    expect(told.data).toMatchObject({
      ...{ from, to, at: at.toISOString() },
      now: {
        ...{ received: counted.received, resolved: counted.resolved, delayed: counted.delayed },
        onTimeResolution: { numerator: counted.onTimeResolution[0], denominator: counted.onTimeResolution[1] },
        onTimeAmongResolved: { numerator: counted.onTimeAmongResolved[0], denominator: counted.onTimeAmongResolved[1] },
      },
    });
    // The letter says them.
    const letter = await command("digest", "committee", "--programme", programme, "--at", at.toISOString());
    const percent = Math.round((1000 * counted.onTimeResolution[0]) / counted.onTimeResolution[1]) / 10;
    expect(letter).toContain(`${percent}%`);
    for (const n of [counted.received, counted.delayed]) expect(letter).toContain(n.toLocaleString("en"));
  });

  it("is what the committee reads now, from the sums", async () => {
    const { from, to, last } = monthOf("2022-09");
    const counted = fromFile(all, from, to, now);
    expect(counted).toMatchObject({ received: 0, delayed: 4723 - 4267 });
    expect(counted.resolved).toBeGreaterThan(0);
    expect(await byDoors({ from, to, last })).toEqual(each(counted));
    const { told } = await digestAt("now");
    const { received, resolved, delayed } = counted;
    expect(told.data).toMatchObject({ from, to, now: { received, resolved, delayed } });
  });
});
