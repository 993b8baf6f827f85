import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { nothingCovered } from "../../src/engine/audit/coverage.js";
import { messageStateNames } from "../../src/engine/letters/message-states.js";
import { Problem } from "../../src/engine/text/problems.js";
import { runAsked as run } from "../support/fake-command-line.js";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "diwan-commands-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const names =
  "migrate seed create-admin disable-user enable-user take-seat leave-seat issue-key keys revoke-key import check-config publish export-config diff-config import-config retime migrate-cases cases show explain act applicant kpi rollups digest digest-list mail jobs run-job seal verify-audit";

describe("every command", () => {
  it("stands in the help", async () => {
    const { code, out } = await run(["--help"]);
    expect(code).toBe(0);
    for (const name of names.split(" ")) expect(out).toMatch(new RegExp(`^ {2}${name}\\b`, "m"));
  });
  it.each(names.split(" "))("%s documents itself", async (name) => {
    const { code, out, errors } = await run([name, "--help"]);
    expect([code, errors]).toEqual([0, ""]);
    expect(out).toContain(`Usage: diwan ${name}`);
    expect(out.split("\n").find((line) => /^[A-Z]/.test(line) && !line.startsWith("Usage"))?.length).toBeGreaterThan(
      20,
    );
  });
});

describe("called wrongly: 2, before any database is opened", () => {
  it.each([
    ["kpi without its period", ["kpi"], "--from"],
    ["kpi with a date that never was", ["kpi", "--from", "2017-02-29", "--to", "2017-03-01"], "YYYY-MM-DD"],
    ["kpi backwards", ["kpi", "--from", "2017-03-01", "--to", "2017-03-01"], "the day after the last"],
    ["kpi by nothing known", ["kpi", "--from", "2017-01-01", "--to", "2017-03-01", "--by", "colour"], "entity, pillar"],
    ["kpi at no moment", ["kpi", "--from", "2017-01-01", "--to", "2017-03-01", "--at", "noon"], "2026-11-29"],
    ["run-job at no moment", ["run-job", "seal-audit", "--at", "tomorrow"], "2026-11-29"],
    ["run-job without a name", ["run-job"], "the argument “name” is missing"],
    ["import without a mapping", ["import", "x.csv"], "--mapping"],
    ["publish without a reason", ["publish", "x.json", "--programme", "jordan", "--kind", "rules"], "--reason"],
    [
      "publish of no known kind",
      ["publish", "x", "--programme", "j", "--kind", "law", "--reason", "r"],
      "rules, workflow",
    ],
    ["explain in French", ["explain", "1", "--lang", "fr"], "ar or en"],
    ["act as nobody", ["act", "1", "close"], "--as"],
    ["act with half a field", ["act", "1", "close", "--as", "a@b.jo", "--field", "note"], "name=value"],
    ["cases without limit's number", ["cases", "--as", "a@b.jo", "--limit", "many"], "from 1 to 1000"],
    ["mail in no known state", ["mail", "list", "--state", "lost"], "pending, sent"],
    ["mail of no number", ["mail", "show", "x"], "whole number"],
    ["revoke-key of no number", ["revoke-key", "dk_x"], "whole number"],
    ["keys of no known word", ["keys", "stauts"], "too many arguments"],
    ["take-seat from nowhen", ["take-seat", "--seat", "A", "--user", "a@b.jo", "--from", "soon"], "2026-11-29"],
    ["take-seat without a seat", ["take-seat", "--user", "a@b.jo", "--from", "2026-12-01"], "--seat"],
    ["leave-seat without a day", ["leave-seat", "--seat", "A"], "--at"],
    ["disable-user without an account", ["disable-user"], "the argument “email” is missing"],
    ["a password among the arguments", ["create-admin", "a@b.jo", "Name", "--password", "secret"], "no option"],
    ["digest without a name", ["digest"], "the argument “name” is missing"],
    ["an unknown command", ["verify"], "no command"],
    ["import as nobody", ["import-config", "x"], "--publish"],
    ["import without a reason", ["import-config", "x", "--publish"], "--reason"],
    ["import as somebody at once", ["import-config", "x", "--publish", "--reason", "y", "--as", "a@b.jo"], "--as"],
    ["export to nowhere", ["export-config"], "the argument “folder” is missing"],
  ])("%s", async (_what, argv, words) => {
    const { code, errors, asked } = await run(argv);
    expect(code).toBe(2);
    expect(errors).toContain(words);
    expect(errors).not.toMatch(/^\s+at /m);
    expect(asked).toEqual({});
  });
});

describe("import-config as drafts", () => {
  const argv = ["import-config", "x", "--as", "a@b.jo"];
  const of = (left: object[]) => [{ programme: "jordan", drafted: ["rules/sla"], changeSet: "Import: x", left }];

  it("says where each thing is", async () => {
    const { code, out } = await run(argv, { draftFrom: of([]) });
    expect([code, out]).toEqual([0, "jordan rules/sla: in the change-set “Import: x”"]);
  });

  it("exits with 1 when something could not be drafted, and says why", async () => {
    const left = [{ what: "rules/routing", why: { en: "A draft of this is open already.", ar: "ثمة مسودة." } }];
    const { code, errors } = await run(argv, { draftFrom: of(left) });
    expect(code).toBe(1);
    expect(errors).toContain("jordan rules/routing: A draft of this is open already.");
  });
});

describe("rollups", () => {
  it("says that there is no difference, and as of when in the programme's zone", async () => {
    const check = {
      programme: "jordan",
      asOf: new Date("2026-11-25T09:00:00Z"),
      cases: 2139,
      wrongCases: [],
      wrongSums: 0,
    };
    const { code, out } = await run(["rollups", "--check"], { "rollups.check": [check] });
    expect([code, out]).toEqual([0, "jordan: as of 2026-11-25 12:00, 2,139 cases compared\njordan: no difference"]);
    const wrong = await run(["rollups", "--check"], { "rollups.check": [{ ...check, wrongSums: 1 }] });
    expect([wrong.code, wrong.out.includes("no difference")]).toEqual([1, false]);
  });
});

describe("kpi", () => {
  const at = "2026-11-25T09:00:00.000Z";
  const figures = {
    at,
    received: 5,
    onTimeResolution: { numerator: 3982, denominator: 4723, rate: 3982 / 4723 },
    satisfaction: {
      numerator: 0,
      denominator: 0,
      rate: null,
      responseRate: { numerator: 1, denominator: 4, rate: 0.25 },
    },
    medianResolutionWorkingSeconds: null,
  };
  const period = ["kpi", "--programme", "jordan", "--from", "2017-01-01", "--to", "2018-05-01"];
  it("asks for the programme's days and prints JSON", async () => {
    const { code, out, asked } = await run([...period, "--at", "2026-01-01", "--json"], { kpi: figures });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual(figures);
    const midnight = new Date("2025-12-31T21:00:00Z"); // in Amman
    expect(asked.kpi).toEqual({ programme: "jordan", from: "2017-01-01", to: "2018-05-01", at: midnight });
  });
  it("prints shares with what they are made of, and no data for 0/0", async () => {
    const { out, asked } = await run([...period, "--by", "entity"], { kpi: figures });
    expect(out).toMatch(/^onTimeResolution +84\.3% \(3,982 of 4,723\) +Answered on time$/m);
    expect(out).toMatch(/^satisfaction +no data \(0 of 0\) +Satisfied, by web$/m);
    expect(out).toMatch(
      /^satisfaction\.responseRate +25% \(1 of 4\) +Satisfied, by web · cases rated of those invited$/m,
    );
    expect(out).toMatch(/^medianResolutionWorkingSeconds +no data +\S/m);
    expect(asked.kpi).toMatchObject({ by: "entity", at: new Date("2026-11-25T09:00:00Z") });
  });
  it("tells what the contact centre did in a section of its own, as known now alone", async () => {
    const did = { calls: 42, medianSeconds: 187, p90Seconds: null, due: 12, inTime: 10, ended: 9, reached: 8 };
    const contacts = { ...did, surveysEnded: 4, answered: 3, refused: 1 };
    const { out } = await run(period, { kpi: { at, received: 7 }, contacts });
    expect(out).toMatch(/^contactCentre\.calls +42 +Calls$/m);
    expect(out).toMatch(/^contactCentre\.secondsMedian +187 seconds +Usual length of a call$/m);
    expect(out).toMatch(/^contactCentre\.secondsP90 +no data +Nine of ten calls took less than$/m);
    expect(out).toMatch(/^contactCentre\.callBacksInTime +83\.3% \(10 of 12\) +Calls made in time$/m);
    expect(out).toMatch(/^contactCentre\.surveysAnswered +75% \(3 of 4\) +Survey calls answered$/m);
    const json = JSON.parse((await run([...period, "--json"], { kpi: { at, received: 7 }, contacts })).out);
    expect(json.contactCentre).toMatchObject({ calls: 42, callBacksInTime: { numerator: 10, denominator: 12 } });
    const then = await run([...period, "--at", "2026-01-01"], { kpi: { at, received: 7 }, contacts });
    expect(then.out).not.toContain("contactCentre");
  });
  it("keeps a long name apart from its value, and all values in one column", async () => {
    const long = `${"a".repeat(60)}`;
    const { out } = await run([...period], { kpi: { at, [long]: 5, received: 7, confidentialCases: null } });
    const [asOf, head, ...rows] = out.split("\n");
    expect(asOf).toMatch(/^As known now, as of 2026-11-25 12:00/);
    expect([head, ...rows.slice(0, 2)]).toEqual([
      `${"figure".padEnd(60)}  value          name`,
      `${long}  5`,
      `${"received".padEnd(60)}  7              Received`,
    ]);
  });
  it("says how many confidential cases are in no figure, from ten on", async () => {
    const last = async (confidentialCases: number | null) =>
      (await run([...period], { kpi: { at, received: 7, confidentialCases } })).out.split("\n").at(-1);
    expect(await last(null)).toMatch(/^confidentialCases +fewer than 10 +in no figure$/);
    expect(await last(30)).toMatch(/^confidentialCases +at least 30 +in no figure$/);
  });
  it("says for whom there is no target, and takes no role that reads no figures", async () => {
    const { out } = await run([...period, "--audience", "minister"], { kpi: { at, received: 7 } });
    expect(out).toContain("No target is set for: Minister.");
    const wrong = await run([...period, "--audience", "contact_centre_agent"], { kpi: { at, received: 7 } });
    expect([wrong.code, wrong.errors.includes("minister")]).toEqual([2, true]);
  });
  it("names groups by their code", async () => {
    const groups = [
      { code: "MOH", received: 3 },
      { code: "", received: 2 },
    ];
    const { out } = await run([...period, "--by", "entity"], { kpi: { at, received: 5, by: "entity", groups } });
    expect(out).toMatch(/^MOH\.received +3 +Received$/m);
    expect(out).toMatch(/^\(none\)\.received +2 +Received$/m);
  });
  it("names every line, and says lengths and moments as people read them, in both languages", async () => {
    const at = "2026-11-25T09:00:00.000Z";
    const whole = {
      ...{ programme: "jordan", from: "2026-11-01", to: "2026-12-01", at },
      firstResponse: {
        numerator: 3,
        denominator: 4,
        rate: 0.75,
        medianWorkingSeconds: 12_000,
        p90WorkingSeconds: 120_000,
      },
      delayedByWorkingDays: { "0": 1, "1-2": 2, "11+": 1234 },
      satisfactionByScale: { speed: { n: 4, mean: 3.25 } },
      escalated: { "2": { numerator: 1, denominator: 9, rate: 1 / 9 } },
      backlog: { open: 7, medianWorkingSeconds: null, p90WorkingSeconds: 90_000 },
      casesPerFocalPoint: { open: 7, focalPoints: 2, each: 3.5 },
      confidentialCases: null,
    };
    for (const language of ["en", "ar"]) {
      const { out } = await run([...period, "--lang", language], { kpi: whole });
      const [, ...lines] = out.split("\n").filter((line) => line.trim() !== "");
      expect(lines.filter((line) => line.split(/ {2,}/).length < 3)).toEqual([]);
      expect(out).not.toContain("12000");
      expect(out).toContain("2026-11-25 12:00");
    }
    const { out } = await run(period, { kpi: whole });
    expect(out).toMatch(
      /^firstResponse\.medianWorkingSeconds +3 working hours 20 minutes +First reply on time · median$/m,
    );
    expect(out).toMatch(/^delayedByWorkingDays\.11\+ +1,234 +Overdue, by working days · working days: 11\+$/m);
    expect(out).toMatch(/^escalated\.2 +11\.1% \(1 of 9\) +Escalated · level 2$/m);
  });
  it("takes the only programme there is", async () => {
    const { asked } = await run(["kpi", "--from", "2017-01-01", "--to", "2018-01-01"], { kpi: figures });
    expect(asked.kpi).toMatchObject({ programme: "jordan" });
  });
});

describe("import", () => {
  it("ends with a line a type of targets reproduced", async () => {
    const summary = {
      read: 7762,
      imported: 7760,
      already: 0,
      refused: 2,
      warnings: 2,
      report: "bad.csv",
      targets: [{ type: "Pick up Dead Animal", reproduced: 3650, total: 3657 }],
    };
    const argv = ["import", "b.csv", "--mapping", "m.json", "--compare-targets"];
    const { code, out, asked } = await run(argv, { import: summary });
    expect(code).toBe(0);
    expect(out.split("\n").at(-1)).toBe("targets reproduced: Pick up Dead Animal 3,650 of 3,657");
    expect(asked.import).toMatchObject({ file: "b.csv", mapping: "m.json", compareTargets: true, report: null });
  });

  it("hands an encoding on, and ends with 1 when no row came in", async () => {
    const summary = { read: 3, imported: 0, already: 0, refused: 3, warnings: 0, report: "bad.csv", targets: [] };
    const argv = ["import", "b.csv", "--mapping", "m.json"];
    const named = await run([...argv, "--encoding", "windows-1256"], { import: summary });
    expect(named.asked.import).toMatchObject({ encoding: "windows-1256" });
    expect(named).toMatchObject({ code: 1, errors: "None of the rows came in: the report says why." });
    expect(named.out).toContain("report: bad.csv");
    const ends = async (change: object) => (await run(argv, { import: { ...summary, ...change } })).code;
    expect([
      await ends({ imported: 1, refused: 2 }),
      await ends({ already: 1, refused: 2 }),
      await ends({ read: 0, refused: 0 }),
    ]).toEqual([0, 0, 0]);
    expect((await run(argv, { import: summary })).asked.import).toMatchObject({ encoding: null });
  });
});

describe("verify-audit", () => {
  const whole = {
    ok: true,
    firstFault: null,
    faults: [],
    checked: { seals: 2, chains: 9, events: 40 },
    covered: { ...nothingCovered(), cases: { checked: 6, uncovered: 1 } },
    lastSeal: { number: 2, sealedAt: new Date("2026-11-24T21:10:00Z") },
    unsealed: { events: 3, chains: 2, since: new Date("2026-11-25T05:00:00Z") },
    notes: [],
    warning: null,
  };
  const fault = { chain: "case/12", seq: 3, what: "altered" as const, reference: "482-739-1652" };
  it("ends with 0 when the record is whole, and says what is younger than the last seal", async () => {
    const { code, out, asked } = await run(["verify-audit", "--seal", `2:${"A".repeat(64)}`], { verify: whole });
    expect(code).toBe(0);
    expect(out).toContain("Newer than the last seal (Tuesday 24 November 2026, 21:10:00 (UTC)): 3 events of 2 chains");
    expect(asked.verify).toEqual({ seals: [{ number: 2, mac: "a".repeat(64) }] });
  });
  it("says what was held against the record, what was not, and what it does not prove", async () => {
    const { out } = await run(["verify-audit"], { verify: whole });
    expect(out).toContain("Compared with the events: cases with their time limits: 6.");
    expect(out).toContain("Not covered, because an earlier release recorded less: cases with their time limits: 1.");
    expect(out).toMatch(
      /This does not prove:\n- That what was recorded was true.*\n- That the owner of the database did not change names/,
    );
  });
  it("says it in Arabic where that is asked for", async () => {
    const { out } = await run(["verify-audit", "--lang", "ar"], { verify: whole });
    expect(out).toContain("لم يُعثر على أي تعديل.");
    expect(out).toContain("3 أحداث في سلسلتين");
    expect(out).not.toMatch(/[A-Za-z]{4,}/);
  });
  it("ends with 1 when it is not, and names the first fault", async () => {
    const answer = { ...whole, ok: false, firstFault: fault, faults: [fault] };
    const { code, errors } = await run(["verify-audit"], { verify: answer });
    expect(code).toBe(1);
    expect(errors).toBe("Event 3 of case/12 (482-739-1652) was altered.");
    expect((await run(["verify-audit", "--json"], { verify: answer })).code).toBe(1);
  });
  it("warns loudly of what no seal covers: 0, and 1 for who brings a seal to prove it by", async () => {
    const warning = { en: "WARNING: 7 events are older than two days.", ar: "تحذير" };
    const notes = [{ seal: 2, sealedAt: new Date("2026-11-24T21:10:00Z"), what: "earlier" }];
    const answer = { ...whole, notes, warning };
    const alone = await run(["verify-audit"], { verify: answer });
    expect([alone.code, alone.errors]).toEqual([0, warning.en]);
    expect(alone.out).toContain("Note: the time of seal 2 (Tuesday 24 November 2026, 21:10:00 (UTC)) is earlier");
    const json = await run(["verify-audit", "--json"], { verify: answer });
    expect([json.code, json.errors, JSON.parse(json.out).warning]).toEqual([0, warning.en, warning]);
    expect((await run(["verify-audit", "--seal", `2:${"a".repeat(64)}`], { verify: answer })).code).toBe(1);
  });
  it("takes no seal that cannot be one", async () => {
    expect((await run(["verify-audit", "--seal", "2:abc"])).code).toBe(2);
  });
  it("seal prints what the auditor keeps", async () => {
    const seal = { number: 3, mac: "f".repeat(64), chains: 1, events: 5, made: true };
    expect((await run(["seal"], { seal })).out).toBe(`3:${"f".repeat(64)}\nsealed 5 events of 1 chain`);
    expect((await run(["seal"], { seal: { ...seal, made: false } })).out).toContain("there already");
  });
});

describe("publish", () => {
  const flags = ["--programme", "jordan", "--kind", "rules", "--reason", "Circular 7"];
  it("publishes what the file holds under the name that it gives itself", async () => {
    const file = join(folder, "sla.json");
    await writeFile(file, JSON.stringify({ set: "sla", rules: [] }));
    const { code, out, asked } = await run(["publish", file, ...flags], { publish: { version: 2, warnings: [] } });
    expect([code, out]).toEqual([0, "jordan rules sla: version 2 is published."]);
    expect(asked.publish).toMatchObject({ name: "sla", reason: "Circular 7", definition: { set: "sla", rules: [] } });
  });
  it("prints each fault of a refused definition", async () => {
    const file = join(folder, "bad.json");
    await writeFile(file, JSON.stringify({ set: "sla", rules: [] }));
    const reason = { en: "rule sla-high: must be a number", ar: "يجب أن تكون رقمًا" };
    const problem = new Problem("invalid-configuration", { en: "1 fault.", ar: "خطأ واحد." }, [
      { field: "sla#/rules/0", reason },
    ]);
    const { code, errors } = await run(["publish", file, ...flags], { publish: problem });
    expect(code).toBe(1);
    expect(errors).toContain("  sla#/rules/0: rule sla-high: must be a number");
  });
  it.each([
    ["half a JSON", '{"set":'],
    ["a list", "[]"],
  ])("refuses a file with %s and names it", async (_what, text) => {
    const file = join(folder, "half.json");
    await writeFile(file, text);
    const { code, errors, asked } = await run(["publish", file, ...flags]);
    expect([code, asked]).toEqual([1, {}]);
    expect(errors).toContain(file);
  });
  it("refuses a file that is not there", async () => {
    const { code, errors } = await run(["publish", join(folder, "none.json"), ...flags]);
    expect(code).toBe(1);
    expect(errors).toContain("none.json");
  });
});

describe("the others", () => {
  it("digest writes the page to look at, in the programme's zone and language", async () => {
    const file = join(folder, "digest.html");
    const digest = { subject: "S", html: "<html>", text: "T" };
    const argv = ["digest", "committee", "--at", "2026-11-22T08:00", "--preview", file];
    const { code, asked } = await run(argv, { "digests.preview": digest });
    expect(code).toBe(0);
    expect(await readFile(file, "utf8")).toBe("<html>");
    const at = new Date("2026-11-22T05:00:00Z");
    expect(asked["digests.preview"]).toEqual({
      name: "committee",
      programme: "jordan",
      at,
      now: new Date("2026-11-25T09:00:00Z"),
      language: "ar",
      entity: null,
    });
  });
  it("digest-list says when each goes out, and the emails of one", async () => {
    const digest = { code: "committee", audience: ["steering_committee"] };
    const at = new Date("2026-11-29T05:00:00Z");
    const last = { dueAt: at, ranAt: at, queued: 10, overdue: null };
    const listed = await run(["digest-list"], { "digests.list": [{ digest, next: at, last, receivers: 10 }] });
    expect(listed.out).toMatch(/committee +Steering committee +2026-11-29 08:00 +2026-11-29 08:00 +10/);
    const sent = await run(["digest-list", "--sent", "committee"], {
      digestsSent: [{ id: 7, digest: "committee", receiver: "Huda", createdAt: at, sentAt: at, state: "sent" }],
    });
    expect(sent.out).toMatch(/7 +2026-11-29 08:00 +Huda +Sent/);
    expect(sent.asked.digestsSent).toEqual({ programme: "jordan", digest: "committee", receiver: null, limit: 50 });
  });
  it("run-job hands the moment on and prints what happened", async () => {
    const { out, asked } = await run(["run-job", "enforce-deadlines", "--at", "2026-11-29T08:00:00Z"], {
      "jobs.run": { cases: 4 },
    });
    expect(out).toBe('enforce-deadlines: {"cases":4}');
    expect(asked["jobs.run"]).toEqual(["enforce-deadlines", new Date("2026-11-29T08:00:00Z")]);
  });
  it("run-job takes no moment of the future on a database that was given, and for the seal nowhere", async () => {
    const future = ["--at", "2099-01-01T00:00:00Z"];
    const given = await run(["run-job", "enforce-deadlines", ...future], { "jobs.run": {}, embedded: false });
    expect([given.code, given.asked]).toEqual([2, {}]);
    expect(given.errors).toMatch(/2099-01-01T00:00:00.000Z lies in the future.*DATABASE_URL/);
    for (const embedded of [true, false]) {
      const seal = await run(["run-job", "seal-audit", ...future], { "jobs.run": {}, embedded });
      expect([seal.code, seal.asked]).toEqual([2, {}]);
      expect(seal.errors).toContain("lies in the future");
    }
    const past = ["--at", "2026-11-24T00:00:00Z"];
    expect((await run(["run-job", "seal-audit", ...past], { "jobs.run": {}, embedded: false })).code).toBe(0);
    expect((await run(["run-job", "enforce-deadlines"], { "jobs.run": {}, embedded: false })).code).toBe(0);
  });
  it("migrate says what ran, or that nothing was to do", async () => {
    expect((await run(["migrate"], { migrate: ["2026-12-04-set-up"] })).out).toBe("migrated: 2026-12-04-set-up");
    expect((await run(["migrate"], { migrate: [] })).out).toContain("up to date");
  });
  it("seed migrates first and puts in the programmes that were named", async () => {
    const seeded = {
      programme: "jordan",
      inserted: { sectors: 20, entities: 106 },
      people: { users: 5, seats: 4 },
      published: ["rules/sla"],
      drafted: ["workflow/complaint"],
    };
    const { out, asked } = await run(["seed", "--programme", "jordan"], { migrate: ["m"], seed: [seeded] });
    expect(out.split("\n").slice(0, 2)).toEqual(["migrated: m", "jordan: rows 126, users 5, positions 4, published 1"]);
    expect(out).toContain("workflow/complaint differs");
    expect(asked.seed).toMatchObject({ programmes: ["jordan"] });
  });
  it("mail show prints the text, mail list no data of messages", async () => {
    const message = {
      id: 1,
      state: "kept",
      lastError: null,
      template: "t",
      createdAt: new Date(0),
      receiverName: null,
      reference: "R",
      data: { secret: 1 },
      subject: "S",
    };
    const shown = await run(["mail", "show", "1"], {
      "mail.show": { message, rendered: { subject: "S", text: "Text", html: "" } },
    });
    expect(shown.out).toBe(`${messageStateNames.kept.en}\nS\n\nText`);
    const listed = await run(["mail", "--json"], { "mail.list": [message] });
    expect(JSON.parse(listed.out)[0]).toMatchObject({ id: 1, subject: "S" });
    expect(listed.out).not.toContain("secret");
    expect((await run(["mail", "list"], { "mail.list": [message] })).out).toContain("applicant of R");
  });
  it("create-admin refuses a password file that is not there", async () => {
    const { code, errors } = await run(["create-admin", "a@b.jo", "Name", "--password-file", join(folder, "none")]);
    expect(code).toBe(1);
    expect(errors).toContain("--password-file");
  });
  it("check-config names the fault of a folder without programmes", async () => {
    const { code, errors, out } = await run(["check-config", folder]);
    expect(code).toBe(1);
    expect(errors).toContain("seeds/");
    expect(out).toBe("checked 0 files: 1 error, 0 warnings");
  });
  it("check-config checks drafts in the database, and not both", async () => {
    const drafts = { checked: ["jordan: draft 2 of rules sla"], faults: [] };
    expect((await run(["check-config", "--drafts"], { drafts })).out).toBe("checked 1 draft: 0 errors, 0 warnings");
    expect((await run(["check-config", folder, "--drafts"], { drafts })).code).toBe(2);
  });
});

describe("migrate-cases", () => {
  const preview = {
    target: { versionId: 7, version: 2, states: [] },
    rows: [
      { state: "assigned", name: { en: "", ar: "" }, kind: "open", version: 1, cases: 3, proposed: null, to: "new" },
    ],
    cases: 3,
    faults: [],
    effects: { looked: 3, pauses: 0, resumes: 1, sooner: 1, later: 0, never: 0, atOnce: 0, drafts: 0 },
  };
  const line = ["migrate-cases", "--programme", "jordan", "--workflow", "complaint", "--map", "assigned=new"];
  it("looks first, and moves with the map and the reason", async () => {
    const dry = await run([...line, "--reason", "version 2", "--dry-run"], { "workflows.preview": preview });
    expect(dry.code).toBe(0);
    expect(dry.out).toContain("assigned (version 1): 3 → new");
    const moved = { state: "done", version: 2, total: 3, moved: 3, stayed: 0 };
    const done = await run([...line, "--reason", "version 2"], {
      "workflows.preview": preview,
      "workflows.migrate": moved,
    });
    expect(done.asked["workflows.migrate"]).toMatchObject({
      name: "complaint",
      map: { assigned: "new" },
      versionId: 7,
      reason: "version 2",
    });
    expect(done.out).toContain("Cases moved to version 2: 3 of 3; stayed: 0 (done).");
    expect((await run([...line, "--map", "assigned", "--reason", "x"])).code).toBe(2);
  });
  it("moves cases that are in no number as well, and says where there are none at all", async () => {
    const secret = { ...preview, rows: preview.rows.map((row) => ({ ...row, cases: 0 })), cases: 0 };
    const moved = { state: "done", version: 2, total: 0, moved: 0, stayed: 0 };
    const done = await run([...line, "--reason", "x"], { "workflows.preview": secret, "workflows.migrate": moved });
    expect(done.asked["workflows.migrate"]).toMatchObject({ versionId: 7 });
    const none = await run([...line, "--reason", "x"], { "workflows.preview": { ...preview, rows: [], cases: 0 } });
    expect([none.code, none.asked["workflows.migrate"]]).toEqual([0, undefined]);
    expect(none.out).toContain("No open case follows another version.");
  });
});

describe("retime and applicant", () => {
  it("passes on what was said and by whom", async () => {
    const answers = { recalculateDueDates: { cases: 12, moved: 5, earlier: 0, later: 5, letters: 3 } };
    const line = ["retime", "--programme", "jordan", "--by", "calendar", "--reason", "circular 12", "--dry-run"];
    const { code, out, asked } = await run(line, answers);
    expect([code, out.split("\n")]).toEqual([
      0,
      [
        "Unfinished cases: 12; would move: 5 (earlier: 0, later: 5).",
        "Letters that would leave because of it, as soon as it is done: 3.",
        "Confidential cases are not counted; their deadlines move too.",
      ],
    ]);
    expect(asked.recalculateDueDates).toMatchObject({
      programme: "jordan",
      by: "calendar",
      reason: "circular 12",
      dryRun: true,
    });
    expect((await run(["retime", "--programme", "jordan", "--by", "moon", "--reason", "x"])).code).toBe(2);
    expect((await run(["retime", "--programme", "jordan", "--by", "rules"])).code).toBe(2);
  });
});

describe("publish --revision", () => {
  const line = (...more: string[]) => [
    "publish",
    "--programme",
    "jordan",
    "--kind",
    "rules",
    "--reason",
    "back",
    ...more,
  ];
  it("publishes a version that is there, and needs either a file or its number", async () => {
    const answers = { publish: { version: 4, warnings: [] } };
    const { code, asked } = await run(line("--name", "sla", "--revision", "2"), answers);
    expect(code).toBe(0);
    expect(asked.publish).toMatchObject({ name: "sla", version: 2 });
    expect((await run(line("--revision", "2"), answers)).code).toBe(2);
    expect((await run(line(), answers)).code).toBe(2);
  });
});
