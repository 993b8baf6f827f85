/** How much a rule set and a keyword list may hold: columns of the programme's form. */
import { type PolicyLimits, usualPolicyLimits } from "../../../engine/rules/policy-limits.js";
import type { Bilingual } from "../../../engine/text/text.js";
import type { Column } from "../../../platform/admin/define-resource.js";

const limit = (name: keyof PolicyLimits, label: Bilingual, en: string, ar: string): Column => {
  const most = usualPolicyLimits[name];
  return {
    name,
    label,
    type: "number",
    edit: true,
    required: true,
    help: {
      en: `${en} From 1 to ${most}; more is refused when it is checked.`,
      ar: `${ar} من 1 إلى ${most}، وما زاد يُرفض عند الفحص.`,
    },
  };
};

export const policyLimitColumns: readonly Column[] = [
  limit(
    "rulesMost",
    { en: "Rules in one set", ar: "قواعد المجموعة الواحدة" },
    "How many rules a rule set may have.",
    "أقصى عدد من القواعد في المجموعة.",
  ),
  limit(
    "ruleConditionsMost",
    { en: "Conditions of one rule", ar: "شروط القاعدة الواحدة" },
    "How many comparisons a rule may make.",
    "أقصى عدد من المقارنات في القاعدة.",
  ),
  limit(
    "nestingMost",
    { en: "Groups inside groups", ar: "تداخل المجموعات" },
    "How deep the conditions of a rule may be nested.",
    "أقصى عمق لتداخل شروط القاعدة.",
  ),
  limit(
    "listWordsMost",
    { en: "Words in one keyword list", ar: "كلمات القائمة الواحدة" },
    "How many words a keyword list may have.",
    "أقصى عدد من الكلمات في قائمة الكلمات.",
  ),
];
