/** What screens are told of a change-set. */

import { type Actor, can } from "../../../engine/access/permissions.js";
import type { WaitingDraft } from "../../../engine/measures/home-view.js";
import { type DraftAct, draftActs, draftRefusal } from "../../../engine/setup/policy-draft.js";
import type { ComingRow } from "../../../engine/setup/sets-of-forms.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { pageAddress } from "../../setup/office-addresses.js";
import type { ConfigurationKind } from "../../setup/tables/create-models.js";
import type { Finding } from "../publication/impact-input.js";
import type { CaseLeft, StoredCaseMove } from "./case-move-store.js";
import type { ChangeEdit } from "./change-edit.js";
import type { ChangeSetHead } from "./change-set-store.js";
import type { EditInWords } from "./edit-words.js";

export interface ListedChangeSet extends ChangeSetHead {
  /** Whether whoever asks is one of its authors. */
  readonly mine: boolean;
  /** The second person, where one was needed; of what is published alone. */
  readonly approvedBy: string | null;
}

export interface ListedEdit extends EditInWords {
  readonly table: string;
  readonly code: string;
  readonly act: ChangeEdit["act"];
  readonly edit: ChangeEdit;
  /** Codes under which the set had the row before. */
  readonly formerly: readonly string[];
  /** The form of the row, in which the edit is opened again; null: it has no form of its own. */
  readonly form: string | null;
}

export interface OpenChangeSet extends ListedChangeSet {
  readonly listed: readonly ListedEdit[];
  readonly drafts: readonly {
    readonly id: number;
    readonly revision: number;
    readonly kind: ConfigurationKind;
    readonly name: string;
    readonly title: Bilingual;
    readonly link: string;
    /** What it changes, one line each. */
    readonly changes: readonly Bilingual[];
  }[];
  /** Empty for a set that is closed. */
  readonly findings: readonly Finding[];
  /** Runs that move cases, once it is published. */
  readonly moves: readonly {
    readonly id: string;
    readonly words: Bilingual;
    readonly state: StoredCaseMove["state"];
    readonly total: number;
    readonly moved: number;
    readonly failure: Bilingual | null;
    /** Cases that could not be moved and are still there; a confidential one is not named. */
    readonly left: readonly { readonly reference: string; readonly reason: Bilingual }[];
  }[];
  readonly acts: readonly DraftAct[];
  readonly whyNotPublish: Bilingual | null;
  readonly secondPerson: boolean;
}

export const authorsOf = ({ authors }: Pick<ChangeSetHead, "authors">): number[] => authors.map(({ id }) => id);

export const listedChangeSet = (head: ChangeSetHead, actor: Actor): ListedChangeSet => ({
  ...head,
  mine: actor.kind === "user" && authorsOf(head).includes(actor.userId),
  approvedBy:
    head.state === "published" && head.closedBy !== null && !authorsOf(head).includes(head.closedBy.id)
      ? head.closedBy.name
      : null,
});

export const comingRows = ({ id, title }: ChangeSetHead, edits: readonly ChangeEdit[]): ComingRow[] =>
  edits.flatMap((edit) => {
    if (edit.act !== "create" || edit.table === "seats") return [];
    const { table, code, values } = edit;
    const [en, ar] = [values.nameEn, values.nameAr].map((name) => String(name ?? code));
    return [{ changeSet: { id, title }, table, code, name: { en: en ?? code, ar: ar ?? code } }];
  });

const changeSetAddress = ({ programme, id }: { programme: string; id: number }): string =>
  pageAddress("change-set", { programme, id: String(id) });

export function waitingChangeSet(head: ChangeSetHead, actor: Actor): WaitingDraft {
  const { title, submittedBy, savedBy, submittedAt, savedAt, reason } = head;
  return {
    title: { en: title, ar: title },
    link: changeSetAddress(head),
    submittedBy: submittedBy?.name ?? savedBy,
    submittedAt: (submittedAt ?? savedAt).toISOString(),
    reason: reason ?? "",
    mine: listedChangeSet(head, actor).mine,
  };
}

/** What whoever asks may do with it now. */
export function actsOf(
  head: ChangeSetHead,
  actor: Actor,
  setup: Setup,
): { acts: readonly DraftAct[]; whyNotPublish: Bilingual | null } {
  const { programme } = head;
  if (actor.kind !== "user" || !can(actor, "configuration.publish", { programme }))
    return { acts: [], whyNotPublish: null };
  const asked = { userId: actor.userId, secondPerson: setup.programme.settings.secondPerson === true };
  const facts = { state: head.state, authors: authorsOf(head) };
  const refusal = (act: DraftAct) => draftRefusal(act, facts, asked)?.reason ?? null;
  return { acts: draftActs.filter((act) => refusal(act) === null), whyNotPublish: refusal("publish") };
}

export function moveView(
  move: StoredCaseMove,
  setup: Setup,
  left: readonly CaseLeft[],
): OpenChangeSet["moves"][number] {
  const name = (code: string) => setup.entities.get(code)?.name ?? { en: code, ar: code };
  const [from, to] = [name(move.entity), name(move.to ?? "")];
  return {
    id: move.id,
    words: msg("policy-change-sets.changeSetViews.casesOfTo", { from, to }),
    state: move.state,
    total: move.total,
    moved: move.moved,
    failure: move.failure,
    left: left.filter(({ run }) => run === move.id).map(({ reference, reason }) => ({ reference, reason })),
  };
}
