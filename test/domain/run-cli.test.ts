import { describe, expect, it } from "@jest/globals";
import { runCli } from "../../src/app/run-cli.js";
import { Problem } from "../../src/engine/text/problems.js";
import {
  chooseProgramme,
  readCount,
  readDate,
  readField,
  readLanguage,
  readMoment,
} from "../../src/platform/cli/arguments.js";
import { type AddCommand, type CommandHost, Refused, UsageError } from "../../src/platform/cli/command.js";

const fault = { field: "/email", reason: { en: "Enter it like name@example.jo", ar: "اكتبه مثل name@example.jo" } };
const failures: Record<string, () => unknown> = {
  none: () => undefined,
  problem: () => new Problem("invalid-input", { en: "Mend the e-mail.", ar: "صحّح البريد." }, [fault]),
  usage: () => new UsageError({ en: "Name one of the programmes.", ar: "اذكر أحد البرامج." }),
  refused: () => new Refused(),
  away: () => Object.assign(new Error("connect ECONNREFUSED 10.0.0.1"), { code: "ECONNREFUSED" }),
  odd: () => new TypeError("odd"),
};

const addTry: AddCommand = (program, { io }) => {
  const group = program.command("try").description("Tries something.");
  group
    .command("ending <how>")
    .description("Ends in a way.")
    .option("--from <date>", "a day", readDate)
    .option("--field <name=value>", "a field", readField, {})
    .action((how: string, options: object) => {
      io.out(JSON.stringify(options));
      const failure = failures[how]?.();
      if (failure !== undefined) throw failure;
    });
};

const away = { en: "the database is away", ar: "قاعدة البيانات بعيدة" };

async function run(argv: string[], debug = false, environment: Readonly<Record<string, string>> = {}) {
  const out: string[] = [];
  const errors: string[] = [];
  const host: CommandHost = {
    io: { out: (line) => out.push(line), error: (line) => errors.push(line), readSecret: async () => "" },
    migrate: async () => [],
    withServices: () => Promise.reject(new Error("none here")),
  };
  const explainError = (error: unknown) => ((error as { code?: string }).code === "ECONNREFUSED" ? away : null);
  const code = await runCli({ argv, host, environment, commands: [addTry], debug, explainError });
  return { code, out: out.join("\n"), errors: errors.join("\n") };
}

describe("how a command line ends", () => {
  it("0 when it did what was asked", async () => {
    const ended = await run(["try", "ending", "none", "--from", "2026-11-25", "--field", "a=1=2", "--field", "b="]);
    expect(ended).toEqual({ code: 0, out: '{"field":{"a":"1=2","b":""},"from":"2026-11-25"}', errors: "" });
  });
  it("0 for help, on standard output, down to each command", async () => {
    expect(await run(["--help"])).toMatchObject({ code: 0, errors: "" });
    const help = await run(["try", "ending", "--help"]);
    expect(help).toMatchObject({ code: 0, errors: "" });
    expect(help.out).toContain("Usage: diwan try ending");
    expect(help.out).toContain("Ends in a way.");
  });
  it("1 when it was refused, with the reason of each field", async () => {
    const { code, errors } = await run(["try", "ending", "problem"]);
    expect(code).toBe(1);
    expect(errors.split("\n")).toEqual([
      "refused: Some details are not valid",
      "Mend the e-mail.",
      "  /email: Enter it like name@example.jo",
    ]);
  });
  it("1 and silent when a check has already printed what it found", async () => {
    expect(await run(["try", "ending", "refused"])).toMatchObject({ code: 1, errors: "" });
  });
  it("1 without a stack for what nobody expected; with one for who debugs", async () => {
    const plain = await run(["try", "ending", "odd"]);
    expect(plain.code).toBe(1);
    expect(plain.errors).toBe("diwan: odd\n(LOG_LEVEL=debug shows where)");
    expect((await run(["try", "ending", "odd"], true)).errors).toContain("run-cli.test");
  });
  it("1 in words while the database is away, without its address", async () => {
    const { code, errors } = await run(["try", "ending", "away"]);
    expect([code, errors]).toEqual([1, "diwan: the database is away"]);
  });
  it.each([
    ["an unknown command", ["tri"], "Did you mean try?"],
    ["an unknown option", ["try", "ending", "none", "--form", "2026-01-01"], "Did you mean --from?"],
    ["a missing argument", ["try", "ending"], "the argument “how” is missing"],
    ["one argument too many", ["try", "ending", "none", "more"], "too many arguments"],
    ["an option without its value", ["try", "ending", "none", "--from"], "needs a value"],
    ["a date that never was", ["try", "ending", "none", "--from", "2026-02-30"], "YYYY-MM-DD"],
    ["a field without =", ["try", "ending", "none", "--field", "x"], "name=value"],
    ["a usage that only the command sees", ["try", "ending", "usage"], "Name one of the programmes."],
  ])("2 for %s, with what to do", async (_what, argv, words) => {
    const { code, out, errors } = await run(argv);
    expect(code).toBe(2);
    expect(errors).toContain(words);
    expect(errors).not.toMatch(/\n\s+at /);
    if (!argv.includes("usage")) expect(out).toBe("");
  });
  it("names the help of the very command that was called wrongly", async () => {
    expect((await run(["try", "ending"])).errors).toContain("diwan try ending --help");
  });
});

describe("values", () => {
  it.each([
    ["2026-11-29T08:00:00Z", "2026-11-29T08:00:00.000Z"],
    ["2026-11-29T08:00+03:00", "2026-11-29T05:00:00.000Z"],
    ["2026-11-29T08:00", "2026-11-29T05:00:00.000Z"],
    ["2026-11-29", "2026-11-28T21:00:00.000Z"],
    ["2022-01-15", "2022-01-14T22:00:00.000Z"], // Amman was UTC+2 in winter until October 2022
  ])("the moment %s in Amman is %s", (written, utc) => {
    expect(readMoment(written).in("Asia/Amman").toISOString()).toBe(utc);
  });
  it.each([
    "",
    "now",
    "2026-13-01",
    "2026-02-30T10:00Z",
    "2026-11-29T25:00",
    "2026-11-29 08:00",
    "2026-11-29T08:00:00+3",
  ])("%p is no moment", (written) => {
    expect(() => readMoment(written)).toThrow("2026-11-29");
  });
  it.each(["0", "1.5", "-1", "x", "", "101", "1e9"])("%p is no count", (written) => {
    expect(() => readCount(100)(written)).toThrow("from 1 to 100");
  });
  it("reads counts and languages", () => {
    expect(readCount(100)("100")).toBe(100);
    expect(readLanguage("ar")).toBe("ar");
    expect(() => readLanguage("fr")).toThrow("ar or en");
  });
  it("chooses the only programme, asks among several, and says how to get one", () => {
    expect(chooseProgramme(undefined, ["jordan"])).toBe("jordan");
    expect(chooseProgramme("other", ["jordan"])).toBe("other");
    expect(() => chooseProgramme(undefined, ["jordan", "boston311"])).toThrow("jordan, boston311");
    expect(() => chooseProgramme(undefined, [])).toThrow("diwan seed");
  });
});
