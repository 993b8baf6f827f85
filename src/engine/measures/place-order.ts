/** In which order places stand in a table. Numbers that are not shown say nothing by their place either: among each other they are in the order of names. */

import { type PlaceLine, ratioOf } from "./figures-view.js";
import { chanceOf } from "./real-changes.js";
import { type Guarded, isHidden } from "./small-cells.js";

export const placeColumns = ["value", "volume", "overdue", "change", "place"] as const;
export type PlaceColumn = (typeof placeColumns)[number];

/** What sorts a line: groups in their order whichever way, and a number within. */
interface Key {
  readonly group: number;
  readonly by: number;
  /** Always the greater first: by number of cases, where a figure ranks nobody. */
  readonly fixed?: boolean;
}

/** Fewer than ten are more than none and no more than any that is shown. */
const ofHidden = 0.5;
const ofCount = (count: Guarded): Key => ({ group: 0, by: isHidden(count) ? ofHidden : count });

/** Those that are compared, then those with fewer cases, then those of which the number is not shown, then those without cases. */
function ofValue({ now, compared }: PlaceLine): Key {
  if (now.hidden !== undefined) return { group: 2, by: 0 };
  if (now.value === null) return { group: 3, by: 0 };
  return compared?.standing === "few"
    ? { group: 1, by: now.denominator ?? now.n, fixed: true }
    : { group: 0, by: now.value };
}

/** By evidence: what is real before what may be chance, each the surer the earlier; numbers that are no share by how much they changed. */
function ofChange({ now, before, told }: PlaceLine): Key {
  if (now.value === null || !before || before.value === null || told === "few") return { group: 2, by: 0 };
  if (told === null) return { group: 0, by: now.value - before.value };
  const [one, other] = [ratioOf(now), ratioOf(before)];
  const chance = one === null || other === null ? null : chanceOf(one, other);
  return { group: told ? 0 : 1, by: 1 - (chance ?? 1) };
}

const keys = {
  value: ofValue,
  volume: ({ received }) => ofCount(received),
  overdue: ({ delayed }) => ofCount(delayed),
  change: ofChange,
} as const satisfies Readonly<Record<Exclude<PlaceColumn, "place">, (line: PlaceLine) => Key>>;

const receivedOf = ({ received }: PlaceLine): number => (isHidden(received) ? ofHidden : received);

/** @param nameOf in the reader's language: by it stand those that are equal otherwise */
export function orderedPlaces<Line extends PlaceLine>(
  lines: readonly Line[],
  sort: { readonly column: PlaceColumn; readonly direction: "asc" | "desc" },
  nameOf: (line: Line) => string,
): Line[] {
  const sign = sort.direction === "asc" ? 1 : -1;
  const byName = (a: Line, b: Line): number => nameOf(a).localeCompare(nameOf(b));
  if (sort.column === "place") return [...lines].sort((a, b) => sign * byName(a, b));
  const key: (line: PlaceLine) => Key = keys[sort.column];
  return lines
    .map((line) => ({ line, key: key(line) }))
    .sort(
      (a, b) =>
        a.key.group - b.key.group ||
        (a.key.fixed ? -1 : sign) * (a.key.by - b.key.by) ||
        receivedOf(b.line) - receivedOf(a.line) ||
        byName(a.line, b.line),
    )
    .map(({ line }) => line);
}
