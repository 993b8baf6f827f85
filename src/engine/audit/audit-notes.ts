/** What a check of the seals notes without finding fault: moments that a wrong clock explains. */
import { formatWholeMoment } from "../formatting/moments.js";
import { msg } from "../text/msg.js";
import { type Bilingual, perLanguage } from "../text/text.js";
import { isMoment } from "./chain.js";

export interface AuditNote {
  /** Number of the seal. */
  readonly seal: number;
  readonly sealedAt: Date;
  /** `earlier`: than the seal before; `future`: the newest seal's moment has not come. */
  readonly what: "earlier" | "future";
}

/**
 * Notes on seals in order of their number. Their order is that of the numbers and MACs: a moment that goes back is that of
 * a clock which was ahead when the seal before was made.
 */
export function notesOnSeals(seals: readonly { number: number; sealedAt: Date }[], now: Date): AuditNote[] {
  const notes: AuditNote[] = [];
  seals.forEach(({ number, sealedAt }, i) => {
    const before = seals[i - 1]?.sealedAt;
    if (!isMoment(sealedAt)) return;
    if (before !== undefined && sealedAt < before) notes.push({ seal: number, sealedAt, what: "earlier" });
    if (i === seals.length - 1 && sealedAt > now) notes.push({ seal: number, sealedAt, what: "future" });
  });
  return notes;
}

const words: Readonly<Record<AuditNote["what"], (seal: number, at: Bilingual) => Bilingual>> = {
  earlier: (n, at) => msg("audit.auditNotes.noteSealBearsAnEarlier", { n, at }),
  future: (n, at) => msg("audit.auditNotes.noteSealTheNewestBears", { n, at }),
};

/** The note as a sentence. */
export function describeNote({ seal, sealedAt, what }: AuditNote): Bilingual {
  return words[what](
    seal,
    perLanguage((language) => formatWholeMoment(sealedAt, language, "UTC")),
  );
}
