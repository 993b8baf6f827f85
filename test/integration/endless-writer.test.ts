/** Somebody who never stops writing into the own case: it stays one that the office can open and act on. */
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { openWorkingOffice, problemOf, sundayNine, type WorkingOffice } from "../support/working-office.js";

let office: WorkingOffice;
beforeAll(async () => {
  office = await openWorkingOffice();
});
afterAll(() => office?.close());

const minute = (n: number): Date => new Date(sundayNine.getTime() + n * 60_000);
it("is told to wait once twenty messages are unread, and may write again when the office has acted", async () => {
  const sent = await office.receive();
  const official = office.official("focal_point", sent.entity);
  const add = (n: number) => office.applicantActs(sent, "add_information", { reply: `Message ${n}` }, minute(n));
  for (let n = 1; n <= 20; n++) await add(n);
  expect((await problemOf(add(21))).code).toBe("action-refused");
  await office.act(sent.reference, official, "take", {}, minute(22));
  await add(23);
  for (let n = 24; n <= 42; n++) await add(n);
  expect((await problemOf(add(43))).code).toBe("action-refused");
  await office.applicantActs(sent, "withdraw", {}, minute(44));
});

it("is acted on also when what it is found by is as long as a database takes", async () => {
  const sent = await office.receive();
  const official = office.official("focal_point", sent.entity);
  await office.asOwner(
    `update case_texts set lexemes = lexemes || (select array_to_tsvector(array_agg(md5(n::text))) from generate_series(1, 28500) n)
      where case_id = $1`,
    sent.caseId,
  );
  const newWords = Array.from({ length: 500 }, (_, n) => `word${n}x`).join(" ");
  await office.act(sent.reference, official, "take", {}, minute(1));
  await office.applicantActs(sent, "add_information", { reply: newWords }, minute(2));
  await office.act(sent.reference, official, "answer", { answer: newWords }, minute(3));
  expect((await office.events(sent.reference)).map(({ type }) => type)).toContain("case.answered");
  const found = await office.services.cases.find({
    actor: official,
    now: minute(4),
    search: "hall",
    offset: 0,
    limit: 5,
  });
  expect(found.map(({ reference }) => reference)).toContain(sent.reference);
});
