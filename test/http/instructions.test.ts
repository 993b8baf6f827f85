/** The register through the back office's door: files and acts by guessed addresses, from strangers' seats. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type AdminApp, openAdminApp, type SignedIn } from "../support/admin-app.js";
import { aPdf } from "../support/hostile-files.js";
import { programme, sundayNine } from "../support/working-office.js";

let app: AdminApp;
let room: SignedIn;
let focal: SignedIn;
let other: SignedIn;
const code = "CAB-5";
beforeAll(async () => {
  app = await openAdminApp();
  room = await app.signIn("operation_room");
  focal = await app.signIn("focal_point", "CSPD");
  other = await app.signIn("focal_point", "JFDA");
  const values = {
    ...{
      code,
      nameAr: "تعليمات",
      nameEn: "Answering",
      number: "5/2026",
      issuedOn: "2026-11-01",
      inForceFrom: "2026-11-01",
    },
    ...{ textAr: "نص سري", textEn: "MARKTEXT", toEntities: ["CSPD"] },
  };
  const by = app.office.official("operation_room");
  const { setupEditor } = app.office.services;
  await setupEditor.create({ programme, table: "instructions", values, by, now: sundayNine });
});
afterAll(() => app?.close());

const act = (who: SignedIn, name: string, more: object = {}) =>
  who.send("instructions", name, { programme, code, ...more });
const stage = (who: SignedIn) =>
  who.agent
    .post(`/admin/api/files?programme=${programme}&instruction=${code}`)
    .set({ "sec-fetch-site": "same-origin", "content-type": "application/octet-stream" })
    .set("content-disposition", "attachment; filename*=UTF-8''paper.pdf")
    .send(aPdf());
const paper = (who: SignedIn) => who.get(`/admin/files/instructions/${programme}/${code}`);

describe("the register", () => {
  it("is not changed by whoever does not keep it", async () => {
    for (const who of [focal, other]) {
      expect((await act(who, "issue")).status).toBe(403);
      expect((await act(who, "remind")).status).toBe(403);
      expect((await stage(who)).status).toBe(404);
      expect((await who.get("/admin/api/resources/instruction-texts/actions/list")).status).toBe(404);
    }
  });

  it("shows a draft, its text and its paper to nobody else", async () => {
    const staged = await stage(room);
    expect(staged.status).toBe(201);
    expect((await act(room, "attach", { file: staged.body.file.id })).status).toBe(200);
    expect((await paper(room)).status).toBe(200);
    for (const who of [focal, other]) {
      expect((await paper(who)).status).toBe(404);
      const page = await who.get(`/admin/api/pages/instructions?programme=${programme}&code=${code}`);
      expect([page.status, JSON.stringify(page.body).includes("MARKTEXT")]).toEqual([404, false]);
      expect((await who.get(`/admin/api/pages/instructions?programme=boston311`)).status).toBe(404);
    }
  });

  it("shows what was issued to whom it concerns, who acknowledges it for the own entity", async () => {
    expect((await act(room, "issue")).status).toBe(200);
    expect((await paper(focal)).headers["content-disposition"]).toContain("attachment");
    expect((await paper(other)).status).toBe(404);
    expect((await act(other, "acknowledge", { entity: "JFDA" })).status).toBe(404);
    expect((await act(other, "acknowledge", { entity: "CSPD" })).status).toBe(404);
    expect((await act(focal, "acknowledge", { entity: "JFDA" })).status).toBe(403);
    expect((await act(focal, "acknowledge", { entity: "CSPD" })).status).toBe(200);
    const view = (await room.page("instructions", { programme, code })).body;
    expect(view.opened.standing).toEqual({ acknowledged: 1, addressed: 1 });
  });
});
