/** The commands over a real database with the shipped set-up: what an administrator does on the first day. */

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { pino } from "pino";
import request from "supertest";
import { compose } from "../../src/app/compose.js";
import { jobDefinitions } from "../../src/engine/jobs/job-definitions.js";
import { createApi } from "../../src/features/intake/create-api.js";
import { createHttp } from "../../src/platform/http/create-http.js";
import { addMissingJobs } from "../../src/platform/jobs/job-store.js";
import type { Services } from "../../src/platform/services.js";
import { runCommand } from "../support/command-line.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";

let database: TestDatabase;
let services: Services;
let folder = "";
let now = new Date("2026-11-25T09:00:00Z"); // Wednesday noon in Amman
let reference = "";
let code = "";
const password = "a long enough password";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "diwan-cli-"));
  database = await createTestDatabase();
  const { db } = database;
  await addMissingJobs(db, jobDefinitions);
  services = compose({
    db,
    log: pino({ level: "silent" }),
    now: () => now,
    smtpUrl: null,
    publicUrl: "https://diwan.example.jo",
    sealKey: "k".repeat(32),
    sessionSecret: "s".repeat(32),
  });
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const diwan = (...argv: string[]) => runCommand(services, argv, password);
const app = () => createHttp(services, { limits: false, doors: [createApi(services)] });

describe("the first day", () => {
  it("seeds what is shipped, and nothing the second time", async () => {
    const first = await diwan("seed");
    expect(first).toMatchObject({ status: 0, errors: "" });
    expect(first.out).toMatch(/^jordan: rows [\d,]{3,}, users \d+/m);
    expect((await diwan("seed")).out).toMatch(/^jordan: rows 0, users 0, positions 0, published 0$/m);
  });
  it("creates an administrator, once, and refuses a weak password with the field", async () => {
    expect(await diwan("create-admin", "rania@example.jo", "Rania", "--programme", "jordan")).toMatchObject({
      status: 0,
      out: "rania@example.jo administers jordan.",
    });
    const again = await diwan("create-admin", "rania@example.jo", "Rania", "--programme", "jordan");
    expect(again.status).toBe(1);
    expect(again.errors).toContain("rania@example.jo");
    const file = join(folder, "weak");
    await writeFile(file, "short\n");
    const argv = ["create-admin", "b@example.jo", "B", "--programme", "jordan", "--password-file", file];
    const weak = await diwan(...argv);
    expect(weak.status).toBe(1);
    expect(weak.errors).toContain("/password");
    expect(weak.errors).not.toContain("short\n");
    expect((await diwan("create-admin", "c@example.jo", "C")).status).toBe(2);
  });
  it("issues a key with which an application comes in over the API, once for a retry", async () => {
    const issued = await diwan("issue-key", "web", "--programme", "jordan", "--label", "portal");
    expect(issued).toMatchObject({ status: 0, errors: "" });
    const post = (body: object, key = "first-1") =>
      request(app())
        .post("/api/v1/applications")
        .set("authorization", `Bearer ${issued.out}`)
        .set("idempotency-key", key)
        .send(body);
    const body = {
      programme: "jordan",
      type: "complaint",
      language: "en",
      subject: "Water has been cut for a week",
      description: "No water in our street since last Wednesday.",
      sector: [...(await services.setup.of("jordan")).sectors.keys()][0],
      applicant: { name: "Omar", email: "omar@example.jo" },
    };
    const received = await post(body);
    expect([received.status, received.body.errors]).toEqual([201, undefined]);
    expect((await post(body)).body).toEqual(received.body);
    expect((await post({ ...body, subject: "Another" })).status).toBe(409);
    ({ reference, code } = received.body);
    const wrong = await post({ ...body, type: "complant", entity: "NOWHERE" }, "first-2");
    expect(wrong.status).toBe(422);
    expect(wrong.body.errors.map((e: { field: string }) => e.field)).toEqual(["/type", "/entity"]);
  });
  it("follows it with the code and with no other", async () => {
    const follow = (c: string) => request(app()).get(`/api/v1/applications/${reference}`).query({ code: c });
    const followed = await follow(code);
    expect(followed.status).toBe(200);
    expect(followed.body).toMatchObject({ reference, subject: "Water has been cut for a week" });
    expect((await follow("0000-0000-0000")).status).toBe(404);
  });
  it("lists it, shows it and acts on it as who may, and as nobody else", async () => {
    const listed = await diwan("cases", "--as", "rania@example.jo");
    expect(listed.out).toContain(reference);
    const shown = await diwan("show", reference.replaceAll("-", " "));
    expect(shown.status).toBe(0);
    // Names of the set-up and of the workflow, and what happened in words; codes are for `--json`.
    const arabic = await diwan("show", reference, "--lang", "ar");
    for (const words of ["Complaint", "Received through", "First reply", "Waiting for an entity"])
      expect(shown.out).toContain(words);
    for (const { out } of [shown, arabic])
      expect(out).not.toMatch(/application\.received|clock\.started|firstResponse|[{}]|=/);
    const json = JSON.parse((await diwan("show", reference, "--json")).out);
    expect([json.state, json.events[0].type]).toEqual(["triage", "application.received"]);
    expect(shown.out).not.toContain("omar@example.jo");
    const why = await diwan("explain", reference, "--lang", "en");
    expect(why).toMatchObject({ status: 0, errors: "" });
    expect(why.out).toContain("importance");
    expect((await diwan("explain", reference, "--lang", "ar")).out).toMatch(/[\u0600-\u06ff]{3}/);
    const noted = await diwan("act", reference, "note", "--as", "rania@example.jo", "--field", "note=Called the body.");
    expect(noted).toMatchObject({ status: 0, errors: "" });
    const unknown = await diwan("act", reference, "fly", "--as", "rania@example.jo");
    expect(unknown.status).toBe(1);
    expect((await diwan("act", reference, "note", "--as", "nobody@example.jo")).status).toBe(1);
    expect((await diwan("show", "000-000-0000")).status).toBe(1);
  });
  it("withdraws it as the applicant over the API", async () => {
    const act = (body: object) => request(app()).post(`/api/v1/applications/${reference}/actions`).send(body);
    expect((await act({ code, action: "fly" })).status).toBeGreaterThanOrEqual(404);
    const withdrawn = await act({ code, action: "withdraw" });
    expect([withdrawn.status, withdrawn.body.detail]).toEqual([200, undefined]);
    expect((await act({ code, action: "withdraw" })).status).toBe(409);
  });
  it("keeps messages to be read", async () => {
    const listed = await diwan("mail");
    expect(listed.out).toContain(`applicant of ${reference}`);
    expect(listed.out).not.toContain("omar@example.jo");
    expect(listed.out).not.toMatch(/applicant-received|kept/);
    const kept = JSON.parse((await diwan("mail", "--json")).out) as { id: number; template: string }[];
    const id = kept.find(({ template }) => template === "applicant-received")?.id;
    const [first, ...rest] = (await diwan("mail", "show", String(id))).out.split("\n");
    expect([first, rest.join("\n")]).toEqual(["Kept, not sent", expect.stringContaining(reference)]);
    expect((await diwan("mail", "show", "999999")).status).toBe(1);
  });
});

describe("a confidential case", () => {
  it("comes in without a name, and is shown to nobody but its handlers", async () => {
    const key = (await diwan("issue-key", "mobile", "--programme", "jordan", "--label", "app")).out;
    const body = {
      programme: "jordan",
      type: "report",
      subject: "Bribe",
      description: "At the counter.",
      applicant: null,
    };
    const received = await request(app()).post("/api/v1/applications").set("authorization", `Bearer ${key}`).send(body);
    expect([received.status, received.body.errors]).toEqual([201, undefined]);
    const secret = received.body.reference;
    const [show, explain] = [await diwan("show", secret), await diwan("explain", secret)];
    const unknown = await diwan("show", "000-000-0000");
    for (const refused of [show, explain, await diwan("show", secret, "--as", "rania@example.jo")]) {
      expect(refused).toEqual({ status: 1, out: "", errors: unknown.errors });
    }
    expect((await diwan("cases", "--as", "rania@example.jo")).out).not.toContain(secret);
  });
  it("leaves its messages out of the mail, but for its handlers", async () => {
    const [rows] = await database.db.query(
      `select m.id, c.reference, c.entity from messages m join cases c on c.id = coalesce(m.case_id, m.receiver_case) where c.confidential`,
    );
    const secret = rows as { id: number; reference: string; entity: string }[];
    expect(secret.length).toBeGreaterThan(1);
    const [first] = secret;
    const { seats } = await services.setup.of("jordan");
    const handlers = seats.filter((s) => s.role === "focal_point" && s.entity === first?.entity);
    const handler = handlers.flatMap((s) => s.holders)[0]?.email ?? "";
    const idsFor = async (...as: string[]) => {
      const { out, status } = await diwan("mail", "--limit", "1000", "--json", ...as);
      expect(status).toBe(0);
      return (JSON.parse(out) as { id: number }[]).map(({ id }) => id);
    };
    const [all, room, theirs] = [
      await idsFor(),
      await idsFor("--as", "rania@example.jo"),
      await idsFor("--as", handler),
    ];
    expect([all.length > 0, room]).toEqual([true, all]);
    for (const { id, reference: hidden } of secret) {
      expect(all).not.toContain(id);
      expect(theirs).toContain(id);
      const unknown = await diwan("mail", "show", "999999");
      for (const as of [[], ["--as", "rania@example.jo"]]) {
        const refused = await diwan("mail", "show", String(id), ...as);
        expect(refused).toEqual({ status: 1, out: "", errors: unknown.errors.replace("999999", String(id)) });
      }
      expect((await diwan("mail", "show", String(id), "--as", handler)).out).toContain(hidden);
    }
  });
});

describe("policy", () => {
  it("exports what decides, checks it, and refuses to publish the same again", async () => {
    expect(await diwan("export-config", folder)).toMatchObject({ status: 0 });
    expect(await diwan("check-config", folder)).toMatchObject({ status: 0, errors: "" });
    const argv = [
      "publish",
      join(folder, "rules/jordan/sla.json"),
      "--programme",
      "jordan",
      "--kind",
      "rules",
      "--reason",
      "Again",
    ];
    const same = await diwan(...argv);
    expect(same.status).toBe(1);
    expect(same.errors).toContain("Nothing changed");
  });
  it("publishes a changed rule set; a broken one is refused with file, rule and place", async () => {
    const file = join(folder, "rules/jordan/sla.json");
    const sla = JSON.parse(await readFile(file, "utf8"));
    const publish = () => diwan("publish", file, "--programme", "jordan", "--kind", "rules", "--reason", "Circular 7");
    sla.rules[0].title.en += " (2026)";
    await writeFile(file, JSON.stringify(sla));
    expect(await publish()).toMatchObject({ status: 0, out: "jordan rules sla: version 2 is published." });
    sla.rules[0].conditions = { all: [{ fact: "colour", operator: "equal", value: "red" }] };
    await writeFile(file, JSON.stringify(sla));
    const broken = await publish();
    expect(broken.status).toBe(1);
    expect(broken.errors).toContain("colour");
    expect(broken.errors).toContain(sla.rules[0].id);
    expect((await services.setup.of("jordan")).ruleSets.get("sla")?.version).toBe(2);
  });
});

describe("jobs", () => {
  it("are listed, and run as of any moment, twice without harm", async () => {
    expect((await diwan("jobs")).out).toContain("enforce-deadlines");
    const run = (name: string, at: string) => diwan("run-job", name, "--at", at);
    expect(await run("enforce-deadlines", "2026-11-25T10:00:00Z")).toMatchObject({ status: 0, errors: "" });
    const first = await run("send-digests", "2026-11-29T05:00:00Z");
    expect(first.out).toMatch(/"queued":[1-9]/);
    expect((await run("send-digests", "2026-11-29T05:00:00Z")).out).toContain('"queued":0');
    expect((await run("deliver-messages", "2026-11-29T05:01:00Z")).out).toMatch(/"kept":\d/);
    expect((await run("housekeeping", "2026-11-26T00:00:00Z")).out).toContain('"forgotten":0');
    expect((await run("housekeeping", "2027-01-01T00:00:00Z")).out).toContain('"forgotten":1');
    const unknown = await run("tidy", "2026-11-29T05:01:00Z");
    expect(unknown.status).toBe(1);
    expect(unknown.errors).toContain("enforce-deadlines");
  });
});

describe("counting and proving", () => {
  it("counts the day", async () => {
    const { status, out } = await diwan(
      "kpi",
      "--programme",
      "jordan",
      "--from",
      "2026-11-25",
      "--to",
      "2026-11-26",
      "--json",
    );
    expect(status).toBe(0);
    // Of the two applications the complaint was withdrawn, which leaves it out, and the report is confidential.
    expect(JSON.parse(out)).toMatchObject({
      confidentialCases: null,
      received: 0,
      resolved: 0,
      onTimeResolution: { numerator: 0, denominator: 0, rate: null },
    });
  });
  it("previews the committee's digest", async () => {
    const file = join(folder, "digest.html");
    const argv = [
      "digest",
      "committee",
      "--programme",
      "jordan",
      "--at",
      "2026-11-29T08:00",
      "--lang",
      "en",
      "--preview",
      file,
    ];
    expect(await diwan(...argv)).toMatchObject({ status: 0, errors: "" });
    expect(await readFile(file, "utf8")).toContain("<html");
    expect((await diwan("digest", "gossip", "--programme", "jordan")).status).toBe(1);
  });
  it("seals the record, finds it whole, and finds what was altered", async () => {
    const sealed = await diwan("seal");
    expect(sealed.status).toBe(0);
    const seal = sealed.out.split("\n")[0] ?? "";
    now = new Date("2026-11-26T09:00:00Z");
    expect(await diwan("verify-audit", "--seal", seal)).toMatchObject({ status: 0, errors: "" });
    const intruder = (await import("../../src/platform/db/connect.js")).connect(database.ownerUrl, {
      max: 1,
      name: "intruder",
    });
    await intruder.query("update case_events set data = replace(data, 'Called', 'Bribed') where type = 'case.noted'");
    await intruder.close();
    const found = await diwan("verify-audit");
    expect(found.status).toBe(1);
    expect(found.errors).toContain(reference);
  });
});
