// The order of a run. On a machine that has run the tests before Jest knows how long each file took; elsewhere, as in CI, the
// longest come first, then files with a browser by their size, and those without a database last: so that at the end no worker
// waits for a long one.
import path from "node:path";
import jestSequencer from "@jest/test-sequencer";

const Sequencer = jestSequencer.default ?? jestSequencer;

/** Files of test/integration that take far longer than their size tells: they start what people start, or live through months. */
const long = ["launcher", "launcher-folders", "population"];
/** As long, but most of that they wait for processes and clocks: one at a time beside two that work keeps the processors busy. */
const waiting = ["three-instances", "database-faults", "replay-interrupted", "wrong-clock", "watch-database"];
const order = ["browser", "postgres", "domain"];

const nameOf = ({ path: file }) => path.basename(file, ".test.ts");
const rank = (test) => (long.includes(nameOf(test)) ? -1 : order.indexOf(test.context.config.displayName?.name));

export default class LongestFirst extends Sequencer {
  sort(tests) {
    // Sorting is stable: among files of one project the larger stays in front.
    const bySize = super.sort(tests);
    const timed = bySize.every(({ duration }) => duration !== undefined && duration !== null);
    const sorted = timed ? bySize : bySize.sort((a, b) => rank(a) - rank(b));
    const idle = sorted.filter((test) => waiting.includes(nameOf(test)));
    const busy = sorted.filter((test) => !idle.includes(test));
    return busy.flatMap((test, at) => (at % 2 === 1 ? [test, ...idle.splice(0, 1)] : [test])).concat(idle);
  }
}
