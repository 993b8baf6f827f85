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
  /** Why it is not sent by itself; left out: it is owed. */
  readonly heldBack?: HeldBack;
}

/** Why a letter stays here until somebody sends it; as it is stored. */
export type HeldBack = "held back: too many receipts to this address";
