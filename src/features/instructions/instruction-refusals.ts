/** How an act on the register of instructions is refused, in words. */

import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";

function atFile(reason: Bilingual): Problem {
  return new Problem("invalid-input", reason, [{ field: "/file", reason }]);
}

export const instructionRefusals = {
  /** Unknown, a draft, addressed to others: the same words. */
  noInstruction: (): Problem => new Problem("not-found", msg("instructions.instructionRefusals.instructionNotFound")),
  mayNotEdit: (): Problem =>
    new Problem("forbidden", msg("instructions.instructionRefusals.onlyTheOperationRoomKeeps")),
  notTheirs: (): Problem =>
    new Problem("forbidden", msg("instructions.instructionRefusals.anInstructionIsAcknowledgedBy")),
  notAddressed: (): Problem =>
    new Problem("not-now", msg("instructions.instructionRefusals.thisInstructionIsNotAddressed")),
  holdsNoLonger: (): Problem =>
    new Problem("not-now", msg("instructions.instructionRefusals.thisInstructionDoesNotHold")),
  issuedAlready: (): Problem => new Problem("not-now", msg("instructions.instructionRefusals.itWasIssuedAlreadyOr")),
  nobodyMissing: (): Problem => new Problem("not-now", msg("instructions.instructionRefusals.allEntitiesThatItIs")),
  remindedAlready: (): Problem =>
    new Problem("not-now", msg("instructions.instructionRefusals.everybodyWhoHasNotAcknowledged")),
  nobodyThere: (): Problem => new Problem("not-now", msg("instructions.instructionRefusals.nobodySitsAtTheseEntities")),
  noFile: (): Problem => atFile(msg("instructions.instructionRefusals.thisFileIsNotAmong")),
  notAPaper: (): Problem => atFile(msg("instructions.instructionRefusals.attachAPDFOrA")),
  anotherFile: (): Problem => atFile(msg("instructions.instructionRefusals.itWasIssuedSoOnly")),
};
