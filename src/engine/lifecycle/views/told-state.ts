/** Where an application is, said to its applicant: on the public pages and by every channel alike. */
import { msg } from "../../text/msg.js";
import type { Bilingual } from "../../text/text.js";
import type { StateKind } from "../../workflow/workflow-definition.js";
import type { NoPromise } from "./follow-view.js";

const states = {
  placing: msg("lifecycle.toldState.placing"),
  open: msg("lifecycle.toldState.open"),
  waiting: msg("lifecycle.toldState.waiting"),
  resolved: msg("lifecycle.toldState.resolved"),
  appealed: msg("lifecycle.toldState.appealed"),
};

/** What ended it, where the applicant learns of it; all else has ended. */
const endings: Readonly<Record<NoPromise, Bilingual>> = {
  withdrawn: msg("lifecycle.toldState.withdrawn"),
  withdrawnForYou: msg("lifecycle.toldState.withdrawnForYou"),
  rejected: msg("lifecycle.toldState.rejected"),
  linked: msg("lifecycle.toldState.linked"),
  unanswered: msg("lifecycle.toldState.unanswered"),
  none: msg("lifecycle.toldState.ended"),
  ended: msg("lifecycle.toldState.ended"),
};

/** What the workflow tells applicants of the state, else words by its kind: its own name is for those who work there. */
export function toldState(a: {
  /** Of the workflow; null: nothing of its own. */
  readonly told: Bilingual | null;
  readonly kind: StateKind;
  /** What ended it; read in final states. */
  readonly ending: NoPromise;
  readonly appealed: boolean;
  /** Whether an entity has it. */
  readonly placed: boolean;
}): Bilingual {
  if (a.told !== null) return a.told;
  if (a.kind === "final") return endings[a.ending];
  if (a.kind !== "open") return states[a.kind];
  return a.appealed ? states.appealed : a.placed ? states.open : states.placing;
}
