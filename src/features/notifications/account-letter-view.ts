/** What the letters about an account show. The token of their link is made while they are rendered: it is stored nowhere. */
import { inLanguage } from "../../engine/text/text.js";
import { frame, type MessageData } from "./message-frame.js";
import { textOf, type View, type ViewContext } from "./view-context.js";

export interface LetterLink {
  readonly id: number;
  readonly nonce: Buffer;
  /** Label of the key that its token is made with; letters of before have none. */
  readonly key: string | null;
}

/** Which link a letter is about. Throws for data that names none. */
export function linkOfLetter(data: MessageData): LetterLink {
  const { link: id, nonce, key } = data;
  if (typeof id !== "number" || typeof nonce !== "string") throw new Error("the letter names no link");
  return { id, nonce: Buffer.from(nonce, "base64url"), key: typeof key === "string" ? key : null };
}

export function accountLetterView(
  template: "account-invitation" | "account-reset",
  data: MessageData,
  context: ViewContext,
  token: string,
): View {
  const programme = inLanguage(context.setup.programme.name, context.language);
  return {
    ...frame(template, context, { name: textOf(data, "name") ?? "", programme }),
    facts: context.facts([["validUntil", context.moment(data.expiresAt)]]),
    link: context.links.account(token),
    button: context.say(`${template}.button`),
    note: context.say(`${template}.note`),
  };
}
