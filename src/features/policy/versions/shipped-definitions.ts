/**
 * Letters and digests as they ship: what the area `emails` of the catalogues says, in the form in which a programme edits it. Nothing of it is
 * stored; a programme that has published nothing of its own sends the shipped files, and an upgrade brings better ones.
 */
import { digestKinds, isDigestName, shippedParts } from "../../../engine/letters/digest-parts.js";
import type { DigestDefinition, DigestSection, MessageDefinition } from "../../../engine/letters/letter-definition.js";
import {
  type DigestLetter,
  fieldsOfLetter,
  isFigureDigest,
  isLetterKind,
  isSmsKind,
  isStepLetter,
  type LetterKind,
  letterKinds,
  type SmsKind,
} from "../../../engine/letters/message-kinds.js";
import { type Bilingual, type Language, perLanguage, type StoredLanguage } from "../../../engine/text/text.js";
import { letterTexts } from "../../../platform/views/texts.js";
import type { ConfigurationKind } from "../../setup/tables/create-models.js";

/** The reason of versions that came with a release. */
export const shippedReason = "Shipped with this release";

/** What shipped texts call a field, where templates call it otherwise. */
const fieldNames: Readonly<Record<string, string>> = { action: "act", number: "instructionNumber" };
const withFields = (text: string): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => `{{${fieldNames[name] ?? name}}}`);

const both = (key: string): Bilingual => perLanguage((language) => withFields(letterTexts(language).pattern(key)));
const has = (key: string): boolean => letterTexts("en").has(key);
const inBoth = (text: (language: StoredLanguage) => string): Bilingual => ({ ar: text("ar"), en: text("en") });

/** What a text message says, what only some of them have, and where it is read. In any language that is spoken here. */
export function shippedSmsBody(kind: SmsKind, language: Language): string {
  const of = (key: string) => withFields(letterTexts(language).pattern(`${kind}.${key}`));
  const some = fieldsOfLetter(kind).filter(({ name, always }) => !always && has(`${kind}.${name}`));
  // Where the words depend on what the link does, each of its forms is one of those that only some have.
  const link = has(`${kind}.link`) ? ` ${of("link")}` : "";
  return `${of("body")}${some.map(({ name }) => `{{#if ${name}}} ${of(name)}{{/if}}`).join("")}${link}`;
}

const shippedSms = (kind: SmsKind): MessageDefinition => ({
  message: kind,
  body: inBoth((language) => shippedSmsBody(kind, language)),
});

function shippedLetter(kind: LetterKind): MessageDefinition {
  if (isSmsKind(kind)) return shippedSms(kind);
  const names = new Set(fieldsOfLetter(kind).map(({ name }) => name));
  const [title, list] = [both(`${kind}.title`), has(`${kind}.list`) ? both(`${kind}.list`) : null];
  const said = names.has("said") ? null : both(`${kind}.body`);
  const part = (name: string): string[] => (names.has(name) ? [`{{${name}}}`, ""] : []);
  const body = inBoth((language) =>
    [
      `# ${title[language]}`,
      ...(names.has("number") ? ["{{number}}"] : []),
      "",
      said?.[language] ?? "{{said}}",
      "",
      ...part("quote"),
      ...part("details"),
      ...(list === null ? [] : [`${list[language]}:`, "{{#each references}}", "- {{this}}", "{{/each}}", ""]),
      ...part("button"),
      ...part("note"),
    ]
      .join("\n")
      .trimEnd(),
  );
  return {
    message: kind,
    subject: both(`${kind}.subject`),
    ...(has(`${kind}.preheader`) ? { preview: both(`${kind}.preheader`) } : {}),
    body,
  };
}

/** A step's own letter begins as that of every escalation. */
const newStepLetter = (code: string): MessageDefinition => {
  const { subject, preview, body } = shippedLetter("official-escalated");
  return {
    message: code,
    name: { ar: code, en: code },
    ...(subject && { subject }),
    ...(preview && { preview }),
    body,
  };
};

/** A section's own title in this letter, or the one that it has in all of its kind; null: it needs none. */
function titleKeyOf(name: DigestLetter, section: string): string | null {
  const keys = [`${name}.${section === "trend" ? "chart" : section}Title`, `${name}.sections.${section}`];
  if (isFigureDigest(name)) keys.push(`digest-figures.sections.${section}`);
  return keys.find(has) ?? null;
}

function shippedDigest(name: DigestLetter): DigestDefinition {
  const sections = shippedParts(name).map((section): DigestSection => {
    const key = titleKeyOf(name, section);
    return key === null ? { section } : { section, title: both(key) };
  });
  return { digest: name, subject: both(`${name}.subject`), title: both(`${name}.title`), sections };
}

/** What has no version of a programme's own reads like this; null: nothing of that name ships. */
export function shippedDefinition(kind: ConfigurationKind, name: string): object | null {
  if (kind === "message") return isLetterKind(name) ? shippedLetter(name) : null;
  if (kind === "digest") return isDigestName(name) ? shippedDigest(name) : null;
  return null;
}

/** What something that is begun anew says at first; null: nothing may be begun under this name. */
export function beginningOf(kind: ConfigurationKind, name: string): object | null {
  return kind === "message" && isStepLetter(name) ? newStepLetter(name) : shippedDefinition(kind, name);
}

/** All that ships, by kind. */
export const shippedNames: readonly { readonly kind: "message" | "digest"; readonly name: string }[] = [
  ...letterKinds.map((name) => ({ kind: "message" as const, name })),
  ...digestKinds.map((name) => ({ kind: "digest" as const, name })),
];

/** The shipped digest, for those who write one. */
export const digestAsShipped = shippedDigest;
