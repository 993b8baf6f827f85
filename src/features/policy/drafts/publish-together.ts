/** Edits of the set-up and versions of policy in one transaction, in an order in which each finds what it needs. */

import type { Actor } from "../../../engine/access/permissions.js";
import type { Database } from "../../../platform/db/query.js";
import { lockToRetire } from "../../setup/entity-locks.js";
import { applySetupEdits, type SetupEdit, trySetupEdits } from "../../setup/setup-edit.js";
import type { ConfigurationKind } from "../../setup/tables/define-configuration-version.js";
import type { HeldVersions } from "./sound-publication.js";

/** What names a workflow or a calendar is changed behind them. */
const behindWorkflows: ReadonlySet<string> = new Set(["application_types", "programmes"]);

/** The edits by when they can be done at the earliest: before any version, behind workflows and calendars, behind the rules. */
function inPhases(edits: readonly SetupEdit[]) {
  const last = edits.filter(({ act }) => act === "retire" || act === "remove");
  const others = edits.filter((edit) => !last.includes(edit));
  const middle = others.filter(({ table }) => behindWorkflows.has(table));
  return { first: others.filter((edit) => !middle.includes(edit)), middle, last };
}

interface Together<Changed extends { readonly kind: ConfigurationKind }> {
  readonly programme: string;
  readonly edits: readonly SetupEdit[];
  readonly definitions: readonly Changed[];
  readonly publishOne: (definition: Changed) => Promise<void>;
  /** Between what others need and what goes away: seats, for instance. */
  readonly beforeLast?: () => Promise<void>;
  readonly by: Actor;
  readonly now: Date;
  readonly told?: Readonly<Record<string, unknown>>;
}

/**
 * Does all of it in the caller's transaction, which holds the programme's versions. Problems: of `publishBeside`; invalid-input
 * with the faults of all edits that could not be done. Then the transaction must be undone.
 */
export async function publishTogether<Changed extends { readonly kind: ConfigurationKind }>(
  db: Database,
  a: Together<Changed>,
  { transaction }: HeldVersions,
): Promise<void> {
  const { programme, by, now, told = {} } = a;
  const { first, middle, last } = inPhases(a.edits);
  /** What cannot be done yet: it waits for something new, or for what still asks for the old. */
  const attempt = async (some: readonly SetupEdit[]): Promise<SetupEdit[]> => {
    let left = [...some];
    for (let before = -1; left.length > 0 && left.length !== before; ) {
      before = left.length;
      const refused = await trySetupEdits(db, { programme, edits: left, told, by, now }, transaction);
      left = refused.map(({ edit }) => edit);
    }
    return left;
  };
  const publishAll = async (some: readonly Changed[]): Promise<void> => {
    for (const one of some) await a.publishOne(one);
  };
  const early = await attempt(first);
  await publishAll(a.definitions.filter(({ kind }) => kind !== "rules"));
  // New types first, for what came too early may name one.
  const left = [...(await attempt(middle)), ...(await attempt(early))];
  await publishAll(a.definitions.filter(({ kind }) => kind === "rules"));
  const waiting = await attempt(left);
  await a.beforeLast?.();
  const codes = last.flatMap(({ table, code }) => (table === "entities" ? [code] : []));
  await lockToRetire(db, { programme, codes }, transaction);
  const ends = await attempt(last);
  await applySetupEdits(db, { programme, edits: [...waiting, ...ends], told, by, now }, transaction);
}
