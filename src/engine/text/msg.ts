/**
 * Words that people read, by key. They are in catalogues (`views/messages/LANGUAGE/AREA.json`), in the notation of ICU
 * MessageFormat; who starts the program gives them with `addMessages`. The keys and their arguments are generated types.
 */
import { IntlMessageFormat } from "intl-messageformat";
import { formatNumber } from "../formatting/numbers.js";
import { describeLanguage } from "./languages.js";
import type { Catalogues, MessageArguments } from "./message-arguments.js";
import { type Bilingual, inLanguage, type Language, perLanguage } from "./text.js";

/** Keys of a catalogue, in levels that dots divide. */
type KeysOf<Node, At extends string> = Node extends string
  ? At
  : { [K in keyof Node & string]: KeysOf<Node[K], `${At}.${K}`> }[keyof Node & string];
/** Keys of messages with arguments. */
export type OpenKey = keyof MessageArguments;
/** Keys of messages that have no arguments. */
export type PlainKey = Exclude<
  { [Area in keyof Catalogues]: KeysOf<Catalogues[Area], Area> }[keyof Catalogues],
  OpenKey
>;
/** What stands for an argument in a sentence: words of both languages are put in by the sentence's own. */
export type MessageValue = string | number | Bilingual;
export type MessageValues = Readonly<Record<string, MessageValue>>;

/** A text as it is written, or parsed already (what the build leaves for browsers). */
export type MessageSource = ConstructorParameters<typeof IntlMessageFormat>[0];
type Sources = Readonly<Record<string, MessageSource>>;

const catalogues = new Map<string, Map<string, MessageSource>>();
const ready = new Map<string, Ready>();

/** A message that waits for its arguments; `t` gives them. */
export interface Pattern<Values> {
  readonly key: string;
  /** Never there: by it, a pattern takes the place only of one that needs no less. */
  readonly values?: (values: Values) => void;
}

interface Ready {
  readonly format: IntlMessageFormat;
  /** Arguments that are put in as they are; numbers among them are written in the language. */
  readonly plain: ReadonlySet<string>;
}

/** Gives the words of a language, or some more of them. */
export function addMessages(language: string, sources: Sources): void {
  const known = catalogues.get(language) ?? new Map<string, MessageSource>();
  for (const [key, source] of Object.entries(sources)) known.set(key, source);
  catalogues.set(language, known);
}

/** What is written for a key, else what another language has. Throws for a key that no language has. */
function sourceOf(language: string, key: string): readonly [language: string, source: MessageSource] {
  const own = catalogues.get(language)?.get(key);
  if (own !== undefined) return [language, own];
  for (const other of [describeLanguage(language).else, ...catalogues.keys()]) {
    const source = catalogues.get(other)?.get(key);
    if (source !== undefined) return [other, source];
  }
  throw new Error(
    catalogues.size === 0
      ? `The message ${key} was asked for before the catalogues were loaded`
      : `No catalogue has the message ${key}`,
  );
}

/** Keys of a language that begin so, in their order. */
export const keysOf = (language: string, beginning: string): string[] =>
  [...(catalogues.get(language)?.keys() ?? [])].filter((key) => key.startsWith(beginning));

/** The message as the catalogue has it, with its `{names}`: for texts that people go on editing. Throws as `formatMessage`. */
export const messageTemplate = (language: string, key: string): string => String(sourceOf(language, key)[1]);

/** Whether the language has it, or what its readers are shown instead. */
export const hasMessage = (language: string, key: string): boolean =>
  [language, describeLanguage(language).else].some((one) => catalogues.get(one)?.has(key));

function readyOf(language: string, key: string, source: MessageSource): Ready {
  const id = `${language} ${key}`;
  const known = ready.get(id);
  if (known !== undefined) return known;
  const format = new IntlMessageFormat(source, describeLanguage(language).locale, undefined, { ignoreTag: true });
  const plain = new Set<string>();
  for (const element of format.getAst()) if (element.type === argumentType) plain.add(element.value);
  const made = { format, plain };
  ready.set(id, made);
  return made;
}
/** A plain `{name}` in the syntax tree of ICU MessageFormat. */
const argumentType = 1;

const isBilingual = (value: MessageValue): value is Bilingual => typeof value === "object";

/** The message in one language. Throws where a catalogue lacks it or an argument is missing. */
export function formatMessage(language: string, key: string, values?: MessageValues): string {
  const [spoken, source] = sourceOf(language, key);
  if (values === undefined && typeof source === "string" && !/[{}']/.test(source)) return source;
  const { format, plain } = readyOf(spoken, key, source);
  const said: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(values ?? {})) {
    if (isBilingual(value)) said[name] = inLanguage(value, spoken as Language);
    else if (typeof value === "number" && plain.has(name)) said[name] = formatNumber(value, spoken);
    else said[name] = value;
  }
  return String(format.format(said));
}

/** The words are looked up when they are read: they may be made before the catalogues are there. */
const words = (key: string, values?: MessageValues): Bilingual =>
  perLanguage((language) => formatMessage(language, key, values));

/** Messages without arguments, by key. */
const plainMessages = new Map<string, Bilingual>();

/** The message of a key with its arguments, in both languages. One without arguments is the same object each time. */
export function msg<K extends PlainKey>(key: K): Bilingual;
export function msg<K extends OpenKey>(key: K, values: MessageArguments[K]): Bilingual;
export function msg(key: string, values?: MessageValues): Bilingual {
  if (values !== undefined) return words(key, values);
  const known = plainMessages.get(key) ?? words(key);
  plainMessages.set(key, known);
  return known;
}

/** The message of a key, whose arguments are given where it is shown: `t(pattern("list.found"), { n })`. */
export const pattern = <K extends OpenKey>(key: K): Pattern<MessageArguments[K]> => ({ key });

/** A message that waited for its arguments, in both languages. */
export const filled = <Values>({ key }: Pattern<Values>, values: Values): Bilingual =>
  words(key, values as MessageValues);
