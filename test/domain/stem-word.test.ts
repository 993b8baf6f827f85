/** Forms of a word find each other, and different words do not. */
import { describe, expect, it } from "@jest/globals";
import { soughtStems, stemsOf, stemWord } from "../../src/engine/search/stem-word.js";
import { normaliseText } from "../../src/engine/text/normalise-text.js";

const stem = (word: string): string => stemWord(normaliseText(word));

describe("forms that are one word", () => {
  it.each([
    ["مدرسة مدرسه المدرسة والمدرسة بالمدرسة للمدرسة لمدرسة المدارس مدارس وبالمدارس"],
    ["شكوى الشكوى شكاوى الشكاوي والشكاوى شكاوي شكوي شكواي"],
    ["شارع الشوارع شوارع بالشارع للشوارع"],
    ["حديقة الحدائق حدائق"],
    ["مستشفى مستشفيات المستشفيات للمستشفى لمستشفى مستشفي"],
    ["بلدية البلديات بلديات والبلدية"],
    ["منطقة مناطق المناطق بالمنطقة"],
    ["مشكلة المشاكل مشاكل"],
    ["فاتورة فواتير الفواتير بالفاتورة"],
    ["عطل أعطال الأعطال عطلها"],
    ["موظف الموظف موظفين الموظفون موظفة للموظفين موظفات"],
    ["ماء الماء مياه المياه بالمياه والمياه"],
    ["طريق طرق الطرقات بالطريق"],
    ["وزارة الوزارة"],
    ["موعد مواعيد المواعيد"],
    ["حفرة حفر الحفر"],
    ["إنارة انارة الإنارة والإنارة"],
    ["مُدَرِّس مدرس المدرسين"],
    ["school schools"],
    ["delay delays"],
    ["policy policies"],
    ["service services"],
  ])("%s", (forms) => {
    const stems = forms.split(" ").map((form) => [form, stem(form)]);
    expect(stems.filter(([, found]) => found !== stems[0]?.[1])).toEqual([]);
  });
});

describe("what is written onto a word", () => {
  const finds = (typed: string, written: string): boolean => {
    const kept = stemsOf(normaliseText(written));
    return soughtStems(normaliseText(typed)).some((one) => kept.includes(one));
  };
  it.each([
    ["بلدية", "بلديتها بلديتهم بلديتكم بلديتنا بلديتك ببلديتنا لبلديتكم"],
    ["طلب", "طلبها طلبهم طلبكم طلبنا طلبك بطلبكم لطلبنا"],
    ["مراجعة", "مراجعات مراجعاتكم مراجعتهما"],
    ["يتأخر", "بيتأخر"],
    ["سيارة", "لسيارة بسيارة ولسيارة وبسيارة للسيارة بالسيارة سيارتي بسيارتي"],
    ["شارع", "بشارع لشارع وبشارع شارعا"],
    ["طلب", "طلبا طلبي"],
    ["قرض", "قرضا بقرض لقرض"],
    ["مشكلة", "مشكلتي لمشكلة"],
    ["اشتراك", "اشتراكات اشتراكنا"],
    ["وقت", "وقتكم"],
    ["بيت", "بيتنا"],
  ])("%s is found in %s, and by them", (plain, forms) => {
    const missed = forms.split(" ").filter((form) => !finds(plain, form));
    expect(missed).toEqual([]);
    // A preposition before somebody's word is understood in texts; typed, it could as well be the word's own letter.
    const alone = forms.split(" ").filter((form) => !/^(?:بب|لب|بط|لط)/.test(form));
    expect(alone.filter((form) => !finds(form, plain))).toEqual([]);
  });
});

describe("a word that begins with ب or ل of its own", () => {
  it.each([
    ["بطاقة", "طاقة"],
    ["بلدية", "لدية"],
    ["بريد", "ريد"],
    ["لجنة", "جنة"],
    ["لوحة", "وحة"],
    ["بناء", "ناء"],
  ])("%s is not found by %s, nor the other way round", (word, rest) => {
    const meets = (typed: string, written: string) =>
      soughtStems(normaliseText(typed)).some((one) => stemsOf(normaliseText(written)).includes(one));
    expect([meets(word, rest), meets(rest, word)]).toEqual([false, false]);
  });
});

describe("different words", () => {
  it.each([
    ["مياه", "كهرباء"],
    ["مدرسة", "مستشفى"],
    ["بلدية", "لجنة"],
    ["شارع", "شرطة"],
    ["وزارة", "زيارة"],
    ["وقت", "قطع"],
    ["كمبيوتر", "مبيدات"],
    ["bus", "bu"],
    ["class", "clas"],
    ["gas", "ga"],
  ])("%s and %s", (one, other) => expect(stem(one)).not.toBe(stem(other)));
});

describe("every word", () => {
  it.each(["و", "ال", "وال", "ها", "ات", "في", "a", "s", "es", "٣", "12345", "ü", "привет", "😀", ""])(
    "%j keeps something, and the same each time",
    (word) => {
      const once = stem(word);
      expect(once === "").toBe(word === "");
      expect(stem(word)).toBe(once);
    },
  );
});
