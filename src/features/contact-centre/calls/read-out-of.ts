/** Where a case is, in sentences that an agent reads out: what its applicant would see, and nothing else. */

import { callPromise } from "../../../engine/contact-centre/call-promise.js";
import { dateIn, formatDate } from "../../../engine/formatting/moments.js";
import { endsByItself } from "../../../engine/lifecycle/due-moments.js";
import { saidByOffice } from "../../../engine/lifecycle/views/shown-by-link.js";
import { msg } from "../../../engine/text/msg.js";
import type { Bilingual, Language } from "../../../engine/text/text.js";
import { perLanguage } from "../../../engine/text/text.js";
import { followedOf, type Opened } from "../../cases/follow/follow-application.js";
import { reopenUntil } from "../../cases/follow/reopen-until.js";

/** A sentence, and what was written, in the words in which it was written; null: nothing was. */
export interface ReadOut {
  readonly say: Bilingual;
  readonly written: string | null;
}

/** @param a.withheld the number is shown to be the caller's, and not who they are: no more than a link to it shows */
export function readOutOf(opened: Opened, a: { readonly withheld: boolean } = { withheld: false }): readonly ReadOut[] {
  const { theCase, stateKind, setup, workflow, pinned, call, now } = opened;
  const { timeZone } = setup.programme;
  const day = (at: Date): Bilingual => perLanguage((language: Language) => formatDate(dateIn(at, timeZone), language));
  const sentence = (say: Bilingual, written: string | null = null): ReadOut => ({ say, written });
  const { stateName, dueAt, conversation: all, receivedAt } = followedOf(opened);
  const conversation = a.withheld ? saidByOffice(all) : all;
  const last = (...kinds: string[]) => conversation.filter(({ kind }) => kinds.includes(kind)).at(-1);
  const said = [
    sentence(msg("contact-centre.howItStands.received", { day: day(receivedAt) })),
    sentence(msg("contact-centre.howItStands.state", { state: stateName })),
  ];
  const question = stateKind === "waiting" ? last("question") : undefined;
  if (question !== undefined) {
    said.push(sentence(msg("contact-centre.howItStands.asked", { day: day(question.at) }), question.text));
    const until = endsByItself({ theCase, workflow, calendarOf: pinned.calendarOf });
    if (until !== null) said.push(sentence(msg("contact-centre.howItStands.replyUntil", { day: day(until) })));
  } else if (stateKind === "open" && dueAt !== null) {
    said.push(
      sentence(
        dueAt >= now
          ? msg("contact-centre.howItStands.due", { day: day(dueAt) })
          : msg("contact-centre.howItStands.late", { day: day(dueAt) }),
      ),
    );
  }
  const answer = last("answer", "rejection");
  if (answer !== undefined) {
    said.push(sentence(msg("contact-centre.howItStands.answered", { day: day(answer.at) }), answer.text));
    const until = reopenUntil(opened);
    if (until !== null) said.push(sentence(msg("contact-centre.howItStands.reopen", { day: day(until) })));
  }
  if (call !== null) said.push(sentence(callPromise(call, now, timeZone)));
  return said;
}
