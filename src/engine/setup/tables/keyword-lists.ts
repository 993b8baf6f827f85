/** Keyword lists: the only way in which free text enters a rule. */

import { defineSetupTable } from "./define-setup-table.js";

export const keywordLists = defineSetupTable({
  table: "keyword_lists",
  part: "keywordLists",
  setup: "keywordLists",
  many: { en: "Keyword lists", ar: "قوائم الكلمات" },
  one: { en: "Keyword list", ar: "قائمة كلمات" },
  icon: "words",
  order: 110,
  columns: {
    /** In either language; matched on normalised text. */
    words: {
      kind: "words",
      max: 3000,
      label: { en: "Words and phrases", ar: "الكلمات والعبارات" },
      help: {
        en: "One a line, Arabic or English. Rules ask whether subject or description has one of them. “brib*” also finds bribe and bribery; و، ب، ال before an Arabic word do not matter.",
        ar: "كلمة أو عبارة في كل سطر، بالعربية أو الإنجليزية. تسأل القواعد هل وردت إحداها في الموضوع أو الوصف. تجد «brib*» كل كلمة تبدأ بها، ولا تؤثر و وب وال قبل الكلمة العربية.",
      },
      inWords: { en: "words", ar: "الكلمات" },
      decides: true,
      list: true,
      search: true,
    },
  },
  heldBy: [],
  facts: ["keywords"],
  optionalFile: true,
});
