/** What digests count beside the key figures: whose it is, and of which moment. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { FiguresDigest } from "../../src/engine/measures/digest-view.js";
import { copyCase } from "../support/many-cases.js";
import { openWorkingOffice, programme, sundayNine, type WorkingOffice } from "../support/working-office.js";

const day = 86_400_000;
const since = (days: number): Date => new Date(sundayNine.getTime() + days * day);
/** A Sunday: the week before it is told. */
const now = since(7);

let office: WorkingOffice;
beforeAll(async () => {
  office = await openWorkingOffice();
});
afterAll(() => office.close());

const told = async (entity: string | null, at = now, today = at): Promise<FiguresDigest> => {
  const name = entity === null ? "committee" : "executive";
  return (await office.services.digests.told({ name, at, now: today, programme, entity }))
    .data as unknown as FiguresDigest;
};

describe("reviewed answers", () => {
  const answer = { answer: "The hall is open again." };
  const reviewed = async (entity: string, at: Date) => {
    const sent = await office.receive({ entity, importance: "critical" }, at);
    const writer = office.official("focal_point", entity);
    await office.act(sent.reference, writer, "take", {}, at);
    await office.act(sent.reference, writer, "answer", answer, at);
    await office.act(sent.reference, office.official("operation_room"), "return", { reason: "Say when." }, at);
    return { ...sent, writer };
  };

  it("are of the entity that wrote them, and of no case that was withdrawn or is a duplicate", async () => {
    const given = await reviewed("CSPD", since(1));
    await office.act(given.reference, given.writer, "transfer", { entity: "MOF", reason: "Theirs" }, since(2));
    await office.applicantActs(await reviewed("CSPD", since(1)), "withdraw", {}, since(2));
    const { reference } = await reviewed("CSPD", since(1));
    await office.asOwner(
      "update cases set duplicate_of = (select id from cases where reference = $1) where reference = $2",
      given.reference,
      reference,
    );
    expect((await told("CSPD")).story?.quality?.returned).toEqual({ numerator: 1, denominator: 1 });
    expect((await told("MOF")).story?.quality ?? null).toBeNull();
  });
});

it("of a past moment tells what was so then, and no list of what is so now", async () => {
  const { reference } = await office.receive({ entity: "DLS" }, since(-20));
  const then = since(0);
  const asOf = async () => {
    const { now: figures, story } = await told("DLS", then, now);
    return [figures.delayed, story?.latest, story?.critical];
  };
  expect(await asOf()).toEqual([1, null, []]);
  const writer = office.official("focal_point", "DLS");
  await office.act(reference, writer, "take", {}, since(1));
  await office.act(reference, writer, "answer", { answer: "It is open." }, since(1));
  expect(await asOf()).toEqual([1, null, []]);
  const asked = { at: then, now, programme, language: "en" } as const;
  const { text } = await office.services.digests.preview({ ...asked, name: "executive", entity: "DLS" });
  expect(text).not.toContain("Nothing is overdue");
  await expect(office.services.digests.preview({ ...asked, name: "focal-point" })).rejects.toMatchObject({
    code: "not-found",
  });
});

describe("a wave of a service", () => {
  it("is what its entity received of it: what others have of the service is theirs", async () => {
    const { reference } = await office.receive({ entity: "MOH", service: "MOH-CENTRE" }, since(-1));
    const { id } = await office.caseRow(reference);
    await copyCase(office, { caseId: Number(id), copies: 280, shift: "g * interval '-6 hours' - interval '3 hours'" });
    // Of the told week: 25 at its entity, 9 more elsewhere.
    await office.asOwner(
      `update cases set received_at = $1 where id in (select id from cases where id > 1000000 order by id limit 34)`,
      since(3),
    );
    await office.asOwner(
      `update cases set entity = 'CSPD' where id in (select id from cases where id > 1000000 order by id limit 9)`,
    );
    await office.asOwner(
      `update applications a set service = case when c.received_at = $1 then 'MOH-LICENCE' else 'MOH-CENTRE' end from cases c where c.id = a.id and c.id > 1000000`,
      since(3),
    );
    const waves = async () =>
      (await told(null)).story?.waves?.map(({ code, place, count }) => [code, place?.code, count]);
    expect(await waves()).toEqual([["MOH-LICENCE", "MOH", 25]]);
    // The sums say the same as the cases: they, and not the cases, are asked.
    await office.services.handlers["sum-figures"](now);
    await office.asOwner("update applications set service = 'MOH-CENTRE' where service = 'MOH-LICENCE'");
    expect(await waves()).toEqual([["MOH-LICENCE", "MOH", 25]]);
  });
});
