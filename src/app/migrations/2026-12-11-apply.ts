/** What the public pages suggest from: counts of words by matter, made anew by the job `count-words` (features/intake/suggestions.ts). */
export const apply = {
  name: "2026-12-11-apply",
  up: `
create table suggestion_matters (
  programme text not null references programmes(code),
  id integer not null,
  type text not null,
  entity text not null,
  service text,
  cases integer not null,
  primary key (programme, id)
);

-- In how many of these cases a stem stood, and of each matter with several of them in how many.
create table suggestion_words (
  programme text not null references programmes(code),
  word text not null,
  cases integer not null,
  matters integer[] not null,
  counts integer[] not null,
  primary key (programme, word)
);
`,
};
