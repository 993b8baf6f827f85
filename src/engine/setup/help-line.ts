/** The telephone of a programme: what applicants call where no page helps them. */

import type { Bilingual } from "../text/text.js";

export interface HelpLine {
  /** As it is read: with the spaces that it was written with. */
  readonly phone: string;
  /** As telephones dial it: E.164. */
  readonly dial: string;
  /** When someone answers; null where that was not said in both languages. */
  readonly hours: Bilingual | null;
}

/** The number of what was written, as telephones dial it; null: it is none that can be dialled from everywhere. */
export function dialled(written: string): string | null {
  const bare = written.replace(/[\s().\u00a0\u202f-]/g, "");
  return /^\+[1-9]\d{6,14}$/.test(bare) ? bare : null;
}

/** Null where the programme has none. */
export function helpLineOf(settings: {
  readonly helpPhone?: string | null | undefined;
  readonly helpHours?: { readonly ar: string | null; readonly en: string | null } | undefined;
}): HelpLine | null {
  const phone = settings.helpPhone?.trim() ?? "";
  const dial = dialled(phone);
  if (dial === null) return null;
  const { ar = null, en = null } = settings.helpHours ?? {};
  return { phone, dial, hours: ar === null || en === null ? null : { ar, en } };
}
