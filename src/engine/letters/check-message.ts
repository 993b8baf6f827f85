/** Whether a letter may be sent: its form, every field at its place, and what it must not leave out. */

import { isRecord } from "../is-record.js";
import type { ConfigurationFault } from "../setup/configuration-fault.js";
import { storedLanguages } from "../text/languages.js";
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";
import { listed } from "../text/text.js";
import type { LetterField } from "./letter-fields.js";
import { namedFields, templateFaults } from "./letter-template.js";
import { fieldsOfLetter, isSmsKind, isStepLetter, kindOfLetter, neededParts } from "./message-kinds.js";

const maxInLine = 200;
const maxInBody = 8_000;
/** Six parts of Arabic, before the fields are put in. */
const maxInSms = 402;
/** Characters that no text has. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unreadable = /[\u0000-\u0008\u000b-\u001f\u2028\u2029\ufffe\uffff]/;

export interface TextCheck {
  readonly source: string;
  readonly fields: readonly LetterField[];
  /** `line`: a subject, a title, a preview; `text`: introductions; `body`: parts may stand in it; `sms`: a text message. */
  readonly form: "line" | "text" | "body" | "sms";
}

export function letterFault(
  source: string,
  path: string,
  reason: Bilingual,
  severity: ConfigurationFault["severity"] = "error",
  at?: ConfigurationFault["at"],
): ConfigurationFault {
  return { source, ruleId: null, path, reason, severity, ...(at && { at }) };
}

export function unknownKeys(
  source: string,
  path: string,
  value: Readonly<Record<string, unknown>>,
  allowed: readonly string[],
): ConfigurationFault[] {
  return Object.keys(value)
    .filter((key) => !allowed.includes(key))
    .slice(0, 10)
    .map((key) =>
      letterFault(
        source,
        `${path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`,
        msg("letters.checkMessage.unknownKey", { key, allowed: listed(allowed) }),
      ),
    );
}

function ofLength(text: unknown, form: TextCheck["form"]): Bilingual | null {
  if (typeof text !== "string" || text.trim() === "") return msg("letters.checkMessage.writeATextHere");
  const most = form === "line" ? maxInLine : form === "sms" ? maxInSms : maxInBody;
  if (text.length > most) return msg("letters.checkMessage.atMostCharactersTheseAre", { most, textCount: text.length });
  if (form === "line" && /[\r\n]/.test(text)) return msg("letters.checkMessage.writeItInOneLine");
  if (unreadable.test(text)) return msg("letters.checkMessage.aCharacterHereCannotBe");
  return null;
}

/** Faults of one text in both languages. */
export function bilingualFaults(value: unknown, path: string, a: TextCheck): ConfigurationFault[] {
  const { source, fields, form } = a;
  if (!isRecord(value)) return [letterFault(source, path, msg("letters.checkMessage.writeItInBothLanguages"))];
  return [
    ...unknownKeys(source, path, value, storedLanguages),
    ...storedLanguages.flatMap((language): ConfigurationFault[] => {
      const at = `${path}/${language}`;
      const text = value[language];
      const wrong = ofLength(text, form);
      if (wrong !== null) return [letterFault(source, at, wrong)];
      return templateFaults(text as string, fields, { parts: form === "body" }).map(({ line, column, reason }) =>
        letterFault(source, at, reason, "error", { line, column }),
      );
    }),
  ];
}

const leftOut = (name: string): Bilingual => msg("letters.checkMessage.theLetterDoesNotSay", { name });
const missed: Readonly<Record<string, Bilingual>> = {
  button: msg("letters.checkMessage.missedButton"),
  note: msg("letters.checkMessage.missedNote"),
};

/** What a sound body leaves out. */
function omissions(body: Readonly<Record<string, unknown>>, name: string, source: string): ConfigurationFault[] {
  const kind = kindOfLetter(name);
  if (kind === null) return [];
  const needed = neededParts(kind);
  const parts = fieldsOfLetter(kind).filter(({ form, name: field }) => form === "part" || needed.includes(field));
  return storedLanguages.flatMap((language) => {
    const named = namedFields(String(body[language]));
    const path = `/body/${language}`;
    return parts.flatMap(({ name: part }): ConfigurationFault[] => {
      if (named.has(part)) return [];
      if (needed.includes(part)) return [letterFault(source, path, leftOut(part))];
      const warning = missed[part];
      return warning === undefined ? [] : [letterFault(source, path, warning, "warning")];
    });
  });
}

const noSuchLetter = (name: string): Bilingual => msg("letters.checkMessage.thereIsNoLetterA", { name });

/** All faults of a letter, with language, line and column where they stand in a text. */
export function checkMessage(definition: unknown, source: string): readonly ConfigurationFault[] {
  if (!isRecord(definition)) return [letterFault(source, "", msg("letters.checkMessage.aLetterIsAJSON"))];
  const name = typeof definition.message === "string" ? definition.message : "";
  const kind = kindOfLetter(name);
  if (kind === null) return [letterFault(source, "/message", noSuchLetter(name))];
  const fields = fieldsOfLetter(kind);
  const check = (form: TextCheck["form"]): TextCheck => ({ source, fields, form });
  if (isSmsKind(name)) {
    const wrong = [
      ...unknownKeys(source, "", definition, ["message", "body"]),
      ...bilingualFaults(definition.body, "/body", check("sms")),
    ];
    return wrong.length > 0 ? wrong : omissions(definition.body as Record<string, unknown>, name, source);
  }
  const own = isStepLetter(name);
  const faults = [
    ...unknownKeys(source, "", definition, ["message", ...(own ? ["name"] : []), "subject", "preview", "body"]),
    ...(own ? bilingualFaults(definition.name, "/name", { source, fields: [], form: "line" }) : []),
    ...bilingualFaults(definition.subject, "/subject", check("line")),
    ...(definition.preview === undefined ? [] : bilingualFaults(definition.preview, "/preview", check("line"))),
    ...bilingualFaults(definition.body, "/body", check("body")),
  ];
  if (faults.length > 0) return faults;
  return omissions(definition.body as Record<string, unknown>, name, source);
}
