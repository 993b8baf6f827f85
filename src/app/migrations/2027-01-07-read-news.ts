/** News that was read is found again, the newest first: of the person who has it, and of what an entity shares. In queues there is little. */
export const readNews = {
  name: "2027-01-07-read-news",
  up: `
create index case_news_holder_all on case_news (holder, at) where holder is not null and last_seq > 0;
create index case_news_entity_all on case_news (programme, entity, at) where holder is null and entity is not null and last_seq > 0;
`,
};
