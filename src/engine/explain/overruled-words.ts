/** Why a classification rule that decided does not hold, in words: alike for “Why?” and for a case that is tried. */

import type { OverruledBecause } from "../rules/settle-classification.js";
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";

export const overruledWords: Readonly<Record<OverruledBecause, Bilingual>> = {
  stated: msg("explain.overruledWords.overruledWordsStated"),
  notRaised: msg("explain.overruledWords.overruledWordsNotRaised"),
  notLowered: msg("explain.overruledWords.overruledWordsNotLowered"),
  unranked: msg("explain.overruledWords.overruledWordsUnranked"),
};
