/** A note beside a call, as somebody typed it. */

import { callNoteMost } from "../../../engine/contact-centre/call-backs.js";
import { msg } from "../../../engine/text/msg.js";
import type { FieldFault } from "../../../engine/text/problems.js";
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
