/** The scheduler's task goes on when the machine's clock is moved, and does not fill the process with what it missed. */
import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { getTasks } from "node-cron";
import { pino } from "pino";
import { startTicking, type Ticking } from "../../src/platform/jobs/start-ticking.js";

const noon = Date.parse("2026-11-25T10:00:01.234Z");
const hour = 3_600_000;
const year = 365 * 24 * hour;

let ran: number[];
let ticking: Ticking;
let lines: { level: number; msg: string; task: string }[];
const log = () => pino({ level: "debug" }, { write: (line: string) => void lines.push(JSON.parse(line)) });
const start = (run: () => Promise<void> = async () => void ran.push(Date.now())): void => {
  ticking = startTicking({ name: "tick", run, log: log() });
};

beforeEach(() => {
  [ran, lines] = [[], []];
  jest.useFakeTimers({ now: noon });
});
afterEach(async () => {
  await ticking.stop();
  jest.useRealTimers();
});

it("runs at each fifth second, as one named task, until it is stopped", async () => {
  start();
  expect([...getTasks().values()].map(({ name }) => name)).toEqual(["tick"]);
  await jest.advanceTimersByTimeAsync(20_000);
  expect(ran.map((at) => new Date(at).toISOString().slice(14))).toEqual([
    "00:05.000Z",
    "00:10.000Z",
    "00:15.000Z",
    "00:20.000Z",
  ]);
  await ticking.stop();
  await jest.advanceTimersByTimeAsync(20_000);
  expect([ran.length, getTasks().size, lines]).toEqual([4, 0, []]);
});

describe("a clock that is moved", () => {
  // In the middle between two moments, and a few milliseconds before one: node-cron must not be the first who sees it.
  it.each([
    [hour, 2500],
    [-hour, 2500],
    [hour, 4990],
    [-hour, 4990],
    [20 * year, 4990],
    [-20 * year, 4990],
  ])("by %p milliseconds, %p after a moment: goes on within five seconds, and says so once", async (byMs, after) => {
    start();
    await jest.advanceTimersByTimeAsync(5000 - (noon % 5000) + 5000 + after);
    expect(ran).toHaveLength(2);
    jest.setSystemTime(Date.now() + byMs);
    await jest.advanceTimersByTimeAsync(5002);
    expect(ran).toHaveLength(3);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(ran).toHaveLength(15);
    expect(lines).toEqual([expect.objectContaining({ level: 40, task: "tick", ms: byMs })]);
  });
});

it("begins no second run while one takes longer, and waits for it when it is stopped", async () => {
  let end = (): void => undefined;
  let begun = 0;
  start(() => {
    begun += 1;
    return new Promise((resolve) => {
      end = resolve;
    });
  });
  await jest.advanceTimersByTimeAsync(20_000);
  expect(begun).toBe(1);
  // In our log, and no warning.
  expect([...new Set(lines.map(({ level, task }) => `${level} ${task}`))]).toEqual(["20 tick"]);
  let stopped = false;
  const stopping = ticking.stop().then(() => {
    stopped = true;
  });
  await jest.advanceTimersByTimeAsync(1000);
  expect(stopped).toBe(false);
  end();
  await stopping;
});
