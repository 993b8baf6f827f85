/** A note beside a call, as somebody typed it. */

import { callNoteMost } from "../../../engine/contact-centre/call-backs.js";
import { msg } from "../../../engine/text/msg.js";
import { type FieldFault, Problem } from "../../../engine/text/problems.js";
import { unreadableText } from "../../../engine/text/unreadable-text.js";

/** The text, or null where there is none; a fault where it is too long or nobody could read it. */
export function callNote(note: unknown): { readonly text: string | null } | { readonly fault: FieldFault } {
  const text = typeof note === "string" ? note.trim() : "";
  if (text === "") return { text: null };
  const reason =
    text.length > callNoteMost
      ? msg("contact-centre.callBacks.noteTooLong", { most: callNoteMost })
      : unreadableText(text, { lines: true });
  return reason === null ? { text } : { fault: { field: "/note", reason } };
}

/**
 * A note below the one that is there already, which stays; the same sent again is there once. Problem invalid-input where both are
 * longer than a note may be.
 */
export function noteBelow(before: string | null, note: string | null): string | null {
  if (before === null || note === null) return note ?? before;
  if (before === note || before.endsWith(`\n${note}`)) return before;
  const joined = `${before}\n${note}`;
  if (joined.length <= callNoteMost) return joined;
  const left = Math.max(0, callNoteMost - before.length - 1);
  const reason = msg("contact-centre.callBacks.noteFull", { left });
  throw new Problem("invalid-input", reason, [{ field: "/note", reason }]);
}
