/** Files as the pages show them: those that wait to be sent, and those of a case. */

import { type Attachment, hasThumbnail } from "../../engine/files/attachment.js";
import { type AttachmentLimits, acceptedEndings, attachmentKindNames } from "../../engine/files/attachment-types.js";
import { formatNumber } from "../../engine/formatting/numbers.js";
import { inLanguage, type Language, listed, semicolon } from "../../engine/text/text.js";
import type { PortalTexts } from "./portal-texts.js";
import type { View } from "./portal-views.js";
import type { FileFaults } from "./read-files.js";

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
