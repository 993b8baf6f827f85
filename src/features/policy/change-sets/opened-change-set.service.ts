/** A change-set as it is looked at: what it holds in words, what it would do, what may be done with it. */

import type { Actor } from "../../../engine/access/permissions.js";
import type { Difference } from "../../../engine/differences/difference.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { listed, semicolon } from "../../../engine/text/text.js";
import type { Database } from "../../../platform/db/query.js";
import { editAddress, newRecordAddress, pageAddress } from "../../setup/office-addresses.js";
import { recordIdOf } from "../../setup/tables/setup-queries.js";
import { definitionBefore, describedDifferences, relatedDefinitions } from "../check-definition.js";
import { listedDraft } from "../drafts/draft-views.js";
import type { StoredPolicyDraft } from "../drafts/policy-draft-store.js";
import { editOf, readChangeSet } from "../publication/read-set.js";
import { validateChangeSet } from "../publication/validate-change-set.js";
import { caseMovesOf, casesLeftOfSet } from "./case-move-store.js";
import type { ChangeEdit } from "./change-edit.js";
import type { ChangeSetHead } from "./change-set-store.js";
import { actsOf, type ListedEdit, listedChangeSet, moveView, type OpenChangeSet } from "./change-set-views.js";
import { editInWords } from "./edit-words.js";
import { setupWithAdded, withNewFields } from "./setup-with-change-set.js";

/** Cases that could not be moved, named. */
const maxLeft = 100;

type ListedPolicy = OpenChangeSet["drafts"][number];

const came: Readonly<Record<Difference["kind"], Bilingual>> = {
  added: msg("policy-change-sets.openedChangeSetService.cameAdded"),
  removed: msg("policy-change-sets.openedChangeSetService.cameRemoved"),
  changed: { en: "", ar: "" },
};

/** “New: rule X: Holds when …; Answer: …”, “Rule X: was …, now …”. */
function inOneLine({ kind, what, details }: Difference): Bilingual {
  const more = details.length === 0 ? [] : [": ", listed(details, semicolon)];
  return listed([came[kind], what, ...more], "");
}

async function listedPolicy(
  db: Database,
  draft: StoredPolicyDraft,
  a: { actor: Actor; setup: Setup; named: Setup; closed: boolean },
) {
  const { id, revision, kind, name, programme, definition } = draft;
  const beside = a.closed ? await definitionBefore(db, draft) : await relatedDefinitions(db, a.setup, draft);
  const changes = (beside && describedDifferences(kind, beside, definition, a.named)) ?? [];
  const link = pageAddress("policy", { programme, kind, name });
  const { title } = listedDraft(draft, a.actor);
  return { id, revision, kind, name, title, link, changes: changes.map(inOneLine) };
}

async function formOf(db: Database, { id, programme }: ChangeSetHead, edit: ChangeEdit): Promise<string | null> {
  const { act, table, code } = edit;
  if (table === "seats") return null;
  const resource = table.replaceAll("_", "-");
  const query = { programme, changeSet: String(id) };
  if (act === "create") return newRecordAddress(resource, { ...query, row: code });
  if (act !== "update") return null;
  const record = table === "programmes" ? code : await recordIdOf(db, { programme, table, code });
  return record === null ? null : editAddress(resource, String(record), query);
}

export async function openedChangeSet(
  db: Database,
  head: ChangeSetHead,
  { actor, setup, now }: { actor: Actor; setup: Setup; now: Date },
): Promise<OpenChangeSet> {
  const { id, state } = head;
  const closed = state === "published" || state === "discarded";
  const held = await readChangeSet(db, id);
  const named = closed ? setup : setupWithAdded(setup, held.edits);
  const listed: ListedEdit[] = [];
  for (const one of held.stored) {
    const edit = editOf(one);
    const words = (one.words as ReturnType<typeof editInWords> | null) ?? editInWords(edit, named, now);
    const form = closed ? null : await formOf(db, head, edit);
    const { of: table, code, formerly = [] } = one;
    listed.push({ ...words, table, code, formerly, act: edit.act, edit, form });
  }
  const moves = state === "published" ? await caseMovesOf(db, id) : [];
  const left = moves.some((move) => move.state === "failed") ? await casesLeftOfSet(db, id, maxLeft) : [];
  const drafts: ListedPolicy[] = [];
  const told = { actor, setup, named: closed ? setup : withNewFields(named, held.edits), closed };
  for (const draft of held.drafts) drafts.push(await listedPolicy(db, draft, told));
  return {
    ...listedChangeSet(head, actor),
    listed,
    drafts,
    findings: closed ? [] : (await validateChangeSet(db, setup, held, now)).findings,
    moves: moves.map((move) => moveView(move, setup, left)),
    ...actsOf(head, actor, setup),
    secondPerson: setup.programme.settings.secondPerson === true,
  };
}
