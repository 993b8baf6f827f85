/** `diwan replay`: a draft file over past cases, from the command line: words, exit codes, the cases as CSV, going on. */
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { RuleSetDefinition } from "../../src/engine/rules/rule-set.js";
import { runCommand } from "../support/command-line.js";
import {
  openWorkingOffice,
  type Person,
  programme,
  sundayNine,
  type WorkingOffice,
} from "../support/working-office.js";

let office: WorkingOffice;
let folder: string;
let email: string;
let room: Person;
let file: string;
let references: readonly string[];
let definition: RuleSetDefinition;

beforeAll(async () => {
  office = await openWorkingOffice();
  room = office.official("operation_room");
  const [row] = await office.rows("select email from users where id = $1", room.userId);
  email = String(row?.email);
  folder = await mkdtemp(join(tmpdir(), "diwan-replay-"));
  const sent = [];
  for (const minute of [1, 2, 3]) sent.push(await office.receive({}, new Date(sundayNine.getTime() - minute * 60_000)));
  references = sent.map(({ reference }) => reference);
  const sla = structuredClone(office.setup.ruleSets.get("sla")?.definition) as RuleSetDefinition;
  const days = (rule: RuleSetDefinition["rules"][number]) => ({
    ...rule,
    event: { ...rule.event, params: { ...rule.event.params, resolution: { amount: 33, unit: "workingDays" } } },
  });
  definition = { ...sla, rules: sla.rules.map(days) };
  file = join(folder, "sla.json");
  await writeFile(file, JSON.stringify(definition));
});
afterAll(() => office?.close());

const replay = (...more: string[]) =>
  runCommand(office.services, ["replay", file, "--programme", programme, "--as", email, ...more]);

describe("diwan replay", () => {
  it("tells in words what would be otherwise, in either language, and writes the cases", async () => {
    const csv = join(folder, "cases.csv");
    const { status, out, errors } = await replay("--lang", "en", "--out", csv);
    expect(status).toBe(0);
    expect(out).toContain("Cases checked: 3. Cases that would change: 3 (100%).");
    expect(out).toMatch(/Final answer: .* -> 33 working days.*: 3/);
    expect(errors).toContain("3 of 3 cases (100%)");
    const lines = (await readFile(csv, "utf8")).trim().split("\r\n");
    expect(lines[0]).toBe("reference,received,type,entity,pillar,importance,state");
    expect(lines.slice(1).map((line) => line.split(",")[0])).toEqual([...references].reverse());
    const arabic = await replay("--lang", "ar");
    expect(arabic.out).toContain("الطلبات المفحوصة: 3");
    expect((await office.rows("select count(*)::int as n from case_events where type like 'case.retime%'"))[0]?.n).toBe(
      0,
    );
  });

  it("goes on with what was begun and interrupted, of the same text over the same time", async () => {
    const { replays } = office.services.work;
    await replays.lane.settled();
    const period = { from: new Date("2026-11-20T21:00:00Z"), to: new Date("2026-11-22T21:00:00Z") };
    const thing = { actor: room, programme, kind: "rules", name: "sla", definition, now: sundayNine };
    const { id } = await replays.start({ ...thing, ...period });
    await replays.lane.settled();
    // As a kill leaves it: begun, and nobody is at it.
    await office.asOwner(
      "update replay_runs set state = 'running', finished_at = null, claimed_until = null where id = $1",
      id,
    );
    const { status, errors } = await replay("--from", "2026-11-21", "--to", "2026-11-23", "--lang", "en");
    expect(errors).toContain("Continuing the test that began on");
    expect(status).toBe(0);
    expect(
      (await office.rows("select count(*)::int as n from replay_runs where from_at = $1", period.from))[0]?.n,
    ).toBe(1);
  });

  it("says no, with an exit code, to strangers, faults and periods that are none", async () => {
    const { email: focal } = (
      await office.rows("select email from users where id = $1", office.official("focal_point", "CSPD").userId)
    )[0] as { email: string };
    const as = (who: string, ...more: string[]) =>
      runCommand(office.services, ["replay", file, "--programme", programme, "--as", who, ...more]);
    expect((await as(focal)).status).toBe(1);
    expect((await as("nobody@example.jo")).status).toBe(1);
    expect((await replay("--from", "2026-11-23", "--to", "2026-11-21")).status).toBe(2);
    expect((await replay("--from", "2025-01-01", "--to", "2025-02-01")).errors).toContain("No case was received");
    const broken = join(folder, "broken.json");
    await writeFile(broken, JSON.stringify({ ...definition, rules: [{ id: "x" }] }));
    const refused = await runCommand(office.services, ["replay", broken, "--programme", programme, "--as", email]);
    expect([refused.status, refused.errors.includes("/rules/0")]).toEqual([1, true]);
    expect(
      (await runCommand(office.services, ["replay", "none.json", "--programme", programme, "--as", email])).status,
    ).toBe(1);
    expect((await runCommand(office.services, ["replay", file, "--programme", programme])).status).toBe(2);
  });
});
