/** The command line in the operator's language: which that is, help of every command, and what is said of wrong calls. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { spokenLanguage } from "../../src/platform/cli/spoken-language.js";
import { columnsOf, tableOf } from "../../src/platform/cli/table.js";
import { runAsked as run } from "../support/fake-command-line.js";
import { escapedFrom, pseudo, speakPseudo } from "../support/pseudo-language.js";

const inArabic = { DIWAN_LANG: "ar" };

/** The terms of a help: names of commands, arguments and options, which are typed the same in every language. */
const terms = (help: string): string[] => [...help.matchAll(/^ {2}(\S.*?)(?= {2,}|$)/gm)].map(([, term = ""]) => term);
/** What it says of them. */
const words = (help: string): string[] =>
  help
    // A description that goes on in the next line is one.
    .replace(/\n {3,}(?=\S)/g, " ")
    .split("\n")
    .slice(1)
    .map((line) => line.replace(/^ {2}\S.*?( {2,}|$)/, "").trim())
    .filter((line) => line !== "");

/** Calls of the help of every command there is, groups too. */
async function everyHelp(environment: Readonly<Record<string, string>>): Promise<[call: string, help: string][]> {
  const found: [string, string][] = [];
  const look = async (path: readonly string[]): Promise<void> => {
    const { out } = await run([...path, "--help"], {}, environment);
    found.push([path.join(" "), out]);
    const [, commands = ""] = out.split(/^(?:الأوامر|Commands|\[!! Ćóḿḿáńďś: !!\]):?$/m);
    for (const term of terms(commands)) {
      const [name = ""] = term.split(/[ |]/);
      if (name !== "help") await look([...path, name]);
    }
  };
  await look([]);
  return found;
}

/** The same commands are there in each language. */
async function expectEveryCommand(helps: readonly [call: string, help: string][]): Promise<void> {
  const inEnglish = (await everyHelp({})).map(([call]) => call);
  expect(inEnglish.length).toBeGreaterThan(40);
  expect(helps.map(([call]) => call)).toEqual(inEnglish);
}

describe("the language of the command line", () => {
  it.each([
    ["what --lang names", ["kpi", "--lang", "ar"], { DIWAN_LANG: "en", LANG: "en_GB.UTF-8" }, "ar", "ar"],
    ["what --lang= names, before the command", ["--lang=ar", "kpi"], {}, "ar", "ar"],
    ["the last of two", ["--lang", "ar", "kpi", "--lang", "en"], inArabic, "en", "en"],
    ["else DIWAN_LANG", ["kpi"], { DIWAN_LANG: "ar", LANG: "en_GB.UTF-8" }, "ar", null],
    ["else the terminal's: LC_ALL", ["kpi"], { LC_ALL: "ar_JO.UTF-8", LANG: "en_US.UTF-8" }, "ar", null],
    ["LC_MESSAGES before LANG", ["kpi"], { LC_MESSAGES: "ar", LANG: "en_US.UTF-8" }, "ar", null],
    ["LANG", ["kpi"], { LANG: "ar_EG" }, "ar", null],
    ["LC_ALL that says there is none", ["kpi"], { LC_ALL: "C", LANG: "ar_JO" }, "en", null],
    ["an empty one is not set", ["kpi"], { LC_ALL: "", DIWAN_LANG: "", LANG: "ar_JO" }, "ar", null],
    ["else English", ["kpi"], {}, "en", null],
    ["English where nobody speaks what is set", ["kpi"], { LANG: "fr_FR.UTF-8" }, "en", null],
    ["DIWAN_LANG while --lang names none that there is", ["kpi", "--lang", "fr"], inArabic, "ar", null],
    ["DIWAN_LANG while --lang names nothing", ["kpi", "--lang"], inArabic, "ar", null],
    ["nothing that is said after --", ["act", "--", "--lang", "ar"], {}, "en", null],
  ] as const)("is %s", (_what, argv, environment, language, asked) => {
    expect(spokenLanguage(argv, environment)).toEqual({ language, asked });
  });
});

describe("every command in Arabic", () => {
  it("explains itself, each option and argument, in Arabic", async () => {
    const helps = await everyHelp(inArabic);
    await expectEveryCommand(helps);
    const unsaid = helps.flatMap(([call, help]) =>
      words(help)
        // Lists of codes are the same in every language.
        .filter((line) => !/[\u0600-\u06ff]/.test(line) && !/^[a-z_,.| …()-]+$/.test(line))
        .map((line) => `${call}: ${line}`),
    );
    expect(unsaid).toEqual([]);
    for (const [, help] of helps) expect(help).toMatch(/^الاستخدام: diwan/);
  });

  it("has the same names of commands, options and arguments as in English", async () => {
    const [arabic, english] = [await everyHelp(inArabic), await everyHelp({})];
    // Where options stand is said in words.
    const names = (helps: typeof arabic) =>
      helps.map(([call, help]) => [
        call,
        ...terms(help).map((term) => term.replace(/\[(خيارات|options|أمر|command)\]/, "[]")),
      ]);
    expect(names(arabic)).toEqual(names(english));
  });

  it.each([
    ["an unknown command, with what was meant", ["digets"], ["«digets»", "هل تقصد digest؟"]],
    ["an unknown option, with what was meant", ["jobs", "--jsn"], ["«--jsn»", "هل تقصد --json؟"]],
    ["a missing argument", ["mail", "show"], ["ينقص المدخل «id»"]],
    ["an argument too many", ["explain", "1", "2"], ["المتوقع: 1، المذكور: 2"]],
    ["an option without its value", ["cases", "--as"], ["يلزم الخيار «--as <email>» قيمة"]],
    ["a required option", ["cases"], ["الخيار «--as <email>» مطلوب"]],
    ["a date that never was", ["kpi", "--from", "2026-02-30"], ["«2026-02-30» غير صالحة", "اكتب تاريخًا موجودًا"]],
    ["a value with quotation marks", ["kpi", "--from", "it's '1'. x"], ["القيمة «it's '1'. x» غير صالحة"]],
    ["an argument that is no number", ["revoke-key", "x"], ["«x» غير صالحة لـ «id»", "من 1 إلى 2147483647"]],
    ["a choice that there is not", ["publish", "--kind", "law"], ["اكتب واحدًا من: rules, workflow"]],
    ["a language that there is not", ["jobs", "--lang", "fr"], ["اللغة ar أو en."]],
    ["what only the command sees", ["kpi", "--from", "2026-02-01", "--to", "2026-01-01"], ["خطأ: يجب أن يأتي --to"]],
  ])("refuses %s in Arabic", async (_what, argv, said) => {
    const { code, errors, asked } = await run(argv, {}, inArabic);
    expect([code, asked]).toEqual([2, {}]);
    for (const one of said) expect(errors).toContain(one);
    expect(errors).toMatch(/^خطأ: /);
    expect(errors).not.toMatch(/error|argument|option|explains/);
  });

  it("says what it did and what was refused in Arabic", async () => {
    const done = await run(["disable-user", "a@b.jo"], { disable: undefined }, inArabic);
    expect([done.code, done.out]).toEqual([0, "عُطّل الحساب a@b.jo."]);
    const counted = await run(["seal"], { seal: { number: 3, mac: "f", chains: 2, events: 11, made: true } }, inArabic);
    expect(counted.out).toContain("خُتم 11 حدثًا من سلسلتين");
  });
});

describe("a third language", () => {
  let hush: () => void;
  beforeAll(() => {
    hush = speakPseudo();
  });
  afterAll(() => hush());

  // Lists of codes that descriptions name.
  const codes = [
    "ar, en or qps",
    "committee",
    "focal-point",
    "committee or cabinet",
    "rules, workflow, calendar, message, digest",
  ];
  const choices = [
    "calendar, rules",
    "rules, calendar",
    "entity, pillar, channel, type",
    "pending, sent, kept, failed, held",
    "applications, figures",
  ];

  it("has the help of every command", async () => {
    const helps = await everyHelp({ DIWAN_LANG: pseudo });
    await expectEveryCommand(helps);
    expect(
      escapedFrom(
        helps.flatMap(([, help]) => words(help)),
        [...codes, ...choices],
      ),
    ).toEqual([]);
  });

  it("has what is said of wrong calls", async () => {
    const calls = [["x"], ["kpi"], ["kpi", "--x"], ["cases", "--as"], ["explain", "1", "2"], ["mail", "show", "x"]];
    const said = await Promise.all(calls.map((argv) => run(argv, {}, { DIWAN_LANG: pseudo })));
    const names = [
      "diwan kpi --help",
      "from <date>",
      "diwan cases --help",
      "as <email>",
      "diwan explain --help",
      "diwan mail show --help",
    ];
    expect(
      escapedFrom(
        said.map(({ errors }) => errors),
        names,
      ),
    ).toEqual([]);
  });
});

describe("help in Arabic", () => {
  it("has no English word in its usage but names", async () => {
    for (const argv of [["--help"], ["kpi", "--help"], ["mail", "--help"]]) {
      const { out } = await run(argv, {}, { DIWAN_LANG: "ar" });
      expect(out).not.toMatch(/\[(options|command)\]/);
      expect(out).toContain("[خيارات]");
    }
  });
});

describe("a table", () => {
  it("is aligned by what is seen: marks of letters and of direction take no room", () => {
    expect(columnsOf("مُعطّل")).toBe(4);
    const [head, row] = tableOf(["مُعطّل", "b"], [["12345", 1]]);
    expect([columnsOf(String(head)), columnsOf(String(row))]).toEqual([8, 8]);
  });
});
