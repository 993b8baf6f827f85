/**
 * A language that nobody speaks, made of English: letters with accents inside `[!! … !!]`, arguments and the structure of ICU kept. What
 * a page shows without accents is data, or a text that escaped the catalogues.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";
import { printAST } from "@formatjs/icu-messageformat-parser/printer.js";
import { countryChoices } from "../../src/engine/setup/countries.js";
import { addLanguage, forgetLanguage, type Language } from "../../src/engine/text/languages.js";
import { addMessages } from "../../src/engine/text/msg.js";
import { readCatalogues, readDescriptions } from "../../src/platform/messages/read-catalogues.js";

/** Of the codes that ISO 639 leaves to everybody. */
export const pseudo = "qps" as Language;

const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const accented = [..."áƀćďéƒǵĥíĵķĺḿńóƥɋŕśťúṽẃẋýźÁƁĆĎÉƑǴĤÍĴĶĹḾŃÓƤɊŔŚŤÚṼẂẊÝŹ"];
const letters = new Map([...plain].map((letter, i) => [letter, accented[i] as string]));

/** What stands in braces of a literal text is written so that somebody types it. */
const withAccents = (text: string): string =>
  text.replace(/\{[^{}]*\}|[A-Za-z]/g, (found) => letters.get(found) ?? found);

function accent(elements: readonly MessageFormatElement[]): void {
  for (const element of elements) {
    if (element.type === TYPE.literal) element.value = withAccents(element.value);
    else if (element.type === TYPE.plural || element.type === TYPE.select)
      for (const { value } of Object.values(element.options)) accent(value);
  }
}

/** A message as the language has it. */
export function pseudoText(text: string): string {
  if (!/[{}']/.test(text)) return /\p{L}/u.test(text) ? `[!! ${withAccents(text)} !!]` : text;
  const elements = parse(text, { ignoreTag: true });
  accent(elements);
  return `[!! ${printAST(elements)} !!]`;
}

const inPseudo = (node: unknown): unknown =>
  typeof node === "string"
    ? pseudoText(node)
    : Object.fromEntries(Object.entries(node as object).map(([key, child]) => [key, inPseudo(child)]));

/** Writes its catalogues below a new folder, as `DIWAN_MESSAGES` names it; the folder. */
function makePseudoLanguage(): string {
  const folder = mkdtempSync(join(tmpdir(), "diwan-messages-"));
  const own = join(folder, pseudo);
  const english = "views/messages/en";
  mkdirSync(own);
  for (const file of readdirSync(english)) {
    if (file === "language.json") continue;
    writeFileSync(join(own, file), JSON.stringify(inPseudo(JSON.parse(readFileSync(join(english, file), "utf8")))));
  }
  const description = { name: "[!! Ƥśéúďó !!]", direction: "ltr", locale: "en-GB", else: "en" };
  writeFileSync(join(own, "language.json"), JSON.stringify(description));
  return folder;
}

/** From here on this process speaks it, until the function is called that this gives. */
export function speakPseudo(): () => void {
  const folder = makePseudoLanguage();
  process.env.DIWAN_MESSAGES = folder;
  for (const [language, description] of readDescriptions(folder)) addLanguage(language, description);
  for (const [language, catalogue] of readCatalogues(folder)) addMessages(language, catalogue);
  return () => {
    delete process.env.DIWAN_MESSAGES;
    forgetLanguage(pseudo);
    rmSync(folder, { recursive: true, force: true });
  };
}

/** All texts that a database starts with: what people of the programme wrote, in one string. */
function writtenData(): string {
  const files = ["seeds", "rules", "workflows"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
      .map((entry) => readFileSync(join(entry.parentPath ?? entry.path, entry.name), "utf8")),
  );
  // CLDR calls countries in the locale of the pseudo-language.
  const countries = Object.values(countryChoices).map(({ en }) => en);
  return [...files, ...countries].join("\n").toLowerCase();
}
let data: string | null = null;

/** What CLDR says of dates in the locale of the pseudo-language. */
const dates =
  /\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b/g;

/** Places that are filled in later, addresses, codes. */
const notWords = /https?:\/\/\S+|\{\{\w+\}\}|\b[A-Z0-9]{2,}(?:-[A-Z0-9]{2,})+\b/g;

/** Words that are written so in every language. */
const everywhere =
  /^(diwan|node|postgresql|english|العربية|arabic|excel|csv|xlsx|json|pdf|api|id|ctrl|shift|alt|enter|esc|gmt|asia amman|kb|mb|ms|jo|en|ar)$/i;

/**
 * Runs of words in these texts that are neither in the pseudo-language nor data. `known`: what the test itself wrote, names of accounts.
 */
export function escapedFrom(texts: readonly string[], known: readonly string[] = []): string[] {
  data ??= writtenData();
  const theirs = `${data}\n${known.join("\n").toLowerCase()}`;
  const runs = texts.flatMap(
    (text) =>
      text
        .replace(notWords, " 0 ")
        .replace(dates, " 0 ")
        .match(/(?:[A-Za-z]{2,}|[\u0620-\u064a]{2,})(?:[ ’'-]+(?:[A-Za-z]+|[\u0620-\u064a]+))*/g) ?? [],
  );
  return [...new Set(runs)].filter((run) => !everywhere.test(run) && !theirs.includes(run.toLowerCase())).sort();
}

/** What somebody reads of a page: its text, and what is read out for them. */
export function textsOf(html: string): string[] {
  const body = html
    .replace(/<(script|style|template)\b[\s\S]*?<\/\1>/g, " ")
    .replace(/<head>[\s\S]*?<title>/, "<title>");
  const said = [...body.matchAll(/\b(?:title|alt|placeholder|aria-label)="([^"]*)"/g)].map(([, text = ""]) => text);
  // What stands in a language of its own, such as the switches, is said in that.
  const own = body.replace(/<(\w+)[^>]*\blang="(?:ar|en)"[^>]*>[\s\S]*?<\/\1>/g, " ");
  const shown = own.split(/<[^>]*>/).map((text) =>
    text
      .replace(/&#(?:39|x27);/g, "'")
      .replace(/&[a-z#0-9]+;/g, " ")
      .trim(),
  );
  return [...shown, ...said].filter((text) => text !== "");
}
