/** Figures over the API: for keys that were issued to read them, the same as the page and the command line have, and none of few cases. */
import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import supertest from "supertest";
import type { KeyPurpose } from "../../src/engine/access/key-purposes.js";
import { isFew } from "../../src/engine/measures/small-cells.js";
import { createApi } from "../../src/features/intake/create-api.js";
import { createHttp } from "../../src/platform/http/create-http.js";
import { runCommand } from "../support/command-line.js";
import { manyOutcomes } from "../support/many-outcomes.js";
import {
  complaint,
  openWorkingOffice,
  problemOf,
  programme,
  sundayNine,
  type WorkingOffice,
} from "../support/working-office.js";

const now = sundayNine;
const period = { from: "2026-10-01", to: "2026-11-01" };
let office: WorkingOffice;
let server: Server;
const keys: Record<KeyPurpose, string> = { applications: "", figures: "" };
beforeAll(async () => {
  office = await openWorkingOffice();
  await manyOutcomes(office, { entities: ["JFDA", "MOH", "MWI", "MOI"], late: "MOH", now });
  const by = office.official("operation_room");
  for (const purpose of ["applications", "figures"] as const)
    keys[purpose] = (
      await office.services.keys.issue({ programme, channel: "web", label: purpose, purpose, by, now })
    ).key;
  await office.services.handlers["sum-figures"](now);
  server = createServer(createHttp(office.services, { limits: false, doors: [createApi(office.services)] }));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
}, 180_000);
afterAll(async () => {
  await new Promise((done) => server.close(done));
  await office.close();
});

const ask = (query: Record<string, string | string[]>, key = keys.figures) =>
  supertest(server).get("/api/v1/kpi").query(query).set("authorization", `Bearer ${key}`);
const answer = async (query: Record<string, string>) => {
  const { status, body } = await ask({ ...period, ...query });
  expect([status, body.errors]).toEqual([200, undefined]);
  return body;
};
const faultsOf = async (query: Record<string, string | string[]>) => {
  const { status, body } = await ask({ ...period, ...query });
  return [status, ...(body.errors ?? []).map(({ field }: { field: string }) => field)];
};
const counted = (more: object = {}) =>
  office.services.reports.kpi({ programme, ...period, at: now, newest: true, ...more });

describe("a key", () => {
  it("opens figures only where it was issued for them, and nothing else then", async () => {
    expect((await supertest(server).get("/api/v1/kpi").query(period)).status).toBe(401);
    expect((await ask(period, `dk_${"x".repeat(43)}`)).status).toBe(401);
    expect((await ask(period, keys.applications)).status).toBe(403);
    const send = supertest(server).post("/api/v1/applications").set("authorization", `Bearer ${keys.figures}`);
    expect((await send.send(complaint)).status).toBe(403);
    const file = supertest(server)
      .post("/api/v1/attachments?name=a.txt")
      .set("authorization", `Bearer ${keys.figures}`);
    expect((await file.set("content-type", "application/octet-stream").send(Buffer.from("a"))).status).toBe(403);
    expect((await supertest(server).post("/api/v1/kpi")).status).toBe(405);
    // The programme is the key's.
    expect(await faultsOf({ programme: "boston311" })).toEqual([422, "/programme"]);
  });

  it("is issued by who reads all figures, and revoked at once", async () => {
    const issue = (role: "auditor" | "minister", place: string | null) =>
      problemOf(
        office.services.keys.issue({
          ...{ programme, channel: "web", label: "x", purpose: "figures", now },
          by: office.official(role, place),
        }),
      );
    expect((await issue("auditor", null)).code).toBe("forbidden");
    expect((await issue("minister", "MOH")).code).toBe("forbidden");
    const by = office.official("operation_room");
    const { id, key } = await office.services.keys.issue({
      ...{ programme, channel: "web", label: "x", purpose: "figures", by, now },
    });
    expect((await ask(period, key)).status).toBe(200);
    await office.services.keys.revoke({ id, by, now });
    expect((await ask(period, key)).status).toBe(401);
  });
});

describe("figures", () => {
  it("are those of the service and of the command line", async () => {
    const { programme: of, from, to, at, confidentialCases, ...figures } = await counted();
    expect(figures.received).toBeGreaterThan(50);
    // Five cases are late for so long: that is few, of a key too.
    expect(figures.delayedByWorkingDays["3-5"]).toBe(5);
    const shared = { ...figures, delayedByWorkingDays: { withheld: "few" } };
    const about = { programme: of, from, to, asOf: at, knownOn: null, only: null, entity: null };
    expect(await answer({})).toEqual({ ...about, figures: shared, confidentialCases });
    const told = await runCommand(office.services, ["kpi", "--from", from, "--to", to, "--json"], "");
    expect(JSON.parse(told.out)).toMatchObject({ ...figures, at });
    const { out } = await runCommand(office.services, ["kpi", "--from", from, "--to", to], "");
    expect(out).toMatch(/^As known now, as of 2026-11-22 09:00/m);
  });

  it("by group are those of the service, where they are of ten cases at least", async () => {
    for (const by of ["entity", "pillar", "governorate"] as const) {
      const { groups } = await counted({ by });
      const body = await answer({ by });
      expect(body.groups.map(({ code }: { code: string }) => code)).toEqual(groups?.map(({ code }) => code));
      for (const [i, { figures, name }] of body.groups.entries()) {
        expect(name.ar).not.toBe("");
        const { received } = groups?.[i] ?? { received: 0 };
        if (by !== "entity" && isFew(received)) expect(figures.received).toHaveProperty("withheld");
        else if (typeof figures.received === "number") expect(figures.received).toBe(received);
      }
    }
    const { groups } = await answer({ by: "entity" });
    expect(
      groups.filter(({ figures }: { figures: { received: unknown } }) => typeof figures.received === "number").length,
    ).toBeGreaterThanOrEqual(4);
  });

  it("of one property or entity are those of the service too, and tell no cell by what is beside it", async () => {
    const [pillar] = office.setup.pillars.keys();
    const code = pillar ?? "";
    const ofPillar = await counted({ only: { dimension: "pillar", code }, by: "entity" });
    const table = await answer({ only: `pillar:${code}`, by: "entity" });
    expect(table.figures.received).toBe(ofPillar.received);
    const hidden = table.groups.filter(
      ({ figures }: { figures: { received: unknown } }) => typeof figures.received !== "number",
    );
    for (const { code: entity, figures } of table.groups) {
      const received = ofPillar.groups?.find((group) => group.code === entity)?.received ?? 0;
      if (typeof figures.received === "number") expect([entity, figures.received]).toEqual([entity, received]);
      if (isFew(received)) expect(typeof figures.received).toBe("object");
      const cell = await answer({ only: `pillar:${code}`, entity });
      expect([entity, cell.figures]).toEqual([entity, figures]);
      const row = await answer({ entity, by: "pillar" });
      expect(row.groups.find((group: { code: string }) => group.code === code)?.figures ?? figures).toEqual(figures);
    }
    expect(hidden.length).not.toBe(1);
    const moh = await answer({ entity: "MOH" });
    expect(moh.entity).toMatchObject({ code: "MOH", including: [] });
    const own = (await counted({ by: "entity" })).groups?.find((group) => group.code === "MOH");
    expect(moh.figures.onTimeResolution).toEqual(own?.onTimeResolution);
  });

  it("of few cases are not told, but for what an entity or all received, answered, have open and overdue", async () => {
    const asked = { from: "2026-10-05", to: "2026-10-06" };
    const [day, byPillar] = [await answer({ ...asked, by: "entity" }), await answer({ ...asked, by: "pillar" })];
    const judge = await counted({ ...asked, by: "entity" });
    expect(day.figures).toMatchObject({ received: judge.received, misrouted: { withheld: "few" } });
    const few: unknown[] = [];
    for (const { code, figures } of day.groups) {
      const group = judge.groups?.find((one) => one.code === code);
      const { received, resolved, delayed, backlog } = figures;
      expect([code, received, resolved, delayed, backlog.open]).toEqual([
        ...[code, group?.received, group?.resolved, group?.delayed, group?.backlog.open],
      ]);
      // How long they have been open is told of no few.
      if (isFew(backlog.open)) few.push(backlog.medianWorkingSeconds, backlog.p90WorkingSeconds);
      expect((await answer({ ...asked, entity: code })).figures).toEqual(figures);
    }
    expect(few.length).toBeGreaterThan(0);
    expect(new Set(few)).toEqual(new Set([null]));
    expect(byPillar.groups.map(({ figures }: { figures: { received: unknown } }) => figures.received)).not.toEqual(
      expect.arrayContaining([expect.any(Number)]),
    );
  });

  it("have no confidential case", async () => {
    const [before] = await office.rows("select count(*)::integer as n from cases where confidential");
    const secret = "received_at >= '2026-06-01' and received_at < '2026-06-20' and id > 1000000";
    const june = { from: "2026-06-01", to: "2026-07-01" };
    const all = await answer(june);
    const [{ n = 0 } = {}] = await office.rows(`select count(*)::integer as n from cases where ${secret}`);
    await office.asOwner(`update cases set confidential = true where ${secret}`);
    await office.services.reports.rollups.rebuild({ now });
    const later = await supertest(server)
      .get("/api/v1/kpi")
      .query({ ...june, by: "type" })
      .set("authorization", `Bearer ${keys.figures}`);
    expect([before?.n, Number(n) > 10]).toEqual([0, true]);
    expect(later.body.figures.received).toBe(all.figures.received - Number(n));
    expect(later.body.confidentialCases).toBe(Math.floor(Number(n) / 10) * 10);
    await office.asOwner(`update cases set confidential = false where ${secret}`);
    await office.services.reports.rollups.rebuild({ now });
  });

  it("as known on a day are those of its end", async () => {
    const then = await counted({ at: new Date("2026-10-31T21:00:00Z"), newest: false });
    const body = await answer({ knownOn: "2026-10-31" });
    expect(body).toMatchObject({ knownOn: "2026-10-31", asOf: "2026-10-31T21:00:00.000Z" });
    expect(body.figures.onTimeAmongResolved).toEqual(then.onTimeAmongResolved);
    expect(body.figures.onTimeAmongResolved).not.toEqual((await answer({})).figures.onTimeAmongResolved);
    const { out } = await runCommand(
      office.services,
      ["kpi", "--from", period.from, "--to", period.to, "--known-on", "2026-10-31"],
      "",
    );
    expect(out).toMatch(/^As known on 2026-10-31/m);
    expect(out).toContain(`(${then.onTimeAmongResolved.numerator} of ${then.onTimeAmongResolved.denominator})`);
  });
});

it.each([
  [{ from: "yesterday" }, "/from"],
  [{ to: "2026-02-30" }, "/to"],
  [{ to: "2026-09-01" }, "/to"],
  [{ from: "2027-01-01", to: "2027-02-01" }, "/from"],
  [{ by: "constructor" }, "/by"],
  [{ by: "type", only: "pillar:TIME" }, "/by"],
  [{ only: "entity:MOH" }, "/only"],
  [{ only: "pillar:moon" }, "/only"],
  [{ only: "pillar" }, "/only"],
  [{ entity: "MOON" }, "/entity"],
  [{ knownOn: "2026-11-22" }, "/knownOn"],
  [{ knownOn: "2026-09-30" }, "/knownOn"],
  [{ knownOn: "soon" }, "/knownOn"],
  [{ confidential: "true" }, "/confidential"],
  [{ by: ["entity", "type"] }, "/by"],
])("%j is refused with where it is wrong", async (query, field) => {
  expect(await faultsOf(query as unknown as Record<string, string>)).toEqual([422, field]);
});

describe("an entity that ended", () => {
  beforeAll(async () => {
    await office.asOwner(
      "update entities set retired_at = $1 where programme = $2 and code = 'MOI'",
      new Date("2026-11-15T06:00:00Z"),
      programme,
    );
    await office.asOwner(
      `insert into case_moves (id, programme, entity, to_entity, others, created_at, total, finished_at)
        values (gen_random_uuid(), $1, 'MOI', 'MWI', '{}', $2, 0, $2)`,
      programme,
      new Date("2026-11-15T06:00:00Z"),
    );
  });

  it("is answered with its successor, whose figures include its own", async () => {
    // Of a month that nobody asked about within the last minute.
    const month = { from: "2026-09-01", to: "2026-10-01" };
    const judge = await counted({ ...month, by: "entity", newest: false });
    expect(judge.groups?.map(({ code }) => code)).not.toContain("MOI");
    expect(judge.groups?.find(({ code }) => code === "MWI")?.including).toEqual(["MOI"]);
    expect({ ...(await counted({ ...month, by: "entity" })), at: "" }).toEqual({ ...judge, at: "" });
    const body = await answer({ ...month, entity: "MOI", by: "channel" });
    expect(body.entity).toMatchObject({ code: "MWI", including: ["MOI"] });
    const [{ n = 0 } = {}] = await office.rows(
      `select count(*)::integer as n from cases where entity in ('MOI', 'MWI') and received_at >= '2026-08-31T21:00Z' and received_at < '2026-09-30T21:00Z'`,
    );
    expect(body.figures.received).toBe(Number(n));
  });

  it("had its own figures while it was there, as known then", async () => {
    const { groups } = await answer({ by: "entity", knownOn: "2026-11-05" });
    expect(groups.map(({ code }: { code: string }) => code)).toContain("MOI");
  });
});
