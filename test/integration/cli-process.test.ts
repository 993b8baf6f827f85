/** The command line as a process: environment, exit codes, standard input and output. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { builtProgram } from "../support/built-program.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";
import { openMailbox } from "../support/mailbox.js";
import { openWorkingOffice } from "../support/working-office.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
let database: TestDatabase;
let home = "";
beforeAll(async () => {
  database = await createTestDatabase();
  home = await mkdtemp(join(tmpdir(), "diwan-home-"));
});
afterAll(async () => {
  await database.close();
  await rm(home, { recursive: true, force: true });
});

function diwan(argv: string[], environment: Record<string, string> = {}, input = "") {
  const env = {
    PATH: process.env.PATH,
    DIWAN_HOME: home,
    DATABASE_URL: database.url,
    DATABASE_OWNER_URL: database.ownerUrl,
    ...environment,
  };
  return new Promise<{ status: number | null; out: string; errors: string }>((resolve, reject) => {
    const child = spawn(process.execPath, [builtProgram("cli"), ...argv], { cwd: root, env });
    let [out, errors] = ["", ""];
    child.stdout.on("data", (chunk) => {
      out += chunk;
    });
    child.stderr.on("data", (chunk) => {
      errors += chunk;
    });
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, out, errors }));
    child.stdin.end(input);
  });
}

describe("diwan as a process", () => {
  it("helps without any database", async () => {
    const { status, out, errors } = await diwan(["kpi", "--help"], { DATABASE_URL: "postgres://a:b@127.0.0.1:1/none" });
    expect([status, errors]).toEqual([0, ""]);
    expect(out).toContain("--from <date>");
  });
  it("names every wrong variable and no value, and ends with 2", async () => {
    const { status, out, errors } = await diwan(["jobs"], { PORT: "hunter2", LOG_LEVEL: "loud", DIWAN_NOW: "soon" });
    expect([status, out]).toEqual([2, ""]);
    for (const name of ["PORT", "LOG_LEVEL", "DIWAN_NOW"]) expect(errors).toContain(name);
    expect(errors).not.toMatch(/hunter2|^\s+at /m);
  });
  it("says in words that the database is away, without its password", async () => {
    const away = "postgres://diwan:hunter2@127.0.0.1:1/diwan";
    const { status, errors } = await diwan(["jobs"], { DATABASE_URL: away, DATABASE_OWNER_URL: "" });
    expect([status, errors]).toEqual([
      1,
      "diwan: the database is not available; is it running, and is DATABASE_URL right?\n",
    ]);
  });
  it("makes no database in passing, and says where it looked", async () => {
    const nowhere = join(home, "nowhere");
    const lost = await diwan(["jobs"], { DATABASE_URL: "", DATABASE_OWNER_URL: "", DIWAN_HOME: nowhere });
    expect(lost).toMatchObject({
      status: 1,
      out: "",
      errors: expect.stringContaining(`A database was not found in ${nowhere}`),
    });
    expect(lost.errors).toMatch(/DIWAN_HOME.*npm run demo/);
    expect(lost.errors).not.toContain("away");
    expect(existsSync(nowhere)).toBe(false);
  });
  it("migrates, seeds, and takes an administrator's password from a pipe without repeating it", async () => {
    expect(await diwan(["migrate"])).toMatchObject({ status: 0, out: "The database is up to date.\n" });
    const seeded = await diwan(["seed", "--programme", "jordan"]);
    expect([seeded.status, seeded.errors]).toEqual([0, ""]);
    // A new installation asks a second step of those who may see who an applicant is; a seed for the demo or a test does not.
    const [[jordan]] = (await database.db.query("select settings->'secondFactor' as roles from programmes")) as [
      { roles: string[] }[],
      unknown,
    ];
    expect([...(jordan?.roles ?? [])].sort()).toEqual([
      "contact_centre_agent",
      "entity_manager",
      "focal_point",
      "operation_room",
    ]);
    const created = await diwan(["create-admin", "rania@example.jo", "Rania"], {}, "correct horse battery\n");
    expect(created).toEqual({ status: 0, out: "rania@example.jo administers jordan.\n", errors: "" });
    const weak = await diwan(["create-admin", "b@example.jo", "B"], {}, "");
    expect(weak.status).toBe(1);
    expect(weak.errors).toContain("/password");
  });
  it("takes DIWAN_NOW for the time it is", async () => {
    await diwan(["run-job", "enforce-deadlines"], { DIWAN_NOW: "2027-03-01T08:00:00Z" });
    const { out } = await diwan(["jobs", "--json"]);
    const jobs: { name: string; lastFinishedAt: string | null }[] = JSON.parse(out);
    expect(jobs.find((job) => job.name === "enforce-deadlines")?.lastFinishedAt).toMatch(/^2027-03-01T08:00/);
  });
});

describe("letters of an act at the machine", () => {
  it("are left to the server, which has the mail server, and sent by it", async () => {
    const [office, mailbox] = [await openWorkingOffice(), await openMailbox()];
    try {
      const { reference } = await office.receive();
      const { userId } = office.official("focal_point", "CSPD");
      const [user] = await office.rows("select email from users where id = $1", userId);
      // As an administrator's shell has it: without SMTP_URL.
      const at = (DIWAN_NOW: string) => ({ DATABASE_URL: office.database.url, DATABASE_OWNER_URL: "", DIWAN_NOW });
      const ask = ["act", reference, "ask", "--as", String(user?.email), "--field", "question=Which hall?"];
      expect(await diwan(ask, at("2026-11-22T07:00:00Z"))).toMatchObject({ status: 0, errors: "" });
      const question = () =>
        office.rows(
          `select m.state from messages m join cases c on c.id = m.receiver_case
           where c.reference = $1 and m.template = 'applicant-question'`,
          reference,
        );
      expect(await question()).toEqual([{ state: "pending" }]);
      // Nor does running the job here put them away: it says that they wait.
      const { out } = await diwan(["run-job", "deliver-messages"], at("2026-11-22T08:00:00Z"));
      expect(out).toMatch(/"waiting":[1-9]/);
      expect(await question()).toEqual([{ state: "pending" }]);
      const server = office.instance({ smtpUrl: mailbox.url });
      await server.handlers["deliver-messages"](new Date("2026-11-22T09:00:00Z"));
      expect(await question()).toEqual([{ state: "sent" }]);
      expect(mailbox.letters.map(({ subject }) => subject)).toContainEqual(expect.stringContaining(reference));
    } finally {
      await mailbox.close();
      await office.close();
    }
  }, 180_000);
});
