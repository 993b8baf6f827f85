/**
 * A case may be a second matter of another (`split_from`); the applicant's code for the first opens it too, so
 * `code_reference` says with which reference its hash was made. `reminded_at`: when somebody above last asked for it.
 */
export const actsOfOfficials = {
  name: "2026-11-26-acts-of-officials",
  up: `
alter table cases
  add column split_from bigint references cases (id),
  add column code_reference text,
  add column reminded_at timestamptz;
create index cases_split on cases (split_from) where split_from is not null;
`,
};
