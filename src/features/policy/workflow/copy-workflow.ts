/** A new workflow begins as a copy of one that there is, under a code that nothing has yet. */

import { Problem } from "../../../engine/text/problems.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { codeForm } from "../../../engine/workflow/lint-workflow.js";
import type { WorkflowDefinition } from "../../../engine/workflow/workflow-definition.js";
import type { ConfigurationKind } from "../../setup/tables/define-configuration-version.js";

/** An application type names its workflow in no more. */
const longestCode = 60;

const refused = (reason: Bilingual): Problem => new Problem("invalid-input", reason, [{ field: "/code", reason }]);

/** @param taken whether something of this kind has the name. Problem invalid-input, at `/code`. */
export function requireNewCode(kind: ConfigurationKind, code: string, taken: boolean): void {
  if (kind !== "workflow") {
    throw refused({
      en: "Only workflows can be copied: rule sets and calendars have their names.",
      ar: "يمكن نسخ مسارات العمل فقط؛ فأسماء مجموعات القواعد والتقاويم ثابتة.",
    });
  }
  if (!codeForm.test(code) || code.length > longestCode) {
    throw refused({
      en: `Write a code of small Latin letters and digits, like in_progress, of at most ${longestCode} signs.`,
      ar: `اكتب رمزًا من أحرف لاتينية صغيرة وأرقام، مثل in_progress، لا يزيد على ${longestCode} خانة.`,
    });
  }
  if (taken) {
    throw refused({
      en: `There is a workflow ${code} already. Choose another code.`,
      ar: `يوجد سير عمل بالرمز ${code}. اختر رمزًا آخر.`,
    });
  }
}

/** The same under another name, which people can tell from the first. */
export function copiedWorkflow(definition: WorkflowDefinition, code: string): WorkflowDefinition {
  const { name } = definition;
  return { ...definition, workflow: code, name: { en: `${name.en} (copy)`, ar: `${name.ar} (نسخة)` } };
}
