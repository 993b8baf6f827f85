/** The window in another language, and the next page too. */
import { msg } from "../../../engine/text/msg.js";
import type { Language } from "../../../engine/text/text.js";
import { boot } from "../boot.js";
import { toast } from "../toast.js";
import { showLanguage } from "./language.js";
import { loadWordsIn } from "./words.js";

const year = 31_536_000;

/** The words come along while somebody is about to switch; where they do not arrive, the switch asks for them again. */
export const prepareLanguage = (language: Language): void => void loadWordsIn(language).catch(() => undefined);

/** Where the words do not arrive, the window says so and stays as it is. */
export async function switchLanguage(language: Language): Promise<void> {
  try {
    await loadWordsIn(language);
  } catch {
    toast(msg("ui.switchLanguage.unreachable"), "danger");
    return;
  }
  const { name, secure } = boot()?.languageCookie ?? {};
  if (name !== undefined) {
    // biome-ignore lint/suspicious/noDocumentCookie: the server reads it when it draws the next page
    document.cookie = `${name}=${language};path=/;max-age=${year};samesite=lax${secure ? ";secure" : ""}`;
  }
  showLanguage(language);
}
