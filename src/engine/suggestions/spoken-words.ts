/** What people say where names of entities and services have another word: dialect, plurals without a pattern, the commoner of two words. */
import { stemsOf, withoutArticle } from "../search/stem-word.js";
import { normaliseText } from "../text/normalise-text.js";

/** The word of names, and what is said for it. */
const written: Readonly<Record<string, string>> = {
  مياه: "مي ميتنا مويه",
  أراضي: "أرض أرضي أرضنا أراضٍ طابو قوشان كوشان",
  نفايات: "زبالة قمامة",
  إنارة: "لمبة لمبات",
  قيادة: "سواقة",
  دواء: "دوا",
  إعاقة: "معاق معاقة معاقين",
  عمل: "شغل شغلي",
  land: "plot plots",
  waste: "rubbish garbage trash",
  licence: "license licenses",
  pupil: "student students",
  wage: "salary salaries",
  medicine: "medication",
  electricity: "electric",
  sewer: "sewage",
};

const bare = (word: string): string => withoutArticle(normaliseText(word));
const byWord: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(written).flatMap(([word, said]) =>
    said.split(" ").map((one) => [bare(one), stemsOf(normaliseText(word))] as const),
  ),
);

/**
 * Stems of the word that names have for one in the form of `normaliseText`. By the word as it is said: «سواقة» and «سواق» have one
 * stem, and are a licence and a driver.
 */
export const writtenFor = (said: string): readonly string[] => byWord.get(withoutArticle(said)) ?? [];
