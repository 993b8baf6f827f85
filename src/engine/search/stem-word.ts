/**
 * Words cut down to what their forms have in common, so that one form finds the others.
 *
 * Arabic: light10 (L. S. Larkey, L. Ballesteros, M. E. Connell, “Light Stemming for Arabic Information Retrieval”, 2007),
 * which takes articles and endings off and never looks for a root. Beside it stands what light10 is known to miss and
 * complaints are full of: the commonest patterns of broken plurals, and words that follow none. English: D. Harman's
 * S-stemmer (“How Effective Is Suffixing?”, 1991), which undoes the plural and nothing else.
 *
 * A change here needs a migration that lets the stored words be made again: see README.md.
 */

/** Longest first. */
const articles = ["وال", "بال", "كال", "فال", "ال", "لل"];
/** Taken off one after the other, in this order. */
const endings = ["ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي"];

/** Words whose first letter is no “and”. */
const ownWaw =
  /^و(?:زار|زير|زر|ثيق|ثاي|ظيف|ظاي|قت|قود|اقع|اجب|اضح|احد|حد|صل|صف|ضع|رق|رش|لاد|لي|كيل|كال|سيل|ساي|سط|عد|فا|جود|جب|جه|رد|زع|زن|فر|قع|قف)/;
/** A preposition written onto a word that begins with م, which few words have of their own. */
const joined = /^[بلفك](?=م[^ا]\p{L}{3})(?!كمب|كمي|لمب)/u;

interface Pattern {
  readonly plural: RegExp;
  readonly one: string;
}
const brokenPlurals: readonly Pattern[] = [
  // مدارس → مدرس(ة), مناطق → منطق(ة)
  { plural: /^م(.)ا(.)(.)$/u, one: "م$1$2$3" },
  // شوارع → شارع, حوادث → حادث
  { plural: /^([^م])وا(.)(.)$/u, one: "$1ا$2$3" },
  // فواتير → فاتور(ة), طوابير → طابور
  { plural: /^([^م])وا(.)ي(.)$/u, one: "$1ا$2و$3" },
  // حدائق → حديق(ة), وثائق → وثيق(ة)
  { plural: /^(.)(.)اي(.)$/u, one: "$1$2ي$3" },
  // أعطال → عطل, أسعار → سعر
  { plural: /^ا(.)(.)ا(.)$/u, one: "$1$2$3" },
  // شكاوى → شكو(ى), دعاوى → دعو(ى)
  { plural: /^(.)(.)او$/u, one: "$1$2و" },
];

/** By stem, for words that follow no pattern. */
const irregular: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ميا: "ماء",
    طرق: "طريق",
    ايام: "يوم",
    مدن: "مدين",
    بيوت: "بيت",
    عيوب: "عيب",
    رسوم: "رسم",
    حقوق: "حق",
    خطوط: "خط",
    سيول: "سيل",
    جسور: "جسر",
    كلاب: "كلب",
    طلاب: "طالب",
    ابواب: "باب",
    انابيب: "انبوب",
    اجهز: "جهاز",
    ارصف: "رصيف",
    اعمد: "عمود",
    ادو: "دواء",
    اغذ: "غذاء",
    غذا: "غذاء",
    اطباء: "طبيب",
    كهربا: "كهرباء",
    رسايل: "رسال",
    مسايل: "مسال",
    مشاريع: "مشروع",
    مواعيد: "موعد",
    مواضيع: "موضوع",
    مفاتيح: "مفتاح",
    قوان: "قان",
    شكا: "شكو",
    شكوا: "شكو",
  }),
);

const length = (word: string): number => word.length;
const arabic = /^\p{Script=Arabic}+$/u;

/** Without what is written in front of a word: “and”, article, preposition. */
export function withoutArticle(word: string): string {
  if (!arabic.test(word)) return word;
  const bare = word.startsWith("و") && length(word) > 3 && !ownWaw.test(word) ? word.slice(1) : word;
  const article = articles.find((one) => bare.startsWith(one) && length(bare) - length(one) >= 2);
  return article === undefined ? bare.replace(joined, "") : bare.slice(article.length);
}

function withoutEndings(word: string): string {
  return endings.reduce(
    (rest, ending) =>
      rest.endsWith(ending) && length(rest) - length(ending) >= 2 ? rest.slice(0, -ending.length) : rest,
    word,
  );
}

function singular(stem: string): string {
  const known = irregular.get(stem);
  if (known !== undefined) return known;
  const pattern = brokenPlurals.find(({ plural }) => plural.test(stem));
  return pattern === undefined ? stem : stem.replace(pattern.plural, pattern.one);
}

/** Harman's three rules, the first that fits. */
function englishStem(word: string): string {
  if (length(word) < 4) return word;
  if (/(?<![ea])ies$/.test(word)) return word.replace(/ies$/, "y");
  if (/(?<![aeo])es$/.test(word)) return word.slice(0, -1);
  return /[^us]s$/.test(word) ? word.slice(0, -1) : word;
}

/** The stem of a word in the form of `normaliseText`. Numbers and other scripts stay as they are. */
export function stemWord(word: string): string {
  if (/^[a-z]+$/.test(word)) return englishStem(word);
  return arabic.test(word) ? stemOfBare(withoutArticle(word)) : word;
}

const stemOfBare = (bare: string): string => singular(withoutEndings(bare));

/** “Of hers, of theirs, of yours, of ours”, longest first. Each may as well be the end of a word of its own (مساهم, احيانا, اشتراك). */
const pronouns = ["هما", "كما", "ها", "هم", "هن", "كم", "نا", "ك"];
/** “Mine” of what ends in ة: سيارتي. After other letters the plain stem loses it as well. */
const mine = /(?<=\p{L}{2}[^ا])تي$/u;
/** As an object without an article: طلبًا, شهرًا. */
const indefinite = /(?<=^\p{L}{2,}[^اويه])ا$/u;
/** As people speak: “he is late” is بيتأخر. */
const spokenVerb = /^ب(?=[يتن]\p{L}{3})/u;
/** A word that is somebody's has no article, so a preposition stands right before it: بطلبكم, لبلديتنا. */
const preposition = /^[بلفك](?=\p{L}{3})/u;
/** So it does before any noun without an article: لسيارة, بشارع. Before ف and ك words have letters of their own more often. */
const bound = /^[بل](?=\p{L}{3})/u;
/** Words whose first letter is no preposition, though what follows may be a word: بطاقة is no طاقة. */
const ownBeginning =
  /^(?:ب(?:طاق|لد|لاد|ريد|رنامج|رامج|يان|ناء|ناي|حث|حوث|ضاع|ضاي|داي|حر|ديل|شر|نك|نوك|نزين|نت|نات|واب|رج|ركان|صم|صر|طال|قال|كر|لاغ|لاط|نود|ند|ورص|يطر|يع|ايع|لوك|سط|ستان|راء|رهان|دل|دان|دون|رد|قع|شكل|روت|يوت|ترول|حت|عض|عيد|غداد|كالور|ترا|لوغ)|ل(?:جن|جان|قاح|قاء|وح|وايح|باس|حم|حوم|سان|غه|غات|يل|يال|بنان|حظ|حاظ|زم|عب|هج|واء|ؤلؤ|ولو|كن|يس|دي|ماذا|احق|ازم|وازم|اعب|مس|دغ|صق|صوص|يبي|تر|يمون))/u;

/** Without the pronoun at its end, in front of which ة is written as ت; null where there is none. */
function withoutPronoun(bare: string): string | null {
  const pronoun = pronouns.find((one) => bare.endsWith(one) && length(bare) - length(one) >= 3);
  if (pronoun === undefined) return null;
  return bare.slice(0, -pronoun.length).replace(/(?<=\p{L}{2}[^ا])ت$/u, "ه");
}

/** Without the preposition right before it; as it is where the letter is the word's own. */
const withoutPreposition = (bare: string): string => (ownBeginning.test(bare) ? bare : bare.replace(bound, ""));

/** What a word may be besides what it looks like, without what may be written onto it. */
function otherReadings(bare: string): { spoken: readonly string[]; owned: readonly string[] } {
  const free = withoutPreposition(bare);
  const forms = [bare, bare.replace(spokenVerb, ""), free];
  const owned = forms.flatMap((form) => {
    const ended = [withoutPronoun(form), form.replace(mine, "ه"), form.replace(indefinite, "")];
    return ended.filter((one): one is string => one !== null && one !== form);
  });
  return { spoken: forms.slice(1), owned };
}

/** By which a word is looked for: its stem, and the stems of what else it may be. */
export function soughtStems(word: string): readonly string[] {
  if (!arabic.test(word)) return [stemWord(word)];
  const bare = withoutArticle(word);
  const { spoken, owned } = otherReadings(bare);
  return [...new Set([bare, ...spoken, ...owned].map(stemOfBare))];
}

/**
 * All under which a word is kept: its stem first; where that is a plural's singular the plural's own beginning, because
 * somebody who is still typing it has not come to its end; and the stems of what else it may be.
 */
export function stemsOf(word: string): readonly string[] {
  if (!arabic.test(word)) return [stemWord(word)];
  const bare = withoutArticle(word);
  const { spoken, owned } = otherReadings(bare);
  const readings = [...spoken, ...owned, ...owned.map((one) => one.replace(preposition, ""))];
  return [...new Set([stemOfBare(bare), withoutEndings(bare), ...readings.map(stemOfBare)])];
}
