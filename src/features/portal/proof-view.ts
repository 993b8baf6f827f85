/** What the page of a case says of the addresses of its applicant and of links that open it, and how more of it is opened. */

import { formatMoment } from "../../engine/formatting/moments.js";
import type { ApplicantContact } from "../../engine/lifecycle/views/applicant-contact.js";
import type { FollowDoor } from "./follow-door.js";
import type { Followed } from "./follow-views.js";
import type { View } from "./portal-views.js";
import { line } from "./questions.js";

type Saying = Pick<FollowDoor, "texts" | "language" | "say" | "at">;

/** A confidential case is opened by its code alone: there nothing need be confirmed. */
function contactRow(
  { way, masked, provenAt, canProve }: ApplicantContact,
  followed: Followed,
  { say, at, language }: Saying,
): View {
  const { reference, confidential, timeZone } = followed;
  const confirm = provenAt === null && !confidential && canProve;
  return {
    label: say(`links.${way}`),
    masked,
    proven: provenAt === null ? null : say("links.proven", { at: formatMoment(provenAt, language, timeZone) }),
    confirm: confirm ? { href: `${at(reference, "confirm")}?way=${way}` } : null,
  };
}

/** Asks for the code on the page itself, where it was opened by a link. */
function codeForm({ reference }: Followed, { texts, language, say }: Saying): View {
  const asking = { language, texts, typed: {}, faults: new Map<string, string>() };
  const question = line(asking, {
    name: "code",
    label: say("follow.code"),
    hint: say("follow.codeHint"),
    direction: "ltr",
    short: true,
  });
  return { reference, question, action: `/${language}/follow` };
}

export function proofView(followed: Followed, saying: Saying): View {
  const { contacts, openLinks, withheld, reference } = followed;
  const { say, at } = saying;
  return {
    contacts: contacts.map((contact) => contactRow(contact, followed, saying)),
    links: openLinks === 0 ? null : { words: say("links.open", { n: openLinks }), action: at(reference, "links") },
    codeForm: withheld ? codeForm(followed, saying) : null,
  };
}
