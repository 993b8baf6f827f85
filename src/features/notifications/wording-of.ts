/** The words that a stored message is written in: of the version that it was pinned to, or of the draft that it tries. */
import type { StoredMessage } from "../../platform/mail/message-store.js";

export type WordingOf = (message: Pick<StoredMessage, "wordingId" | "data">) => Promise<object | null>;

/** @param definitionOf any version by its id; versions never change */
export function createWordingOf(definitionOf: (versionId: number) => Promise<object>): WordingOf {
  return async ({ wordingId, data }) => {
    // A test carries its draft along: by the time it leaves, the draft may say something else.
    if (data.test === true) return (data.wordedAs ?? null) as object | null;
    return wordingId === null ? null : definitionOf(wordingId);
  };
}
