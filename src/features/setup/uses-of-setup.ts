/** What uses a row of the set-up, counted and in words: before it is retired somebody has to know. */

import type { Transaction } from "sequelize";
import sql, { join, raw, type Sql } from "sql-template-tag";
import type { RowTable } from "../../engine/setup/tables/setup-registry.js";
import { msg } from "../../engine/text/msg.js";
import type { Bilingual } from "../../engine/text/text.js";
import { type Database, parameter, query } from "../../platform/db/query.js";
import { definitionsInUse, type Naming, namingsOf } from "./named-in-definitions.js";
import { listAddress, policyAddress } from "./office-addresses.js";
import { placeWords } from "./place-words.js";

type UseKind =
  | "openCases"
  | "cases"
  | "entities"
  | "services"
  | "seats"
  | "keys"
  | "templates"
  | "acknowledgements"
  | "rule"
  | "workflow"
  | "draft"
  | "last";

export interface SetupUse {
  readonly kind: UseKind;
  readonly words: Bilingual;
  /** How many; 1 for a rule or workflow. Cases of all times are counted up to `maxCounted` + 1, confidential ones not: 0, where there are none but those. */
  readonly count: number;
  /** True: it has to be dealt with before the row is retired. */
  readonly blocks: boolean;
  /** Where they are seen in the back office; null where there is no such list. */
  readonly link: string | null;
}

/** Cases of all times are counted so far, and then said to be more. */
const maxCounted = 10_000;

interface Counted {
  readonly kind: Exclude<UseKind, "rule" | "workflow" | "draft">;
  /** Source and condition of the count, for a row of the set-up. */
  readonly from: (row: { programme: object; code: object }) => Sql;
  /** What stands in the way of retiring, with `n` of them; left out: it does not. */
  readonly blocks?: true;
  readonly words: (n: string) => Bilingual;
  /** The list that shows them, and the filter that takes the code; further filters beside it. */
  readonly list?: { readonly of: string; readonly by: string; readonly more?: Readonly<Record<string, string>> };
}

const open = sql`state_kind in ('open', 'waiting')`;

/** Outside their handlers' desks no figure knows confidential cases: they keep a row in use and are in no number. */
const isCases: ReadonlySet<UseKind> = new Set(["openCases", "cases"]);

const openCases = (column: string, blocks: boolean): Counted => ({
  kind: "openCases",
  from: ({ programme, code }) => sql`cases where programme = ${programme} and ${raw(column)} = ${code} and ${open}`,
  ...(blocks ? { blocks } : {}),
  list: { of: "cases", by: column, more: { kind: "open,waiting" } },
  words: (n) =>
    blocks
      ? msg("setup.usesOfSetup.openCasesConfidentialOnesNot", { n })
      : msg("setup.usesOfSetup.openCasesConfidentialOnesNot2", { n }),
});
const allCases = (source: string, column: string): Counted => ({
  kind: "cases",
  from: ({ programme, code }) => sql`(select c.confidential from ${raw(source)} s join cases c on c.id = s.id
    where s.programme = ${programme} and s.${raw(column)} = ${code} limit ${maxCounted + 1}) found`,
  ...(source === "cases" && { list: { of: "cases", by: column } }),
  words: (n) => msg("setup.usesOfSetup.casesOfAllTimesConfidential", { n }),
});
const seats = (column: string): Counted => ({
  kind: "seats",
  from: ({ programme, code }) =>
    sql`seats where programme = ${programme} and ${raw(column)} = ${code} and retired_at is null`,
  list: { of: "seats", by: column },
  words: (n) => msg("setup.usesOfSetup.positions", { n }),
});

const countedUses: Readonly<Record<RowTable, readonly Counted[]>> = {
  sectors: [
    {
      kind: "entities",
      from: ({ programme, code }) =>
        sql`entities where programme = ${programme} and sector = ${code} and retired_at is null`,
      list: { of: "entities", by: "sector", more: { retiredAt: "false" } },
      blocks: true,
      words: (n) => msg("setup.usesOfSetup.entitiesInUseMoveThem", { n }),
    },
    {
      kind: "openCases",
      from: ({ programme, code }) =>
        sql`cases where programme = ${programme} and sector = ${code} and entity is null and ${open}`,
      list: { of: "cases", by: "sector", more: { unplaced: "true", kind: "open,waiting" } },
      blocks: true,
      words: (n) => msg("setup.usesOfSetup.casesThatWaitInIts", { n }),
    },
    seats("sector"),
    allCases("cases", "sector"),
  ],
  entities: [
    {
      kind: "entities",
      from: ({ programme, code }) =>
        sql`entities where programme = ${programme} and parent = ${code} and retired_at is null`,
      list: { of: "entities", by: "parent", more: { retiredAt: "false" } },
      blocks: true,
      words: (n) => msg("setup.usesOfSetup.entitiesBelowItMoveThem", { n }),
    },
    openCases("entity", true),
    {
      kind: "services",
      from: ({ programme, code }) =>
        sql`services where programme = ${programme} and entity = ${code} and retired_at is null`,
      list: { of: "services", by: "entity", more: { retiredAt: "false" } },
      blocks: true,
      words: (n) => msg("setup.usesOfSetup.servicesInUseGiveThem", { n }),
    },
    seats("entity"),
    allCases("cases", "entity"),
  ],
  services: [allCases("applications", "service")],
  pillars: [openCases("pillar", false), allCases("cases", "pillar")],
  importance_levels: [openCases("importance", false), allCases("cases", "importance")],
  application_types: [
    openCases("type", false),
    allCases("cases", "type"),
    {
      kind: "templates",
      from: ({ programme, code }) =>
        sql`reply_templates where programme = ${programme} and types @> to_jsonb(${code}::text) and retired_at is null`,
      words: (n) => msg("setup.usesOfSetup.replyTemplatesThatAreFor", { n }),
    },
    {
      kind: "last",
      from: ({ programme, code }) => sql`(select 1 where not exists (select 1 from application_types
        where programme = ${programme} and code <> ${code} and retired_at is null)) lonely`,
      blocks: true,
      words: () => msg("setup.usesOfSetup.itIsTheLastType"),
    },
  ],
  channels: [
    {
      kind: "keys",
      from: ({ programme, code }) =>
        sql`channel_keys where programme = ${programme} and channel = ${code} and revoked_at is null`,
      list: { of: "channel-keys", by: "channel", more: { state: "inUse" } },
      words: (n) => msg("setup.usesOfSetup.keysInUseTheyStop", { n }),
    },
    openCases("channel", false),
    allCases("cases", "channel"),
  ],
  applicant_categories: [allCases("applications", "category")],
  governorates: [allCases("applications", "governorate")],
  keyword_lists: [],
  closing_reasons: [allCases("cases", "closing_reason")],
  kpi_alerts: [],
  reply_templates: [],
  shown_kpis: [],
  instructions: [
    {
      kind: "acknowledgements",
      from: ({ programme, code }) => sql`instruction_acknowledgements a join instructions i on i.id = a.instruction_id
        where i.programme = ${programme} and i.code = ${code}`,
      words: (n) => msg("setup.usesOfSetup.entitiesThatAcknowledgedIt", { n }),
    },
  ],
  digests: [],
};

/** All counts of a row in one statement. */
async function countsOf(
  db: Database,
  a: { programme: string; table: RowTable; code: string },
  transaction: Transaction | undefined,
): Promise<Record<string, number | boolean>> {
  const row = { programme: parameter(a.programme), code: parameter(a.code) };
  const counts = countedUses[a.table].map(({ kind, from }, i) => {
    const [count, secret] = [raw(`"${i}"`), raw(`"secret${i}"`)];
    return isCases.has(kind)
      ? sql`(select count(*) filter (where not confidential)::int from ${from(row)}) as ${count},
        (select coalesce(bool_or(confidential), false) from ${from(row)}) as ${secret}`
      : sql`(select count(*)::int from ${from(row)}) as ${count}`;
  });
  if (counts.length === 0) return {};
  return (await query<Record<string, number | boolean>>(db, sql`select ${join(counts)}`, transaction))[0] ?? {};
}

/** A published decision sends cases there; a keyword list out of use is found in no text. */
const needed = (table: RowTable, { how }: Naming): boolean =>
  how === "decides" || (how === "asks" && table === "keyword_lists");

function useOfNaming(programme: string, table: RowTable, naming: Naming): SetupUse {
  const { source, title, how } = naming;
  const place = placeWords(source, title);
  const draft = source.status !== "published";
  const blocks = !draft && needed(table, naming);
  return {
    kind: draft ? "draft" : source.kind === "workflow" ? "workflow" : "rule",
    count: 1,
    blocks,
    link: policyAddress(programme, source),
    words: msg("setup.usesOfSetup.naming", { place, how, blocks: blocks ? "yes" : "no" }),
  };
}

const shown = (n: number): string => (n > maxCounted ? `${maxCounted}+` : String(n));

/** Everything that uses the row, what stands in the way of retiring it first. Nobody is asked for a permission here. */
export async function usesOf(
  db: Database,
  a: { readonly programme: string; readonly table: RowTable; readonly code: string },
  transaction?: Transaction,
): Promise<SetupUse[]> {
  const { programme, table, code } = a;
  const counts = await countsOf(db, a, transaction);
  const counted = countedUses[table].flatMap(({ kind, blocks = false, words, list }, i): SetupUse[] => {
    const count = Number(counts[String(i)] ?? 0);
    if (count === 0 && counts[`secret${i}`] !== true) return [];
    const link = list === undefined ? null : listAddress(list.of, { programme, [list.by]: code, ...list.more });
    return [{ kind, count, blocks, words: words(shown(count)), link }];
  });
  const namings = namingsOf(await definitionsInUse(db, programme, transaction), table, code);
  const uses = [...counted, ...namings.map((naming) => useOfNaming(programme, table, naming))];
  return [...uses.filter((use) => use.blocks), ...uses.filter((use) => !use.blocks)];
}
