/** What a catalogue may not say: a key that another language lacks, another kind of argument, a noun fixed after a number. */
import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";
import type { Catalogue } from "./read-catalogues.js";

/** Languages that have every text; others may lack some, and show these in English. */
export const fullLanguages = ["en", "ar"] as const;

const parsed = (text: string): MessageFormatElement[] => (/[{}']/.test(text) ? parse(text, { ignoreTag: true }) : []);

/** The arguments of a message by name, with the TypeScript of their type. Throws where the text is no ICU message. */
export function argumentsOf(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  collect(parsed(text), found);
  return found;
}

function collect(elements: readonly MessageFormatElement[], into: Map<string, string>): void {
  for (const element of elements) {
    if (element.type === TYPE.plural || element.type === TYPE.number) into.set(element.value, "number");
    else if (element.type === TYPE.argument) {
      if (!into.has(element.value)) into.set(element.value, "Text");
    } else if (element.type === TYPE.select) into.set(element.value, selected(Object.keys(element.options)));
    for (const inner of optionsOf(element)) collect(inner, into);
  }
}

const optionsOf = (element: MessageFormatElement): MessageFormatElement[][] =>
  element.type === TYPE.plural || element.type === TYPE.select
    ? Object.values(element.options).map(({ value }) => value)
    : [];

/** `yes` and `other` of a question that is answered with yes or no; else one of the words, or any other. */
const selected = (options: readonly string[]): string =>
  options.every((option) => option === "yes" || option === "other")
    ? '"yes" | "no"'
    : [...options.filter((option) => option !== "other").map((option) => JSON.stringify(option)), '"other"'].join(
        " | ",
      );

/** Words that may follow any number: they are no nouns that it counts. */
const afterNumbers: Readonly<Record<string, RegExp>> = {
  en: /^(of|to|and|or|at|in|on|with|without|is|are|was|were|more|from|for|by|may|has|have|that|would|will|do|does|not|out|done|refused|failed|passed|recorded|bears|belongs|kept|sent|open|late|overdue|new|found|below|moved|now|follow|stayed|stay|earlier|later|already|deep|KB|MB|GB|ms|s)\b/,
  ar: /^(من|على|إلى|في|أو|بين|عن|ثم|كل|لا|لم|غير|هي|هو|و|فقط|ك\.?ب|م\.?ب|م\.ث|ث(?!\p{L})|كيلوبايت|ميغابايت|أخرى|يمكنك|يحمل|جديد|إذ|تتبع|حتى|قبل|بعد|أثناء|لأن|خارج|للطلب|للمعاملة|للمستوى|المنشورة)/u,
};

/** A number that a noun follows: the noun has to change with it, so both stand in a plural. */
function fixedNouns(elements: readonly MessageFormatElement[], language: string): string[] {
  const allowed = afterNumbers[language];
  return elements.flatMap((element, i) => {
    const next = elements[i + 1];
    const inside = optionsOf(element).flatMap((inner) => fixedNouns(inner, language));
    if (allowed === undefined || element.type !== TYPE.number || next?.type !== TYPE.literal) return inside;
    const after = next.value.replace(/^[\s\u00a0\u2066-\u2069]+/, "");
    const isNoun = after !== next.value && /^\p{L}/u.test(after) && !allowed.test(after);
    return isNoun ? [...inside, `{${element.value}} ${after.split(" ")[0]}`] : inside;
  });
}

/** Forms that Arabic counts in: one that is left out says «3 يوم». */
function missingForms(elements: readonly MessageFormatElement[], language: string): string[] {
  return elements.flatMap((element) => {
    const inside = optionsOf(element).flatMap((inner) => missingForms(inner, language));
    if (language !== "ar" || element.type !== TYPE.plural) return inside;
    const has = (form: string): boolean => form in element.options;
    const counts = Object.values(element.options).some(({ value }) => value.some(({ type }) => type === TYPE.pound));
    const missing = counts ? ["two", "few"].filter((form) => !has(form) && !(form === "two" && has("=2"))) : [];
    return missing.length === 0 ? inside : [...inside, `${element.value}: ${missing.join(", ")}`];
  });
}

/** One may leave an argument out; where both have one that the other lacks, it is the same thing given twice. */
function eachItsOwn(english: string, text: string): string[] {
  const namesIn = (one: string): string[] => {
    try {
      return [...argumentsOf(one).keys()];
    } catch {
      return [];
    }
  };
  const [theirs, own] = [namesIn(english), namesIn(text)];
  const [left, more] = [theirs.filter((name) => !own.includes(name)), own.filter((name) => !theirs.includes(name))];
  return left.length > 0 && more.length > 0 ? [`{${more.join("}, {")}} where English has {${left.join("}, {")}}`] : [];
}

/** A line a fault, beginning with the language and the key; none where the catalogues may be used. */
export function messageFaults(catalogues: ReadonlyMap<string, Catalogue>): string[] {
  const faults: string[] = [];
  const english = catalogues.get("en") ?? {};
  const kinds = new Map<string, string>();
  for (const [language, catalogue] of catalogues) {
    for (const [key, text] of Object.entries(catalogue)) {
      const at = `${language} ${key}`;
      if (!(key in english)) faults.push(`${at}: English does not have it`);
      if (text === "") faults.push(`${at}: it is empty`);
      try {
        const elements = parsed(text);
        for (const [name, type] of argumentsOf(text)) {
          const id = `${key} ${name}`;
          const plain = (one: string) => (one === "number" || one === "Text" ? one : "choice");
          const before = kinds.get(id);
          if (before === undefined) kinds.set(id, plain(type));
          else if (before !== plain(type)) faults.push(`${at}: {${name}} is ${before} in another language`);
        }
        for (const noun of fixedNouns(elements, language)) faults.push(`${at}: a noun fixed after a number: ${noun}`);
        for (const form of missingForms(elements, language))
          faults.push(`${at}: forms of the plural are missing: ${form}`);
      } catch (error) {
        faults.push(`${at}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
  for (const language of fullLanguages) {
    const catalogue = catalogues.get(language) ?? {};
    for (const [key, text] of Object.entries(english)) {
      if (!(key in catalogue)) faults.push(`${language} ${key}: it is missing`);
      else faults.push(...eachItsOwn(text, catalogue[key] ?? "").map((names) => `${language} ${key}: ${names}`));
    }
  }
  return faults;
}
