// Strangers who mean harm, in a process of their own: one message {port, files, emails} in, then they go on until a message
// comes to stop, and answer with what they did by kind and how it ended. They have addresses of their own (127.0.0.2 and up),
// as many at once as one network would have, and the same priority as everybody else.
import { request } from "node:http";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const host = "127.0.0.1";
const patienceMs = 30_000;
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
    const timer = setTimeout(() => done(a.leaveAfterMs ? "left" : "no answer"), a.leaveAfterMs ?? patienceMs);
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

/** A form that a stranger has begun: its address and its cookie. */
async function begun(kind, address) {
  const type = { "content-type": "application/x-www-form-urlencoded" };
  const { how, headers } = await ask({ path: "/en/apply", address, headers: type, body: "programme=jordan" });
  if (how !== "303") {
    note(`${kind}: begin`, how);
    await sleep(1000);
    return null;
  }
  const cookie = (headers["set-cookie"] ?? []).map((one) => one.split(";")[0]).join("; ");
  return { at: String(headers.location).split("/").slice(0, 4).join("/"), cookie };
}

const boundary = "----soak";
const part = (name, extra = "") => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${extra}\r\n\r\n`;
const multipart = { "content-type": `multipart/form-data; boundary=${boundary}` };

async function upload(kind, file, name, more = {}) {
  const address = addressOf();
  const form = await begun(kind, address);
  if (form === null) return;
  const body = Buffer.concat([
    Buffer.from(part("file", `; filename="${name}"`)),
    file,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  const { how } = await ask({
    path: `${form.at}/files`,
    address,
    headers: { ...multipart, cookie: form.cookie, "content-length": body.length },
    body,
    ...more,
  });
  note(kind, how);
}

/** As many fields as are allowed and as long; the last line waits, so that all of it is held meanwhile. */
async function hugeForm() {
  const address = addressOf();
  const form = await begun("forms", address);
  if (form === null) return;
  const { how } = await ask({
    path: `${form.at}/files`,
    address,
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
  note("forms", how);
}

async function manyFields() {
  const address = addressOf();
  const form = await begun("fields", address);
  if (form === null) return;
  const headers = { "content-type": "application/x-www-form-urlencoded", cookie: form.cookie };
  const body = Array.from({ length: 30_000 }, (_, n) => `a${n}=1`).join("&");
  note("fields", (await ask({ path: `${form.at}/description`, address, headers, body })).how);
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
  csv: [3, () => upload("csv", files.csv, "table.csv")],
  pdf: [4, () => upload("pdf", files.pdf, "letter.pdf", { leaveAfterMs: 2000 })],
  docx: [2, () => upload("docx", files.docx, "letter.docx")],
  drafts: [6, () => upload("drafts", files.text, "notes.txt")],
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
  const lane = async (kind, act) => {
    while (!stopped) {
      note(kind, "tried");
      await act().catch((error) => note(kind, `here: ${error.message}`));
      // An instance that is away answers at once: whoever attacks it does not spin.
      await sleep(50);
    }
  };
  const only = message.only;
  for (const [kind, [lanes, act]] of Object.entries(kinds({ files, emails: message.emails }))) {
    if (only.length > 0 && !only.includes(kind)) continue;
    for (let n = 0; n < lanes; n += 1) void lane(kind, act);
  }
});
process.on("disconnect", () => process.exit(0));
