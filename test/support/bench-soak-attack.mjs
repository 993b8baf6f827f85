// Strangers who mean harm, in a process of their own: one message {port, files, emails} in, then they go on until a message
// comes to stop, and answer with what they did by kind and how it ended. They have addresses of their own (127.0.0.2 and up),
// as many at once as one network would have, and the same priority as everybody else.
import { request } from "node:http";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const host = "127.0.0.1";
const patienceMs = 30_000;
/** Beginning is only the way to the attack: on a busy machine it may take its time. */
const beginsWithinMs = 120_000;
const field = Buffer.alloc(255 * 1024, "x");
const fieldsOfForm = 190;
const ended = {};
let stopped = false;
let port = 0;
let turn = 0;

const addressOf = () => `127.0.0.${2 + (turn++ % 60)}`;
const note = (kind, how) => {
  ended[kind] ??= {};
  ended[kind][how] = (ended[kind][how] ?? 0) + 1;
};

/** Answers with the status, or what went wrong. `send` writes the body; `leaveAfterMs` hangs up whatever happens. */
function ask(a) {
  return new Promise((resolve) => {
    const asked = request({
      host,
      port,
      method: a.method ?? "POST",
      path: a.path,
      localAddress: a.address,
      agent: false,
      headers: { "sec-fetch-site": "same-origin", accept: "text/html", ...a.headers },
    });
    let over = false;
    const done = (how, response) => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      asked.destroy();
      resolve({ how, headers: response?.headers ?? {} });
    };
    const timer = setTimeout(
      () => done(a.leaveAfterMs ? "left" : "no answer"),
      a.leaveAfterMs ?? a.patienceMs ?? patienceMs,
    );
    asked.on("error", (error) => done(error.code ?? error.message));
    asked.on("response", (response) => {
      response.resume();
      response.on("end", () => done(String(response.statusCode), response));
      response.on("error", () => done("broken answer"));
    });
    if (a.send) a.send(asked, () => over);
    else asked.end(a.body);
  });
}

/** Forms that strangers have begun, to be attacked again, by lane. */
const forms = new Map();

/** A form of this lane: its address, its cookie, and whose it is. */
async function begun(kind, lane, anew = false) {
  const known = forms.get(lane);
  if (known !== undefined && !anew) return known;
  const address = addressOf();
  const type = { "content-type": "application/x-www-form-urlencoded" };
  const patient = { patienceMs: beginsWithinMs };
  const { how, headers } = await ask({
    path: "/en/apply",
    address,
    headers: type,
    body: "programme=jordan",
    ...patient,
  });
  if (how !== "303") {
    note(`${kind}: begin`, how);
    await sleep(1000);
    return null;
  }
  const cookie = (headers["set-cookie"] ?? []).map((one) => one.split(";")[0]).join("; ");
  const form = { at: String(headers.location).split("/").slice(0, 4).join("/"), cookie, address };
  forms.set(lane, form);
  return form;
}

/** What became of it; a form that was taken, or is gone, is begun anew the next time. */
function became(kind, lane, how) {
  note(kind, how);
  if (/^[23]|^404/.test(how)) forms.delete(lane);
}

const boundary = "----soak";
const part = (name, extra = "") => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${extra}\r\n\r\n`;
const multipart = { "content-type": `multipart/form-data; boundary=${boundary}` };

/** @param more.anew a form for each file */
async function upload(kind, lane, file, name, { anew = false, ...more } = {}) {
  const form = await begun(kind, lane, anew);
  if (form === null) return;
  const body = Buffer.concat([
    Buffer.from(part("file", `; filename="${name}"`)),
    file,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  const { how } = await ask({
    path: `${form.at}/files`,
    address: form.address,
    headers: { ...multipart, cookie: form.cookie, "content-length": body.length },
    body,
    ...more,
  });
  became(kind, lane, how);
}

/** As many fields as are allowed and as long; the last line waits, so that all of it is held meanwhile. */
async function hugeForm(lane) {
  const form = await begun("forms", lane);
  if (form === null) return;
  const { how } = await ask({
    path: `${form.at}/files`,
    address: form.address,
    headers: { ...multipart, cookie: form.cookie },
    async send(asked, isOver) {
      for (let n = 0; n < fieldsOfForm && !isOver(); n += 1) {
        asked.write(part(`f${n}`));
        asked.write(field);
        if (!asked.write("\r\n"))
          await new Promise((resolve) => {
            const go = () => {
              asked.off("drain", go);
              asked.off("close", go);
              resolve();
            };
            asked.on("drain", go);
            asked.on("close", go);
          });
      }
      await sleep(5000);
      if (!isOver()) asked.end(`--${boundary}--\r\n`);
    },
  });
  became("forms", lane, how);
}

async function manyFields(lane) {
  const form = await begun("fields", lane);
  if (form === null) return;
  const headers = { "content-type": "application/x-www-form-urlencoded", cookie: form.cookie };
  const body = Array.from({ length: 30_000 }, (_, n) => `a${n}=1`).join("&");
  became("fields", lane, (await ask({ path: `${form.at}/description`, address: form.address, headers, body })).how);
}

/** A body that comes a byte at a time. */
function slowBody() {
  return new Promise((resolve) => {
    const socket = connect({ host, port, localAddress: addressOf() });
    const [type, path] =
      turn % 2 ? ["application/x-www-form-urlencoded", "/en/follow"] : [multipart["content-type"], "/en/apply"];
    socket.on("connect", () =>
      socket.write(
        `POST ${path} HTTP/1.1\r\nhost: x\r\nsec-fetch-site: same-origin\r\ncontent-type: ${type}\r\ncontent-length: 100000\r\n\r\n`,
      ),
    );
    const drip = setInterval(() => (stopped ? socket.destroy() : socket.write("a")), 3000);
    socket.on("error", (error) => note("slow", error.code));
    socket.on("close", () => {
      clearInterval(drip);
      note("slow", "closed");
      setTimeout(resolve, 500);
    });
    socket.resume();
  });
}

async function wrongPassword(emails) {
  const email = turn % 2 ? emails[turn % emails.length] : `nobody${turn}@example.jo`;
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const body = new URLSearchParams({ email, password: `wrong ${turn}` }).toString();
  note("passwords", (await ask({ path: "/admin/login", address: addressOf(), headers, body })).how);
  await sleep(200);
}

/** What each kind does over and over, and how many do it at once. */
const kinds = ({ files, emails }) => ({
  forms: [110, hugeForm],
  csv: [3, (lane) => upload("csv", lane, files.csv, "table.csv")],
  pdf: [4, (lane) => upload("pdf", lane, files.pdf, "letter.pdf", { leaveAfterMs: 2000 })],
  docx: [2, (lane) => upload("docx", lane, files.docx, "letter.docx")],
  drafts: [6, (lane) => upload("drafts", lane, files.text, "notes.txt", { anew: true })],
  fields: [4, manyFields],
  slow: [60, slowBody],
  passwords: [3, () => wrongPassword(emails)],
});

process.on("message", async (message) => {
  if (message === "stop") {
    stopped = true;
    process.send(ended);
    return;
  }
  const { readFileSync } = await import("node:fs");
  port = message.port;
  const files = Object.fromEntries(Object.entries(message.files).map(([name, file]) => [name, readFileSync(file)]));
  const attack = async (kind, act, lane) => {
    // Not all in the same moment: nobody would get as far as an attack.
    await sleep(Math.random() * 5000);
    while (!stopped) {
      note(kind, "tried");
      await act(lane).catch((error) => note(kind, `here: ${error.message}`));
      // An instance that is away answers at once: anybody who attacks it does not spin.
      await sleep(50);
    }
  };
  const only = message.only;
  for (const [kind, [lanes, act]] of Object.entries(kinds({ files, emails: message.emails }))) {
    if (only.length > 0 && !only.includes(kind)) continue;
    for (let n = 0; n < lanes; n += 1) void attack(kind, act, `${kind} ${n}`);
  }
});
process.on("disconnect", () => process.exit(0));
