/** Where cases end up that were to go to an entity which is no more itself. */
import { expect, it } from "@jest/globals";
import { successor } from "../../src/engine/lifecycle/successor.js";

const isLive = (code: string) => ["A", "Z"].includes(code);
const successors = new Map<string, string | null>([
  ["B", "C"],
  ["C", "Z"],
  ["D", null],
  ["E", "F"],
  ["F", "E"],
]);

it.each([
  ["A", "A", []],
  ["B", "Z", ["B", "C"]],
  ["D", null, ["D"]],
  ["X", null, ["X"]],
  ["E", null, ["E", "F"]],
  [null, null, []],
])("of %s is %s", (to, entity, through) => {
  expect(successor(to, { isLive, successors })).toEqual({ entity, through });
});
