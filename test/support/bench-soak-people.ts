/** What fifty people who mean well do: applicants at the portal, a channel's server at the API, officials in the back office. */
import { randomBytes } from "node:crypto";
import type { Answer, Notes, Person, Sent, Told } from "./bench-soak-person.js";

let marks = 0;
function nextMark(kind: Told["kind"]): string {
  marks += 1;
  return `soak-${kind}-${marks}-end`;
}
const urlencoded = { "content-type": "application/x-www-form-urlencoded" };
const formOf = (fields: Readonly<Record<string, string>>): Sent => ({
  headers: urlencoded,
  body: new URLSearchParams(fields).toString(),
});

/** Notes what became of something in any case, so that it is looked for. */
async function tellOf(notes: Notes, told: Omit<Told, "kept">, doIt: () => Promise<unknown>): Promise<void> {
  let kept = false;
  try {
    await doIt();
    kept = true;
  } finally {
    notes.told.push({ ...told, kept });
  }
}

export interface Place {
  readonly sector: string;
  readonly entity: string;
  readonly service: string;
}

/** What is answered on each page of the form; those that are not here are passed over. */
const answersOf = (
  { sector, entity, service }: Place,
  mark: string,
): Readonly<Record<string, Record<string, string>>> => ({
  description: { description: `The hall was closed, and nobody answered the telephone. ${mark}`, subject: mark },
  match: { match: "-" },
  type: { type: "complaint" },
  sector: { sector },
  entity: { entity },
  service: { service },
  details: { pillar: "QUALITY" },
  identity: { identity: "named" },
  contact: { name: "Rana Haddad", email: `rana-${mark}@example.com` },
});

const picturePart = (photo: Buffer, name: string): Sent => {
  const boundary = "----people";
  return {
    headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([
      Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="go"\r\n\r\non\r\n`),
      Buffer.from(
        `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: image/png\r\n\r\n`,
      ),
      photo,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
  };
};

/** Fills in the form page by page with a small picture, sends it, follows it, adds something, looks again. */
export async function applicantsLife(person: Person, place: Place, photo: Buffer): Promise<void> {
  const { notes } = person.crowd;
  const mark = nextMark("application");
  const answers = answersOf(place, mark);
  await person.get("portal: first page", "/en");
  await person.think(2);
  const started = await person.step("portal: begin", [303], (_tried, ask) =>
    ask("POST", "/en/apply", formOf({ programme: "jordan" })),
  );
  const form = String(started.headers.location).split("/").slice(0, 4).join("/");
  for (let page = "description"; page !== "check"; ) {
    const at = `${form}/${page}`;
    await person.get("portal: a page", at);
    await person.think(2);
    const answer =
      page === "files"
        ? await person.step("portal: picture", [303], async (tried, ask) => {
            // Anybody who presses again looks first whether the picture is there already.
            const there = tried > 0 && (await ask("GET", at)).text.includes(`${mark}.png`);
            return ask("POST", at, there ? formOf({ go: "on" }) : picturePart(photo, `${mark}.png`));
          })
        : await person.step("portal: an answer", [303], (_tried, ask) => ask("POST", at, formOf(answers[page] ?? {})));
    page = String(answer.headers.location).split("/")[4] as string;
  }
  await person.get("portal: last look", `${form}/check`);
  await person.think(2);
  let keys = { reference: "", code: "" };
  await tellOf(notes, { kind: "application", mark, files: 1 }, async () => {
    await person.step("portal: send", [303], (_tried, ask) => ask("POST", `${form}/check`, formOf({})));
    const { text } = await person.get("portal: reference", `${form}/sent`);
    const [, reference = "", code = ""] =
      /<bdi dir="ltr">([\d-]+)<\/bdi>[\s\S]*?<bdi dir="ltr">([\w-]+)<\/bdi>/.exec(text) ?? [];
    keys = { reference, code };
  });
  if (keys.code === "") throw new Error("a sent application without reference and code");
  await person.think(3);
  await person.step("portal: follow", [303], (_tried, ask) => ask("POST", "/en/follow", formOf(keys)));
  const at = `/en/follow/${keys.reference}`;
  await person.get("portal: case", at);
  await person.think(3);
  const added = nextMark("reply");
  await tellOf(notes, { kind: "reply", mark: added, files: 0 }, () =>
    person.step("portal: add", [303, 200], async (tried, ask) => {
      const seen = tried > 0 ? await ask("GET", at) : null;
      if (seen?.status === 200 && seen.text.includes(added)) return seen;
      const answer = await ask("POST", `${at}/do/add_information`, formOf({ reply: added }));
      // A page with faults is no answer to be content with.
      return answer.status === 200 ? { ...answer, status: 422 } : answer;
    }),
  );
  await person.get("portal: case", at);
  await person.think(4);
}

/** A channel's server: sends an application with a key, and looks where it stands. */
export async function channelsLife(person: Person, key: string, entity: string): Promise<void> {
  const { notes } = person.crowd;
  const mark = nextMark("application");
  const idempotencyKey = randomBytes(12).toString("hex");
  const headers = {
    authorization: `Bearer ${key}`,
    "content-type": "application/json",
    "idempotency-key": idempotencyKey,
  };
  const description = "Sent by a channel. Nobody answered.";
  const body = JSON.stringify({
    programme: "jordan",
    type: "complaint",
    language: "en",
    entity,
    subject: mark,
    description,
  });
  let received = { reference: "", code: "" };
  await tellOf(notes, { kind: "application", mark, files: 0 }, async () => {
    const answer = await person.step("api: send", [201], (_tried, ask) =>
      ask("POST", "/api/v1/applications", { headers, body }),
    );
    received = JSON.parse(answer.text) as typeof received;
  });
  await person.think(1);
  await person.step("api: follow", [200], (_tried, ask) =>
    ask("GET", `/api/v1/applications/${received.reference}`, { headers: { "x-application-code": received.code } }),
  );
  await person.think(1);
}

const json = (value: unknown): Sent => ({
  headers: { "content-type": "application/json" },
  body: JSON.stringify(value),
});
const cases = "/admin/api/resources/cases";

export function signIn(person: Person, who: { email: string; password: string }): Promise<Answer> {
  return person.step("office: sign in", [303], (_tried, ask) => ask("POST", "/admin/login", formOf(who)));
}

/** Looks at the list, opens a case, sends a file to it and writes a note that takes it along. */
export async function officialsLife(person: Person, photo: Buffer): Promise<void> {
  const { notes } = person.crowd;
  await person.get("office: home", "/admin/api/pages/home");
  await person.think(2);
  const list = await person.get("office: list", `${cases}/actions/list`);
  const records = (JSON.parse(list.text) as { records: { id: string }[] }).records;
  const id = records[Math.floor(Math.random() * records.length)]?.id;
  await person.think(2);
  if (id === undefined) return;
  const seqOf = ({ text }: Answer): number => (JSON.parse(text) as { view: { expectedSeq: number } }).view.expectedSeq;
  let expectedSeq = seqOf(await person.get("office: case", `${cases}/records/${id}/page`));
  await person.think(3);
  const mark = nextMark("note");
  const name = {
    "content-type": "application/octet-stream",
    "content-disposition": `attachment; filename*=UTF-8''${mark}.png`,
  };
  const sent = await person.step("office: file", [201], (_tried, ask) =>
    ask("POST", `/admin/api/files?reference=${id}`, { headers: name, body: photo }),
  );
  const attachments = [(JSON.parse(sent.text) as { file: { id: string } }).file.id];
  await person.think(2);
  const actKey = randomBytes(16).toString("hex");
  await tellOf(notes, { kind: "note", mark, files: 1 }, () =>
    person.step("office: note", [200], async (tried, ask) => {
      if (tried > 0) expectedSeq = seqOf(await ask("GET", `${cases}/records/${id}/page`));
      const act = { action: "note", fields: { note: mark }, expectedSeq, actKey, attachments };
      const answer = await ask("POST", `${cases}/records/${id}/perform`, json(act));
      if (answer.status !== 409) return answer;
      // A colleague was quicker, as happens any day: look again and press at once.
      expectedSeq = seqOf(await ask("GET", `${cases}/records/${id}/page`));
      return ask("POST", `${cases}/records/${id}/perform`, json({ ...act, expectedSeq }));
    }),
  );
  await person.think(4);
}
