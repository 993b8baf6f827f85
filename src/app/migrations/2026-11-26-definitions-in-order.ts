/**
 * A definition keeps the order in which it was written: forms ask for the fields of an action one after the other, and jsonb
 * sorts names by their length. What was stored before stays as it was sorted.
 */
export const definitionsInOrder = {
  name: "2026-11-26-definitions-in-order",
  up: "alter table configuration_versions alter column definition type json;",
};
