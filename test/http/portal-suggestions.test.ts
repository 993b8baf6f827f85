/** What an application is likely about, suggested by its story: what is counted for it, what it asks, and what it never says. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from "@jest/globals";
import pg from "pg";
import { textStems } from "../../src/engine/suggestions/text-stems.js";
import { wordCountsOf } from "../../src/features/intake/suggestions.js";
import { openPortalApp, type PortalApp } from "../support/portal-app.js";
import { answerAll, begin, keysIn } from "../support/portal-ways.js";
import { complaint, programme, sundayNine } from "../support/working-office.js";

const passports = "CSPD-PASSPORT";
let app: PortalApp;
beforeAll(async () => {
  app = await openPortalApp();
  for (let n = 0; n < 10; n++) await answered({ type: "inquiry", description: "Trampolines in the yard" });
  for (let n = 0; n < 9; n++)
    await answered({ type: "inquiry", description: "Accordions in the corridor", entity: "MOF" });
  for (let n = 0; n < 12; n++)
    await answered({ type: "report", description: "Xylophones behind the wall", entity: "MOH" });
  for (let n = 0; n < 12; n++)
    await answered({ type: "complaint", description: "Marmalade on the floor", entity: "MOE" });
  await count();
}, 180_000);
afterAll(() => app.close());
afterEach(() => {
  jest.restoreAllMocks();
});

interface Past {
  readonly type: string;
  readonly description: string;
  readonly entity?: string;
  /** What an official wrote for the file. */
  readonly note?: string;
}

/** A case that the office answered; the reports among them are confidential. */
async function answered({ entity = "CSPD", note, ...more }: Past) {
  const service = entity === "CSPD" ? passports : null;
  const input = { ...complaint, ...more, subject: "Something", entity, service, fields: {} };
  const { caseId, reference } = await app.services.intake.receive({
    input,
    key: app.office.key,
    idempotencyKey: null,
    now: sundayNine,
  });
  if (note !== undefined) {
    const { office } = app;
    await office.act(reference, office.official("focal_point", entity), "note", { note, mentions: [] }, sundayNine);
  }
  await app.office.asOwner(
    `update cases set state_kind = 'final', resolved_at = now(), first_resolved_at = now(), entity = '${entity}' where id = ${caseId}`,
  );
}
const count = () => app.services.handlers["count-words"](sundayNine);
const told = async (description: string) => {
  const who = app.visitor();
  const id = await begin(who);
  const { headers } = await who.post(`/en/apply/${id}/description`, { description });
  return { who, id, page: String(headers.location).split("/")[4] };
};
const valuesIn = (html: string): string[] =>
  [...html.matchAll(/name="match" type="radio" value="([^"]+)"/g)].map(([, value]) => String(value));

const passport = `CSPD/${passports}`;

describe("what past cases came to", () => {
  it("is suggested without script, chosen with one answer, shown before it is sent, and sent", async () => {
    const { who, id, page } = await told("Are there trampolines in the yard?");
    expect(page).toBe("match");
    const { text } = await who.get(`/en/apply/${id}/match`);
    expect(valuesIn(text)).toEqual([passport, "-"]);
    expect(text).not.toMatch(/<script/);
    expect((await who.post(`/en/apply/${id}/match`, {})).status).toBe(422);
    expect((await who.post(`/en/apply/${id}/match`, { match: "MOF/" })).status).toBe(422);
    expect((await who.post(`/en/apply/${id}/match`, { match: passport })).headers.location).toBe(
      `/en/apply/${id}/type`,
    );
    // Of which type it is past cases do not say, though all of them were of one: nothing is ticked.
    expect((await who.get(`/en/apply/${id}/type`)).text).not.toContain(" checked");
    expect((await who.post(`/en/apply/${id}/type`, {})).status).toBe(422);
    expect((await who.post(`/en/apply/${id}/type`, { go: "back" })).headers.location).toBe(`/en/apply/${id}/match`);
    const pages = await answerAll(who, id, {
      description: { description: "Are there trampolines in the yard?" },
      match: { match: passport },
      type: { type: "inquiry" },
      details: {},
    });
    // With the first page, the last look and the receipt: ten.
    expect(pages).toEqual(["description", "match", "type", "details", "identity", "files", "contact"]);
    const check = (await who.get(`/en/apply/${id}/check`)).text;
    for (const row of ["row-type", "row-entity", "row-service"]) expect(check).toContain(`id="${row}"`);
    await who.post(`/en/apply/${id}/check`);
    const { reference } = keysIn((await who.get(`/en/apply/${id}/sent`)).text);
    const rows = await app.office.rows(
      "select a.type, a.sector, a.entity, a.service from applications a join cases c on c.id = a.id where c.reference = $1",
      reference,
    );
    expect(rows).toEqual([{ type: "inquiry", sector: "INTERIOR", entity: "CSPD", service: passports }]);
  });

  it("can be none of it: then all is asked as ever, and nothing of the list is left", async () => {
    const { who, id } = await told("Are there trampolines in the yard?");
    await who.post(`/en/apply/${id}/match`, { match: passport });
    expect((await who.post(`/en/apply/${id}/match`, { match: "-" })).headers.location).toBe(`/en/apply/${id}/type`);
    for (const page of ["type", "sector"]) {
      expect((await who.get(`/en/apply/${id}/${page}`)).text).not.toContain(" checked");
    }
    const pages = await answerAll(who, id, { description: { description: "Are there trampolines in the yard?" } });
    expect(pages).toEqual(expect.arrayContaining(["match", "type", "sector", "entity", "service", "details"]));
  });

  it("can be changed afterwards, one answer at a time", async () => {
    const { who, id } = await told("Are there trampolines in the yard?");
    await answerAll(who, id, {
      description: { description: "Are there trampolines in the yard?" },
      match: { match: passport },
      type: { type: "inquiry" },
      details: {},
    });
    // It comes behind the choice that answered it.
    expect((await who.get(`/en/apply/${id}/type?change=1`)).text).toContain('<p class="step-of">Step 3</p>');
    const changed = await who.post(`/en/apply/${id}/type?change=1`, { type: "complaint" });
    // The type's own questions are asked anew, the entity is not.
    expect(changed.headers.location).toBe(`/en/apply/${id}/details?change=1`);
    const pages: string[] = [];
    for (let page = "details"; page !== "check"; ) {
      pages.push(page);
      const form = { identity: "named", name: "Rana", email: "rana@example.com" };
      const { headers } = await who.post(`/en/apply/${id}/${page}?change=1`, form);
      page = String(headers.location).split("/")[4]?.split("?")[0] ?? "";
    }
    expect(pages).toEqual(["details", "identity", "contact"]);
    expect((await who.get(`/en/apply/${id}/check`)).text).toContain("Complaint");
  });

  it("is not asked of people who said already what it is about", async () => {
    const who = app.visitor();
    const id = await begin(who);
    await who.post(`/en/apply/${id}/entity`, { entity: "MOF" });
    const { headers } = await who.post(`/en/apply/${id}/description`, {
      description: "Are there trampolines in the yard?",
    });
    expect(headers.location).toBe(`/en/apply/${id}/type`);
  });
});

describe("what is counted", () => {
  it("are matters with ten answered cases or more, and nothing confidential", async () => {
    expect((await told("Accordions in the corridor")).page).toBe("type");
    expect((await told("Xylophones behind the wall")).page).toBe("type");
    const words = (await app.office.rows("select word from suggestion_words")).map(({ word }) => String(word));
    expect(words.some((word) => word.startsWith("trampolin"))).toBe(true);
    for (const hidden of ["accordion", "xylophon"]) {
      expect(words.filter((word) => word.startsWith(hidden))).toEqual([]);
    }
    const matters = await app.office.rows("select entity, service, cases from suggestion_matters order by entity desc");
    expect(matters).toEqual([
      { entity: "MOE", service: null, cases: 12 },
      { entity: "CSPD", service: passports, cases: 10 },
    ]);
  });

  it("a case that became confidential is gone with the next count, as are words that fewer than three cases have", async () => {
    await answered({ type: "inquiry", description: "Trampolines of Ermintrude 0791234567" });
    await count();
    const words = (await app.office.rows("select word from suggestion_words")).map(({ word }) => String(word));
    expect(words.filter((word) => /ermintrud|079/.test(word))).toEqual([]);
    expect((await told("Marmalade on the floor")).page).toBe("match");
    await app.office.asOwner("update cases set confidential = true where entity = 'MOE'");
    await count();
    expect((await told("Marmalade on the floor")).page).toBe("type");
    await app.office.asOwner("update cases set confidential = false where entity = 'MOE'");
    await count();
  });

  it("are the words of applicants: what the office wrote for itself is no stranger's to find out", async () => {
    for (let n = 0; n < 4; n++) await answered({ type: "inquiry", description: "Trampolines", note: "Bassoon player" });
    await count();
    const words = (await app.office.rows("select word from suggestion_words")).map(({ word }) => String(word));
    expect(words.filter((word) => word.startsWith("bassoon"))).toEqual([]);
    expect((await told("Bassoon player")).page).toBe("type");
  });

  it("is read as one count left it, while the next one is written", async () => {
    const stems = textStems("trampolines").flat();
    const before = await wordCountsOf(app.office.db, { programme, stems });
    const writer = new pg.Client({ connectionString: app.office.database.ownerUrl });
    await writer.connect();
    await writer.query("begin; lock table suggestion_words in access exclusive mode");
    const reading = wordCountsOf(app.office.db, { programme, stems });
    await sleep(200);
    await writer.query(
      `update suggestion_matters set id = id + 100;
      update suggestion_words set matters = (select array_agg(n + 100 order by n) from unnest(matters) n);
      commit`,
    );
    await writer.end();
    const counts = await reading;
    const known = new Set(counts?.matters.map(({ id }) => id));
    expect(known.size).toBe(before?.matters.length);
    for (const { byMatter } of counts?.words.values() ?? [])
      for (const id of byMatter.keys()) expect(known).toContain(id);
    await count();
  });
});

describe("whatever goes wrong", () => {
  it("the way goes on without a suggestion", async () => {
    jest.spyOn(app.services.publicPages, "suggest").mockResolvedValue([]);
    expect((await told("Are there trampolines in the yard?")).page).toBe("type");
    jest.restoreAllMocks();
    await app.office.asOwner("alter table suggestion_words rename to suggestion_words_away");
    try {
      expect((await told("Are there trampolines in the yard?")).page).toBe("type");
    } finally {
      await app.office.asOwner("alter table suggestion_words_away rename to suggestion_words");
    }
    expect((await told("Are there trampolines in the yard?")).page).toBe("match");
  });

  it("an address that asks too often gets none, and goes on", async () => {
    let page: string | undefined = "match";
    const who = app.visitor();
    const id = await begin(who);
    for (let n = 0; n < 201; n++) {
      const { headers } = await who.post(`/en/apply/${id}/description`, {
        description: "Are there trampolines in the yard?",
      });
      page = String(headers.location).split("/")[4];
      if (page !== "match") break;
    }
    expect(page).toBe("type");
    await app.office.asOwner("delete from sign_in_failures");
  }, 60_000);
});
