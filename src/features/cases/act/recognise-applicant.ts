/**
 * Whether an official who withdraws for the applicant may say that it was the applicant. The code is held against the
 * application here and goes no further: neither record nor letter has it.
 */

import type { Actor } from "../../../engine/access/permissions.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Bilingual } from "../../../engine/text/text.js";
import type { EffectName } from "../../../engine/workflow/effects.js";
import { opensWith } from "../case-parts.js";
import type { LoadedCase } from "../case-queries.js";

/** Of the choices of `recognisedBy` the one that means the code, whatever the workflow calls it. */
const byCode = "code";

const wrongCode: Bilingual = {
  en: "This is not the code of this application. Ask the applicant to read it out again.",
  ar: "هذا ليس رمز هذا الطلب. اطلب من مقدمه قراءته ثانية.",
};
const codeNeeded: Bilingual = {
  en: "Write the code by which the applicant was recognised.",
  ar: "اكتب الرمز الذي عُرف به مقدم الطلب.",
};
const onlyByCode: Bilingual = {
  en: "The application was sent without a name, or is confidential: only its code shows who sent it. Without it, it is not withdrawn for anybody.",
  ar: "قُدّم الطلب دون اسم أو هو سري: لا يُعرف مقدمه إلا برمزه، ولا يُسحب نيابة عن أحد دونه.",
};

/** Problem `invalid-input` at `/fields/code` or `/fields/recognisedBy`. Acts that are nobody else's wish pass. */
export function refuseUnrecognised(
  loaded: LoadedCase,
  a: { actor: Actor; effects: readonly EffectName[]; fields: Readonly<Record<string, unknown>> },
): void {
  if (a.actor.kind !== "user" || !a.effects.includes("withdraw")) return;
  const { code, recognisedBy } = a.fields;
  const { anonymous } = loaded.theCase.application;
  const refuse = (field: string, reason: Bilingual): never => {
    throw new Problem("invalid-input", reason, [{ field: `/fields/${field}`, reason }]);
  };
  if (typeof code === "string") {
    if (!opensWith(loaded, code)) refuse("code", wrongCode);
  } else if (anonymous || loaded.theCase.confidential) {
    refuse("code", onlyByCode);
  } else if (recognisedBy === byCode) refuse("code", codeNeeded);
}
