/** Whenever a case is answered, its duplicates are looked up. Partial: a new application writes nothing to it. */
export const duplicatesIndex = {
  name: "2026-11-25-duplicates-index",
  up: "create index cases_duplicates on cases (duplicate_of) where duplicate_of is not null;",
};
