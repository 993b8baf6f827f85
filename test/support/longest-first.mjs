// The order of a run. On a machine that has run the tests before Jest knows how long each file took; elsewhere, as in CI, files with
// a browser come first and those without a database last, so that at the end no worker waits for a long one.
import jestSequencer from "@jest/test-sequencer";

const Sequencer = jestSequencer.default ?? jestSequencer;
const order = ["browser", "postgres", "domain"];
const rank = ({ context }) => order.indexOf(context.config.displayName?.name);

export default class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    // Sorting is stable: among files of one project the larger stays in front.
    return sorted.every(({ duration }) => duration !== undefined && duration !== null)
      ? sorted
      : sorted.sort((a, b) => rank(a) - rank(b));
  }
}
