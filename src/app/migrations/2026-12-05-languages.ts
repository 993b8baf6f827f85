/** A language is a code: which of them there are say the folders of catalogues, and the program checks it. */
const columns = [
  ["programmes", "default_language"],
  ["users", "language"],
  ["applications", "language"],
  ["messages", "language"],
  ["exports", "language"],
] as const;

export const languages = {
  name: "2026-12-05-languages",
  up: columns
    .map(
      ([table, column]) => `
alter table ${table}
  drop constraint ${table}_${column}_check,
  add constraint ${table}_${column}_check check (${column} ~ '^[a-z]{2,3}(-[A-Z]{2})?$');
`,
    )
    .join(""),
};
