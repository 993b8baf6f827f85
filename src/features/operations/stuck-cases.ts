/** Open cases that are stuck: by the version that they follow none of those who see them can carry them on. Versions of before the checks. */
import sql from "sql-template-tag";
import type { CasePlace } from "../../engine/access/reached-by.js";
import type { Setup } from "../../engine/setup/setup.js";
import { msg } from "../../engine/text/msg.js";
import { type Bilingual, quoted } from "../../engine/text/text.js";
import { type AskedKind, deadEnds, type Standing } from "../../engine/workflow/dead-ends.js";
import { actionWords, performerWords, stateWords } from "../../engine/workflow/part-words.js";
import type { WorkflowDefinition } from "../../engine/workflow/workflow-definition.js";
import { type Database, query } from "../../platform/db/query.js";
import { pageAddress } from "../setup/office-addresses.js";
import { versionOfId } from "../setup/version-queries.js";
import { type Finding, wanting, well } from "./health-view.js";

interface Asked {
  readonly db: Database;
  readonly programmes: readonly string[];
  readonly setupOf: (programme: string) => Promise<Setup>;
}

interface OpenCases extends Standing {
  readonly programme: string;
  readonly versionId: number;
  readonly workflow: string;
  readonly version: number;
  readonly type: string;
  readonly importance: string | null;
  readonly confidential: boolean;
  readonly cases: number;
}

/** What is open, and nothing that has ended: by an index, and as many rows as there are kinds of cases. What was imported nobody works on here. */
function openCases(db: Database, programmes: readonly string[]): Promise<OpenCases[]> {
  const place = sql`case when c.entity is not null then 'entity' when c.sector is not null then 'sector' else 'nowhere' end`;
  const statement = sql`select c.programme, v.id as "versionId", v.name as workflow, v.version, c.type, c.importance,
      c.confidential, c.state, ${place} as place, count(*)::integer as cases
    from cases c join configuration_versions v on v.id = c.workflow_version_id
    where c.programme = any(${programmes}::text[]) and c.urgency <= 2 and not c.imported and v.kind = 'workflow'
    group by c.programme, v.id, v.name, v.version, c.type, c.importance, c.confidential, c.state, 9
    order by c.programme, v.name, v.version, c.state, c.type`;
  return query<OpenCases & { place: CasePlace }>(db, statement);
}

const kindOf = ({ type, importance, confidential }: OpenCases): AskedKind => ({
  type,
  importance,
  // Why it is confidential is in its history; here it only counts that it is.
  secrecy: confidential ? { by: "type" } : null,
});

/** The dead end where a case is; null: it can go on. */
function endOf(cases: OpenCases, workflow: WorkflowDefinition, setup: Setup) {
  const { state, place } = cases;
  if (!Object.hasOwn(workflow.states, state)) return null;
  const found = deadEnds(workflow, setup, [kindOf(cases)], [{ state, place }]);
  return found.find((one) => one.state === state && one.place === place) ?? null;
}

interface Stuck extends OpenCases {
  readonly definition: WorkflowDefinition;
  readonly end: NonNullable<ReturnType<typeof endOf>>;
  /** The version in force would let them go on, from the same state. */
  readonly movable: number | null;
}

async function stuckCases({ db, programmes, setupOf }: Asked): Promise<(Stuck & { readonly setup: Setup })[]> {
  const versions = new Map<number, WorkflowDefinition | null>();
  const stuck: (Stuck & { readonly setup: Setup })[] = [];
  for (const cases of await openCases(db, programmes)) {
    const { versionId, programme, workflow } = cases;
    const setup = await setupOf(programme);
    const inForce = setup.workflows.get(workflow);
    if (!versions.has(versionId)) {
      const own = inForce?.versionId === versionId ? inForce : await versionOfId(db, versionId);
      versions.set(versionId, (own?.definition as WorkflowDefinition | undefined) ?? null);
    }
    const definition = versions.get(versionId) ?? null;
    const end = definition === null ? null : endOf(cases, definition, setup);
    if (definition === null || end === null) continue;
    const other = inForce !== undefined && inForce.versionId !== versionId ? inForce : null;
    const movable = other !== null && endOf(cases, other.definition, setup) === null ? other.version : null;
    stuck.push({ ...cases, definition, end, movable, setup });
  }
  return stuck;
}

/** “3 cases of the type “Complaint” in “In quality review”…”, with the way out. */
function wordsOf(one: Stuck & { readonly setup: Setup }): Bilingual {
  const { definition, setup, end, cases, version } = one;
  const type = setup.types.get(one.type)?.name ?? { ar: one.type, en: one.type };
  const [next] = end.actions;
  const [sees] = end.reach;
  return msg("operations.stuckCases.group", {
    cases,
    type: quoted(type),
    state: stateWords(definition, one.state),
    workflow: quoted(definition.name),
    version: String(version),
    next: next === undefined ? "no" : "yes",
    what: next === undefined ? "" : actionWords(definition, next),
    who: sees === undefined ? "" : performerWords(sees),
    way: one.movable === null ? "other" : "move",
    to: String(one.movable ?? ""),
  });
}

const openCasesOf = ({ programme, workflow }: OpenCases): string =>
  pageAddress("policy", { programme, kind: "workflow", name: workflow, part: "cases" });
const workflowOf = ({ programme, workflow }: OpenCases): string =>
  pageAddress("policy", { programme, kind: "workflow", name: workflow });

/** Rows of one version and state are one line, whatever importance they have; a page holds no more lines. */
const maxGroups = 20;

export async function stuckCasesCheck(asked: Asked): Promise<Finding> {
  const found = await stuckCases(asked);
  if (found.length === 0) return well(msg("operations.stuckCases.none"));
  const lines = new Map<string, (typeof found)[number]>();
  for (const one of found.filter(({ confidential }) => !confidential)) {
    const key = JSON.stringify([one.versionId, one.type, one.state, one.movable, one.end.actions]);
    const before = lines.get(key);
    lines.set(key, { ...one, cases: one.cases + (before?.cases ?? 0) });
  }
  const groups = [...lines.values()].slice(0, maxGroups).map((one) => ({
    words: wordsOf(one),
    link: one.movable === null ? workflowOf(one) : openCasesOf(one),
  }));
  const words = msg("operations.stuckCases.some", {
    cases: [...lines.values()].reduce((sum, { cases }) => sum + cases, 0),
    secret: found.some(({ confidential }) => confidential) ? "yes" : "no",
  });
  const [first] = found;
  const link =
    first === undefined || groups.length > 0
      ? {}
      : { link: first.movable === null ? workflowOf(first) : openCasesOf(first) };
  return wanting("late", words, msg("operations.stuckCases.advice"), { groups, ...link });
}
