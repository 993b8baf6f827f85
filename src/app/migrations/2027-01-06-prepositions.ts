/** «لسيارة» is kept as «سيارة» too since, and «سيارتي», «قرضا» (engine/search/stem-word.ts): every case is stemmed anew, in batches, when this has run. */
export const prepositions = {
  name: "2027-01-06-prepositions",
  up: "insert into search_backlog select id from cases on conflict do nothing;",
};
