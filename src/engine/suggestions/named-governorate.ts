/** The governorate in which a story says that it happens. */
import { wordsOf } from "../search/search-words.js";
import { withoutArticle } from "../search/stem-word.js";
import type { Setup } from "../setup/setup.js";
import { normaliseText } from "../text/normalise-text.js";
import { namesIn } from "./known-names.js";

/** What stands before the name of a place in which something is: «في إربد», «بلدية الكرك», “in Irbid”. */
const before: ReadonlySet<string> = new Set(
  normaliseText("في جوا داخل محافظة مدينة بلدية in at governorate city").split(" "),
);
/** Between the two: “in the city of Irbid”. */
const between: ReadonlySet<string> = new Set(["of", "the", "al"]);
/** Before the name of a place that is elsewhere: “the road to Aqaba”. */
const towards: ReadonlySet<string> = new Set(normaliseText("إلى نحو باتجاه طريق to towards").split(" "));
/** Between two names that stand for one another: “in Irbid and Zarqa”. «و» is written onto the second. */
const joining: ReadonlySet<string> = new Set(normaliseText("و أو أيضا وأيضا كذلك وكذلك and or also").split(" "));
/** Names that are words of every day too: «معان» are meanings. */
const everyday: ReadonlySet<string> = new Set(["معان"]);
/** «العقبة» is a place, «عقبة» an obstacle. */
const article = /^و?(?:[بكف]?ال|لل)/u;
/** Written onto it: «بإربد», «بالزرقاء», «وبعمان». */
const writtenOnto = /^و?ب(?=\p{L}{3})/u;

interface PlaceName {
  readonly governorate: string;
  readonly words: readonly string[];
  /** Whether it is written with an article: then it needs it. */
  readonly withArticle: boolean;
  /** «الزرقاء» is “the blue one” too, and «عمان» where people travel: such a name counts only where something is in it. */
  readonly needsPlace: boolean;
}

const known = new WeakMap<Setup, readonly PlaceName[]>();

function placeNames(setup: Setup): readonly PlaceName[] {
  const found = known.get(setup);
  if (found !== undefined) return found;
  const names = [...setup.governorates.values()]
    .filter(({ retired }) => !retired)
    .flatMap(({ code, name }) =>
      [name.ar, name.en].flatMap((text) =>
        namesIn(text).map((one, _i, { length }) => {
          const words = wordsOf(one);
          const withArticle = article.test(words[0] ?? "");
          return {
            governorate: code,
            words: words.map(withoutArticle),
            withArticle,
            needsPlace: length > 1 || withArticle || everyday.has(words.join(" ")),
          };
        }),
      ),
    )
    .filter(({ words }) => words.length > 0);
  known.set(setup, names);
  return names;
}

interface Mention {
  readonly governorate: string;
  readonly from: number;
  readonly to: number;
  /** Whether something is said to be in it. */
  readonly inside: boolean;
  readonly elsewhere: boolean;
  readonly needsPlace: boolean;
}

/** The name as it begins at one of the words; null: it does not. */
function mentionAt(words: readonly string[], from: number, name: PlaceName): Mention | null {
  const { governorate, needsPlace, words: sought } = name;
  const to = from + sought.length;
  const [first = "", ...rest] = words.slice(from, to);
  const [begun, ...others] = sought;
  if (!others.every((other, i) => withoutArticle(rest[i] ?? "") === other)) return null;
  const isBegun = (word: string) => withoutArticle(word) === begun && article.test(word) === name.withArticle;
  const onto = writtenOnto.test(first) && isBegun(first.replace(writtenOnto, ""));
  if (!onto && !isBegun(first)) return null;
  const previous =
    words
      .slice(0, from)
      .filter((word) => !between.has(word))
      .at(-1) ?? "";
  const inside = onto || before.has(previous) || words[to] === "governorate";
  return { governorate, from, to, inside, elsewhere: towards.has(previous), needsPlace };
}

/** Those that “and” joins, together: what is said of one is said of each. */
function chainsOf(mentions: readonly Mention[], words: readonly string[]): Mention[][] {
  const chains: Mention[][] = [];
  for (const mention of [...mentions].sort((a, b) => a.from - b.from)) {
    const chain = chains.at(-1);
    const last = chain?.at(-1);
    const isJoined = last !== undefined && words.slice(last.to, mention.from).every((word) => joining.has(word));
    if (chain !== undefined && isJoined) chain.push(mention);
    else chains.push([mention]);
  }
  return chains;
}

/** Its code; null where none is named, or several are and the words do not say which is meant. */
export function namedGovernorate(text: string, setup: Setup): string | null {
  const words = wordsOf(text);
  const mentions = placeNames(setup).flatMap((name) => words.flatMap((_, at) => mentionAt(words, at, name) ?? []));
  // “Boston” is in the name of South Boston.
  const whole = mentions.filter(
    ({ from, to }) => !mentions.some((one) => one.from <= from && to <= one.to && one.to - one.from > to - from),
  );
  const meant = chainsOf(whole, words).filter((chain) => chain.some(({ inside, needsPlace }) => inside || !needsPlace));
  const inside = meant.filter((chain) => chain.some((one) => one.inside));
  const counted = (inside.length > 0 ? inside : meant).flat();
  const [only, ...others] = new Set(counted.map(({ governorate }) => governorate));
  if (only === undefined || others.length > 0) return null;
  return counted.every(({ elsewhere }) => elsewhere) ? null : only;
}
