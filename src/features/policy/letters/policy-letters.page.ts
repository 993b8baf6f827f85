/** Acts of the policy page on letters and digests that are being written: how they would read, and a test to oneself. */

import type { LetterLook, LetterTried } from "../../../engine/letters/letter-look.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Call } from "../../../platform/admin/resource-definition.js";
import { maybeText, textOf } from "../../setup/chosen-programme.page.js";

function triedOf(call: Call): LetterTried {
  const kind = call.input.kind === "digest" ? "digest" : "message";
  return {
    actor: call.official.actor,
    programme: textOf(call, "programme"),
    kind,
    name: textOf(call, "name"),
    definition: call.input.definition,
    reference: maybeText(call, "reference"),
    now: call.now,
  };
}

export const letterActs = {
  /** `{ programme, kind, name, definition, reference, n }`: the answer brings the number along, so that the last one asked wins. */
  letter: async (call: Call): Promise<LetterLook & { n: unknown }> => ({
    ...(await call.services.letters.preview(triedOf(call))),
    n: call.input.n,
  }),
  /** `{ programme, name, reason }`: a letter that was made for a step, out of force. */
  "retire-letter": async (call: Call): Promise<{ done: true }> => {
    const { actor } = call.official;
    const [programme, name] = [textOf(call, "programme"), textOf(call, "name")];
    const reason = maybeText(call, "reason") ?? "";
    await call.services.versions.retireLetter({ actor, programme, name, reason, now: call.now });
    return { done: true };
  },
  /** `{ programme, kind, name, definition, reference, language }`. */
  "letter-test": async (call: Call): Promise<{ leaves: boolean }> => {
    const { language } = call.input;
    if (language === "ar" || language === "en") return call.services.letters.test({ ...triedOf(call), language });
    const reason = msg("policy-letters.policyLettersPage.chooseALanguage");
    throw new Problem("invalid-input", reason, [{ field: "/language", reason }]);
  },
};
