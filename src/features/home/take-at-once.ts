/** Acts that need no form are done where one is, and say what they did. */

import type { DeskAct, DeskRow } from "../../engine/measures/desk-row.js";
import { msg, pattern } from "../../engine/text/msg.js";
import { problemOf, send, toast } from "../../platform/ui/kit.js";
import { say } from "../../platform/ui/language/text.js";
import { caseAddress } from "../cases/page/case-address.js";

/** Resolves when it was done or refused; either is told. */
export async function takeAtOnce({ reference, seq }: DeskRow, act: DeskAct): Promise<void> {
  const link = { to: caseAddress(reference), words: msg("home.takeAtOnce.open") };
  try {
    await send(`resources/cases/records/${reference}/perform`, { action: act.action, fields: {}, expectedSeq: seq });
    // The reference keeps its order inside an Arabic sentence.
    toast(say(pattern("home.takeAtOnce.taken"), { reference: `\u2066${reference}\u2069` }), "success", link);
  } catch (error) {
    const { detail } = problemOf(error);
    toast(detail, "danger", link);
  }
}
