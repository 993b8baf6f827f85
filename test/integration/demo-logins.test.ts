/** Whom the demo shows first: a focal point and a main focal point whose desks have something on them. */
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { loginLines, loginsFile, makeLogins, showBusiest } from "../../src/app/demo/logins.js";
import { superiorSeat } from "../../src/engine/setup/setup-references.js";
import { unguessable } from "../../src/platform/unguessable.js";
import { openWorkingOffice, sundayNine, type WorkingOffice } from "../support/working-office.js";

const later = (minutes: number) => new Date(sundayNine.getTime() + minutes * 60_000);

let office: WorkingOffice;
let home: string;
beforeAll(async () => {
  office = await openWorkingOffice();
  home = mkdtempSync(path.join(tmpdir(), "diwan-logins-"));
});
afterAll(async () => {
  rmSync(home, { recursive: true, force: true });
  await office?.close();
});

const emailsOf = (asked: string) =>
  (JSON.parse(readFileSync(loginsFile(home), "utf8")) as { role: string; email: string }[])
    .filter(({ role }) => role === asked)
    .map(({ email }) => email);
const focalPoints = () => emailsOf("focal_point");

it("has open cases, news and answers of their own, and a login", async () => {
  const { db, setup } = office;
  const asked = { home, random: unguessable, now: later(9) };
  await makeLogins(db, setup, asked);
  const before = focalPoints();
  await showBusiest(db, setup, asked);
  expect(focalPoints()).toEqual(before);

  const person = office.official("focal_point", "CSPD", 2);
  const [user] = await office.rows("select email from users where id = $1", person.userId);
  expect(before).not.toContain(user?.email);
  const [answered, open] = [await office.receive(), await office.receive()];
  for (const { reference } of [answered, open]) await office.act(reference, person, "take", {}, later(1));
  await office.act(answered.reference, person, "answer", { answer: "The hall is open again." }, later(2));
  await office.applicantActs(open, "add_information", { reply: "The hall in Zarqa" }, later(3));
  await showBusiest(db, setup, asked);
  expect(focalPoints()).toEqual([user?.email, ...before]);
  expect(loginLines(home).find((line) => line.startsWith("focal point"))).toContain(user?.email);
  expect(statSync(loginsFile(home)).mode & 0o077).toBe(0);
  // Once more it changes nothing.
  await showBusiest(db, setup, asked);
  expect(focalPoints()).toEqual([user?.email, ...before]);
});

it("has cases of their sector that wait for an entity", async () => {
  const { db, setup } = office;
  const asked = { home, random: unguessable, now: later(20) };
  await office.receive({ sector: "TOURISM", service: null, entity: null });
  await showBusiest(db, setup, asked);
  const placers = setup.seats.filter(({ role, sector }) => role === "main_focal_point" && sector === "TOURISM");
  expect(placers.flatMap(({ holders }) => holders.map(({ email }) => email))).toContain(
    emailsOf("main_focal_point")[0],
  );
});

it("has, of each step of the ladder, the position to which most open cases climbed", async () => {
  const { db, setup } = office;
  const now = later(40 * 24 * 60);
  const expected = superiorSeat(setup, "CSPD", 2)?.holders[0]?.email;
  expect(emailsOf("secretary_general")[0]).not.toBe(expected);
  await office.services.deadlines.enforce({ now });
  await showBusiest(db, setup, { home, random: unguessable, now });
  expect(emailsOf("secretary_general")[0]).toBe(expected);
  expect(emailsOf("entity_manager")[0]).toBe(superiorSeat(setup, "CSPD", 1)?.holders[0]?.email);
});
