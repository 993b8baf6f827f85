/** Instances whose clock is far from the database's, and sweeps that hold until the operation room lets them go on. */
export const clocksAndHeldSweeps = {
  name: "2026-12-01-clocks-and-held-sweeps",
  up: `
-- Moments are the database server's, but for the one that the wrong clock said.
create table wrong_clocks (
  instance text primary key,
  host text not null,
  since timestamptz not null default clock_timestamp(),
  machine_at timestamptz not null,
  database_at timestamptz not null default clock_timestamp(),
  seen_at timestamptz not null default clock_timestamp(),
  righted_at timestamptz,
  -- When a healthy instance wrote to the operation room.
  told_at timestamptz
);

create table held_sweeps (
  id integer generated always as identity primary key,
  programme text not null references programmes(code),
  since timestamptz not null,
  -- The moment for which the sweep looked last, and what the database server's clock said then.
  as_of timestamptz not null,
  database_at timestamptz not null,
  cases integer not null,
  -- Of so many open cases, and more than so many are asked about.
  open_cases integer not null,
  most integer not null,
  -- About: worked out for some of the cases.
  letters integer not null,
  escalated integer not null,
  oldest_due_at timestamptz not null,
  released_at timestamptz,
  released_by integer references users,
  reason text,
  -- What was due by then goes on.
  released_until timestamptz,
  ended_at timestamptz,
  check ((released_at is null) = (released_until is null)),
  check ((released_at is null) = (reason is null))
);
create unique index held_sweeps_open on held_sweeps (programme) where ended_at is null;
`,
};
