/** Search through the door of the back office: while typing, by applicant, beside a case; and what strangers get. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { FoundCase } from "../../src/engine/search/case-search.js";
import type { Piece } from "../../src/engine/search/highlight.js";
import { type AdminApp, openAdminApp, type SignedIn } from "../support/admin-app.js";
import { sundayNine } from "../support/working-office.js";

let app: AdminApp;
let focal: SignedIn;
let stranger: SignedIn;
let room: SignedIn;
let auditor: SignedIn;
let reference: string;
let foreign: string;
let secret: string;

const api = "/admin/api/resources/cases";
const suggestAt = (search: string) => `${api}/actions/suggest?${new URLSearchParams({ search })}`;
const relatedAt = (of: string) => `${api}/records/${of}/related`;
const referencesOf = (view: readonly FoundCase[]) => view.map((one) => one.reference);
const found = async (who: SignedIn, search: string) => referencesOf((await who.get(suggestAt(search))).body.view);

beforeAll(async () => {
  app = await openAdminApp({ now: new Date(sundayNine.getTime() + 3_600_000) });
  ({ reference } = await app.office.receive());
  ({ reference: foreign } = await app.office.receive({
    entity: "MOH",
    sector: "HEALTH",
    subject: "<img src=x onerror=alert(1)> hall",
    description: "No bed is free in the hall.",
  }));
  ({ reference: secret } = await app.office.receive({
    type: "report",
    entity: null,
    applicant: null,
    subject: "A bribe in the hall",
  }));
  focal = await app.signIn("focal_point", "CSPD");
  stranger = await app.signIn("focal_point", "MOH");
  room = await app.signIn("operation_room");
  auditor = await app.signIn("auditor");
}, 90_000);
afterAll(() => app.close());

describe("while typing", () => {
  it("finds what is theirs, says where, and names nobody", async () => {
    const answer = await focal.get(suggestAt("hal"));
    expect(answer.status).toBe(200);
    expect(referencesOf(answer.body.view)).toEqual([reference]);
    expect(answer.body.view[0].match.subject).toContainEqual({ text: "hall", found: true });
    expect(answer.text).not.toMatch(/Rana|Haddad|example\.com|9627912/);
    expect(await found(stranger, "hall")).toEqual([foreign]);
    expect((await found(room, "hall")).sort()).toEqual([reference, foreign].sort());
    expect(await found(focal, "  ")).toEqual([]);
  });

  it("gives marks as text, never as markup", async () => {
    const [one] = (await stranger.get(suggestAt("hall"))).body.view as FoundCase[];
    expect(one?.match?.subject.map(({ text }) => text).join("")).toBe("<img src=x onerror=alert(1)> hall");
  });

  it("finds no foreign and no confidential case, by its words, its reference or its end", async () => {
    for (const [who, of] of [
      [focal, foreign],
      [focal, secret],
      [room, secret],
      [auditor, secret],
    ] as const)
      for (const search of [of, of.replaceAll("-", ""), of.slice(-6)]) expect(await found(who, search)).toEqual([]);
    expect(await found(room, "bribe")).toEqual([]);
    expect(await found(focal, foreign.slice(-6))).toEqual([]);
    expect(await found(room, foreign.slice(-6))).toEqual([foreign]);
  });

  it("is closed to whoever reads no cases, and to nobody at all", async () => {
    const committee = await app.signIn("steering_committee");
    expect((await committee.get(suggestAt("hall"))).status).toBe(404);
    expect((await app.visitor().get(suggestAt("hall"))).status).toBe(401);
    expect((await app.visitor().post(`${api}/actions/applicant`, { applicant: "0791234567" })).status).toBe(401);
    expect((await app.visitor().get(relatedAt(reference))).status).toBe(401);
    expect((await focal.get(`${api}/actions/suggest?search=a&search=b`)).status).toBe(400);
    expect((await focal.get(`${api}/actions/suggest?find=a`)).status).toBe(400);
  });
});

describe("what belongs into no address", () => {
  const byPost = async (who: SignedIn, search: unknown) => who.post(`${api}/actions/suggest`, { search });
  it("is asked in a body, and answered the same", async () => {
    expect(referencesOf((await byPost(focal, "hall")).body.view)).toEqual([reference]);
    expect(referencesOf((await byPost(focal, reference.slice(-6))).body.view)).toEqual([reference]);
    for (const search of [secret.slice(-6), foreign.slice(-6), "0791234567", "", null, 5, ["hall"], { a: 1 }])
      expect([search, (await byPost(focal, search)).body.view]).toEqual([search, []]);
    expect((await app.visitor().post(`${api}/actions/suggest`, { search: "hall" })).status).toBe(401);
    const committee = await app.signIn("steering_committee");
    expect((await byPost(committee, "hall")).status).toBe(404);
  });
});

describe("similar words", () => {
  const nearAt = (search: string) => `${api}/actions/near?${new URLSearchParams({ search })}`;
  const near = async (who: SignedIn, search: string) => referencesOf((await who.get(nearAt(search))).body.view.cases);
  it("find what is theirs and nothing else", async () => {
    expect(await near(focal, "halll")).toEqual([reference]);
    expect(await near(stranger, "halll")).toEqual([foreign]);
    expect((await near(room, "halll")).sort()).toEqual([reference, foreign].sort());
    expect(await near(room, "brible")).toEqual([]);
    expect((await focal.get(nearAt("halll"))).text).not.toMatch(/Rana|Haddad|example\.com|9627912/);
  });
  it("are closed to people who read no cases, and to nobody at all", async () => {
    const committee = await app.signIn("steering_committee");
    expect((await committee.get(nearAt("halll"))).status).toBe(404);
    expect((await app.visitor().get(nearAt("halll"))).status).toBe(401);
    expect((await focal.post(`${api}/actions/near`, { search: "halll" })).status).toBe(405);
  });
});

describe("by applicant", () => {
  const ask = (who: SignedIn, applicant: unknown) => who.post(`${api}/actions/applicant`, { applicant });
  it("finds for handlers alone, on record", async () => {
    const answer = await ask(focal, "0791234567");
    expect(answer.status).toBe(200);
    expect(referencesOf(answer.body.view.cases)).toEqual([reference]);
    expect(answer.text).not.toMatch(/Rana|Haddad|example\.com|1234567/);
    const { records } = (await auditor.list("audit-events", { "filters.stream": "personal" })).body;
    expect(records).toHaveLength(1);
    expect(JSON.stringify(records)).not.toContain("1234567");
  });
  it("is no address, and closed to whoever may not know who applicants are", async () => {
    expect((await focal.get(`${api}/actions/applicant`)).status).toBe(405);
    expect((await ask(auditor, "0791234567")).status).toBe(404);
    const minister = await app.signIn("minister");
    expect((await ask(minister, "0791234567")).status).toBe(404);
    expect(referencesOf((await ask(stranger, "rana haddad")).body.view.cases)).toEqual([foreign]);
    for (const body of [{}, { applicant: "x" }, { applicant: { a: 1 } }, { applicant: "079" }]) {
      const refused = await focal.post(`${api}/actions/applicant`, body);
      expect([body, refused.status]).toEqual([body, 422]);
      expect(refused.body.problem.faults[0].field).toBe("/applicant");
    }
  });
});

describe("near a case", () => {
  it("tells of what is theirs", async () => {
    const answer = await focal.get(relatedAt(reference));
    expect(answer.status).toBe(200);
    expect(answer.body.view).toEqual({ earlier: { total: 0, more: false, cases: [] }, similar: [] });
    const all = (await room.get(relatedAt(reference))).body.view;
    expect(all.earlier.cases.map((one: FoundCase) => one.reference)).toEqual([foreign]);
    expect((await auditor.get(relatedAt(reference))).body.view.earlier).toBeNull();
  });
  it("is not there for strangers", async () => {
    for (const [who, of] of [
      [stranger, reference],
      [focal, foreign],
      [room, secret],
      [focal, "100-000-0001"],
    ] as const)
      expect([of, (await who.get(relatedAt(of))).status]).toEqual([of, 404]);
  });
});

describe("where it was found", () => {
  const marked = (pieces: readonly Piece[]): string =>
    pieces.map(({ text, found: hit }) => (hit ? `[${text}]` : text)).join("");
  const matchOf = async (who: SignedIn, search: string) => {
    const view = (await who.get(suggestAt(search))).body.view as FoundCase[];
    expect(view).toHaveLength(1);
    const match = view[0]?.match;
    return {
      subject: marked(match?.subject ?? []),
      passage: match?.excerpt ? `${match.excerpt.from}: ${marked(match.excerpt.pieces)}` : null,
      names: match?.names.map(({ kind, name }) => `${kind}: ${name.en}`),
      reference: match?.reference ? marked(match.reference) : null,
    };
  };
  let own: string;
  beforeAll(async () => {
    ({ reference: own } = await app.office.receive({
      subject: "Zebra crossing",
      description: "Paint of the crossing has faded entirely.",
      governorate: "IRB",
      fields: { transactionNumber: "KERB-ZETA" },
    }));
    const act = (action: string, fields: Record<string, unknown>) =>
      app.office.act(
        own,
        app.office.official("focal_point", "CSPD"),
        action,
        fields,
        new Date(sundayNine.getTime() + 600_000),
      );
    await act("take", {});
    await act("note", { note: "Colleagues measured the kerbstone." });
    await act("contact", { note: "Which junction do they mean?" });
  });

  it.each([
    ["zebra", { subject: "[Zebra] crossing", passage: null, names: [] }],
    ["faded", { subject: "Zebra crossing", passage: "application: Paint of the crossing has [faded] entirely." }],
    ["kerbstones ", { passage: "case.noted: Colleagues measured the [kerbstone]." }],
    ["junction", { passage: "case.noted: Which [junction] do they mean?" }],
    ["zeta", { passage: "fields: KERB-[ZETA]" }],
    ["zebra Irbid", { subject: "[Zebra] crossing", passage: null, names: ["governorate: Irbid"] }],
  ])("is said of %j", async (search, expected) => expect(await matchOf(focal, search)).toMatchObject(expected));

  it("is said of the end of a reference", async () => {
    expect((await matchOf(focal, own.slice(-6))).reference).toBe(`${own.slice(0, -6)}[${own.slice(-6)}]`);
  });

  it("is nowhere for whoever may not read it: notes of another entity, of what was transferred, of what is confidential", async () => {
    for (const search of ["kerbstone", "junction", "zebra", own.slice(-6)])
      expect([search, await found(stranger, search)]).toEqual([search, []]);
    const handler = app.office.official("focal_point", "JIACC");
    const later = new Date(sundayNine.getTime() + 900_000);
    await app.office.act(secret, handler, "note", { note: "Envelope photographed." }, later);
    for (const who of [focal, stranger, room, auditor]) expect(await found(who, "envelope")).toEqual([]);
    expect(await found(await app.signIn("focal_point", "JIACC"), "envelope")).toEqual([secret]);

    const official = app.office.official("focal_point", "CSPD");
    expect(await found(focal, "kerbstone")).toEqual([own]);
    await app.office.act(own, official, "transfer", { entity: "MOH", reason: "Theirs" }, later);
    expect(await found(focal, "kerbstone")).toEqual([]);
    expect(await found(stranger, "kerbstone")).toEqual([own]);
  });

  it("is never who the applicant is", async () => {
    for (const search of ["Rana", "Haddad", "rana@example.com", "0791234567", "+962791234567"])
      for (const who of [focal, room, auditor]) expect([search, await found(who, search)]).toEqual([search, []]);
  });
});
