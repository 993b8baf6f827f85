/** The letter of an act that is still being written, as its receiver will see it. */
import type { Language } from "../text/text.js";

export interface PreviewedLetter {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly language: Language;
  /** False: the applicant left no address, and reads it on the page of the application. */
  readonly reachable: boolean;
  /** True: the letter says that there is something, not what. */
  readonly withheld: boolean;
}
