/** The kinds of file that can be taken, by what their content is. Whatever is not in this table is refused. */
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";

export const attachmentKinds = ["image", "document", "text", "audio", "video"] as const;
export type AttachmentKind = (typeof attachmentKinds)[number];

export const attachmentKindNames: Readonly<Record<AttachmentKind, Bilingual>> = {
  image: msg("files.attachmentTypes.attachmentKindNamesImage"),
  document: msg("files.attachmentTypes.attachmentKindNamesDocument"),
  text: msg("files.attachmentTypes.attachmentKindNamesText"),
  audio: msg("files.attachmentTypes.attachmentKindNamesAudio"),
  video: msg("files.attachmentTypes.attachmentKindNamesVideo"),
};

interface AttachmentType {
  readonly kind: AttachmentKind;
  /** How the name ends, whatever it ended in when it was sent. */
  readonly ending: string;
  /** Other endings by which people know it; kept where the name has one. */
  readonly alsoEndings?: readonly string[];
}

const openXml = "application/vnd.openxmlformats-officedocument";
const openDocument = "application/vnd.oasis.opendocument";

export const attachmentTypes: Readonly<Record<string, AttachmentType>> = {
  "image/jpeg": { kind: "image", ending: "jpg", alsoEndings: ["jpeg"] },
  "image/png": { kind: "image", ending: "png" },
  "image/webp": { kind: "image", ending: "webp" },
  "image/gif": { kind: "image", ending: "gif" },
  "application/pdf": { kind: "document", ending: "pdf" },
  [`${openXml}.wordprocessingml.document`]: { kind: "document", ending: "docx" },
  [`${openXml}.spreadsheetml.sheet`]: { kind: "document", ending: "xlsx" },
  [`${openXml}.presentationml.presentation`]: { kind: "document", ending: "pptx" },
  [`${openXml}.presentationml.slideshow`]: { kind: "document", ending: "ppsx" },
  [`${openDocument}.text`]: { kind: "document", ending: "odt" },
  [`${openDocument}.spreadsheet`]: { kind: "document", ending: "ods" },
  [`${openDocument}.presentation`]: { kind: "document", ending: "odp" },
  "application/msword": { kind: "document", ending: "doc" },
  "application/vnd.ms-excel": { kind: "document", ending: "xls" },
  "application/vnd.ms-powerpoint": { kind: "document", ending: "ppt", alsoEndings: ["pps"] },
  "text/plain": { kind: "text", ending: "txt" },
  "text/csv": { kind: "text", ending: "csv" },
  "audio/mpeg": { kind: "audio", ending: "mp3" },
  "audio/mp4": { kind: "audio", ending: "m4a" },
  "audio/ogg": { kind: "audio", ending: "ogg", alsoEndings: ["oga", "opus"] },
  "audio/wav": { kind: "audio", ending: "wav" },
  "audio/amr": { kind: "audio", ending: "amr" },
  "audio/aac": { kind: "audio", ending: "aac" },
  "video/mp4": { kind: "video", ending: "mp4", alsoEndings: ["m4v"] },
  "video/quicktime": { kind: "video", ending: "mov" },
  "video/webm": { kind: "video", ending: "webm" },
  "video/3gpp": { kind: "video", ending: "3gp" },
};

/** What may be attached, a programme. */
export interface AttachmentLimits {
  /** Of one application or one act; 0: nothing can be attached. */
  readonly most: number;
  /** Of one file. */
  readonly mostBytes: number;
  readonly kinds: readonly AttachmentKind[];
}

export const defaultAttachments = { most: 10, megabytes: 20, kinds: attachmentKinds } as const;

/** The limits of a programme; what its set-up does not say is as we ship it. */
export function attachmentLimits(settings: {
  readonly attachmentsMost?: number | undefined;
  readonly attachmentMegabytes?: number | undefined;
  readonly attachmentKinds?: readonly AttachmentKind[] | undefined;
}): AttachmentLimits {
  return {
    most: settings.attachmentsMost ?? defaultAttachments.most,
    mostBytes: (settings.attachmentMegabytes ?? defaultAttachments.megabytes) * 1024 * 1024,
    kinds: settings.attachmentKinds ?? defaultAttachments.kinds,
  };
}

/** What a file chooser should offer: the endings of those kinds. */
export function acceptedEndings(kinds: readonly AttachmentKind[]): string[] {
  return Object.values(attachmentTypes)
    .filter(({ kind }) => kinds.includes(kind))
    .flatMap(({ ending, alsoEndings = [] }) => [ending, ...alsoEndings])
    .map((ending) => `.${ending}`);
}
