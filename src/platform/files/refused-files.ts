/** Why a file is not taken, each said in one place; what a full or broken disk means. */

import { type AttachmentKind, attachmentKindNames } from "../../engine/files/attachment-types.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";
import { listed, semicolon } from "../../engine/text/text.js";

function refused(reason: Bilingual): Problem {
  return new Problem("invalid-input", reason, [{ field: "/file", reason }]);
}

const megabytes = (bytes: number): string => String(Math.max(1, Math.floor(bytes / (1024 * 1024))));

export function tooLarge(maxBytes: number): Problem {
  const reason = msg("files.refusedFiles.aFileMayHaveAt", { maxBytes: megabytes(maxBytes) });
  return new Problem("too-large", reason, [{ field: "/file", reason }]);
}

export const empty = (): Problem => refused(msg("files.refusedFiles.theFileIsEmptyChoose"));

/** Names what can be sent instead. */
export function kindNotTaken(kinds: readonly AttachmentKind[]): Problem {
  const names = listed(
    kinds.map((kind) => attachmentKindNames[kind]),
    semicolon,
  );
  return refused(msg("files.refusedFiles.kindNotTaken", { names }));
}

export const heicNotTaken = (): Problem => refused(msg("files.refusedFiles.photosInHEICOrAVIF"));

export const damaged = (): Problem => refused(msg("files.refusedFiles.theFileIsDamagedOr"));

export const imageTooLarge = (): Problem => refused(msg("files.refusedFiles.theImageHasTooMany"));

export const holdsMacros = (): Problem => refused(msg("files.refusedFiles.documentsWithMacrosSmallPrograms"));

export const holdsPrograms = (): Problem => refused(msg("files.refusedFiles.theDocumentHasProgramsOr"));

export const reachesOutside = (): Problem => refused(msg("files.refusedFiles.whenItIsOpenedThe"));

export const actsByItself = (): Problem => refused(msg("files.refusedFiles.thePDFHasScriptsAttached"));

/** What a PDF does by itself, by the name that it has there. */
const doneByItself: Readonly<Record<string, Bilingual>> = {
  URI: msg("files.refusedFiles.doneByItselfURI"),
  SubmitForm: msg("files.refusedFiles.doneByItselfSubmitForm"),
  GoToR: msg("files.refusedFiles.doneByItselfGoToR"),
  GoToE: msg("files.refusedFiles.doneByItselfGoToE"),
  ImportData: msg("files.refusedFiles.doneByItselfImportData"),
  Named: msg("files.refusedFiles.doneByItselfNamed"),
};

/** A PDF that does more, when it is opened, than show one of its places. `action`: its name in PDF. */
export function startsByItself(action: string): Problem {
  const name = /^[A-Za-z0-9]{1,30}$/.test(action) ? action : "?";
  const does = doneByItself[name] ?? msg("files.refusedFiles.does");
  return refused(msg("files.refusedFiles.thePDFByItselfWhen", { does, name }));
}

export const takesTooLong = (): Problem => refused(msg("files.refusedFiles.thisFileTakesTooLong"));

/** @param virus as the scanner names it */
export const virusFound = (virus: string): Problem =>
  refused(msg("files.refusedFiles.theVirusScannerFoundIn", { virus }));

export const tooLargeToScan = (): Problem => refused(msg("files.refusedFiles.theFileIsTooLarge"));

/** It is away, and the programme takes nothing meanwhile. */
export const scannerAway = (): Problem =>
  new Problem("unavailable", msg("files.refusedFiles.filesCannotBeCheckedFor"), [], 60);

export const hasCommands = (): Problem => refused(msg("files.refusedFiles.aCellOfTheTable"));

export const needsPassword = (): Problem => refused(msg("files.refusedFiles.theDocumentOpensWithA"));

export const unpacksTooLarge = (): Problem => refused(msg("files.refusedFiles.theDocumentBecomesFarToo"));

export const notUtf8 = (): Problem => refused(msg("files.refusedFiles.theTextIsNotIn"));

/** The line of images or archives is full. */
export const tooBusy = (): Problem =>
  new Problem("unavailable", msg("files.refusedFiles.manyFilesAreBeingChecked"), [], 30);

export const tooLate = (): Problem => new Problem("not-now", msg("files.refusedFiles.theFileTookTooLong"));

/** Nothing of it was kept, and nothing else is lost. */
export const storageFull = (): Problem =>
  new Problem("storage-full", msg("files.refusedFiles.theFileCouldNotBe"), [], 300);

const full = new Set(["ENOSPC", "EDQUOT", "EIO", "EROFS", "EFBIG", "EMFILE", "ENFILE"]);

/** What a disk says when it takes no more, as a problem; everything else as it is. */
export async function storing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (full.has((error as NodeJS.ErrnoException).code ?? "")) throw storageFull();
    throw error;
  }
}
