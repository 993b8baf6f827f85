/** In which language a command line speaks. Known before anything is opened: its faults are said in it too. */
import { parseArgs } from "node:util";
import { asLanguage, type Language, languages } from "../../engine/text/languages.js";

export interface SpokenLanguage {
  readonly language: Language;
  /** What `--lang` names, for what has a language of its own when nobody asks; null where it is left out. */
  readonly asked: Language | null;
}

/** Null where the option is left out, has no value, or one that commander will refuse. */
function askedIn(argv: readonly string[]): Language | null {
  const { values } = parseArgs({
    args: [...argv],
    options: { lang: { type: "string" } },
    strict: false,
    allowPositionals: true,
  });
  return asLanguage(values.lang);
}

/** `ar_JO.UTF-8` is Arabic, `pt_BR` the language pt-BR where there is one; `C` is none. */
function languageOfLocale(locale: string): Language | null {
  const [tag = ""] = locale.replaceAll("_", "-").split(/[.@]/);
  return asLanguage(languages().find((one) => one.toLowerCase() === tag.toLowerCase()) ?? tag.split("-")[0]);
}

/**
 * `--lang`, else DIWAN_LANG, else the locale of the terminal (POSIX: the first that is set of LC_ALL, LC_MESSAGES and LANG), else
 * English. What names no language that there is counts for nothing here: commander and `readConfig` refuse it.
 */
export function spokenLanguage(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): SpokenLanguage {
  const asked = askedIn(argv);
  const { DIWAN_LANG, LC_ALL, LC_MESSAGES, LANG } = environment;
  const locale = LC_ALL || LC_MESSAGES || LANG || "";
  return { language: asked ?? asLanguage(DIWAN_LANG) ?? languageOfLocale(locale) ?? ("en" as Language), asked };
}
