/** What a change-set would do, worked out without touching anything: errors refuse it, warnings need a reason. */

import type { Transaction } from "sequelize";
import type { Setup } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import type { Database } from "../../../platform/db/query.js";
import { accountsToSeat, seatCodes } from "../../people/people-queries.js";
import { definitionsInUse } from "../../setup/named-in-definitions.js";
import { pageAddress } from "../../setup/office-addresses.js";
import { publishedCalendars } from "../../setup/setup-acts.js";
import { usesOf } from "../../setup/uses-of-setup.js";
import { countOpenCases, referencesAt } from "../change-sets/case-move-store.js";
import type { ChangeEdit } from "../change-sets/change-edit.js";
import { currentOf } from "../check-definition.js";
import { checksumOf } from "../definition-faults.js";
import { titleOfDraft } from "../drafts/draft-views.js";
import { impactOf } from "./impact.js";
import { type CountedUse, definitionsOf, error, type Finding, type ImpactInput } from "./impact-input.js";
import { planSteps, type Steps } from "./plan-steps.js";
import { type ChangedPolicy, type People, projectSetup } from "./project-setup.js";

export interface Validation {
  readonly steps: Steps;
  /** The set-up as it would be. */
  readonly after: Setup;
  readonly findings: readonly Finding[];
}

/** A draft of policy in it. */
interface DraftedPolicy extends ChangedPolicy {
  readonly programme: string;
  readonly basedOn?: number | null | undefined;
  readonly title?: unknown;
}

/** What a change-set holds. */
interface Held {
  readonly edits: readonly ChangeEdit[];
  readonly policies: readonly DraftedPolicy[];
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

const titleOf = ({ kind, name, definition }: DraftedPolicy) =>
  titleOfDraft({ kind, name, title: (definition as { name?: unknown }).name });

/** Versions that came into force after a draft of this set was begun. */
function movedBases(setup: Setup, drafts: readonly DraftedPolicy[]): Finding[] {
  return drafts.flatMap((draft): Finding[] => {
    const { programme, kind, name, basedOn } = draft;
    const current = currentOf(setup, { kind, name });
    if (current === null || current.versionId === basedOn) return [];
    const title = titleOf(draft);
    return [
      error(
        msg("policy-publication.validateChangeSet.versionWasPublishedAfterIts", { title, version: current.version }),
        pageAddress("policy", { programme, kind, name }),
      ),
    ];
  });
}

/** Drafts that were put there and say what is in force: a publication that changes nothing is refused, and the set with it. */
function unchangedDrafts(setup: Setup, drafts: readonly DraftedPolicy[]): Finding[] {
  return drafts.flatMap((draft): Finding[] => {
    const { programme, kind, name, definition } = draft;
    const current = currentOf(setup, { kind, name });
    if (current === null || checksumOf(current.definition) !== checksumOf(definition)) return [];
    const title = titleOf(draft);
    return [
      error(
        msg("policy-publication.validateChangeSet.itsDraftSaysTheSame", { title, version: current.version }),
        pageAddress("policy", { programme, kind, name }),
      ),
    ];
  });
}

/** What rows are checked against: rules and workflows as they would be, drafts of others, calendars. */
export async function readRowContext(
  db: Database,
  after: Setup,
  policies: readonly ChangedPolicy[],
  tx?: Transaction,
): Promise<Pick<ImpactInput, "definitions" | "calendars">> {
  const { code } = after.programme;
  const changed = new Set(policies.map(({ kind, name }) => `${kind}/${name}`));
  const inUse = await definitionsInUse(db, code, tx);
  const drafts = inUse.filter(({ status, kind, name }) => status === "open" && !changed.has(`${kind}/${name}`));
  const calendars = policies.flatMap(({ kind, name }) => (kind === "calendar" ? [name] : []));
  return {
    definitions: [...definitionsOf(after), ...drafts],
    calendars: new Set([...(await publishedCalendars(db, code, tx)), ...calendars]),
  };
}

/** @param setup as it is now, to the transaction where one is given */
export async function validateChangeSet(
  db: Database,
  setup: Setup,
  { edits, policies }: Held,
  now: Date,
  tx?: Transaction,
): Promise<Validation> {
  const { code: programme } = setup.programme;
  const steps = planSteps(edits, setup);
  const after = projectSetup(setup, { steps, policies, people: await peopleOf(db, edits, tx), now });
  const strangers: string[] = [];
  const ended: string[] = [];
  for (const { entity, others } of steps.moves) {
    const references = Object.keys(others);
    const known = await referencesAt(db, { programme, entity, references }, tx);
    strangers.push(...references.filter((reference) => !known.has(reference)));
    ended.push(...references.filter((reference) => known.get(reference)?.open === false));
  }
  const addsSeat = steps.seats.some(({ create }) => create !== undefined);
  const findings = impactOf({
    before: setup,
    after,
    steps,
    policies,
    ...(await readRowContext(db, after, policies, tx)),
    seatCodes: new Set(addsSeat ? await seatCodes(db, programme, tx) : []),
    counted: await countedUses(db, setup, steps, tx),
    strangers,
    ended,
    now,
  });
  const ofDrafts = [...movedBases(setup, policies), ...unchangedDrafts(setup, policies)];
  return { steps, after, findings: [...ofDrafts, ...findings] };
}
