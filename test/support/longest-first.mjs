// The order of a run. On a machine that has run the tests before Jest knows how long each file took; elsewhere, as in CI, the
// longest come first, then files with a browser by their size, and those without a database last: so that at the end no worker
// waits for a long one.
import path from "node:path";
import jestSequencer from "@jest/test-sequencer";

const Sequencer = jestSequencer.default ?? jestSequencer;

/** Files of test/integration that take far longer than their size tells: they install, build, or live through months. */
const long = [
  "launcher",
  "launcher-folders",
  "population",
  "decision-columns",
  "replay-texts",
  "replay-interrupted",
  "three-instances",
  "database-faults",
];
const order = ["browser", "postgres", "domain"];
const rank = ({ path: file, context }) =>
  long.includes(path.basename(file, ".test.ts")) ? -1 : order.indexOf(context.config.displayName?.name);

export default class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    // Sorting is stable: among files of one project the larger stays in front.
    return sorted.every(({ duration }) => duration !== undefined && duration !== null)
      ? sorted
      : sorted.sort((a, b) => rank(a) - rank(b));
  }
}
