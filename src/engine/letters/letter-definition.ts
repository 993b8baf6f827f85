/** What a programme may say in its own words: a letter about a case, and a digest. Looks and frames stay files in `views/`. */

import type { Bilingual } from "../text/text.js";
import type { DigestLetter } from "./message-kinds.js";

export interface MessageDefinition {
  /** The kind of letter, or the code of a step's own letter (`step-health`). */
  readonly message: string;
  /** Of a step's own letter: what the ladder calls it. */
  readonly name?: Bilingual;
  /** Left out of text messages, which have none. */
  readonly subject?: Bilingual;
  /** The line that telephones and mail programs show beside the subject. */
  readonly preview?: Bilingual;
  /** Paragraphs; a line that begins with `# ` is a heading, with `- ` an item of a list. Of a text message its words. */
  readonly body: Bilingual;
}

export interface DigestSection {
  readonly section: string;
  readonly title?: Bilingual;
  readonly introduction?: Bilingual;
  /** Of the section of figures: which, in this order. */
  readonly figures?: readonly string[];
}

export interface DigestDefinition {
  readonly digest: DigestLetter;
  readonly subject: Bilingual;
  readonly title: Bilingual;
  readonly introduction?: Bilingual;
  /** In the order in which they are read; what is left out is not shown. */
  readonly sections: readonly DigestSection[];
}
