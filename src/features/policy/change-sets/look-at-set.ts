/** Gathers what the impact of a change-set is worked out from. */
import type { Transaction } from "sequelize";
import type { Setup } from "../../../engine/setup/setup.js";
import { type Database, query, type Statement } from "../../../platform/db/query.js";
import { accountsToSeat } from "../../people/people-queries.js";
import { pageAddress } from "../../setup/office-addresses.js";
import { usesOf } from "../../setup/uses-of-setup.js";
import { currentOf } from "../check-definition.js";
import { checksumOf } from "../definition-faults.js";
import { titleOfDraft } from "../drafts/draft-views.js";
import type { StoredPolicyDraft } from "../drafts/policy-draft-store.js";
import { countOpenCases, referencesAt } from "./case-move-store.js";
import type { ChangeEdit } from "./change-edit.js";
import type { StoredEdit } from "./change-set-store.js";
import { expandEdits, type Steps } from "./expand-edits.js";
import { impactOf } from "./impact.js";
import { type CountedUse, error, type Finding } from "./looked.js";
import { type ChangedPolicy, type People, wouldBeSetup } from "./would-be-setup.js";

/** What a change-set holds. */
export interface Gathered {
  readonly edits: readonly ChangeEdit[];
  readonly drafts: readonly StoredPolicyDraft[];
}

export interface LookedAt {
  readonly steps: Steps;
  readonly after: Setup;
  readonly findings: readonly Finding[];
}

export const editOf = ({ edit }: StoredEdit): ChangeEdit => edit as ChangeEdit;

const calendarNames: Statement = {
  name: "published-calendars",
  text: "select name from configuration_versions where programme = $1 and kind = 'calendar' and status = 'published'",
};

export async function publishedCalendars(
  db: Database,
  programme: string,
  tx?: Transaction,
): Promise<ReadonlySet<string>> {
  return new Set((await query<{ name: string }>(db, calendarNames, [programme], tx)).map(({ name }) => name));
}

/** What the set-up itself tells is not asked of the database again. */
const toldBySetup: ReadonlySet<string> = new Set(["entities", "services", "rule", "workflow", "draft"]);

async function countedUses(db: Database, setup: Setup, steps: Steps, tx?: Transaction): Promise<CountedUse[]> {
  const { code: programme } = setup.programme;
  const counted: CountedUse[] = [];
  for (const edit of steps.edits) {
    if (edit.act !== "retire") continue;
    const { table, code } = edit;
    const uses = await usesOf(db, { programme, table, code }, tx);
    const cases =
      table === "entities" ? await countOpenCases(db, { programme, entity: code }, tx) : { open: 0, any: false };
    const ours = uses.filter(({ kind }) => !toldBySetup.has(kind) && !(table === "entities" && kind === "openCases"));
    counted.push({
      table,
      code,
      ...cases,
      blocking: ours.filter(({ blocks }) => blocks),
      told: ours.filter(({ blocks, kind }) => !blocks && (kind === "openCases" || kind === "keys")),
    });
  }
  return counted;
}

export async function peopleOf(db: Database, edits: readonly ChangeEdit[], tx?: Transaction): Promise<People> {
  const emails = edits.flatMap((edit) =>
    edit.table === "seats" && edit.act !== "retire" && edit.values.holder
      ? [edit.values.holder.trim().toLowerCase()]
      : [],
  );
  return new Map((await accountsToSeat(db, emails, tx)).map((one) => [one.email, one]));
}

/** Versions that came into force after a draft of this set was begun. */
function movedBases(setup: Setup, drafts: readonly StoredPolicyDraft[]): Finding[] {
  return drafts.flatMap((draft): Finding[] => {
    const { programme, kind, name, basedOn } = draft;
    const current = currentOf(setup, { kind, name });
    if (current === null || current.versionId === basedOn) return [];
    const title = titleOfDraft(draft);
    return [
      error(
        {
          en: `${title.en}: version ${current.version} was published after its draft began. Open it and put the draft on top.`,
          ar: `${title.ar}: نُشرت النسخة ${current.version} بعد بدء المسودة. افتح المسودة وضعها فوقها.`,
        },
        pageAddress("policy", { programme, kind, name }),
      ),
    ];
  });
}

/** Drafts that were put there and say what is in force: a publication that changes nothing is refused, and the set with it. */
function unchangedDrafts(setup: Setup, drafts: readonly StoredPolicyDraft[]): Finding[] {
  return drafts.flatMap((draft): Finding[] => {
    const { programme, kind, name, definition } = draft;
    const current = currentOf(setup, { kind, name });
    if (current === null || checksumOf(current.definition) !== checksumOf(definition)) return [];
    const title = titleOfDraft(draft);
    return [
      error(
        {
          en: `${title.en}: its draft says the same as version ${current.version}, which is in force. Change something in it, or take it out.`,
          ar: `${title.ar}: المسودة مطابقة للنسخة السارية ${current.version}. عدّل فيها شيئًا أو أخرجها من المجموعة.`,
        },
        pageAddress("policy", { programme, kind, name }),
      ),
    ];
  });
}

/** As the set-up would be with it, without looking what that means. */
export function setupWith(
  setup: Setup,
  { edits, drafts }: Gathered,
  people: People,
  now: Date,
): { steps: Steps; policies: readonly ChangedPolicy[]; after: Setup } {
  const steps = expandEdits(edits, setup);
  const policies = drafts.map(({ kind, name, definition }): ChangedPolicy => ({ kind, name, definition }));
  return { steps, policies, after: wouldBeSetup(setup, { steps, policies, people, now }) };
}

/** @param setup as it is now, to the transaction where one is given */
export async function lookAtSet(
  db: Database,
  setup: Setup,
  gathered: Gathered,
  now: Date,
  tx?: Transaction,
): Promise<LookedAt> {
  const { code: programme } = setup.programme;
  const { steps, policies, after } = setupWith(setup, gathered, await peopleOf(db, gathered.edits, tx), now);
  const strangers: string[] = [];
  const ended: string[] = [];
  for (const { entity, others } of steps.moves) {
    const references = Object.keys(others);
    const known = await referencesAt(db, { programme, entity, references }, tx);
    strangers.push(...references.filter((reference) => !known.has(reference)));
    ended.push(...references.filter((reference) => known.get(reference)?.open === false));
  }
  const findings = impactOf({
    before: setup,
    after,
    steps,
    policies,
    calendars: await publishedCalendars(db, programme, tx),
    counted: await countedUses(db, setup, steps, tx),
    strangers,
    ended,
    now,
  });
  const ofDrafts = [...movedBases(setup, gathered.drafts), ...unchangedDrafts(setup, gathered.drafts)];
  return { steps, after, findings: [...ofDrafts, ...findings] };
}
