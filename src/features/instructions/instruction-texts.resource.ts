/** The words of instructions, as rows of the set-up: written, edited while they are drafts, withdrawn. Read on the page of the register. */

import { msg } from "../../engine/text/msg.js";
import { setupResource } from "../setup/tables/setup-resources.js";

export const instructionTexts = setupResource("instructions", {
  label: msg("instructions.instructionTextsResource.textsOfInstructions"),
  // One finds them on the page of the register.
  hidden: true,
  components: { show: "InstructionRecord" },
});
