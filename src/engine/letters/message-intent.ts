/** A message that someone is owed. Stored with the events it comes from; rendered and delivered later. */
import type { Language } from "../text/text.js";
import type { MessageTemplate } from "./message-kinds.js";

/** Who receives it. An applicant's address stays in the table of personal data and is looked up on delivery. */
export type Receiver =
  | { readonly kind: "user"; readonly userId: number }
  | { readonly kind: "applicant"; readonly caseId: number };

export interface MessageIntent {
  readonly template: MessageTemplate;
  readonly receiver: Receiver;
  readonly language: Language;
  /** What the template shows; JSON, no personal data of the applicant. */
  readonly data: Readonly<Record<string, unknown>>;
  /** One message a key, for ever: `case/123/7/official-assigned/user/5`. The Message-ID is made from it. */
  readonly key: string;
  /** To an applicant as a text message; left out: by email. */
  readonly way?: "sms";
  /** Why it is not sent by itself; left out: it is owed. */
  readonly heldBack?: HeldBack;
  /** A rule says that it comes anyway and at once, however the receiver wants letters. */
  readonly mandatory?: true;
  /** So many working hours may pass before it is written, if it still matters then. */
  readonly afterHours?: number;
  /** Left out: it leaves at once. */
  readonly gather?: Gathering;
}

/** A letter that waits for others. */
export interface Gathering {
  /** When those that wait are put together. */
  readonly at: Date;
  /** The position for which the receiver is written to: who holds it then is written to; null: they hold none. */
  readonly seat: number | null;
}

/** Why a letter stays here until somebody sends it; as it is stored. */
export type HeldBack = "held back: too many receipts to this address" | SmsHeldBack;

/** Which limit of text messages was reached. */
export type SmsHeldBack =
  | "held back: too many text messages to this number"
  | "held back: too many text messages today"
  | "held back: too many text messages to this country"
  | "held back: no segments left today";
