/** Who has a case open: a sign of life every few seconds, answered with who else is there. It says what was seen of the case, too. */
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { ActionDefinition, Call, Row } from "../../../platform/admin/define-resource.js";

const isEvent = (value: unknown): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value < 2 ** 31;
const badSeen = (): Problem => {
  const reason = msg("cases-page.presenceAction.badSeen");
  return new Problem("invalid-input", reason, [{ field: "/seen", reason }]);
};

/**
 * `{ writing }`, or `{ leaving: true }` on the way out. `seen`: the last event of the case that is before their eyes; what is
 * news up to there is none any more, and `news` says whether it was.
 */
async function beat(call: Call): Promise<unknown> {
  const { writing = false, leaving = false, seen } = call.input;
  const { presence, news } = call.services;
  const who = { caseId: (call.record as Row).caseId as number, userId: call.official.userId };
  if (leaving === true) {
    await presence.leave(who);
    return { others: [] };
  }
  if (seen !== undefined && !isEvent(seen)) throw badSeen();
  const others = await presence.beat({ ...who, writing: writing === true, now: call.now });
  return { others, news: seen === undefined ? false : await news.seen({ ...who, upTo: seen }) };
}

export const presenceAction: ActionDefinition = {
  kind: "record",
  label: msg("cases-page.presenceAction.presenceActionLabel"),
  access: "case.read",
  needs: "reach",
  run: beat,
};
