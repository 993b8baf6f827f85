/**
 * What cases are found by: a document of stems a case (`domain/search/search-document.ts`), which grows with what is
 * written later; the end of a reference; who the applicant is. It takes the place of the trigrams, which found parts of
 * words and no other form of one, and cost more than all other indexes of an intake together.
 *
 * Stems are made by the program. What was there before waits in `search_backlog` until `db/search-backlog.ts` has
 * written it, in batches, right after the migrations; emptying it again is how words are made anew.
 */
export const searchWords = {
  name: "2026-11-26-search-words",
  up: `
drop index applications_searchable;
alter table applications drop column searchable;

create table case_texts (
  case_id bigint primary key references cases(id),
  lexemes tsvector not null
);
alter table case_texts alter column lexemes set statistics 400;
-- New rows wait in a list until it is worth sorting them in; the list is kept short, because every search reads it through.
create index case_texts_lexemes on case_texts using gin (lexemes) with (fastupdate = on, gin_pending_list_limit = 1024);

create index cases_reference_end on cases (reverse(replace(reference, '-', '')) text_pattern_ops);

alter table applicants add column name_words tsvector not null default '';
create index applicants_name_words on applicants using gin (name_words) with (fastupdate = on, gin_pending_list_limit = 256);
create index applicants_email on applicants (lower(email)) where email is not null;
create index applicants_national_number on applicants (national_number) where national_number is not null;

create table search_backlog (case_id bigint primary key);
insert into search_backlog select id from cases;
`,
};
