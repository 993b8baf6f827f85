/** Since when it is the office's turn, apart from when the state began. Null: from before there was a difference, or put there by other means. */
export const turnSince = {
  name: "2026-11-26-turn-since",
  up: `
alter table cases add column turn_since timestamptz;
`,
};
