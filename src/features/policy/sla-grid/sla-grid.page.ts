/** Service levels in the menu, and the grid of a definition that is being edited. */

import { msg } from "../../../engine/text/msg.js";
import { definePage } from "../../../platform/admin/define-page.js";
import { type ChosenProgramme, changeSetOf, chosenProgramme, textOf } from "../../setup/chosen-programme.page.js";
import type { DraftedGrid } from "./grid-drafts.js";

export const slaGridPage = definePage({
  name: "sla-grid",
  label: msg("policy-sla-grid.slaGridPage.serviceLevels"),
  group: "policy",
  icon: "grid",
  order: 10,
  leadsTo: { page: "policy", query: { kind: "rules", name: "sla" } },
  component: "SlaGrid",
  access: "configuration.read",
  // `split`: types shown cell by cell, separated by commas.
  query: ["programme", "split", "type"],
  read: (call): Promise<ChosenProgramme> => chosenProgramme(call),
  acts: {
    /** A definition that is being edited: its cells, and itself with some of them changed; `changeSet`: the one that it is written in. */
    draft: async (call): Promise<DraftedGrid> => {
      const { changes, split, definition } = call.input;
      return call.services.versions.draftGrid({
        actor: call.official.actor,
        programme: textOf(call, "programme"),
        definition,
        changes: Array.isArray(changes) ? changes : [],
        split: Array.isArray(split) ? split.map(String) : [],
        changeSet: changeSetOf(call),
      });
    },
  },
});
