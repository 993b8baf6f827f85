/** What the columns of the set-up are called in a sentence. */
import type { Bilingual } from "../text/text.js";
import { inSentence, ownColumns, setupTableNames } from "./tables/setup-registry.js";

/** What all tables have, and the parts of extra fields and seats. */
const shared: Readonly<Record<string, Bilingual>> = {
  name: { en: "name", ar: "الاسم" },
  type: { en: "answered by", ar: "نوع الإجابة" },
  required: { en: "required", ar: "إلزامي" },
  choices: { en: "choices", ar: "الخيارات" },
  maxLength: { en: "longest answer", ar: "أقصى طول للإجابة" },
  min: { en: "at least", ar: "الحد الأدنى" },
  max: { en: "at most", ar: "الحد الأقصى" },
  role: { en: "role", ar: "الدور" },
  code: { en: "code", ar: "الرمز" },
  sortOrder: { en: "order in lists", ar: "الترتيب في القوائم" },
  nameAr: { en: "name in Arabic", ar: "الاسم بالعربية" },
  nameEn: { en: "name in English", ar: "الاسم بالإنجليزية" },
};

/** Columns of one name are called the same in every table. */
const names = new Map<string, Bilingual>(Object.entries(shared));
for (const table of setupTableNames)
  for (const [name, { kind, label, inWords = inSentence(label) }] of ownColumns(table)) {
    if (kind !== "bilingual") names.set(name, inWords);
    else {
      names.set(`${name}Ar`, { en: `${inWords.en} in Arabic`, ar: `${inWords.ar} بالعربية` });
      names.set(`${name}En`, { en: `${inWords.en} in English`, ar: `${inWords.ar} بالإنجليزية` });
    }
  }

export const columnName = (column: string): Bilingual => names.get(column) ?? { en: column, ar: column };
