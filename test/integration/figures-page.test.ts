/** The figures page and the lists behind it: every number counts exactly the cases that its list shows. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Actor } from "../../src/engine/access/permissions.js";
import { type CountedFilter, type CountedHappening, readCounted } from "../../src/engine/lifecycle/counted-cases.js";
import { delayBands } from "../../src/engine/measures/kpi-counts.js";
import { splitDimensions } from "../../src/engine/measures/kpi-dimensions.js";
import { pageFigure, pageFigureCodes } from "../../src/engine/measures/page-figures.js";
import type { Guarded } from "../../src/engine/measures/small-cells.js";
import type { CaseFilters } from "../../src/engine/search/case-search.js";
import type { Policy } from "../../src/engine/setup/policy.js";
import { createFigures } from "../../src/features/reports/figures/figures.service.js";
import { createKpiTables } from "../../src/features/reports/kpi.js";
import { manyOutcomes, spreadOver } from "../support/many-outcomes.js";
import { policyOf } from "../support/rollup-histories.js";
import { openWorkingOffice, problemOf, programme, sundayNine, type WorkingOffice } from "../support/working-office.js";

const codeOf = async (asked: Promise<unknown>) => (await problemOf(asked)).code;
const now = sundayNine;
const entities = ["JFDA", "MOH", "MWI"];
let office: WorkingOffice;
let room: Actor;
beforeAll(async () => {
  office = await openWorkingOffice();
  await manyOutcomes(office, { entities, late: "MOH", badMonth: "2026-08", now });
  await spreadOver(office);
  room = office.official("operation_room");
}, 180_000);
afterAll(() => office.close());

const listed = async (actor: Actor, filters: CaseFilters): Promise<number> =>
  (await office.services.cases.count({ actor, now, filters: { programme, confidential: false, ...filters } })).total;

/** How often a figure counts a case once; those of deadlines and ratings count each of a case. */
const countOf = async (code: (typeof pageFigureCodes)[number], period: string): Promise<number | null> => {
  const view = await office.services.figures.read({ actor: room, now, period });
  const { now: measured } = view.figures.find((figure) => figure.code === code) ?? { now: null };
  return measured === null ? null : (measured.denominator ?? measured.value);
};

describe.each(["2026-10", "2026-11", "2026", "2026-11-15..2026-11-21"])("of %s", (period) => {
  it("each figure counts the cases of its list", async () => {
    const view = await office.services.figures.read({ actor: room, now, period });
    const { from, to } = view.elapsed;
    const seen: Record<string, [number | null, number]> = {};
    for (const code of pageFigureCodes) {
      const { cases, amiss } = pageFigure(code);
      const figure = view.figures.find((one) => one.code === code);
      if (figure === undefined || cases === null) continue;
      const counted = (happening: CountedHappening): CountedFilter => ({ happening, from, to, level: null });
      const filters: CaseFilters =
        cases === "late"
          ? { late: "late" }
          : cases === "open"
            ? { kinds: ["open", "waiting"] }
            : { counted: counted(cases) };
      const { value, denominator, numerator } = figure.now;
      // A length of time tells no number of cases.
      if (denominator === null && !["cases"].includes(code) && /WorkingSeconds|casesPer/.test(code)) continue;
      seen[code] = [denominator ?? value, await listed(room, filters)];
      if (amiss === undefined || denominator === null || numerator === null) continue;
      const some = ["reopened", "appealed", "transferred"].includes(amiss) ? numerator : denominator - numerator;
      seen[`${code}/${amiss}`] = [some, await listed(room, { counted: counted(amiss) })];
    }
    for (const [name, [figure, list]] of Object.entries(seen)) expect([name, list]).toEqual([name, figure]);
    expect(seen.onTimeResolution?.[0]).toBeGreaterThan(10);
  });

  it("each entity and governorate has a list, and together they are all", async () => {
    const view = await office.services.figures.read({ actor: room, now, period, figure: "received" });
    const { from, to } = view.elapsed;
    const counted = readCounted(`received.${from}.${to}`) ?? undefined;
    for (const { place, received } of view.entities)
      expect([
        place.code,
        await listed(room, { counted, ...(place.code === "" ? { unplaced: true } : { entity: place.code }) }),
      ]).toEqual([place.code, received]);
    for (const { place, received } of view.map)
      expect([place.code, await listed(room, { counted, governorate: place.code || "-" })]).toEqual([
        place.code,
        received,
      ]);
    const sum = (lines: readonly { received: Guarded }[]) =>
      lines.reduce((all, { received }) => all + Number(received), 0);
    expect(sum(view.entities)).toBe(await countOf("received", period));
    expect(sum(view.map)).toBe(sum(view.entities));
  });
});

describe.each(splitDimensions)("by %s", (split) => {
  it("each line has a list, and together they are all", async () => {
    const view = await office.services.figures.read({ actor: room, now, period: "2026-10", figure: "received", split });
    const { from, to } = view.elapsed;
    const counted = readCounted(`received.${from}.${to}`) ?? undefined;
    const { by, lines } = view.split;
    expect(by).toBe(split);
    expect(lines.length).toBeGreaterThan(1);
    for (const { place, received, delayed } of lines) {
      const at = { [split]: place.code || "-" };
      expect([place.code, await listed(room, { counted, ...at })]).toEqual([place.code, received]);
      expect([place.code, await listed(room, { late: "late", ...at })]).toEqual([place.code, delayed]);
    }
    expect(lines.reduce((sum, { received }) => sum + Number(received), 0)).toBe(await countOf("received", "2026-10"));
    expect(lines.reduce((sum, { share }) => sum + (share ?? 0), 0)).toBeCloseTo(1);
  });
});

it("breaks down by services of which some cases name none, each with the entity that provides it", async () => {
  const { split } = await office.services.figures.read({ actor: room, now, period: "2026-10", split: "service" });
  const without = split.lines.find(({ place }) => place.code === "");
  expect(without?.place.name.en).toBe("No service named");
  expect(without?.provider).toBeNull();
  expect(new Set(split.lines.flatMap(({ provider }) => provider?.code ?? []))).toContain("MOH");
});

it("asks one question more for it, of what is chosen alone", async () => {
  const asked: (string | undefined)[] = [];
  const policies = { fresh: async () => ({ ...policyOf(0, 14), setup: office.setup }) as Policy };
  const { series, table } = createKpiTables({ db: office.db, policies });
  const figures = createFigures({
    ...{ db: office.db, policies },
    series: (request) => {
      asked.push(request.by);
      return series(request);
    },
    table,
  });
  await figures({ actor: room, now, period: "2026-10", split: "channel" });
  expect(asked.sort()).toEqual(["channel", "entity", "governorate", undefined]);
  asked.length = 0;
  await figures({ actor: room, now, period: "2026-10", split: "service" });
  expect(asked).toEqual(["service"]);
});

it("every bar of what is late leads to its cases", async () => {
  const { ageing } = await office.services.figures.read({ actor: room, now });
  for (const { band, count } of ageing.bands)
    expect([band, await listed(room, { counted: { happening: "late", band } })]).toEqual([band, count]);
  expect(ageing.bands.map(({ band }) => band)).toEqual([...delayBands]);
  expect(ageing.bands.reduce((sum, { count }) => sum + Number(count), 0)).toBeGreaterThan(5);
});

it("finds the entity that is late far more often than the others, and ranks nobody with few cases", async () => {
  const year = await office.services.figures.read({ actor: room, now, period: "2026" });
  const standings = new Map(year.entities.map(({ place, compared }) => [place.code, compared?.standing]));
  expect(standings.get("MOH")).toBe("worse");
  expect(standings.get("JFDA")).toBe("better");
  const week = await office.services.figures.read({ actor: room, now, period: "2026-10-04..2026-10-10" });
  expect(week.entities.map(({ compared }) => compared?.standing)).toEqual(week.entities.map(() => "few"));
});

it("marks the month that left the usual range, and no other", async () => {
  const { trend, figures } = await office.services.figures.read({
    actor: room,
    now,
    period: "2026-10",
    figure: "received",
  });
  expect(trend.steps.every(({ signal }) => !signal)).toBe(true);
  const onTime = await office.services.figures.read({ actor: room, now, period: "2026-10" });
  const marked = onTime.trend.steps.filter(({ signal }) => signal).map(({ period }) => period.from);
  expect(marked.length).toBeGreaterThan(0);
  expect(marked.every((from) => from === "2026-08-01" || from === "2026-09-01")).toBe(true);
  // A programme's first month is of fewer days than the others: it is no step.
  expect(trend.steps[0]?.period.from).toBe("2026-01-01");
  expect(figures.find(({ code }) => code === "delayed")?.usual).toBeNull();
});

it("counts by sums what it counts case by case, under one pillar too", async () => {
  const { kpi } = office.services.reports;
  await office.services.handlers["sum-figures"](now);
  for (const code of office.setup.pillars.keys()) {
    const asked = {
      programme,
      from: "2026-10-01",
      to: "2026-11-23",
      at: now,
      by: "entity",
      only: { dimension: "pillar", code },
    } as const;
    const [summed, judged] = [await kpi({ ...asked, newest: true }), await kpi(asked)];
    expect(summed.received).toBeGreaterThan(0);
    expect({ ...summed, at: "" }).toEqual({ ...judged, at: "" });
  }
});

it("is of the reader's own scope, and of no other", async () => {
  const { read } = office.services.figures;
  const focal = office.official("focal_point", "MOH");
  const own = await read({ actor: focal, now, period: "2026-10" });
  expect(own.scopes.map(({ id }) => id)).toEqual(["at:MOH", "own"]);
  expect(own.entities.map(({ place }) => place.code)).toEqual(["MOH"]);
  for (const strange of [{ scope: "all" }, { scope: "at:JFDA" }, { scope: "MOH" }, { programme: "another" }])
    expect(await codeOf(read({ actor: focal, now, ...strange }))).toBe("not-found");
  expect(await codeOf(read({ actor: office.official("contact_centre_agent"), now }))).toBe("not-found");
  // Those above have what is below too: the list of the subtree has exactly these.
  const above = await read({ actor: office.official("minister", "MOH"), now, period: "2026-10" });
  const receivedOf = ({ figures }: typeof above) => figures.find(({ code }) => code === "received")?.now.value;
  const counted = readCounted("received.2026-10-01.2026-11-01") ?? undefined;
  expect(await listed(room, { counted, under: "MOH" })).toBe(receivedOf(above));
  expect(await listed(room, { counted, entity: "MOH" })).toBe(receivedOf(own));
  expect(receivedOf(above)).toBeGreaterThan(receivedOf(own) ?? 0);
  expect(await listed(focal, { counted, under: "JFDA" })).toBe(0);
});

describe("what cannot be shown", () => {
  const asked = (more: object) => codeOf(office.services.figures.read({ actor: room, now, ...more }));

  it.each(["2026-12", "2026-11-10..2026-11-01", "yesterday", "1990-01-01..2026-01-01"])(
    "a period such as %s",
    async (period) => {
      expect(await asked({ period })).toBe("invalid-input");
    },
  );

  it("another figure or step", async () => {
    expect(await asked({ figure: "constructor" })).toBe("invalid-input");
    // It is of now, and has no trend.
    expect(await asked({ figure: "delayed" })).toBe("invalid-input");
    expect(await asked({ unit: "hour" })).toBe("invalid-input");
    for (const split of ["entity", "constructor", "people"]) expect(await asked({ split })).toBe("invalid-input");
  });

  it("a time before the programme has no figures, and is compared with nothing", async () => {
    const view = await office.services.figures.read({ actor: room, now, period: "2025-03" });
    expect([view.before, view.lastYear]).toEqual([null, null]);
    expect(view.figures.find(({ code }) => code === "onTimeResolution")?.now.value).toBeNull();
    expect(view.trend.steps).toEqual([]);
  });
});

describe("as a file", () => {
  const file = (more: object) =>
    office.services.figures.file({
      actor: room,
      now,
      period: "2026-10",
      part: "entities",
      format: "csv",
      language: "en",
      ...more,
    });

  it("has the same figures in either form", async () => {
    const csv = Buffer.from((await file({})).content, "base64").toString("utf8");
    const lines = csv.replace("\ufeff", "").trim().split("\r\n");
    expect(lines[0]).toContain("Answered on time");
    const view = await office.services.figures.read({ actor: room, now, period: "2026-10" });
    expect(lines).toHaveLength(view.entities.length + 1);
    const moh = view.entities.find(({ place }) => place.code === "MOH");
    expect(lines.find((line) => line.startsWith(moh?.place.name.en ?? "?"))).toContain(
      `,${moh?.now.numerator},${moh?.now.denominator},`,
    );
    const book = await file({ format: "xlsx", language: "ar", part: "heat" });
    expect(Buffer.from(book.content, "base64").subarray(0, 2).toString()).toBe("PK");
    expect(book.name).toBe("figures-heat-2026-10.xlsx");
    const services = Buffer.from((await file({ part: "split", split: "service" })).content, "base64").toString("utf8");
    const [head, ...rows] = services.replace("\ufeff", "").trim().split("\r\n");
    expect(head).toMatch(/^Service,Entity,.*"Share of all received, %"$/);
    const { split } = await office.services.figures.read({ actor: room, now, period: "2026-10", split: "service" });
    expect(rows).toHaveLength(split.lines.length);
  });

  it("is for those who may have one", async () => {
    expect(await codeOf(file({ actor: office.official("focal_point", "MOH") }))).toBe("not-found");
    expect((await file({ actor: office.official("steering_committee") })).name).toBe("figures-entities-2026-10.csv");
    for (const wrong of [{ part: "people" }, { format: "pdf" }, { format: "constructor" }])
      expect(await codeOf(file(wrong))).toBe("invalid-input");
  });
});
