/** What was typed in this tab, kept until it is saved. A person's drafts are no other's, whoever signs in here next. */
import { boot } from "./boot.js";

const root = "diwan-draft:";
const own = (): string => `${root}${boot()?.official.id ?? 0}:`;

function forget(which: (name: string) => boolean): void {
  try {
    for (const name of Object.keys(sessionStorage)) if (which(name)) sessionStorage.removeItem(name);
  } catch {
    // Nothing was kept then.
  }
}

let looked = false;
/** Somebody else was signed in here before: what they typed is not for whoever is now. */
function forgetOthers(): void {
  if (looked || boot() === null) return;
  looked = true;
  forget((name) => name.startsWith(root) && !name.startsWith(own()));
}

export function storedDraft<T>(key: string): T | null {
  forgetOthers();
  try {
    const text = sessionStorage.getItem(own() + key);
    return text === null ? null : (JSON.parse(text) as T);
  } catch {
    return null;
  }
}

/** No room, or not allowed: then it lives as long as the page. */
export function storeDraft(key: string, value: unknown): void {
  try {
    sessionStorage.setItem(own() + key, JSON.stringify(value));
  } catch {
    // See above.
  }
}

export const dropDraft = (key: string): void => forget((name) => name === own() + key);

/** Forgets everything that was typed in this tab: whoever signs out leaves nothing to the next. */
export const clearDrafts = (): void => forget((name) => name.startsWith(root));
