/** Who has a case open: a sign of life every few seconds, answered with who else is there. */
import { msg } from "../../../engine/text/msg.js";
import type { ActionDefinition, Call, Row } from "../../../platform/admin/define-resource.js";

/** `{ writing }`, or `{ leaving: true }` on the way out. */
async function beat(call: Call): Promise<unknown> {
  const { writing = false, leaving = false } = call.input;
  const { presence } = call.services;
  const who = { caseId: (call.record as Row).caseId as number, userId: call.official.userId };
  if (leaving === true) {
    await presence.leave(who);
    return { others: [] };
  }
  return { others: await presence.beat({ ...who, writing: writing === true, now: call.now }) };
}

export const presenceAction: ActionDefinition = {
  kind: "record",
  label: msg("cases-page.presenceAction.presenceActionLabel"),
  access: "case.read",
  needs: "reach",
  run: beat,
};
