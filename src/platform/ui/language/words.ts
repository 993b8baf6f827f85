/** The words of the reader's language: a file for the page and one for each area of screens, which comes with its script. */
import { addMessages, type MessageSource } from "../../../engine/text/msg.js";
import type { Language } from "../../../engine/text/text.js";
import type { WordFiles } from "../../admin/boot-data.js";
import { fetchFile } from "./fetch-file.js";
import { readLanguage } from "./language.js";

type BrowserWords = Readonly<Record<string, Readonly<Record<string, MessageSource>>>>;

const loaded = new Set<WordFiles>();

async function fetchWords(files: WordFiles, language: Language): Promise<void> {
  const address = files[language];
  if (address === undefined) return;
  const words = (await (await fetchFile(address)).json()) as BrowserWords;
  for (const [spoken, sources] of Object.entries(words)) addMessages(spoken, sources);
}

/** Resolves once the words of these files are there in the reader's language. Rejects as `fetchFile`. */
export async function loadWords(files: WordFiles): Promise<void> {
  const language = readLanguage();
  await fetchWords(files, language);
  // It was switched meanwhile.
  if (readLanguage() !== language) return loadWords(files);
  loaded.add(files);
}

/** Words in another language for all that is loaded. Rejects as `fetchFile`. */
export async function loadWordsIn(language: Language): Promise<void> {
  await Promise.all([...loaded].map((files) => fetchWords(files, language)));
}
