/**
 * One instance as production runs it, with fifty people who mean well, at first alone, then beside strangers who send all at
 * once what could stop it. How long the people wait, and whether everything that they were told is kept is there, once.
 */
import { type ChildProcess, fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import sharp from "sharp";
import { setPassword } from "../../src/features/people/user-store.js";
import { zipOf } from "../support/archives.js";
import { type BenchOffice, openBenchOffice } from "../support/bench-office.js";
import { startProgram } from "../support/bench-programs.js";
import { applicantsLife, channelsLife, officialsLife, type Place, signIn } from "../support/bench-soak-people.js";
import { type Crowd, type Notes, Person, type Step } from "../support/bench-soak-person.js";
import { aPdf } from "../support/hostile-files.js";

export const name = "hostile-soak";

/** Seconds under attack; before it people are alone for as long, three minutes at most. `DIWAN_SOAK_SECONDS=30` to try. */
const seconds = Number(process.env.DIWAN_SOAK_SECONDS ?? 600);
const calmSeconds = Math.min(seconds, 180);
/** Kinds of attack (`forms,csv,pdf,docx,drafts,fields,slow,passwords`); all where it is empty. */
const only = (process.env.DIWAN_SOAK_ONLY ?? "").split(",").filter((kind) => kind !== "");
const people = { applicants: 40, channel: 1, officials: 9 } as const;
const password = "a password for measuring only";

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** What strangers send, as files that their process reads. */
function hostileFiles(folder: string): Record<"csv" | "pdf" | "docx" | "text", string> {
  const megabyte = 1024 * 1024;
  const repeated = (unit: string, bytes: number) => Buffer.from(unit.repeat(Math.floor(bytes / unit.length)));
  const text = Buffer.concat([
    Buffer.from('<w:document xmlns:w="w"><w:body>'),
    repeated("<w:instrText>PAGE</w:instrText>", 23 * megabyte),
  ]);
  const files = {
    csv: repeated(`${"\n".repeat(21)}=${"a|".repeat(250)}`, megabyte),
    pdf: Buffer.concat([aPdf(), repeated(`${"/ObjStm".repeat(250)}/Filter/Fl stream`, megabyte)]),
    // Little that unpacks to much, and something that does not, so that it is no bomb by its sizes.
    docx: zipOf([
      {
        name: "[Content_Types].xml",
        data: '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
      },
      { name: "word/document.xml", data: text },
      ...Array.from({ length: 11 }, (_, n) => ({ name: `word/header${n}.xml`, data: text })),
      { name: "word/media/image1.dat", data: randomBytes(2_000_000), stored: true },
    ]),
    text: Buffer.from(randomBytes(2 * megabyte).toString("hex")),
  };
  return Object.fromEntries(
    Object.entries(files).map(([kind, bytes]) => {
      const file = join(folder, kind);
      writeFileSync(file, bytes);
      return [kind, file];
    }),
  ) as ReturnType<typeof hostileFiles>;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

interface Second {
  readonly at: number;
  readonly rss: number;
  readonly longest: number;
}

/** The instance, started again where it died, as anybody who watches over it would do. */
class Instance {
  readonly seconds: Second[] = [];
  readonly deaths: number[] = [];
  #process: ChildProcess | null = null;
  /** The end of what it said, for anybody who asks why it died. */
  #said = "";
  #stopped = false;

  constructor(
    readonly port: number,
    readonly env: Record<string, string>,
  ) {}

  #start(): void {
    const watch = new URL("../support/bench-soak-watch.mjs", import.meta.url).href;
    const instance = fork(join(process.cwd(), "dist", "programs", "main.js"), {
      execArgv: ["--import", watch],
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      env: { PATH: process.env.PATH, NODE_ENV: "production", HOST: "127.0.0.1", PORT: String(this.port), ...this.env },
    });
    this.#process = instance;
    instance.on("message", (second: Omit<Second, "at">) => this.seconds.push({ at: performance.now(), ...second }));
    instance.stderr?.on("data", (data: Buffer) => {
      this.#said = `${this.#said}${data.toString()}`.slice(-2000);
    });
    instance.once("exit", (code, signal) => {
      if (this.#stopped) return;
      say(`the instance died (${signal ?? code}): ${this.#said.slice(0, 600)}`);
      this.deaths.push(performance.now());
      setTimeout(() => this.#stopped || this.#start(), 1000);
    });
  }

  async open(): Promise<void> {
    this.#start();
    for (let left = 120; ; left -= 1) {
      const answer = await fetch(`http://127.0.0.1:${this.port}/readyz`).catch(() => null);
      if (answer?.status === 200) return;
      if (left === 0) throw new Error("the instance is not ready after a minute");
      await sleep(500);
    }
  }

  async close(): Promise<void> {
    this.#stopped = true;
    const instance = this.#process;
    if (instance === null || instance.exitCode !== null) return;
    const gone = new Promise((resolve) => instance.once("exit", resolve));
    instance.kill("SIGTERM");
    const late = setTimeout(() => instance.kill("SIGKILL"), 20_000);
    await gone;
    clearTimeout(late);
  }
}

/** Entities with a service and a focal point: each gets some of the applicants. */
function placesOf({ setup }: BenchOffice): { places: Place[]; emails: string[] } {
  const focalOf = (entity: string) =>
    setup.seats.find((seat) => seat.role === "focal_point" && seat.entity === entity && seat.holders.length > 0);
  const found = [...setup.services.values()].flatMap(({ code: service, entity }) => {
    const { sector, joining } = setup.entities.get(entity) ?? {};
    return typeof sector === "string" && joining === "live" && focalOf(entity) ? [{ sector, entity, service }] : [];
  });
  const places = [...new Map(found.map((place) => [place.entity, place])).values()].slice(0, people.officials - 2);
  const rooms = setup.seats.filter(({ role, holders }) => role === "operation_room" && holders.length > 0).slice(0, 2);
  const seats = [...rooms, ...places.flatMap(({ entity }) => focalOf(entity) ?? [])];
  return { places, emails: seats.flatMap(({ holders }) => holders[0]?.email ?? []) };
}

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;

function waits(steps: readonly Step[]) {
  const sorted = steps.map(({ ms }) => ms).sort((a, b) => a - b);
  const [p50, p95, p99, max] = [0.5, 0.95, 0.99, 1].map((share) => Math.round(percentile(sorted, share)));
  return { steps: sorted.length, p50, p95, p99, max };
}

/** Looks for all that was told to be kept, once it is over. */
async function missing({ owner }: BenchOffice, { told }: Notes): Promise<{ lost: string[]; twice: string[] }> {
  const { rows } = await owner.query<{ mark: string; times: number; files: number }>(
    `with found as (
       select a.subject as mark, c.id as case_id, null::integer as seq from applications a join cases c on c.id = a.id
         where a.subject like 'soak-application-%'
       union all
       select substring(e.data::text from 'soak-(?:reply|note)-[0-9]+-end'), e.case_id, e.seq from case_events e
         where e.data::text ~ 'soak-(reply|note)-[0-9]+-end')
     select f.mark, count(*)::integer as times, sum((select count(*) from attachments t
       where t.case_id = f.case_id and t.name like f.mark || '.%'))::integer as files from found f group by f.mark`,
  );
  const found = new Map(rows.map((row) => [row.mark, row]));
  const lost = told.filter(({ mark, kept, files }) => kept && (found.get(mark)?.files ?? -1) < files);
  const twice = told.filter(
    ({ mark, files }) => (found.get(mark)?.times ?? 0) > 1 || (found.get(mark)?.files ?? 0) > files,
  );
  return { lost: lost.map(({ mark }) => mark), twice: twice.map(({ mark }) => mark) };
}

export async function run() {
  const home = mkdtempSync(join(tmpdir(), "diwan-soak-"));
  mkdirSync(join(home, "hostile"));
  const office = await openBenchOffice({ now: new Date(Date.now() - 86_400_000) });
  const port = await freePort();
  const secret = () => randomBytes(32).toString("hex");
  const instance = new Instance(port, {
    DIWAN_HOME: home,
    DATABASE_URL: office.url,
    PUBLIC_URL: `http://127.0.0.1:${port}/`,
    SESSION_SECRET: secret(),
    SEAL_KEY: secret(),
  });
  let attackers: ChildProcess | null = null;
  try {
    const { places, emails } = placesOf(office);
    for (const email of emails)
      await setPassword(office.db, { email, password, by: { kind: "system", job: "bench" }, now: new Date() });
    const files = hostileFiles(join(home, "hostile"));
    const noise = {
      create: {
        width: 120,
        height: 90,
        channels: 3,
        background: "grey",
        noise: { type: "gaussian", mean: 128, sigma: 40 },
      },
    } as const;
    const photo = await sharp(noise).png().toBuffer();
    await instance.open();

    let over = false;
    const notes: Notes = { steps: [], told: [], errors: new Map(), givenUp: 0 };
    const crowd: Crowd = { port, notes, isOver: () => over, pace: Math.min(1, seconds / 120) };
    const officials = emails.map((email, n) => ({ email, person: new Person(crowd, "officials", `127.0.2.${n + 1}`) }));
    for (const { email, person } of officials) await signIn(person, { email, password });
    const channel = new Person(crowd, "channel", "127.0.3.1");
    const lives = [
      ...Array.from({ length: people.applicants }, (_, n) => {
        const person = new Person(crowd, "applicants", `127.0.1.${n + 1}`);
        const place = places[n % places.length] as Place;
        // Nobody comes at the same second as everybody else.
        return sleep(n * 100).then(() => person.repeat(() => applicantsLife(person, place, photo)));
      }),
      ...officials.map(({ person }) => person.repeat(() => officialsLife(person, photo))),
      channel.repeat(() => channelsLife(channel, office.keys.get("web")?.secret ?? "", places[0]?.entity ?? "")),
    ];
    say(`${lives.length} people, alone for ${calmSeconds} s`);
    const began = performance.now();
    await sleep(calmSeconds * 1000);

    const attack = performance.now();
    say(`and beside strangers for ${seconds} s${only.length === 0 ? "" : ` (${only.join(", ")})`}`);
    attackers = startProgram("bench-soak-attack.mjs");
    attackers.send({ port, files, emails, only });
    await sleep(seconds * 1000);
    over = true;
    const end = performance.now();
    const attacks = await new Promise<Record<string, Record<string, number>>>((resolve) => {
      attackers?.once("message", (ended) => resolve(ended as Record<string, Record<string, number>>));
      attackers?.send("stop");
    });
    attackers.disconnect();
    attackers = null;
    const ends = await Promise.allSettled(lives);
    await instance.close();

    const broken = ends.flatMap((one) => (one.status === "rejected" ? [String(one.reason)] : []));
    // Anybody who still waited when the strangers came waited beside them.
    const isCalm = ({ at, ms }: Step) => at + ms < attack;
    const calm = notes.steps.filter(isCalm);
    const beside = notes.steps.filter((step) => !isCalm(step));
    const within = (from: number, to: number) => instance.seconds.filter(({ at }) => at >= from && at < to);
    const most = (from: number, to: number, of: "rss" | "longest") =>
      Math.max(0, ...within(from, to).map((one) => one[of]));
    const megabytes = (bytes: number) => Math.round(bytes / 1024 / 1024);
    const { lost, twice } = await missing(office, notes);
    const result = {
      seconds,
      waits: { alone: waits(calm), beside: waits(beside) },
      byWhom: Object.fromEntries(
        (["applicants", "channel", "officials"] as const).map((who) => [
          who,
          {
            alone: waits(calm.filter((one) => one.who === who)),
            beside: waits(beside.filter((one) => one.who === who)),
          },
        ]),
      ),
      told: notes.told.filter(({ kept }) => kept).length,
      lost: lost.length,
      twice: twice.length,
      givenUp: notes.givenUp,
      deathsAfterSeconds: instance.deaths.map((at) => Number(((at - attack) / 1000).toFixed(1))),
      megabytes: { alone: megabytes(most(began, attack, "rss")), beside: megabytes(most(attack, end, "rss")) },
      longestBusyMs: {
        alone: Math.round(most(began, attack, "longest")),
        beside: Math.round(most(attack, end, "longest")),
      },
      errors: Object.fromEntries([...notes.errors].sort((a, b) => b[1] - a[1])),
      attacks,
    };
    table(result);
    for (const mark of [...lost.slice(0, 5), ...twice.slice(0, 5)]) say(`lost or twice: ${mark}`);
    for (const one of broken) say(`a person's day broke: ${one}`);
    if (lost.length + twice.length + broken.length + instance.deaths.length > 0) process.exitCode = 1;
    const [alone, now] = [result.waits.alone.p99 ?? Number.NaN, result.waits.beside.p99 ?? Number.NaN];
    return [
      {
        bench: name,
        ratio: Number((now / alone).toFixed(2)),
        baseline: "the same fifty people alone at the same instance",
        unit: "times the wait (p99) of people beside strangers who attack",
        ...result,
      },
    ];
  } finally {
    if (attackers?.connected) attackers.disconnect();
    await instance.close();
    await office.close();
    rmSync(home, { recursive: true, force: true });
  }
}

/** For people to read; the line on standard output is for programs. */
function table(result: {
  readonly waits: Record<"alone" | "beside", ReturnType<typeof waits>>;
  readonly byWhom: Record<string, Record<"alone" | "beside", ReturnType<typeof waits>>>;
  readonly attacks: Record<string, Record<string, number>>;
  readonly errors: Record<string, number>;
  readonly megabytes: object;
  readonly longestBusyMs: object;
  readonly deathsAfterSeconds: readonly number[];
  readonly told: number;
  readonly lost: number;
  readonly twice: number;
  readonly givenUp: number;
}): void {
  const row = (what: string, one: ReturnType<typeof waits>) =>
    say(
      `${what.padEnd(22)}${[one.steps, one.p50, one.p95, one.p99, one.max].map((n) => String(n).padStart(9)).join("")}`,
    );
  say(`${"waits in ms".padEnd(22)}${["steps", "p50", "p95", "p99", "max"].map((title) => title.padStart(9)).join("")}`);
  for (const [who, of] of [["everybody", result.waits] as const, ...Object.entries(result.byWhom)]) {
    row(`${who}, alone`, of.alone);
    row(`${who}, beside`, of.beside);
  }
  const { told, lost, twice, givenUp, deathsAfterSeconds } = result;
  say(`told to be kept ${told}, lost ${lost}, twice ${twice}, steps given up ${givenUp}`);
  say(
    `the instance died ${deathsAfterSeconds.length} times${deathsAfterSeconds.map((s) => `, after ${s} s`).join("")}`,
  );
  say(`memory (MB) ${JSON.stringify(result.megabytes)}, longest busy (ms) ${JSON.stringify(result.longestBusyMs)}`);
  say(`tries that did not work: ${JSON.stringify(result.errors)}`);
  say(`what became of attacks: ${JSON.stringify(result.attacks)}`);
}
