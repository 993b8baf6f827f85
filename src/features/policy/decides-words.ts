/** From when on what is published decides, and what of before stays: said where somebody publishes or approves it. */

import { msg } from "../../engine/text/msg.js";
import type { Bilingual } from "../../engine/text/text.js";
import type { ConfigurationKind } from "../setup/tables/create-models.js";

const nextApplication: Bilingual = msg("policy.decidesWords.nextApplication");

const ofKinds: Readonly<Record<ConfigurationKind, Bilingual>> = {
  rules: nextApplication,
  workflow: msg("policy.decidesWords.ofKindsWorkflow"),
  calendar: msg("policy.decidesWords.ofKindsCalendar"),
  message: msg("policy.decidesWords.ofKindsMessage"),
  digest: msg("policy.decidesWords.ofKindsDigest"),
};

const newWorkflow: Bilingual = msg("policy.decidesWords.newWorkflow");

/** @param isNew it has no version in force yet; of letters and rules the shipped text is replaced then */
export const decidesWords = (kind: ConfigurationKind, isNew: boolean): Bilingual =>
  isNew && kind === "workflow" ? newWorkflow : ofKinds[kind];
