/** The words of the reader's language: a file for the page and one for each area of screens, which comes with its script. */

import { otherLanguages } from "../../../engine/text/languages.js";
import { addMessages, type MessageSource } from "../../../engine/text/msg.js";
import type { Language } from "../../../engine/text/text.js";
import type { WordFiles } from "../../admin/boot-data.js";
import { readLanguage } from "./language.js";

/** Does `work` while nothing else happens, within some seconds. */
export function whenIdle(work: () => void): void {
  // Safari has no such thing.
  if ("requestIdleCallback" in window) window.requestIdleCallback(work, { timeout: 5000 });
  else setTimeout(work, 1000);
}

/** A file of the build. Errors: ReloadNeeded, or that the line is down. */

/** Only the page loaded anew has the file: Diwan was renewed after this one was opened. */
export class ReloadNeeded extends Error {}

/** What the server answers; the browser keeps it for good. */
export async function fetchFile(address: string): Promise<Response> {
  const answer = await fetch(address);
  if (answer.status === 404) throw new ReloadNeeded(`${address} is gone`);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer;
}

type BrowserWords = Readonly<Record<string, Readonly<Record<string, MessageSource>>>>;

const loaded = new Set<WordFiles>();
/** By its address each file that is here, or on its way: it is fetched once, in whichever language it is asked for again. */
const files = new Map<string, Promise<void>>();

async function fetchFileOfWords(address: string): Promise<void> {
  const words = (await (await fetchFile(address)).json()) as BrowserWords;
  for (const [spoken, sources] of Object.entries(words)) addMessages(spoken, sources);
}

function fetchWords(of: WordFiles, language: Language): Promise<void> {
  const address = of[language];
  if (address === undefined) return Promise.resolve();
  const before = files.get(address);
  if (before !== undefined) return before;
  const fetching = fetchFileOfWords(address);
  files.set(address, fetching);
  // After a failure the next question tries again.
  fetching.catch(() => files.delete(address));
  return fetching;
}

/** Resolves once the words of these files are there in the reader's language. Rejects as `fetchFile`. */
export async function loadWords(of: WordFiles): Promise<void> {
  const language = readLanguage();
  await fetchWords(of, language);
  // It was switched meanwhile.
  if (readLanguage() !== language) return loadWords(of);
  loaded.add(of);
  whenIdle(() => fetchOther(of, language));
}

/** Where there is one other language, its words come along while nothing else happens; not on a line that is paid by the byte. */
function fetchOther(of: WordFiles, language: Language): void {
  const [other, ...more] = otherLanguages(language);
  const { saveData } =
    (navigator as Navigator & { readonly connection?: { readonly saveData?: boolean } }).connection ?? {};
  if (other !== undefined && more.length === 0 && !saveData) fetchWords(of, other.code).catch(() => undefined);
}

/** Words in another language for all that is loaded. Rejects as `fetchFile`. */
export async function loadWordsIn(language: Language): Promise<void> {
  await Promise.all([...loaded].map((of) => fetchWords(of, language)));
}
