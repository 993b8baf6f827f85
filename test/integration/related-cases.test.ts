/** What stands beside a case: others of its applicant and others about the same, for whom they are. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type Actor, can, personalReach } from "../../src/engine/access/permissions.js";
import {
  openWorkingOffice,
  problemOf,
  sundayNine,
  unknownReference,
  type WorkingOffice,
} from "../support/working-office.js";

let office: WorkingOffice;
let focal: Actor;
let room: Actor;
const made: Record<string, string> = {};
const minutes = (n: number): Date => new Date(sundayNine.getTime() + n * 60_000);
const someone = { category: "citizen", name: "Rana Haddad", email: "rana@example.com", phone: "+962791234567" };
const outage = {
  subject: "انقطاع المياه عن حي نزال",
  description: "انقطعت المياه عن حي نزال منذ ثلاثة أيام ولم يصل الصهريج",
};

const related = (name: string, actor: Actor = focal) =>
  office.services.cases.related({ reference: made[name] ?? "", actor, now: sundayNine });
const nameOf = (reference: string) => Object.entries(made).find(([, one]) => one === reference)?.[0] ?? reference;

beforeAll(async () => {
  office = await openWorkingOffice();
  focal = office.official("focal_point", "CSPD");
  room = office.official("operation_room");
  const receive = async (name: string, ...[input, at]: Parameters<WorkingOffice["receive"]>) => {
    made[name] = (await office.receive(input, at)).reference;
  };
  await receive("first", { ...outage, applicant: someone });
  await receive(
    "same",
    {
      subject: "إنقطاع المياة عن حيّ نزّال",
      description: "المياه مقطوعة عن حي نزال منذ 3 أيام والصهريج لم يصل",
      applicant: { ...someone, phone: "0780000001", email: "other@example.com" },
    },
    minutes(1),
  );
  await receive(
    "mine",
    { subject: "Stairs without a rail", description: "x y z", applicant: { ...someone, email: null } },
    minutes(2),
  );
  await receive(
    "mineToo",
    {
      subject: "A broken lamp",
      description: "dark",
      applicant: { category: "citizen", name: "R", email: "RANA@example.com" },
    },
    minutes(3),
  );
  await receive("away", { ...outage, entity: "MOH", sector: "HEALTH", applicant: someone }, minutes(4));
  await receive("secret", { ...outage, type: "report", entity: null, applicant: someone }, minutes(5));
  await receive("anonymous", { ...outage, type: "inquiry", applicant: null }, minutes(6));
}, 60_000);
afterAll(() => office.close());

describe("others of the same applicant", () => {
  it("are those by telephone, address or national number, the newest first, within the reach", async () => {
    const { earlier } = await related("first");
    expect(earlier).toMatchObject({ total: 2, more: false });
    expect(earlier?.cases.map(({ reference }) => nameOf(reference))).toEqual(["mineToo", "mine"]);
    expect((await related("first", room)).earlier?.cases.map(({ reference }) => nameOf(reference))).toEqual([
      "away",
      "mineToo",
      "mine",
    ]);
    expect((await related("same")).earlier).toEqual({ total: 0, more: false, cases: [] });
    expect(JSON.stringify(await related("first", room))).not.toMatch(/Rana|Haddad|example\.com|9627912/);
  });

  it("are not told where the asker may not know who it is, nor of nobody", async () => {
    expect((await related("first", office.official("auditor"))).earlier).toBeNull();
    expect((await related("anonymous")).earlier).toBeNull();
  });
});

describe("others about the same", () => {
  it("are found by the stems that they share, within the reach, never linked ones", async () => {
    const { similar } = await related("first");
    expect(similar.map(({ reference }) => nameOf(reference)).sort()).toEqual(["anonymous", "same"]);
    const same = similar.find(({ reference }) => reference === made.same);
    expect(same?.likely).toBe(true);
    expect(same?.share).toBeGreaterThan(0.5);
    expect(same?.share).toBeLessThan(1);
    expect(similar.find(({ reference }) => reference === made.anonymous)?.share).toBe(1);
    // As this case writes them, in its order.
    expect(same?.words).toEqual(["انقطاع", "المياه", "حي", "نزال", "منذ"]);
    const names = (await related("first", room)).similar.map(({ reference }) => nameOf(reference)).sort();
    expect(names).toEqual(["anonymous", "away", "same"]);
    expect((await related("mine")).similar).toEqual([]);

    await office.act(made.same ?? "", focal, "link", { duplicateOf: made.first }, minutes(10));
    expect((await related("first")).similar.map(({ reference }) => nameOf(reference))).toEqual(["anonymous"]);
    expect((await related("same")).similar.map(({ reference }) => nameOf(reference))).toEqual(["anonymous"]);
  });
});

describe("their order", () => {
  const base = "أسلاك كهرباء مكشوفة قرب ملعب أطفال خطيرة جدا";
  const alike: Readonly<Record<string, string>> = {
    // Of these the newest says the same as the oldest, which has ended.
    ended: base,
    most: "أسلاك كهرباء مكشوفة قرب ملعب أطفال",
    half: "أسلاك كهرباء مكشوفة قرب سوق",
    little: "ملعب أطفال يغلق مبكرا ونريد ساعات أطول مساء",
    again: base,
  };
  const asked = () => related("wires");
  beforeAll(async () => {
    made.wires = (await office.receive({ subject: base, description: "-" }, minutes(20))).reference;
    for (const [i, [name, subject]] of Object.entries(alike).entries())
      made[name] = (await office.receive({ subject, description: "-" }, minutes(21 + i))).reference;
    await office.asOwner("update cases set state_kind = 'final', state = 'closed' where reference = $1", made.ended);
  });

  it("is that of likeness, then the newest first; what has less in common than the programme says is not shown", async () => {
    const { similar } = await asked();
    expect(similar.map(({ reference }) => nameOf(reference))).toEqual(["again", "ended", "most", "half"]);
    const shares = similar.map(({ share }) => share);
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
    expect(shares.at(-1)).toBeGreaterThanOrEqual(0.4);
    expect(similar.at(-1)?.words).toEqual(["أسلاك", "كهرباء", "مكشوفة", "قرب"]);
  });

  it("begins where the programme's setting says", async () => {
    const setTo = (percent: number) =>
      office.asOwner(
        "update programmes set settings = jsonb_set(settings, '{similarFromPercent}', to_jsonb($1::integer))",
        percent,
      );
    await setTo(90);
    expect((await asked()).similar.map(({ reference }) => nameOf(reference))).toEqual(["again", "ended"]);
    await setTo(5);
    expect((await asked()).similar.map(({ reference }) => nameOf(reference))).toContain("little");
  });
});

describe("a stranger", () => {
  it("is told what everybody is told of a case that does not exist", async () => {
    const unknown = await problemOf(
      office.services.cases.related({ reference: unknownReference, actor: focal, now: sundayNine }),
    );
    for (const [name, actor] of [
      ["first", office.official("focal_point", "MOH")],
      ["secret", room],
      ["secret", focal],
      ["first", { kind: "channel", channel: "web" }],
    ] as const)
      expect((await problemOf(related(name, actor))).detail).toEqual(unknown.detail);
  });

  it("reaches no personal data that the table of permissions does not give", () => {
    const entities = office.setup.entities;
    for (const seat of office.setup.seats) {
      const actor: Actor = {
        kind: "user",
        userId: 1,
        name: "x",
        seats: [{ role: seat.role, programme: "jordan", entity: seat.entity, sector: seat.sector }],
      };
      const reach = personalReach(actor);
      const reaches = (entity: string | null, confidential: boolean): boolean =>
        confidential
          ? entity === null
            ? reach.confidentialUnplaced.includes("jordan")
            : reach.confidentialEntities.some(({ code }) => code === entity)
          : reach.all.includes("jordan") || reach.entities.some(({ code }) => code === entity);
      for (const entity of [seat.entity, "CSPD", null])
        for (const confidential of [true, false]) {
          const theCase = { programme: "jordan", entity, sector: null, confidential };
          expect([seat.role, theCase, reaches(entity, confidential)]).toEqual([
            seat.role,
            theCase,
            can(actor, "personal.read", { case: theCase, entities }),
          ]);
        }
      expect(reach.subtreeOf).toEqual([]);
      expect(reach.everything).toBe(false);
    }
  });
});
