/** A position that is the office of another: it issues and follows the orders of that one. */
export const offices = {
  name: "2027-01-10-offices",
  up: `
alter table seats add column office_of integer references seats check (office_of <> id);
`,
};
