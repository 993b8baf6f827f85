/** What people wait for at the desk, and in the studio while they try a case: from a key or a click to the painted outcome, in a real browser, among many cases. */
import type { ChildProcess } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { setPassword } from "../../src/features/people/user-store.js";
import { median, openBenchOffice, receiveAll, sunday } from "../support/bench-office.js";
import { nextMessage, startProgram } from "../support/bench-programs.js";
import { launchBrowser } from "../support/browser.js";

export const name = "interactions";

const received = 2000;
const times = 3;
const longestMs = 30_000;
const password = "a password for measuring only";

/** What a page is told to watch: the moment of the last key or click, and the first painted moment at which `done` holds. */
interface Watch {
  began: number;
  ended: Promise<number>;
}
declare global {
  interface Window {
    watched: Watch;
  }
}

/** Runs in the page. From then on the next key or click is the beginning; the end is the frame after which `done` was painted. */
function watch(a: { done: string; from: "event" | "request" }): void {
  const holds = new Function(`return (${a.done})`) as () => boolean;
  const seen: Watch = { began: 0, ended: Promise.resolve(0) };
  window.watched = seen;
  const begin = (event: Event) => {
    if (seen.began === 0) seen.began = event.timeStamp;
  };
  if (a.from === "event") {
    for (const type of ["keydown", "pointerdown", "input"]) window.addEventListener(type, begin, { capture: true });
  } else {
    const { fetch: real } = window;
    window.fetch = (...given) => {
      if (seen.began === 0 && given[1]?.method === "POST") seen.began = performance.now();
      window.fetch = real;
      return real(...given);
    };
  }
  seen.ended = new Promise((resolve) => {
    const look = () => {
      if (seen.began === 0 || !holds()) return requestAnimationFrame(look);
      // What the frame holds is painted when its task is over.
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now()), 0));
      return undefined;
    };
    requestAnimationFrame(look);
  });
}

interface Interaction {
  readonly before?: (page: Page) => Promise<void>;
  readonly act: (page: Page) => Promise<void>;
  /** An expression that is true once the outcome stands in the page. */
  readonly done: (page: Page) => Promise<string>;
  readonly from?: "request";
  /** Of the operation room instead of a focal point. */
  readonly room?: true;
}

const rowOf = "document.activeElement?.closest('[data-row]')?.dataset.row";
const focusedRow = (page: Page) => page.evaluate<string | null>(`${rowOf} ?? null`);
const shown = (selector: string) => `document.querySelector(${JSON.stringify(selector)}) !== null`;
const settled = async (page: Page, path: string, selector: string): Promise<void> => {
  await page.goto(path);
  await page.locator(selector).first().waitFor();
  await page.waitForLoadState("networkidle");
};
const desk = async (page: Page): Promise<void> => {
  await settled(page, "/admin", "[data-row]");
  await page.keyboard.press("j");
};

function interactionsOn(cases: readonly string[]): Readonly<Record<string, Interaction>> {
  let next = 0;
  const fresh = (): string => cases[next++ % cases.length] as string;
  const composer = async (page: Page): Promise<void> => {
    await settled(page, `/admin/resources/cases/records/${fresh()}/show?do=note`, "#composer textarea");
  };
  return {
    "next row": {
      before: desk,
      act: (page) => page.keyboard.press("j"),
      done: async (page) => `${rowOf} !== undefined && ${rowOf} !== ${JSON.stringify(await focusedRow(page))}`,
    },
    "open a case": {
      before: desk,
      act: (page) => page.keyboard.press("Enter"),
      done: async () => shown(".case-grid"),
    },
    filter: {
      before: desk,
      act: (page) => page.locator(".desk-filters fieldset button").nth(1).click(),
      // Nothing is taken: the desk says so.
      done: async () =>
        "document.querySelector('[data-row]') === null && document.querySelector('.table-busy') === null",
    },
    "open the composer": {
      before: (page) => settled(page, `/admin/resources/cases/records/${fresh()}/show`, ".case-grid"),
      act: (page) => page.keyboard.press("n"),
      done: async () => shown("#composer textarea"),
    },
    "keep a draft": {
      before: composer,
      act: (page) => page.locator("#composer textarea").first().fill("They called back: it is done tomorrow."),
      done: async () => shown(".draft-status.draft-kept"),
      // Nobody waits for the pause after the last key: what counts is from sending it.
      from: "request",
    },
    "send an act": {
      before: async (page) => {
        await composer(page);
        await page.locator("#composer textarea").first().fill("They have called back, it is done tomorrow.");
        await page.locator(".draft-status.draft-kept").waitFor();
      },
      act: (page) => page.keyboard.press("Control+Enter"),
      done: async () =>
        "[...document.querySelectorAll('.timeline .entry-text')].some((one) => one.textContent.includes('have called back'))",
    },
    "first hits of the search": {
      before: async (page) => {
        await desk(page);
        await page.keyboard.press("/");
        await page.locator(".search-teach").waitFor();
      },
      act: (page) => page.keyboard.insertText("مكتب"),
      done: async () => shown(".search-option"),
    },
    "try a case": {
      room: true,
      before: async (page) => {
        await settled(page, "/admin/pages/policy?kind=rules&name=sla&part=try", ".tried-card");
        const answered = page.waitForResponse(
          (answer) => answer.request().postData()?.includes('"type":"complaint"') === true,
        );
        await page.getByLabel("نوع الطلب", { exact: true }).first().selectOption("complaint");
        await answered;
        await page.locator(".tried-card").first().filter({ hasNotText: "استفسار" }).waitFor();
      },
      act: async (page) => {
        await page.getByLabel("نوع الطلب", { exact: true }).first().selectOption("inquiry");
      },
      // What is decided now is another thing.
      done: async (page) => {
        const decided = await page.locator(".tried-outcome").first().textContent();
        return `${shown(".tried-outcome")} && document.querySelector(".tried-outcome").textContent !== ${JSON.stringify(decided)}`;
      },
      // As in a draft: nobody waits for the pause after the last key.
      from: "request",
    },
    "other language": {
      before: desk,
      act: (page) => page.locator(".top-language").click(),
      // The words of the desk's first row as well as the page's own.
      done: async (page) => {
        const [button, row] = await Promise.all(
          [".top-language", "[data-row]"].map((one) => page.locator(one).first().textContent()),
        );
        const differs = (selector: string, text: string | null | undefined) =>
          `document.querySelector(${JSON.stringify(selector)})?.textContent !== ${JSON.stringify(text)}`;
        return `${shown("[data-row]")} && ${differs(".top-language", button)} && ${differs("[data-row]", row)}`;
      },
    },
  };
}

async function once(page: Page, { before, act, done, from = "event" as never }: Interaction): Promise<number> {
  // A page behind another one paints no frames.
  await page.bringToFront();
  await before?.(page);
  await page.evaluate(watch, { done: await done(page), from });
  await act(page);
  return page.evaluate(async (longest) => {
    // Something that never comes would hold the machine for good.
    const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Error("it never came")), longest));
    return (await Promise.race([window.watched.ended, late])) - window.watched.began;
  }, longestMs);
}

/** Once more, with what the browser did all the while, in `FOLDER/NAME.cpuprofile`, and what it asked for in `NAME.json`. */
async function profile(page: Page, interaction: Interaction, name: string): Promise<void> {
  const folder = process.env.DIWAN_BENCH_PROFILES;
  if (folder === undefined) return;
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Profiler.enable");
  await devtools.send("Profiler.setSamplingInterval", { interval: 200 });
  const { act } = interaction;
  const started = async (one: Page) => {
    await devtools.send("Profiler.start");
    await act(one);
  };
  await once(page, { ...interaction, act: started });
  const { profile: taken } = await devtools.send("Profiler.stop");
  const asked = await page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .filter(({ startTime }) => startTime >= window.watched.began)
      .map(({ name, startTime, duration }) => ({ name, from: startTime - window.watched.began, duration })),
  );
  await devtools.detach();
  const file = join(folder, name.replaceAll(" ", "-"));
  writeFileSync(`${file}.cpuprofile`, JSON.stringify(taken));
  writeFileSync(`${file}.json`, JSON.stringify(asked, null, 1));
}

/** @param a.first what stands on the page that is shown first */
async function signedIn(browser: Browser, port: number, a: { email: string; first: string }): Promise<Page> {
  const context = await browser.newContext({
    baseURL: `http://127.0.0.1:${port}`,
    locale: "ar",
    reducedMotion: "reduce",
    // The page's policy lets no text become a program; the expressions that are waited for are.
    bypassCSP: true,
  });
  // What compiled this file names its functions by a helper that pages lack.
  await context.addInitScript("globalThis.__name = (named) => named");
  const page = await context.newPage();
  await page.goto("/admin/login");
  await page.fill("input[name=email]", a.email);
  await page.fill("input[name=password]", password);
  await page.click("form[action='/admin/login'] button");
  await page.locator(a.first).first().waitFor();
  return page;
}

/** A build of the office with what was measured of it. */
interface Side {
  readonly page: Page;
  readonly room: Page;
  readonly interactions: Readonly<Record<string, Interaction>>;
  readonly milliseconds: Record<string, number[]>;
  /** Another build than this clone's. */
  readonly older: boolean;
}

const mediansOf = ({ milliseconds }: Side): Record<string, number> =>
  Object.fromEntries(Object.entries(milliseconds).map(([what, all]) => [what, Number(median(all).toFixed(1))]));

/** All interactions once. What the older build of a side beside ours cannot do over our database, has no figure there. */
async function takeTurn({ page, room, interactions, milliseconds, older }: Side, counts: boolean): Promise<void> {
  const note = (what: string, one: number) => {
    if (counts) milliseconds[what] = [...(milliseconds[what] ?? []), one];
  };
  // What no page can be faster than: an empty address of the same server, asked by the same browser.
  await page.bringToFront();
  const bare = await page.evaluate(async () => {
    const began = performance.now();
    await (await fetch("/healthz")).text();
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
    return performance.now() - began;
  });
  note("bare page", bare);
  for (const [what, interaction] of Object.entries(interactions)) {
    const taken = once(interaction.room ? room : page, interaction);
    const time = older ? await taken.catch(() => null) : await taken;
    if (time !== null) note(what, time);
  }
}

export async function run() {
  const office = await openBenchOffice();
  const children: ChildProcess[] = [];
  const browser = await launchBrowser();
  try {
    await receiveAll(office, received);
    await office.owner.query("vacuum (analyze)");
    const { rows } = await office.owner.query<{ entity: string; references: string[] }>(
      `select entity, array_agg(reference order by id) as references from cases
        where entity is not null and state = 'assigned' and not confidential group by entity order by count(*) desc, entity`,
    );
    const [found] = rows.flatMap(({ entity, references }) => {
      const seat = office.setup.seats.find((one) => one.role === "focal_point" && one.entity === entity);
      const email = seat?.holders[0]?.email;
      return email === undefined ? [] : [{ email, references }];
    });
    if (found === undefined) throw new Error("nobody holds such a seat");
    const { email, references } = found;
    const inRoom = office.setup.seats.find(({ role, holders }) => role === "operation_room" && holders.length > 0);
    const roomEmail = inRoom?.holders[0]?.email ?? "";
    for (const one of [email, roomEmail])
      await setPassword(office.db, { email: one, password, by: { kind: "system", job: "bench" }, now: sunday });
    const env = { DATABASE_URL: office.url, DIWAN_NOW: sunday.toISOString() };
    const open = async (folder: string, cases: readonly string[]): Promise<Side> => {
      const app = startProgram("bench-app", env, folder);
      children.push(app);
      const { port } = await nextMessage<{ port: number }>(app);
      return {
        page: await signedIn(browser, port, { email, first: "[data-row]" }),
        room: await signedIn(browser, port, { email: roomEmail, first: "main h1" }),
        interactions: interactionsOn(cases),
        milliseconds: {},
        older: folder !== process.cwd(),
      };
    };
    const beside = process.env.DIWAN_BENCH_BESIDE;
    const ours = await open(process.cwd(), references);
    // Each acts on cases of its own, from either end.
    const theirs = beside === undefined ? null : await open(beside, [...references].reverse());
    // In turns, so that each meets the same machine; the first turn warms up.
    for (let turn = 0; turn <= times; turn++)
      for (const side of theirs === null ? [ours] : [ours, theirs]) await takeTurn(side, turn > 0);
    for (const [what, interaction] of Object.entries(ours.interactions))
      await profile(interaction.room ? ours.room : ours.page, interaction, what);
    const { "bare page": bare = Number.NaN, ...others } = mediansOf(ours);
    return [
      {
        bench: name,
        ratio: Number((Math.max(...Object.values(others)) / bare).toFixed(2)),
        baseline: "an empty answer of the same server and a frame, in the same browser",
        unit: "of its time; the slowest of the interactions",
        milliseconds: { "bare page": bare, ...others },
        ...(theirs && { beside: mediansOf(theirs) }),
        ratios: Object.fromEntries(
          Object.entries(others).map(([what, one]) => [what, Number((one / bare).toFixed(1))]),
        ),
        over100: Object.entries(others).flatMap(([what, one]) => (one > 100 ? [what] : [])),
        postgres: office.version,
      },
    ];
  } finally {
    await browser.close();
    for (const child of children) if (child.connected) child.disconnect();
    await office.close();
  }
}
