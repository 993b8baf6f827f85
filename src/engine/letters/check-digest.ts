/** Whether a digest can be written: its texts, and sections that there are, each once. */

import { isRecord } from "../is-record.js";
import type { ConfigurationFault } from "../setup/configuration-fault.js";
import { msg } from "../text/msg.js";
import { nearest } from "../text/nearest.js";
import type { Bilingual } from "../text/text.js";
import { listed } from "../text/text.js";
import { bilingualFaults, letterFault, type TextCheck, unknownKeys } from "./check-message.js";
import {
  type DigestPart,
  digestFigures,
  digestKinds,
  fieldsOfDigest,
  isDigestName,
  partsOfDigest,
} from "./digest-parts.js";
import { messageName } from "./message-kinds.js";

/** What may be chosen, by its code. */
type Choices = ReadonlyMap<string, Bilingual>;

function oneOf(wrong: unknown, choices: Choices): Bilingual {
  if (wrong === undefined || wrong === "") return msg("letters.checkDigest.nothingIsChosenHereYet");
  const name = typeof wrong === "string" ? wrong.slice(0, 40) : JSON.stringify(wrong ?? null).slice(0, 40);
  const meant = typeof wrong === "string" ? nearest(wrong, [...choices.keys()]) : null;
  // By its name, with the code for those who write the text.
  const called = (code: string): Bilingual =>
    msg("letters.checkDigest.called", { label: choices.get(code) ?? code, code });
  const all = listed([...choices.keys()].map(called));
  return meant === null
    ? msg("letters.checkDigest.notAmong", { name, all })
    : msg("letters.checkDigest.didYouMean", { name, all, meant: called(meant) });
}
const kinds: Choices = new Map(digestKinds.map((code) => [code, messageName(code)]));
const twice: Bilingual = msg("letters.checkDigest.twice");

/** Names that are allowed, each once and at least one. */
function listFaults(list: unknown, path: string, choices: Choices, source: string): ConfigurationFault[] {
  if (!Array.isArray(list) || list.length === 0)
    return [letterFault(source, path, msg("letters.checkDigest.chooseAtLeastOne"))];
  return list.slice(0, 50).flatMap((one: unknown, i): ConfigurationFault[] => {
    if (typeof one !== "string" || !choices.has(one)) return [letterFault(source, `${path}/${i}`, oneOf(one, choices))];
    return list.indexOf(one) < i ? [letterFault(source, `${path}/${i}`, twice)] : [];
  });
}

function sectionFaults(
  section: unknown,
  path: string,
  parts: readonly DigestPart[],
  check: TextCheck,
): ConfigurationFault[] {
  const { source } = check;
  const allowed = new Map(parts.map(({ section: code, label }) => [code, label]));
  const name = isRecord(section) ? section.section : section;
  const part = parts.find((one) => one.section === name);
  if (!isRecord(section) || part === undefined) return [letterFault(source, `${path}/section`, oneOf(name, allowed))];
  const keys = ["section", "title", "introduction", ...(part.figures ? ["figures"] : [])];
  return [
    ...unknownKeys(source, path, section, keys),
    ...(section.title === undefined ? [] : bilingualFaults(section.title, `${path}/title`, { ...check, form: "line" })),
    ...(section.introduction === undefined ? [] : bilingualFaults(section.introduction, `${path}/introduction`, check)),
    ...(part.figures && section.figures !== undefined
      ? listFaults(section.figures, `${path}/figures`, new Map(Object.entries(digestFigures)), source)
      : []),
  ];
}

export function checkDigest(definition: unknown, source: string): readonly ConfigurationFault[] {
  if (!isRecord(definition)) return [letterFault(source, "", msg("letters.checkDigest.aDigestIsAJSON"))];
  const name = definition.digest;
  if (typeof name !== "string" || !isDigestName(name)) return [letterFault(source, "/digest", oneOf(name, kinds))];
  const check: TextCheck = { source, fields: fieldsOfDigest(name), form: "text" };
  const line: TextCheck = { ...check, form: "line" };
  const parts = partsOfDigest(name);
  const sections = definition.sections;
  return [
    ...unknownKeys(source, "", definition, ["digest", "subject", "title", "introduction", "sections"]),
    ...bilingualFaults(definition.subject, "/subject", line),
    ...bilingualFaults(definition.title, "/title", line),
    ...(definition.introduction === undefined ? [] : bilingualFaults(definition.introduction, "/introduction", check)),
    ...(Array.isArray(sections) && sections.length > 0
      ? sections
          .slice(0, 50)
          .flatMap((section: unknown, i) => [
            ...sectionFaults(section, `/sections/${i}`, parts, check),
            ...(sections.findIndex((one) => isRecord(one) && isRecord(section) && one.section === section.section) <
              i && isRecord(section)
              ? [letterFault(source, `/sections/${i}/section`, twice)]
              : []),
          ])
      : [letterFault(source, "/sections", msg("letters.checkDigest.chooseAtLeastOneSection"))]),
  ];
}
