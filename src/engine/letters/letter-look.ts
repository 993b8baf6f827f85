/** How a letter that is being written would read, as it is asked for and shown. */

import type { Actor } from "../access/permissions.js";
import type { Bilingual, Language, StoredLanguage } from "../text/text.js";
import type { SmsSize } from "./sms-text.js";

export interface LetterTried {
  readonly actor: Actor;
  readonly programme: string;
  readonly kind: "message" | "digest";
  readonly name: string;
  readonly definition: unknown;
  /** Of a case that the actor may read; null: a made-up one. */
  readonly reference: string | null;
  readonly now: Date;
}

export interface TriedLetter {
  readonly language: StoredLanguage;
  /** Of a text message, which is its words alone: how it goes over the air. */
  readonly sms: SmsLook | null;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** Words of a text message, and how it goes over the air. */
export type SmsLook = SmsSize & { readonly text: string };

export interface LetterLook {
  /** None while the definition has errors, which stand with the checks. */
  readonly letters: readonly TriedLetter[];
  /** Why there is none, where it is not the definition. */
  readonly nothing: Bilingual | null;
  /** The case that it is of; null: a made-up one, or a digest's figures. */
  readonly reference: string | null;
}

export interface PreviewedLetter {
  /** Of a text message, which is its words alone. */
  readonly sms: SmsLook | null;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly language: Language;
  /** False: the applicant left no address, and reads it on the page of the application. */
  readonly reachable: boolean;
  /** True: the letter says that there is something, not what. */
  readonly withheld: boolean;
}
