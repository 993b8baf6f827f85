/** Strangers who send too much, too many forms at once, or files without end: they are refused, and nobody else is. */

import { randomBytes } from "node:crypto";
import { request as ask, type ClientRequest, createServer, type IncomingMessage, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import sharp from "sharp";
import type { AttachmentOwner } from "../../src/features/files/attachments.js";
import { createApi } from "../../src/features/intake/create-api.js";
import { createHttp } from "../../src/platform/http/create-http.js";
import { fakeServices, sampleCode, sampleReference } from "../support/fake-services.js";
import { eventually } from "../support/instances.js";
import { openPortalApp, type PortalApp, type PortalVisitor } from "../support/portal-app.js";
import { answerAll, followed, sameOrigin } from "../support/portal-ways.js";
import { sundayNine } from "../support/working-office.js";

const megabyte = 1024 * 1024;

let app: PortalApp;
beforeAll(async () => {
  // Of this half for drafts.
  app = await openPortalApp({ trustProxy: true, parts: { maxWaitingBytes: 200 * megabyte } });
});
afterAll(() => app.close());

const hanging = new Set<ClientRequest>();
const hangUp = (): void => {
  for (const one of hanging) one.destroy();
  hanging.clear();
};
afterEach(hangUp);

interface Hung {
  readonly path: string;
  readonly from: string;
  readonly type?: string;
  readonly cookie?: string;
  readonly text?: string;
  readonly server?: Server;
}
const plain = "application/x-www-form-urlencoded";
const ofParts = "multipart/form-data; boundary=x";

/** Sends the beginning of a body and no more: the answer, when one comes all the same. */
function hang({ path, from, type = plain, cookie = "", text = "a=", server = app.server }: Hung) {
  const headers = { ...sameOrigin, "content-type": type, "content-length": 200_000, "x-forwarded-for": from, cookie };
  const { port } = server.address() as AddressInfo;
  const sent = ask({ port, path, method: "POST", headers, agent: false });
  hanging.add(sent);
  const answered = new Promise<IncomingMessage>((resolve) => {
    sent.once("response", (answer) => resolve(answer.resume()));
    sent.on("error", () => undefined);
  });
  sent.write(text);
  return answered;
}

/** Posts a form from an address. */
const post = (who: PortalVisitor, from: string, path: string, form: Readonly<Record<string, string>> = {}) =>
  who.agent
    .post(path)
    .set({ ...sameOrigin, "x-forwarded-for": from })
    .type("form")
    .send(form);

interface Begun {
  readonly who: PortalVisitor;
  readonly id: string;
  readonly cookie: string;
}
async function begin(from: string): Promise<Begun> {
  const who = app.visitor();
  const { headers } = await post(who, from, "/en/apply", { programme: "jordan" });
  const [, , , id = ""] = String(headers.location).split("/");
  return { who, id, cookie: String(headers["set-cookie"]).split(";")[0] ?? "" };
}
const attach = ({ who, id }: Begun, from: string, content: Buffer, name = "a.txt") =>
  who.agent
    .post(`/en/apply/${id}/files`)
    .set({ ...sameOrigin, "x-forwarded-for": from })
    .field("go", "show")
    .attach("file", content, name);

describe("what is typed", () => {
  it("is taken as long as it may be, and told at its field with all of it kept where it is longer", async () => {
    const { who, id } = await begin("192.0.2.1");
    const path = `/ar/apply/${id}/description`;
    expect((await who.post(path, { description: "ش".repeat(10_000) })).status).toBe(303);
    const long = "ش".repeat(35_000);
    const over = await who.post(path, { description: long });
    expect(over.status).toBe(422);
    expect(over.text).toContain(`${long}</textarea>`);
    expect(over.text).toContain('id="description-fault"');
  });

  it("is refused while it still comes where it is too much in all, however it is cut into fields", async () => {
    const { id, cookie } = await begin("192.0.2.1");
    const field = (n: number): string =>
      `--x\r\ncontent-disposition: form-data; name="f${n}"\r\n\r\n${"a".repeat(10_000)}\r\n`;
    const text = Array.from({ length: 15 }, (_none, n) => field(n)).join("");
    // The rest of it never comes: it is answered all the same, and its connection closed.
    const path = `/en/apply/${id}/files`;
    const answer = await hang({ path, from: "192.0.2.1", cookie, type: ofParts, text });
    expect([answer.statusCode, answer.headers.connection]).toEqual([413, "close"]);
  });

  it("has a hundred fields at most, in either kind of form", async () => {
    const { who, id } = await begin("192.0.2.1");
    const fields = Object.fromEntries(Array.from({ length: 101 }, (_none, n) => [`f${n}`, "a"]));
    expect((await who.post(`/en/apply/${id}/description`, fields)).status).toBe(413);
    const form = who.agent.post(`/en/apply/${id}/files`).set(sameOrigin);
    for (const [name, value] of Object.entries(fields)) form.field(name, value);
    expect((await form).status).toBe(413);
  });
});

describe("forms that hang", () => {
  const path = "/en/apply/AAAAAAAAAAAAAAAA/description";
  const probe = (from: string) => post(app.visitor(), from, "/en/apply", { programme: "jordan" });

  it("fill what one address may have at once: told in both languages with when to come back, and free again after", async () => {
    for (let n = 0; n < 30; n += 1) void hang({ path, from: "203.0.113.1" });
    const isFull = async () => (await probe("203.0.113.1")).status === 429;
    // Not so often that the asking itself is too much, where a machine takes long to receive them.
    expect(await eventually(isFull, 30, 500)).toBe(true);
    const refused = await probe("203.0.113.1");
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    expect(refused.text).toContain("Too many forms are arriving from your network");
    expect(refused.text).toContain("تصل من شبكتك نماذج كثيرة");
    expect((await probe("203.0.113.2")).status).toBe(303);
    // Of IPv6 a whole network is one.
    for (let n = 0; n < 30; n += 1) void hang({ path, from: `2001:db8:1:${n.toString(16)}::1` });
    expect(await eventually(async () => (await probe("2001:db8:1:ff::9")).status === 429, 30)).toBe(true);
    hangUp();
    expect(await eventually(async () => (await probe("203.0.113.1")).status === 303, 30)).toBe(true);
  });

  it("of twenty addresses leave room for others; where there is none for anybody, those who opened their case still come", async () => {
    const sent = await app.office.receive();
    const applicant = await followed(app, sent);
    let refused = 0;
    const flood = (from: string, forms: number) => {
      for (let n = 0; n < forms; n += 1) {
        void hang({ path, from }).then(({ statusCode }) => {
          if (statusCode === 429 || statusCode === 503) refused += 1;
        });
      }
    };
    for (let n = 1; n <= 20; n += 1) flood(`203.0.113.${n}`, 14);
    // The first ones fourteen, the last ones three: a third is free.
    expect(await eventually(() => refused >= 80, 30)).toBe(true);
    for (let n = 1; n <= 5; n += 1) expect((await probe(`198.51.100.${n}`)).status).toBe(303);
    for (let n = 1; n <= 120; n += 1) flood(`192.0.2.${n}`, 1);
    expect(await eventually(async () => (await probe("198.51.100.1")).status === 503, 30)).toBe(true);
    const full = await probe("198.51.100.1");
    expect(Number(full.headers["retry-after"])).toBeGreaterThan(0);
    expect(full.text).toContain("Many people are sending forms right now");
    expect(full.text).toContain("يرسل كثيرون نماذج في هذه اللحظة");
    const act = `/en/follow/${sent.reference}/do/add_information`;
    expect((await post(applicant, "203.0.113.1", act, { reply: "One more thing." })).status).toBe(303);
    hangUp();
    expect(await eventually(async () => (await probe("198.51.100.1")).status === 303, 30)).toBe(true);
  });
});

describe("what was answered already", () => {
  it("is let come for a while, so that a browser sees the answer, and no longer", async () => {
    const { port } = app.server.address() as AddressInfo;
    const sent = connect(port, "127.0.0.1");
    let ended = false;
    let answer = "";
    sent
      .on("data", (data) => {
        answer += data;
      })
      .on("error", () => undefined)
      .on("close", () => {
        ended = true;
      });
    sent.write(`POST /en/nothing HTTP/1.1\r\nhost: a\r\ncontent-length: ${64 * megabyte}\r\n\r\n`);
    expect(await eventually(() => answer.startsWith("HTTP/1.1 404"), 30)).toBe(true);
    const piece = Buffer.alloc(megabyte / 2);
    let pieces = 0;
    for (; !ended && pieces < 127; pieces += 1) {
      sent.write(piece);
      await sleep(20);
    }
    expect(ended).toBe(true);
    expect(pieces).toBeGreaterThanOrEqual(16);
    sent.destroy();
  });
});

describe("acts over the API, whose code stands in the body", () => {
  it("are read for so many at once", async () => {
    const { services } = fakeServices();
    const server = createServer(
      createHttp(services, { limits: false, trustProxy: true, doors: [createApi(services)] }),
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const path = `/api/v1/applications/${sampleReference}/actions`;
      const { port } = server.address() as AddressInfo;
      const act = (from: string) =>
        fetch(`http://127.0.0.1:${port}${path}`, {
          method: "POST",
          headers: { "content-type": "application/json", "x-forwarded-for": from, connection: "close" },
          body: JSON.stringify({ code: sampleCode, action: "reply", fields: {} }),
        });
      for (let n = 0; n < 120; n += 1) {
        void hang({ path, from: "203.0.113.1", type: "application/json", text: "{", server });
      }
      expect(await eventually(async () => (await act("203.0.113.1")).status === 429, 30)).toBe(true);
      const refused = await act("203.0.113.1");
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
      expect((await act("203.0.113.2")).status).toBe(200);
    } finally {
      hangUp();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
});

describe("files that strangers attach and never send", () => {
  const large = Buffer.alloc(2 * megabyte, "What I saw. ");
  const why = "Many files from your network are already waiting to be sent.";
  const stage = (owner: AttachmentOwner, content: Buffer) =>
    app.services.attachments.stage({
      owner,
      name: "a.txt",
      content: (async function* () {
        yield content;
      })(),
      declaredType: null,
      now: app.now(),
    });

  it("fill what an address may, also twenty of them, and everybody else still attaches", async () => {
    // The same address with one form after the other.
    for (let forms = 0, refused = false; !refused; forms += 1) {
      const form = await begin("203.0.113.1");
      for (let n = 0; n < 5 && !refused; n += 1)
        refused = (await attach(form, "203.0.113.1", large)).text.includes(why);
      expect(forms).toBeLessThan(5);
    }
    for (let n = 2; n <= 20; n += 1) {
      const from = `203.0.113.${n}`;
      const form = await begin(from);
      let refused = false;
      for (let i = 0; i < 6 && !refused; i += 1) refused = (await attach(form, from, large)).text.includes(why);
      expect(refused).toBe(true);
    }
    const waiting = await app.office.rows(
      "select count(distinct origin)::integer as addresses, sum(bytes)::integer as bytes from attachments where case_id is null",
    );
    expect(waiting).toMatchObject([{ addresses: 20 }]);
    expect(Number(waiting[0]?.bytes)).toBeLessThan(85 * megabyte);

    const noise = randomBytes(1300 * 1300 * 3);
    const photo = await sharp(noise, { raw: { width: 1300, height: 1300, channels: 3 } })
      .png()
      .toBuffer();
    expect(photo.length).toBeGreaterThan(4.8 * megabyte);
    const ordinary = await begin("198.51.100.7");
    expect((await attach(ordinary, "198.51.100.7", photo, "photo.png")).status).toBe(303);
    await answerAll(ordinary.who, ordinary.id);
    await ordinary.who.post(`/en/apply/${ordinary.id}/check`);
    // Where it came from is gone with the sending.
    const carried = "select name, origin from attachments where case_id is not null";
    expect(await app.office.rows(carried)).toEqual([{ name: "photo.png", origin: null }]);

    const sent = await app.office.receive();
    const applicant = await followed(app, sent);
    const act = `/en/follow/${sent.reference}/do/add_information`;
    const answer = await applicant.agent.post(act).set(sameOrigin).field("go", "show").attach("file", photo, "b.png");
    expect(answer.status).toBe(303);
    const focal = app.office.official("focal_point", "CSPD");
    const owners: AttachmentOwner[] = [
      { kind: "official", actor: focal, reference: sent.reference },
      { kind: "channel", key: app.office.key },
    ];
    for (const owner of owners) expect(await stage(owner, large)).toMatchObject({ bytes: large.length });
  });

  it("nor do those who attach them to cases of their own take what officials and channels need", async () => {
    await app.office.asOwner("delete from attachments where case_id is null");
    // As if many of them waited: a quarter of all is theirs.
    await app.office.asOwner(
      `insert into attachment_places (id, owner, bytes, taken_at, origin)
       select lpad(to_hex(n), 32, '0'), 'applicant/' || n, $1, $2, decode(lpad(to_hex(n), 8, '0'), 'hex') from generate_series(1, 25) n`,
      2 * megabyte,
      sundayNine,
    );
    const { reference, code } = await app.office.receive();
    const own = stage({ kind: "applicant", reference, code, from: "198.51.100.7" }, large);
    await expect(own).rejects.toMatchObject({ code: "storage-full" });
    const actor = app.office.official("focal_point", "CSPD");
    await expect(stage({ kind: "official", actor, reference }, large)).resolves.toMatchObject({ bytes: large.length });
  });
});
