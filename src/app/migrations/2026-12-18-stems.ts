/** «أغذية» and «غذائية» are kept under «غذاء» since (engine/search/stem-word.ts): every case is stemmed anew, in batches, when this has run. */
export const stems = {
  name: "2026-12-18-stems",
  up: "insert into search_backlog select id from cases on conflict do nothing;",
};
