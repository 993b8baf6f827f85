/** What people say where names of entities and services have another word: dialect, plurals without a pattern, the commoner of two words. */
import { stemsOf, stemWord, withoutArticle } from "../search/stem-word.js";
import { normaliseText } from "../text/normalise-text.js";

/** The word of names, and what is said for it and for hardly anything else. */
const written: Readonly<Record<string, string>> = {
  مياه: "ميتنا",
  أراضي: "أراضٍ طابو قوشان كوشان",
  إنارة: "لمبة لمبات",
  قيادة: "سواقة",
  إعاقة: "معاق معاقة معاقين",
  land: "plot plots",
  licence: "license licenses",
  pupil: "student students",
  wage: "salary salaries",
  medicine: "medication",
  electricity: "electric",
  sewer: "sewage",
};

interface Doubtful {
  readonly said: string;
  /** In any form; one of them says that it is meant. */
  readonly beside: string;
  /** At most so many words away. */
  readonly within: number;
}

/** What is said for other things as often: the floor is «أرض» too, a glass of water «مي», and “it is not my job” «مش شغلي». */
const doubtful: Readonly<Record<string, Doubtful>> = {
  أراضي: {
    said: "أرض أرضنا",
    beside: "قطعة ملكية نقل إفراز فرز أفرز بيع بعت اشتريت شراء تسجيل أسجل مخطط حدود ورثة باسم باسمي",
    within: 1,
  },
  مياه: {
    said: "مي مويه",
    beside: `مقطوعة انقطاع انقطعت قطعوا بتنقطع تنقطع ضعيفة عكرة ضخ خط خطوط ماسورة مواسير عداد فاتورة تسرب تسريب كسر شركة سلطة عنا
      بتيجي بتجي بتوصل وصلت`,
    within: 3,
  },
  نفايات: {
    said: "زبالة قمامة",
    beside: "مكومة متراكمة تراكم تتراكم كوم أكوام حاوية جمع يجمعوا بجمعوا يشيل يشيلها بشيلوا شارع حارة",
    within: 3,
  },
  عمل: { said: "شغل شغلي", beside: "صاحب صاحبة تصريح عقد إصابة", within: 1 },
  waste: {
    said: "rubbish garbage trash",
    beside: "collect collected collecting collection pile piled bin container dumped overflowing street",
    within: 4,
  },
};

const bare = (word: string): string => withoutArticle(normaliseText(word));
const wordsIn = (words: string): string[] => normaliseText(words).split(" ");

const byWord: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(written).flatMap(([word, said]) =>
    wordsIn(said).map((one) => [bare(one), stemsOf(normaliseText(word))] as const),
  ),
);
const byDoubtfulWord = new Map(
  Object.entries(doubtful).flatMap(([word, { said, beside, within }]) => {
    const sayingSo: ReadonlySet<string> = new Set(wordsIn(beside).map(stemWord));
    return wordsIn(said).map((one) => [bare(one), { stems: stemsOf(normaliseText(word)), sayingSo, within }] as const);
  }),
);

/** What is said there for something else as often, and whether a word near it says that it is meant; null: no such word. */
function doubtfulAt(words: readonly string[], at: number): { stems: readonly string[]; meant: boolean } | null {
  const found = byDoubtfulWord.get(withoutArticle(words[at] ?? ""));
  if (found === undefined) return null;
  const { stems, sayingSo, within } = found;
  const near = [...words.slice(Math.max(0, at - within), at), ...words.slice(at + 1, at + 1 + within)];
  return { stems, meant: near.some((word) => sayingSo.has(stemWord(word))) };
}

/** Whether the word at a place of a text may as well be another: a floor, a glass of water. Past cases that have it say nothing then. */
export const isDoubtful = (words: readonly string[], at: number): boolean => doubtfulAt(words, at)?.meant === false;

/**
 * Stems of the word that names have for the one at a place of a text, whose words are in the form of `normaliseText`. By the word
 * as it is said: «سواقة» and «سواق» have one stem, and are a licence and a driver.
 */
export function writtenFor(words: readonly string[], at: number): readonly string[] {
  const doubtfulWord = doubtfulAt(words, at);
  if (doubtfulWord !== null) return doubtfulWord.meant ? doubtfulWord.stems : [];
  return byWord.get(withoutArticle(words[at] ?? "")) ?? [];
}
