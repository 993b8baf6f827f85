/**
 * An order is a case that a position asked for: of a type that no applicant can choose. What applicants sent says nothing in the new
 * column, so that its marks in the record hold, and is in none of these indexes.
 */
export const orders = {
  name: "2027-01-08-orders",
  up: `
alter table application_types add column internal boolean not null default false;
alter table cases add column requested_by integer references seats;
create index cases_requested on cases (requested_by, urgency, promise_due_at, id) where requested_by is not null;
create index cases_requested_received on cases (requested_by, received_at, id) where requested_by is not null;
create index cases_orders on cases (programme, entity, urgency, promise_due_at, id) where requested_by is not null;
`,
};
