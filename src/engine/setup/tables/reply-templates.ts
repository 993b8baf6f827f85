/** Reply templates: what officials begin an answer or a question with, filled in by the case. */

import { templateFields, templateNames } from "../../letters/template-names.js";
import { msg } from "../../text/msg.js";
import { inLanguage, listed, perLanguage } from "../../text/text.js";
import { defineSetupTable } from "./define-setup-table.js";

const places = listed(
  Object.entries(templateNames).map(([name, { label }]) =>
    perLanguage((language) => `{{${name}}} ${inLanguage(label, language)}`),
  ),
);
const sometimes = Object.entries(templateNames).flatMap(([name, one]) => (one.sometimes ? [`{{${name}}}`] : []));

export const replyTemplates = defineSetupTable({
  table: "reply_templates",
  part: "replyTemplates",
  setup: "replyTemplates",
  many: msg("setup.replyTemplates.many"),
  one: msg("setup.replyTemplates.one"),
  icon: "reply",
  order: 114,
  nameHelp: msg("setup.replyTemplates.nameHelp"),
  columns: {
    types: {
      kind: "references",
      to: "application_types",
      max: 100,
      label: msg("setup.replyTemplates.columnsTypesLabel"),
      help: msg("setup.replyTemplates.columnsTypesHelp"),
      decides: false,
      list: true,
    },
    field: {
      kind: "choice",
      choices: templateFields,
      label: msg("setup.replyTemplates.columnsFieldLabel"),
      help: msg("setup.replyTemplates.columnsFieldHelp"),
      inWords: msg("setup.replyTemplates.columnsFieldInWords"),
      decides: false,
      list: true,
      filter: true,
      required: true,
    },
    body: {
      kind: "bilingual",
      length: "template",
      label: msg("setup.replyTemplates.columnsBodyLabel"),
      help: msg("setup.replyTemplates.columnsBodyHelp", {
        places,
        sometimes: listed(sometimes, msg("setup.replyTemplates.and")),
      }),
      decides: false,
      search: true,
      required: true,
    },
  },
  formOrder: ["field", "types", "body"],
  heldBy: [],
  facts: [],
  decides: false,
  optionalFile: true,
});
