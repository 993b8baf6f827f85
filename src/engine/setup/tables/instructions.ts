/** Instructions: what the government asks of its entities. They are written as drafts and issued once, by an act of its own. */

import { msg } from "../../text/msg.js";
import { defineSetupTable } from "./define-setup-table.js";

export const instructions = defineSetupTable({
  table: "instructions",
  part: "instructions",
  setup: "instructions",
  many: msg("setup.instructions.many"),
  one: msg("setup.instructions.one"),
  icon: "document",
  order: 115,
  list: "instruction-texts",
  nameHelp: msg("setup.instructions.nameHelp"),
  codeHelp: msg("setup.instructions.codeHelp"),
  // They are issued once and for good.
  inChangeSets: false,
  columns: {
    /** As it stands on the paper: “5/2026”. */
    number: {
      kind: "text",
      label: msg("setup.instructions.columnsNumberLabel"),
      help: msg("setup.instructions.columnsNumberHelp"),
      decides: false,
      list: true,
      search: true,
      sort: true,
      required: true,
    },
    issuedOn: {
      kind: "date",
      label: msg("setup.instructions.columnsIssuedOnLabel"),
      decides: false,
      list: true,
      sort: true,
      required: true,
    },
    inForceFrom: {
      kind: "date",
      label: msg("setup.instructions.columnsInForceFromLabel"),
      decides: false,
      list: true,
      required: true,
    },
    text: {
      kind: "bilingual",
      length: "pages",
      label: msg("setup.instructions.columnsTextLabel"),
      help: msg("setup.instructions.columnsTextHelp"),
      decides: false,
      search: true,
      required: true,
    },
    /** To every entity, those to come too. Otherwise to those of the sectors, to those at or below the subtrees, to the entities. */
    toAll: {
      kind: "flag",
      label: msg("setup.instructions.columnsToAllLabel"),
      help: msg("setup.instructions.columnsToAllHelp"),
      decides: false,
      list: true,
    },
    toSectors: {
      kind: "references",
      to: "sectors",
      max: 500,
      label: msg("setup.instructions.columnsToSectorsLabel"),
      inWords: msg("setup.instructions.columnsToSectorsInWords"),
      decides: false,
    },
    toSubtrees: {
      kind: "references",
      to: "entities",
      max: 500,
      label: msg("setup.instructions.columnsToSubtreesLabel"),
      inWords: msg("setup.instructions.columnsToSubtreesInWords"),
      decides: false,
    },
    toEntities: {
      kind: "references",
      to: "entities",
      max: 1000,
      label: msg("setup.instructions.columnsToEntitiesLabel"),
      inWords: msg("setup.instructions.columnsToEntitiesInWords"),
      decides: false,
    },
    /** Code of the instruction in whose place it comes. */
    replaces: {
      kind: "reference",
      to: "instructions",
      nullable: true,
      label: msg("setup.instructions.columnsReplacesLabel"),
      help: msg("setup.instructions.columnsReplacesHelp"),
      decides: false,
    },
    /** When it was issued here, ISO in UTC; null while it is a draft. From then on its words stay. */
    issuedAt: {
      kind: "moment",
      nullable: true,
      label: msg("setup.instructions.columnsIssuedAtLabel"),
      decides: false,
      list: true,
      edit: "never",
    },
    /** The paper itself; the bytes are found by the hash, if they are here. */
    file: {
      kind: "file",
      nullable: true,
      label: msg("setup.instructions.columnsFileLabel"),
      decides: false,
      hidden: true,
    },
  },
  heldBy: [],
  facts: [],
  decides: false,
  optionalFile: true,
});
