/** Service levels as a grid: what is promised for each pillar and importance of each application type. */
import type { DraftedGrid } from "../../configuration/grid-drafts.js";
import type { CheckedGrid, SlaGridOfProgramme } from "../../configuration/grid-versions.js";
import { definePage } from "../guard/define-page.js";
import { type ChosenProgramme, chosenProgramme, maybeText, numberOf, reasonOf, textOf } from "./chosen-programme.js";

export interface SlaGridView extends ChosenProgramme {
  readonly grid: SlaGridOfProgramme;
  /** Whether somebody else has to approve what is published. */
  readonly secondPerson: boolean;
}

export const slaGridPage = definePage({
  name: "sla-grid",
  label: { en: "Service levels", ar: "مستويات الخدمة" },
  group: "policy",
  icon: "grid",
  order: 10,
  component: "SlaGrid",
  access: "configuration.read",
  // `split`: types shown cell by cell, separated by commas.
  query: ["programme", "split", "type"],
  async read(call): Promise<SlaGridView> {
    const chosen = await chosenProgramme(call);
    const { official, query, services } = call;
    const split = query.split === undefined ? [] : query.split.split(",");
    const { programme } = chosen;
    const { settings } = (await services.setup.of(programme)).programme;
    const grid = await services.versions.grid({ actor: official.actor, programme, split });
    return { ...chosen, grid, secondPerson: settings.secondPerson === true };
  },
  acts: {
    /** A definition that is being edited: its cells, and itself with some of them changed. */
    draft: async (call): Promise<DraftedGrid> => {
      const { changes, split, definition } = call.input;
      return call.services.versions.draftGrid({
        actor: call.official.actor,
        programme: textOf(call, "programme"),
        definition,
        changes: Array.isArray(changes) ? changes : [],
        split: Array.isArray(split) ? split.map(String) : [],
      });
    },
    check: async (call): Promise<CheckedGrid> =>
      call.services.versions.checkGrid({
        actor: call.official.actor,
        programme: textOf(call, "programme"),
        basedOn: numberOf(call, "basedOn"),
        changes: call.input.changes,
      }),
    publish: async (call) =>
      call.services.versions.publishGrid({
        actor: call.official.actor,
        programme: textOf(call, "programme"),
        basedOn: numberOf(call, "basedOn"),
        changes: call.input.changes,
        reason: reasonOf(call),
        warningsReason: maybeText(call, "warningsReason"),
        now: call.now,
      }),
  },
});
