/** What the public pages suggest an application to be about. It helps and never hinders: what goes wrong here ends in no suggestion. */
import type { Logger } from "pino";
import sql from "sql-template-tag";
import { publicChannel } from "../../engine/applicant/public-pages.js";
import type { Application } from "../../engine/lifecycle/case.js";
import type { Setup } from "../../engine/setup/setup.js";
import { type Matter, matterKey, type TriedMatter } from "../../engine/suggestions/matter.js";
import { type CountedMatter, fewestCases, type WordCounts } from "../../engine/suggestions/matters-from-counts.js";
import { groundedMatters, suggestMatters } from "../../engine/suggestions/suggest-matters.js";
import { type TalliedWord, tallyWords } from "../../engine/suggestions/tally-words.js";
import { textStems, writtenAs } from "../../engine/suggestions/text-stems.js";
import { Problem } from "../../engine/text/problems.js";
import type { Bilingual, Language } from "../../engine/text/text.js";
import { type Database, query } from "../../platform/db/query.js";
import { inTransaction } from "../../platform/db/transaction.js";
import { errorSummary } from "../../platform/error-summary.js";
import type { Tries } from "../cases/act/applicant-tries.js";
import { applicantCases } from "../people/case-scope.js";
import { askedSetup } from "../policy/change-sets/setup-with-change-set.js";
import type { Policies } from "../setup/policies.js";

/** How many cases of a programme are looked at, the latest answered: more would say no more, and cost more. */
const latest = 20_000;
/** How many texts are taken apart before others have their turn: some hundredths of a second. */
const batch = 50;

interface Counted {
  readonly cases: number;
  readonly words: number;
}

interface PastMatter extends CountedMatter {
  readonly ids: readonly number[];
}

/**
 * Matters of a programme's latest answered cases; confidential ones are not among them. A matter is the entity that had
 * the case in the end, and the service that the applicant named, as far as it is that entity's.
 */
async function mattersOf(db: Database, programme: string): Promise<PastMatter[]> {
  const answered = await query<Matter & { id: number }>(
    db,
    sql`select l.id, l.entity, s.code as service
      from (select c.id, c.entity from cases c
          where c.programme = ${programme} and ${applicantCases} and c.resolved_at is not null and not c.confidential and c.entity is not null
          order by c.resolved_at desc limit ${latest}) l
        join applications a on a.id = l.id
        left join services s on s.programme = ${programme} and s.code = a.service and s.entity = l.entity
      order by l.entity, s.code, l.id`,
  );
  const found = new Map<string, { matter: Matter; ids: number[] }>();
  for (const { id, ...matter } of answered) {
    const before = found.get(matterKey(matter));
    if (before === undefined) found.set(matterKey(matter), { matter, ids: [id] });
    else before.ids.push(id);
  }
  return [...found.values()]
    .filter(({ ids }) => ids.length >= fewestCases)
    .map(({ matter, ids }, i) => ({ ...matter, id: i + 1, cases: ids.length, ids }));
}

/** What applicants wrote, and nothing else that is found by search: notes and answers of the office are not theirs to be told. */
async function wordsOf(db: Database, matters: readonly PastMatter[]): Promise<TalliedWord[]> {
  const tally = tallyWords();
  for (const { id, ids } of matters) {
    for (let from = 0; from < ids.length; from += batch) {
      const some = ids.slice(from, from + batch);
      const texts = await query<{ text: string }>(
        db,
        sql`select subject || ' ' || description as text from applications where id = any(${some}::bigint[])`,
      );
      for (const { text } of texts) tally.add(id, text);
    }
  }
  return tally.words();
}

async function countWordsOf(db: Database, programme: string): Promise<Counted> {
  const matters = await mattersOf(db, programme);
  const words = await wordsOf(db, matters);
  const rows = matters.map(({ ids: _ids, ...matter }) => matter);
  await inTransaction(db, async (tx) => {
    await query(db, sql`delete from suggestion_words where programme = ${programme}`, tx);
    await query(db, sql`delete from suggestion_matters where programme = ${programme}`, tx);
    const insertMatters = sql`insert into suggestion_matters (programme, id, entity, service, cases)
      select ${programme}, r.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as r(id integer, entity text, service text, cases integer)`;
    await query(db, insertMatters, tx);
    const insertWords = sql`insert into suggestion_words (programme, word, cases, matters, counts)
      select ${programme}, r.* from jsonb_to_recordset(${JSON.stringify(words)}::jsonb)
        as r(word text, cases integer, matters integer[], counts integer[])`;
    await query(db, insertWords, tx);
  });
  return { cases: matters.reduce((sum, { cases }) => sum + cases, 0), words: words.length };
}

/** Counts anew, a transaction a programme: whatever stops it, the others have what they had. */
export async function countWords(db: Database, programmes: readonly string[]): Promise<Counted> {
  const all = { cases: 0, words: 0 };
  for (const programme of programmes) {
    const { cases, words } = await countWordsOf(db, programme);
    all.cases += cases;
    all.words += words;
  }
  return all;
}

/** What was counted of these stems, all of it by one count: matters have other numbers in the next. Null where nothing was counted yet. */
export async function wordCountsOf(
  db: Database,
  a: { programme: string; stems: readonly string[] },
): Promise<WordCounts | null> {
  const { programme, stems } = a;
  const [counted] = await query<{ matters: readonly CountedMatter[]; words: readonly TalliedWord[] }>(
    db,
    sql`select
      (select coalesce(json_agg(json_build_object('id', m.id, 'entity', m.entity, 'service', m.service, 'cases', m.cases)
          order by m.id), '[]')
        from suggestion_matters m where m.programme = ${programme}) as matters,
      (select coalesce(json_agg(json_build_object('word', w.word, 'cases', w.cases, 'matters', w.matters, 'counts', w.counts)), '[]')
        from suggestion_words w where w.programme = ${programme} and w.word = any(${stems}::text[])) as words`,
  );
  if (counted === undefined || counted.matters.length === 0) return null;
  return {
    matters: counted.matters,
    words: new Map(
      counted.words.map(({ word, cases, matters: ids, counts }) => [
        word,
        { cases, byMatter: new Map(ids.map((id, i) => [id, counts[i] ?? 0])) },
      ]),
    ),
  };
}

/** A row of the settings as it is typed, of a service or an entity. */
export interface TriedRow {
  readonly table: "services" | "entities";
  /** Empty: not typed yet. */
  readonly code: string;
  readonly name: Bilingual;
  /** Of a service. */
  readonly entity: string;
  readonly alsoCalled: readonly string[];
}

/** The settings with the row as it is typed; a new one has a code that no other can have. */
function withRow({ table, code: typed, name, entity, alsoCalled }: TriedRow, setup: Setup): [string, Setup] {
  const code = typed === "" ? " " : typed;
  const [anEntity] = setup.entities.values();
  if (table === "services") {
    const row = { order: 0, ...setup.services.get(code), code, name, entity, alsoCalled, retired: false };
    return [code, { ...setup, services: new Map(setup.services).set(code, row) }];
  }
  const there = setup.entities.get(code) ?? (anEntity && { ...anEntity, joining: "live" as const, validTo: null });
  if (there === undefined) return [code, setup];
  const row = { ...there, code, name, alsoCalled, retired: false };
  return [code, { ...setup, entities: new Map(setup.entities).set(code, row) }];
}

export interface Suggestions {
  /** What a text would be suggested to be about, also if a row were as it is typed, and by what. Nothing is kept. */
  tryText(a: {
    readonly programme: string;
    readonly text: string;
    /** Null: the settings as they are. */
    readonly row: TriedRow | null;
    /** Number of the change-set by whose settings; left out: by those in force. Problem not-found. */
    readonly changeSet?: number | null;
    readonly now: Date;
  }): Promise<readonly TriedMatter[]>;
  /** At most five, the likeliest first; none where nothing is likely, where an address asked too often, and where it failed. Never a problem. */
  suggest(a: {
    readonly programme: string;
    readonly subject: string;
    readonly description: string;
    readonly language: Language;
    /** The address that asks. */
    readonly address: string;
    readonly now: Date;
  }): Promise<readonly Matter[]>;
}

/** An application of which only the story is known. */
function toldIn(
  { now, ...story }: { programme: string; subject: string; description: string; language: Language; now: Date },
  setup: Setup,
): Omit<Application, "type"> {
  return {
    ...story,
    channel: publicChannel(setup)?.code ?? "",
    ...{ sector: null, entity: null, service: null, governorate: null, pillar: null, importance: null, category: null },
    anonymous: true,
    fields: {},
    receivedAt: now,
    imported: false,
  };
}

export function createSuggestions(parts: {
  readonly db: Database;
  readonly policies: Pick<Policies, "fresh">;
  readonly tries: Pick<Tries, "count">;
  readonly log: Pick<Logger, "warn">;
}): Suggestions {
  const { db, policies, tries, log } = parts;
  const countsFor = async (programme: string, text: string) => {
    const stems = textStems(text).flat();
    return stems.length === 0 ? null : await wordCountsOf(db, { programme, stems });
  };
  return {
    async tryText({ programme, text, row, changeSet, now }) {
      const policy = await policies.fresh(programme);
      const then = (await askedSetup(db, policy.setup, changeSet ?? null)).setup;
      const [code, setup] = row === null ? [null, then] : withRow(row, then);
      const counts = await countsFor(programme, text);
      const nameOf = (unnamed: string) => row?.name ?? { ar: unnamed, en: unnamed };
      const told = toldIn({ programme, subject: "", description: text, language: "ar", now }, setup);
      return groundedMatters(told, { ...policy, setup }, counts).map(({ entity, service, grounds }) => ({
        entity: setup.entities.get(entity)?.name ?? nameOf(entity),
        service: service === null ? null : (setup.services.get(service)?.name ?? nameOf(service)),
        own: row !== null && (row.table === "services" ? service : entity) === code,
        grounds: grounds.map(({ by, stems }) => ({ by, words: writtenAs(text, stems) })),
      }));
    },
    async suggest({ programme, subject, description, language, address, now }) {
      try {
        await tries.count("suggestions from an address", { address, now });
        const policy = await policies.fresh(programme);
        const counts = await countsFor(programme, `${subject} ${description}`);
        const told = toldIn({ programme, subject, description, language, now }, policy.setup);
        return suggestMatters(told, policy, counts);
      } catch (error) {
        if (!(error instanceof Problem)) log.warn({ error: errorSummary(error) }, "no suggestion was made");
        return [];
      }
    },
  };
}
