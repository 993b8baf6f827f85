/** Change-sets: those that are open, one of them with what it holds and what it would do, and what was published with one. */

import { can, caseReach } from "../../../engine/access/permissions.js";
import { placeOfRole, roleCodes, roleNames } from "../../../engine/access/roles.js";
import { policyVocabulary } from "../../../engine/explain/policy-vocabulary.js";
import { isRecord } from "../../../engine/is-record.js";
import type { ComingRow, SetsOfForms } from "../../../engine/setup/sets-of-forms.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import { definePage } from "../../../platform/admin/define-page.js";
import { type ChosenProgramme, chosenProgramme, numberOf, textOf } from "../../setup/chosen-programme.page.js";
import { gathered, spread } from "../../setup/tables/programme-ladder.js";
import { draftActs, stepOf } from "../drafts/draft-acts.page.js";
import { dayOf } from "../replay/policy-trial.page.js";
import type { ListedChangeSet, OpenChangeSet } from "./change-set-views.js";

export interface ChangeSetView extends ChosenProgramme, SetsOfForms {
  readonly open: readonly ListedChangeSet[];
  readonly published: readonly ListedChangeSet[];
  /** Rows that open ones add: forms offer them where something of the same set may name them. */
  readonly coming: readonly ComingRow[];
  /** The one that was asked for. */
  readonly opened: OpenChangeSet | null;
  readonly mayWrite: boolean;
  /** Whether who asks may read the cases that a set is tested on. */
  readonly mayReplay: boolean;
  /** Roles of seats, with what a seat of each belongs to. */
  readonly roles: typeof roles;
}

const roles = roleCodes.map((value) => ({ value, label: roleNames[value], place: placeOfRole[value] }));

const none = (): Problem => new Problem("not-found", msg("policy-change-sets.changeSetPage.changeSetNotFound"));

/** The form of a programme has a field a step of its ladder: they are one column of the set-up. */
function editSent(edit: unknown): unknown {
  if (!isRecord(edit) || edit.table !== "programmes" || edit.act !== "update") return edit;
  const { values, before } = edit;
  return isRecord(values) && isRecord(before)
    ? { ...edit, values: gathered(values, before), before: gathered(before) }
    : edit;
}

/** And back, for the form that opens it again. */
function asForms(opened: OpenChangeSet): OpenChangeSet {
  const listed = opened.listed.map((one) => {
    const { edit } = one;
    if (edit.table !== "programmes" || edit.act !== "update" || edit.values.ladder === undefined) return one;
    return { ...one, edit: { ...edit, values: spread(edit.values), before: spread(edit.before) } };
  });
  return { ...opened, listed };
}

export const changeSetPage = definePage({
  name: "change-set",
  label: msg("policy-change-sets.changeSetPage.changeSets"),
  group: "policy",
  icon: "layers",
  order: 22,
  component: "ChangeSet",
  access: "configuration.read",
  query: ["programme", "id", "from", "to", "run"],
  async read(call): Promise<ChangeSetView> {
    const chosen = await chosenProgramme(call);
    const { actor } = call.official;
    const { changeSets } = call.services;
    const { programme } = chosen;
    const id = call.query.id;
    const opened = id === undefined ? null : await changeSets.read({ actor, id: Number(id), now: call.now });
    if (opened !== null && opened.programme !== programme) throw none();
    const mayWrite = can(actor, "configuration.publish", { programme });
    const mayReplay = caseReach(actor).all.includes(programme);
    const coming = await changeSets.coming({ actor, programme });
    if (opened !== null)
      return { ...chosen, open: [], published: [], coming, opened: asForms(opened), mayWrite, mayReplay, roles };
    const [open, published] = await Promise.all([
      changeSets.list({ actor }),
      changeSets.published({ actor, programme }),
    ]);
    return {
      ...chosen,
      open: open.filter((set) => set.programme === programme),
      published,
      coming,
      opened,
      mayWrite,
      mayReplay,
      roles,
    };
  },
  acts: {
    begin: async (call) =>
      call.services.changeSets.begin({
        actor: call.official.actor,
        programme: textOf(call, "programme"),
        title: textOf(call, "title"),
        ...(call.input.edit !== undefined && { edit: editSent(call.input.edit) }),
        now: call.now,
      }),
    rename: async (call) => call.services.changeSets.rename({ ...stepOf(call), title: textOf(call, "title") }),
    put: async (call) =>
      call.services.changeSets.put({
        actor: call.official.actor,
        id: numberOf(call, "id"),
        edit: editSent(call.input.edit),
        ...(call.input.seen !== undefined && { seen: editSent(call.input.seen) }),
        now: call.now,
      }),
    takeOut: async (call) =>
      call.services.changeSets.takeOut({
        actor: call.official.actor,
        id: numberOf(call, "id"),
        table: textOf(call, "table"),
        code: textOf(call, "code"),
        now: call.now,
      }),
    /** `{ programme, id, run }`: replays of all that it holds, newest first, with the words of what they found. */
    replays: async (call) => {
      const { run } = call.input;
      const asked = {
        actor: call.official.actor,
        programme: textOf(call, "programme"),
        changeSet: numberOf(call, "id"),
      };
      const named = typeof run === "string" && run !== "" ? run : null;
      const { wouldBe, ...found } = await call.services.work.replays.ofSet({ ...asked, run: named });
      return { ...found, vocabulary: policyVocabulary(wouldBe) };
    },
    /** `{ programme, id, from, to }`: days of the programme, both inclusive. */
    "replay-start": async (call) => {
      const [from, to] = [await dayOf(call, "from"), await dayOf(call, "to")];
      const asked = {
        actor: call.official.actor,
        programme: textOf(call, "programme"),
        changeSet: numberOf(call, "id"),
      };
      return call.services.work.replays.startSet({ ...asked, from, to, now: call.now });
    },
    moveAgain: async (call) => {
      const a = { actor: call.official.actor, id: numberOf(call, "id"), move: textOf(call, "move") };
      await call.services.changeSets.moveAgain(a);
      return {};
    },
    ...draftActs(({ changeSets }) => changeSets),
  },
});
