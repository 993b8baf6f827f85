/** Files as the pages show them: those that wait to be sent, and those of a case. */

import type { Request } from "express";
import { type Attachment, hasThumbnail } from "../../engine/files/attachment.js";
import { type AttachmentLimits, acceptedEndings, attachmentKindNames } from "../../engine/files/attachment-types.js";
import { formatNumber } from "../../engine/formatting/numbers.js";
import type { Setup } from "../../engine/setup/setup.js";
import { Problem } from "../../engine/text/problems.js";
import { inLanguage, type Language, listed, semicolon } from "../../engine/text/text.js";
import type { AttachmentOwner } from "../files/attachments.js";
import type { PortalServices } from "./portal-services.js";
import type { PortalTexts } from "./portal-texts.js";
import type { View } from "./portal-views.js";
import type { FileFaults } from "./read-files.js";
import { typedIn } from "./read-post.js";

/** True when there was such a button. One that is gone already is no fault. */
export async function dropNamed(
  { attachments }: Pick<PortalServices, "attachments">,
  request: Request,
  owner: AttachmentOwner,
): Promise<boolean> {
  const id = typedIn(request, "drop");
  if (id === "") return false;
  await attachments.drop({ owner, id }).catch((error: unknown) => {
    if (!(error instanceof Problem && error.code === "not-found")) throw error;
  });
  return true;
}

type Typed = Readonly<Record<string, string>>;

/** Inputs of the type's questions that are answered by a file. */
export const fileInputs = (setup: Setup, typed: Typed): string[] =>
  (setup.types.get(typed.type ?? "")?.fields ?? [])
    .filter(({ type }) => type === "file")
    .map(({ code }) => `field.${code}`);

/** Ids of files that belong to a question: the page of all files leaves them alone. */
export const idsOfFields = (setup: Setup, typed: Typed): ReadonlySet<string> =>
  new Set(fileInputs(setup, typed).flatMap((name) => typed[name] || []));

/**
 * What a page with one file leaves of those that wait: the newest is the answer, and what else came with the page, or
 * answered before, is to be dropped.
 */
export function answeredByFile(a: {
  readonly before: readonly Attachment[];
  readonly after: readonly Attachment[];
  /** Id of the answer so far; empty: none. */
  readonly answer: string;
}): { readonly answer: string; readonly drop: readonly string[] } {
  const known = new Set(a.before.map(({ id }) => id));
  const sent = a.after.filter(({ id }) => !known.has(id)).map(({ id }) => id);
  const newest = sent.at(-1);
  const still = a.after.some(({ id }) => id === a.answer) ? a.answer : "";
  if (newest === undefined) return { answer: still, drop: [] };
  return { answer: newest, drop: [...sent.slice(0, -1), ...(still === "" ? [] : [still])] };
}

interface Words {
  readonly texts: PortalTexts;
  readonly language: Language;
}

const kilobyte = 1024;

/** `340 KB`, `2.4 MB`. */
function sizeIn(bytes: number, { texts, language }: Words): string {
  const megabytes = bytes / kilobyte / kilobyte;
  if (megabytes >= 1) return texts.say(language, "files.megabytes", { n: formatNumber(megabytes, language) });
  return texts.say(language, "files.kilobytes", { n: Math.max(1, Math.round(bytes / kilobyte)) });
}

/** The input and what was sent through it so far. */
export function stagedView(
  a: { limits: AttachmentLimits; staged: readonly Attachment[]; faults: FileFaults },
  words: Words,
): View {
  const { texts, language } = words;
  const { most, mostBytes, kinds } = a.limits;
  return {
    label: texts.say(language, "files.label"),
    hint: texts.say(language, "files.hint", {
      most,
      size: sizeIn(mostBytes, words),
      kinds: inLanguage(
        listed(
          kinds.map((kind) => attachmentKindNames[kind]),
          semicolon,
        ),
        language,
      ),
    }),
    accept: acceptedEndings(kinds).join(","),
    staged: a.staged.map(({ id, name, bytes }) => ({ id, name, size: sizeIn(bytes, words) })),
    faults: a.faults.map(({ name, problem }) => ({
      name,
      text: inLanguage(problem.detail, language) || texts.say(language, "problem.too-large"),
    })),
  };
}

/** Files of a case. `at`: where one is saved from. */
export function sentFiles(files: readonly Attachment[], words: Words, at: (id: string) => string): readonly View[] {
  return files.map((file) => ({
    name: file.name,
    size: sizeIn(file.bytes, words),
    href: at(file.id),
    thumbnail: hasThumbnail(file) ? `${at(file.id)}/thumbnail` : null,
  }));
}
