/** A fault of the set-up's files, and the checks of references that every table shares. */
import { msg } from "../../engine/text/msg.js";
import { nearest } from "../../engine/text/nearest.js";
import type { Bilingual } from "../../engine/text/text.js";
import type { SetupPart } from "./tables/setup-files.js";

/** A fault of one file of the set-up. */
export interface SetupFault {
  readonly part: SetupPart;
  /** JSON pointer inside the file. */
  readonly path: string;
  readonly reason: Bilingual;
}

export type Report = (part: SetupPart, path: readonly (string | number)[], reason: Bilingual) => void;
export type Coded = { readonly code: string; readonly retired?: boolean | undefined };

/** Whether there is a row of that code; otherwise it is reported, with what was probably meant. */
export function checkReference(
  part: SetupPart,
  path: readonly (string | number)[],
  wanted: string,
  rows: readonly Coded[],
  what: Bilingual,
  report: Report,
): boolean {
  if (rows.some((row) => row.code === wanted)) return true;
  const codes = rows.map((row) => row.code);
  const meant = nearest(wanted, codes);
  report(
    part,
    path,
    msg("setup.setupFault.thereIsNo", {
      what,
      wanted,
      meant: meant === null ? "" : msg("setup.setupFault.didYouMean", { meant }),
    }),
  );
  return false;
}

/** What is in use stands on what is in use: the office could not choose the one without the other. */
export function checkInUse(
  part: SetupPart,
  path: readonly (string | number)[],
  row: Coded,
  wanted: string,
  rows: readonly Coded[],
  report: Report,
): void {
  if (row.retired || !rows.some((other) => other.code === wanted && other.retired)) return;
  report(part, path, msg("setup.setupFault.isRetiredChooseOneThat", { wanted }));
}
