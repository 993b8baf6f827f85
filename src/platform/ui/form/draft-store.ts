/**
 * What was typed, kept until it is saved. A person's drafts are no other's, whoever signs in here next.
 *
 * Desks are shared, and what is typed is mostly about people. So a draft lives in its tab (`sessionStorage`), and only what
 * the server does not have yet is also kept on the device (`localStorage`), where a closed tab or a crash cannot take it:
 * never of a confidential case, no longer than until the server has it, until its author signs out, until somebody else
 * signs in, or until it is three days old: from a Thursday to the Sunday after.
 */
import { boot } from "../boot.js";

const root = "diwan-draft:";
const own = (): string => `${root}${boot()?.official.id ?? 0}:`;
const maxMs = 72 * 3_600_000;

type Place = "tab" | "device";
/** Asking for it may already be refused. */
const storageOf = (place: Place): Storage => (place === "tab" ? sessionStorage : localStorage);

function forget(place: Place, which: (name: string) => boolean): void {
  try {
    const storage = storageOf(place);
    for (const name of Object.keys(storage)) if (which(name)) storage.removeItem(name);
  } catch {
    // Nothing was kept then.
  }
}

function found<T>(place: Place, name: string): T | null {
  try {
    const text = storageOf(place).getItem(name);
    return text === null ? null : (JSON.parse(text) as T);
  } catch {
    return null;
  }
}

/** No room, or not allowed: then it lives as long as the page. */
function keep(place: Place, name: string, value: unknown): void {
  try {
    storageOf(place).setItem(name, JSON.stringify(value));
  } catch {
    // See above.
  }
}

interface OnDevice<T> {
  readonly at: number;
  readonly value: T;
}
const tooOld = (name: string): boolean => !((found<OnDevice<unknown>>("device", name)?.at ?? 0) > Date.now() - maxMs);

let looked = false;
/** Somebody else was signed in here before: what they typed is not for whoever is now. Nor is anything for ever. */
export function forgetOthers(): void {
  if (looked || boot() === null) return;
  looked = true;
  const others = (name: string) => name.startsWith(root) && !name.startsWith(own());
  forget("tab", others);
  forget("device", (name) => others(name) || (name.startsWith(root) && tooOld(name)));
}

export function storedDraft<T>(key: string): T | null {
  forgetOthers();
  return found<T>("tab", own() + key);
}

export const storeDraft = (key: string, value: unknown): void => keep("tab", own() + key, value);

export const dropDraft = (key: string): void => forget("tab", (name) => name === own() + key);

/** What a tab that was closed left on this device. */
export function draftOnDevice<T>(key: string): T | null {
  forgetOthers();
  return found<OnDevice<T>>("device", own() + key)?.value ?? null;
}

export const keepOnDevice = (key: string, value: unknown): void =>
  keep("device", own() + key, { at: Date.now(), value } satisfies OnDevice<unknown>);

/** @param which a key, or with a slash at its end what keys begin with */
export const dropFromDevice = (which: string): void =>
  forget("device", (name) => (which.endsWith("/") ? name.startsWith(own() + which) : name === own() + which));

/** Forgets everything that was typed here: whoever signs out leaves nothing to the next. */
export function clearDrafts(): void {
  forget("tab", (name) => name.startsWith(root));
  forget("device", (name) => name.startsWith(root));
}
