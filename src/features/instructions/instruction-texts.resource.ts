/** The words of instructions, as rows of the set-up: written, edited while they are drafts, withdrawn. Read on the page of the register. */

import { setupResource } from "../setup/tables/setup-resources.js";

export const instructionTexts = setupResource("instructions", {
  label: { en: "Texts of instructions", ar: "نصوص التعليمات" },
  // One finds them on the page of the register.
  hidden: true,
  components: { show: "InstructionRecord" },
});
