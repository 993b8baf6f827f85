/** Where cases end up that were to go to an entity which is no more itself. */
import { expect, it } from "@jest/globals";
import { successor, takenOver } from "../../src/engine/lifecycle/successor.js";

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

it.each([
  ["A", null],
  ["B", { through: ["B", "C"], by: "Z" }],
  ["D", null],
  ["E", null],
])("what was sent for %s is followed: %j", (code, expected) => {
  const entities = new Map(
    ["A", "B", "C", "D", "E", "F", "Z"].map((one) => [one, { code: one, retired: !isLive(one) } as never]),
  );
  expect(takenOver(code, { entities, successors }, () => true)).toEqual(expected);
  // Nobody follows to where no applications are received.
  expect(takenOver(code, { entities, successors }, () => false)).toBeNull();
});
