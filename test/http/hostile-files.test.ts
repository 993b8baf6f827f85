/** More than a hundred files that should do harm, through the door: each becomes harmless or is refused in words, none stays on disk. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import sharp from "sharp";
import { type AdminApp, openAdminApp, type SignedIn } from "../support/admin-app.js";
import { aPng } from "../support/files.js";
import { type HostileFile, hostileFiles } from "../support/hostile-files.js";
import { sundayNine } from "../support/working-office.js";

let app: AdminApp;
let focal: SignedIn;
let address: string;
beforeAll(async () => {
  app = await openAdminApp({ now: sundayNine });
  const { reference } = await app.office.receive();
  focal = await app.signIn("focal_point", "CSPD");
  address = `/admin/api/files?reference=${reference}`;
}, 90_000);
afterAll(() => app.close());

const upload = (bytes: Buffer, name: string) =>
  focal.agent
    .post(address)
    .set({
      "sec-fetch-site": "same-origin",
      "content-type": "application/octet-stream",
      "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    })
    .send(bytes);

const placeOf = (id: string): string => join(app.office.files, id.slice(0, 2), id.slice(2, 4), id);
const drop = (id: string) => focal.post(address.replace("files?", `files/${id}/drop?`));

async function filesOnDisk(): Promise<string[]> {
  const all = await readdir(app.office.files, { recursive: true }).catch(() => []);
  return all.filter((name) => /[0-9a-f]{32}/.test(name));
}

async function outcome({
  bytes,
  name,
}: HostileFile): Promise<{ said: HostileFile["becomes"]; kept: Buffer; words: string }> {
  const { status, body } = await upload(await bytes(), name);
  if (status === 201) {
    const { id, type, name: given, locked } = body.file;
    const kept = await readFile(placeOf(id));
    expect((await drop(id)).status).toBe(200);
    return { said: { type, name: given, ...(locked && { locked }) }, kept, words: "" };
  }
  expect([status, body.problem?.code]).toEqual([422, "invalid-input"]);
  const [fault] = body.problem.faults;
  expect(fault.field).toBe("/file");
  expect(fault.reason.ar).toMatch(/[\u0600-\u06ff]/);
  return { said: { refused: "kind" }, kept: Buffer.alloc(0), words: fault.reason.en };
}

const words = {
  kind: /type of file is not accepted/,
  damaged: /damaged or incomplete/,
  pixels: /too many pixels/,
  macros: /with macros/,
  programs: /programs or other archives/,
  password: /needs a password to open/,
  unpacked: /far too large when it is unpacked/,
  "UTF-8": /not in UTF-8/,
  empty: /is empty/,
  HEIC: /HEIC or AVIF/,
  outside: /load content from elsewhere/,
  acts: /scripts, attached files or commands/,
  "by itself": /opened or viewed, it automatically .+ \([A-Za-z]+\)/,
  commands: /formula that starts a program/,
} as const;

describe("hostile files", () => {
  it("are more than a hundred, no two the same", () => {
    expect(hostileFiles.length).toBeGreaterThan(130);
    expect(new Set(hostileFiles.map(({ what }) => what)).size).toBeGreaterThan(120);
  });

  it.each(hostileFiles.map((file) => [`${file.what} (${file.name.slice(0, 40)})`, file] as const))(
    "%s",
    async (_what, file) => {
      const { said, kept, words: told } = await outcome(file);
      if ("refused" in file.becomes) expect(told).toMatch(words[file.becomes.refused]);
      else expect(said).toMatchObject(file.becomes);
      if (file.without) expect(kept.toString("latin1")).not.toMatch(file.without);
      expect(await filesOnDisk()).toEqual([]);
    },
  );

  it("give their place back when the sender hangs up, whether they are looked into or wait", async () => {
    const name = "a.csv";
    const bytes = Buffer.alloc(19 * 1024 * 1024, "a,1,=SUM(A1)\n");
    const places = async () => Number((await app.office.rows("select count(*) as n from attachment_places"))[0]?.n);
    const sent = Array.from({ length: 4 }, () => upload(bytes, name));
    const ended = sent.map((one) => new Promise((resolve) => one.end(resolve)));
    while ((await places()) < sent.length) await new Promise((resolve) => setTimeout(resolve, 5));
    for (const one of sent) one.abort();
    // Superagent calls nobody back whose request it aborted: what the server does is what counts.
    while ((await places()) > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    void ended;
    expect(await filesOnDisk()).toEqual([]);
    expect((await upload(Buffer.from("a,1\n"), name)).status).toBe(201);
    const [{ id = "" } = {}] = await app.office.rows("select id from attachments");
    await drop(String(id));
  });

  it("leave no row behind", async () => {
    expect(await app.office.rows("select count(*)::integer as n from attachments")).toEqual([{ n: 0 }]);
  });
});

describe("a photo", () => {
  it("stands upright without saying so, small enough to be shown, and tells nothing of where and when", async () => {
    const photo = await sharp({ create: { width: 900, height: 600, channels: 3, background: "#357" } })
      .withMetadata({ orientation: 6 })
      .withExifMerge({
        IFD0: { Copyright: "the reporter" },
        IFD3: { GPSLatitudeRef: "N", GPSLatitude: "31/1 57/1 0/1" },
      })
      .jpeg()
      .toBuffer();
    expect(photo.toString("latin1")).toMatch(/Exif[\s\S]*reporter/);
    const { file } = (await upload(photo, "photo.jpg")).body;
    const kept = await sharp(placeOf(file.id)).metadata();
    expect(kept).toMatchObject({ width: 600, height: 900, format: "jpeg" });
    expect([kept.exif, kept.xmp, kept.iptc, kept.orientation]).toEqual([undefined, undefined, undefined, undefined]);
    const small = await sharp(`${placeOf(file.id)}.webp`).metadata();
    expect(small).toMatchObject({ format: "webp", height: 320 });
    await drop(file.id);
  });

  it("of many sent together each takes its turn, and the office goes on meanwhile", async () => {
    const picture = aPng(3000, 3000);
    const sent = Array.from({ length: 8 }, (_none, i) => upload(picture, `${i}.png`).then(({ status }) => status));
    const began = Date.now();
    expect((await focal.list("cases")).status).toBe(200);
    const listed = Date.now() - began;
    expect(await Promise.all(sent)).toEqual(Array.from({ length: 8 }, () => 201));
    expect(listed).toBeLessThan(Date.now() - began);
  });

  it("keeps nobody's text waiting: while pictures stand in line, a text is taken at once", async () => {
    const picture = aPng(7000, 7000);
    const slow: string[] = [];
    const pictures = Array.from({ length: 8 }, (_none, i) =>
      upload(picture, `${i}.png`).then(({ status, body }) => {
        slow.push("picture");
        if (status === 201) return drop(body.file.id);
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    const { status } = await upload(Buffer.from("hello"), "a.txt");
    expect(status).toBe(201);
    expect(slow.length).toBeLessThan(4);
    await Promise.all(pictures);
  });

  it("is told to come later where too many are in line already, and no place stays taken", async () => {
    const picture = aPng(6000, 6000);
    const owner = { kind: "channel", key: app.office.key } as const;
    const sent = await Promise.allSettled(
      Array.from({ length: 20 }, (_none, i) =>
        app.office.services.attachments.stage({
          owner,
          name: `${i}.png`,
          content: (async function* () {
            yield picture;
          })(),
          declaredType: null,
          now: sundayNine,
        }),
      ),
    );
    const refusals = sent.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
    expect(refusals.length).toBeGreaterThan(0);
    for (const one of refusals) expect(one).toMatchObject({ code: "unavailable", status: 503, retryAfter: 30 });
    expect(await app.office.rows("select count(*)::integer as n from attachment_places")).toEqual([{ n: 0 }]);
  });
});
