/** Words that every text may have, whatever it is about, as stems: they tell no matter from another. */
import { wordsOf } from "../search/search-words.js";
import { stemsOf } from "../search/stem-word.js";
import type { Readings } from "./text-stems.js";

/** What is sent, who works on it, that it takes long, what is bought and sold: whatever stands in names of entities and services. */
const ofApplications = `طلب طلبت معاملة معاملتي خدمة موظف مراجعة مراجع وثيقة وثائق دائرة شكوى استفسار اقتراح تأخر انتظار موعد إصدار صدر تجديد شهر شهرية يوم أسبوع سنة
  بيع شراء سعر أسعار اسم منتج مشاركة دعم نقل ترتيب جمع مراقبة خطوط دخول صغير مشروع مشاريع أشخاص حق حقوق جودة عدم تقديم منطقة سابقا
  request application apply transaction service employee visit document office complaint inquiry suggestion delay wait issue renewal month week year day
  sale sell price name product participation support order line entry small project person people right quality control area main formerly public government`;

/** Of these past cases have many, and none of them says of which matter: how people tell it, how long it takes, when, and that nobody came. */
const ofStories = `كل وكل ما وما ولا مش مو ليس ليست بعد قبل منذ حتى عند عنا عندي لنا لي معي معهم حدا أحد شي إشي شيء لسا لسه هسا هلأ اليوم أمس بكرا غدا قدام أمام قرب قريب قريبة كثير كتير أكثر
  بدي بدنا أريد أرجو نرجو أود صار صارلي إلي بستنى أستنى أنتظر انتظرت حكيت حكوا بحكي قال قالوا بقول يقول رايح جاي راجعت تابعت اتصل اتصلت رد يرد جواب حضر أجا إجا بيجي
  عطوني أعطوني بطلبوا يطلبون مرة مرتين ثلاث ثلاثة أربع أربعة خمس خمسة ست ستة سبع سبعة ثمان ثمانية تسع تسعة عشر عشرة شهور أشهر شهرين سنين سنوات أيام يومين ساعة ساعات أسبوعين
  بيت دار منزل عمارة مبنى شقة ناس واحد واحدة ثاني ثانية جديد جديدة قديم كبير كبيرة كان حدث مشكلة سبب مكتب مدينة مكان حي شارع القادم
  i we my our me us you your he she they them their his her have has had do did does not no nobody nothing anybody each time told tell say said says ask asked come came go went
  give gives gave get still after before since ago last next until there here near front again already very many much more than two three four five six seven eight nine ten
  hour minute today yesterday tomorrow date problem reason house home building flat apartment place city town street want need please would can could will when what how why who which been`;

/** Behind these stands where it is, and not what it is about: “the pavement opposite the school”. */
const ofPlaces = "قرب قدام أمام جنب بجانب مقابل خلف near opposite beside behind";

const first = ([stem = ""]: readonly string[]): string => stem;
const stemsIn = (words: string): Readings[] => wordsOf(words).map(stemsOf);
const inNames: ReadonlySet<string> = new Set(stemsIn(ofApplications).flat());
const inStories: ReadonlySet<string> = new Set(stemsIn(`${ofApplications} ${ofStories}`).map(first));

const besides: ReadonlySet<string> = new Set(stemsIn(ofPlaces).map(first));

/** Whether what comes behind a word is a place. */
export const isBeside = (readings: Readings): boolean => besides.has(first(readings));

/** Whether a word of a name says nothing of it. */
export const isCommonInNames = (readings: Readings): boolean => readings.some((stem) => inNames.has(stem));

/** Whether a word says nothing of the matter of a text: what it looks like alone, for with all its readings it may be many a word. */
export const isCommonInStories = (readings: Readings): boolean => inStories.has(first(readings));
