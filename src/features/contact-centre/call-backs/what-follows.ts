/** What comes of each outcome of a call, in words: before it is saved, and after. */

import type { TryOutcome } from "../../../engine/contact-centre/call-backs.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { useText } from "../../../platform/ui/kit.js";
import type { ClaimedCallBack } from "./call-backs.service.js";

const words = {
  again: pattern("contact-centre.callFollows.again"),
  ends: msg("contact-centre.callFollows.ends"),
  undelivered: pattern("contact-centre.callFollows.undelivered"),
  lastTry: msg("contact-centre.callFollows.lastTry"),
  office: msg("contact-centre.callFollows.office"),
};

/** @returns of an outcome, and of when the person is called again (null: no more), what follows */
export function useWhatFollows({ reason, entity }: Pick<ClaimedCallBack, "reason" | "entity">) {
  const { t, moment } = useText();
  const ends =
    reason === "answerNotDelivered" ? t(words.undelivered, { owner: t(entity ?? words.office) }) : t(words.ends);
  const comesAgain = (againAt: Date | string | null): string =>
    againAt === null ? `${t(words.lastTry)} ${ends}` : t(words.again, { at: moment(String(againAt)) });
  const byOutcome: Readonly<Record<TryOutcome, (againAt: Date | string | null) => string>> = {
    reached: () => t(msg("contact-centre.callFollows.done")),
    noAnswer: comesAgain,
    busy: comesAgain,
    later: comesAgain,
    wrongNumber: () => ends,
    refused: () => ends,
  };
  return (outcome: TryOutcome, againAt: Date | string | null): string => byOutcome[outcome](againAt);
}
