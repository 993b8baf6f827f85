/** Words are kept under more stems since (engine/search/stem-word.ts): every case is stemmed anew, in batches, when this has run. */
export const search = {
  name: "2026-12-10-search",
  up: "insert into search_backlog select id from cases on conflict do nothing;",
};
