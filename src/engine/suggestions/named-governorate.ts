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
/** Written onto it: «بإربد», «بالزرقاء», «وبعمان». */
const writtenOnto = /^و?ب(?=\p{L}{3})/u;

interface PlaceName {
  readonly governorate: string;
  readonly words: readonly string[];
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
          return {
            governorate: code,
            words: words.map(withoutArticle),
            needsPlace: length > 1 || withoutArticle(words[0] ?? "") !== words[0],
          };
        }),
      ),
    )
    .filter(({ words }) => words.length > 0);
  known.set(setup, names);
  return names;
}

/** Whether a name begins at one of the words, and whether something is said to be in it; null: it does not. */
function nameAt(words: readonly string[], at: number, name: readonly string[]): { inside: boolean } | null {
  const [first = "", ...rest] = words.slice(at, at + name.length);
  const [begun, ...others] = name;
  if (!others.every((other, i) => withoutArticle(rest[i] ?? "") === other)) return null;
  if (writtenOnto.test(first) && withoutArticle(first.replace(writtenOnto, "")) === begun) return { inside: true };
  if (withoutArticle(first) !== begun) return null;
  const previous = words.slice(0, at).filter((word) => !between.has(word));
  return { inside: before.has(previous.at(-1) ?? "") || words[at + name.length] === "governorate" };
}

/** Its code; null where none is named, or several are and the words do not say which is meant. */
export function namedGovernorate(text: string, setup: Setup): string | null {
  const words = wordsOf(text);
  const found = placeNames(setup).flatMap(({ governorate, words: name, needsPlace }) =>
    words.flatMap((_, at) => {
      const here = nameAt(words, at, name);
      return here !== null && (here.inside || !needsPlace)
        ? [{ governorate, ...here, from: at, to: at + name.length }]
        : [];
    }),
  );
  // “Boston” is in the name of South Boston.
  const whole = found.filter(
    ({ from, to }) => !found.some((one) => one.from <= from && to <= one.to && one.to - one.from > to - from),
  );
  const inside = whole.filter((one) => one.inside);
  const [only, ...others] = new Set((inside.length > 0 ? inside : whole).map(({ governorate }) => governorate));
  return others.length === 0 ? (only ?? null) : null;
}
