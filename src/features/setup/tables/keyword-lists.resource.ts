/** Keyword lists: the only way in which free text enters a rule. */

import { defineResource } from "../../../platform/admin/define-resource.js";
import { modelSource } from "./model-source.js";
import { setupActs, setupColumns, setupCommon } from "./setup-columns.js";

export const keywordLists = defineResource({
  ...setupCommon,
  id: "keyword-lists",
  label: { en: "Keyword lists", ar: "قوائم الكلمات" },
  one: { en: "Keyword list", ar: "قائمة كلمات" },
  icon: "words",
  order: 110,
  columns: setupColumns([
    {
      name: "words",
      label: { en: "Words and phrases", ar: "الكلمات والعبارات" },
      type: "words",
      list: true,
      search: true,
      edit: true,
      help: {
        en: "One a line, Arabic or English. Rules ask whether subject or description has one of them. “brib*” also finds bribe and bribery; و، ب، ال before an Arabic word do not matter.",
        ar: "كلمة أو عبارة في كل سطر، بالعربية أو الإنجليزية. تسأل القواعد هل وردت إحداها في الموضوع أو الوصف. تجد «brib*» كل كلمة تبدأ بها، ولا تؤثر و وب وال قبل الكلمة العربية.",
      },
    },
  ]),
  source: modelSource("keyword_lists"),
  ...setupActs("keyword_lists"),
});
