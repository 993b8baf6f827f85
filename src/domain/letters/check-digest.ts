/** Whether a digest can be written: its texts, and sections that there are, each once. */
import type { ConfigurationFault } from "../configuration-fault.js";
import { nearest } from "../nearest.js";
import type { Bilingual } from "../text.js";
import { bilingualFaults, isRecord, letterFault, type TextCheck, unknownKeys } from "./check-message.js";
import {
  type DigestPart,
  digestFigures,
  digestKinds,
  fieldsOfDigest,
  isDigestName,
  partsOfDigest,
} from "./digest-parts.js";

function oneOf(wrong: unknown, allowed: readonly string[]): Bilingual {
  const name = typeof wrong === "string" ? wrong.slice(0, 40) : JSON.stringify(wrong ?? null).slice(0, 40);
  const meant = typeof wrong === "string" ? nearest(wrong, allowed) : null;
  const [en, ar] = meant === null ? ["", ""] : [` Did you mean ${meant}?`, ` هل تقصد ${meant}؟`];
  return {
    en: `“${name}” is not among: ${allowed.join(", ")}.${en}`,
    ar: `«${name}» ليس من: ${allowed.join("، ")}.${ar}`,
  };
}
const twice: Bilingual = { en: "It is there twice.", ar: "ورد مرتين." };

/** Names that are allowed, each once and at least one. */
function listFaults(list: unknown, path: string, allowed: readonly string[], source: string): ConfigurationFault[] {
  if (!Array.isArray(list) || list.length === 0)
    return [letterFault(source, path, { en: "Choose at least one.", ar: "اختر واحدًا على الأقل." })];
  return list.slice(0, 50).flatMap((one: unknown, i): ConfigurationFault[] => {
    if (typeof one !== "string" || !allowed.includes(one))
      return [letterFault(source, `${path}/${i}`, oneOf(one, allowed))];
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
  const allowed = parts.map((part) => part.section);
  const name = isRecord(section) ? section.section : section;
  const part = parts.find((one) => one.section === name);
  if (!isRecord(section) || part === undefined) return [letterFault(source, `${path}/section`, oneOf(name, allowed))];
  const keys = ["section", "title", "introduction", ...(part.figures ? ["figures"] : [])];
  return [
    ...unknownKeys(source, path, section, keys),
    ...(section.title === undefined ? [] : bilingualFaults(section.title, `${path}/title`, { ...check, form: "line" })),
    ...(section.introduction === undefined ? [] : bilingualFaults(section.introduction, `${path}/introduction`, check)),
    ...(part.figures && section.figures !== undefined
      ? listFaults(section.figures, `${path}/figures`, Object.keys(digestFigures), source)
      : []),
  ];
}

export function checkDigest(definition: unknown, source: string): readonly ConfigurationFault[] {
  if (!isRecord(definition))
    return [letterFault(source, "", { en: "A digest is a JSON object.", ar: "الموجز كائن JSON." })];
  const name = definition.digest;
  if (typeof name !== "string" || !isDigestName(name))
    return [letterFault(source, "/digest", oneOf(name, digestKinds))];
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
      : [letterFault(source, "/sections", { en: "Choose at least one section.", ar: "اختر قسمًا واحدًا على الأقل." })]),
  ];
}
