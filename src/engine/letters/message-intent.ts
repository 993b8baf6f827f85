/** A message that someone is owed. Stored with the events it comes from; rendered and delivered later. */
import type { Language } from "../text/text.js";

/** Every kind of message, and whether somebody sits and waits for it: such a one goes before all that is owed besides. */
const waitedFor = {
  "applicant-received": false,
  "applicant-question": false,
  "applicant-answered": false,
  "applicant-rejected": false,
  "applicant-withdrawn": false,
  "applicant-rate": false,
  "applicant-linked": false,
  "applicant-split": false,
  "official-assigned": false,
  "official-mentioned": false,
  "official-given": false,
  "official-reminder": false,
  "official-news": false,
  "official-warning": false,
  "official-escalated": false,
  "official-escalated-copy": false,
  "official-bulk": false,
  "official-instruction": false,
  "operation-room-alert": false,
  "digest-committee": false,
  "digest-focal-point": false,
  "audit-seal": false,
  "account-invitation": true,
  "account-reset": true,
} as const satisfies Record<string, boolean>;

export type MessageTemplate = keyof typeof waitedFor;

/** Kinds that somebody waits for. */
export const urgentTemplates: readonly MessageTemplate[] = (Object.keys(waitedFor) as MessageTemplate[]).filter(
  (template) => waitedFor[template],
);

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
