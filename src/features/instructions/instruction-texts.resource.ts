/** The words of instructions, as rows of the set-up: written, edited while they are drafts, withdrawn. Read on the page of the register. */

import { defineResource } from "../../platform/admin/define-resource.js";
import { modelSource } from "../setup/tables/model-source.js";
import { setupActs, setupColumns, setupCommon } from "../setup/tables/setup-columns.js";

export const instructionTexts = defineResource({
  ...setupCommon,
  id: "instruction-texts",
  label: { en: "Texts of instructions", ar: "نصوص التعليمات" },
  one: { en: "Instruction", ar: "تعليمات" },
  icon: "document",
  order: 115,
  // One finds them on the page of the register.
  hidden: true,
  columns: setupColumns(
    [
      {
        name: "number",
        label: { en: "Number", ar: "الرقم" },
        type: "text",
        list: true,
        search: true,
        sort: true,
        edit: true,
        required: true,
        help: { en: "As it stands on the paper: 5/2026.", ar: "كما ورد على الورق: 5/2026." },
      },
      {
        name: "issuedOn",
        label: { en: "Date of the paper", ar: "تاريخ الصدور" },
        type: "date",
        list: true,
        sort: true,
        edit: true,
        required: true,
      },
      {
        name: "inForceFrom",
        label: { en: "In force from", ar: "نافذة من" },
        type: "date",
        list: true,
        edit: true,
        required: true,
      },
      {
        name: "text",
        label: { en: "Text", ar: "النص" },
        type: "bilingual",
        long: true,
        search: true,
        edit: true,
        required: true,
        help: {
          en: "What entities have to do. Once it is issued it never changes: a correction is a new instruction that replaces it.",
          ar: "ما على الجهات القيام به. لا يتغير بعد إصداره: التصحيح تعليمات جديدة تحل محله.",
        },
      },
      {
        name: "toAll",
        label: { en: "To all entities", ar: "إلى كل الجهات" },
        type: "boolean",
        list: true,
        edit: true,
        help: {
          en: "Entities that join later are addressed too. Otherwise choose below.",
          ar: "تشمل الجهات التي تنضم لاحقًا. وإلا فاختر أدناه.",
        },
      },
      {
        name: "toSectors",
        label: { en: "To the entities of these sectors", ar: "إلى جهات هذه القطاعات" },
        type: "words",
        reference: "sectors",
        edit: true,
      },
      {
        name: "toSubtrees",
        label: { en: "To these entities and all below them", ar: "إلى هذه الجهات وكل ما يتبعها" },
        type: "words",
        reference: "entities",
        edit: true,
      },
      {
        name: "toEntities",
        label: { en: "To these entities alone", ar: "إلى هذه الجهات وحدها" },
        type: "words",
        reference: "entities",
        edit: true,
      },
      {
        name: "replaces",
        label: { en: "Replaces", ar: "تحل محل" },
        type: "reference",
        reference: "instruction-texts",
        edit: true,
        help: {
          en: "The issued instruction in whose place this one comes. It holds until this one is issued.",
          ar: "التعليمات الصادرة التي تحل هذه محلها. تبقى سارية حتى تصدر هذه.",
        },
      },
      { name: "issuedAt", label: { en: "Issued here", ar: "صدرت هنا" }, type: "moment", list: true },
    ],
    {
      name: { en: "What it is about, in a line.", ar: "موضوعها في سطر واحد." },
      code: {
        en: "Rules cite it by this. Latin letters, digits, - and _. It can never be changed.",
        ar: "تشير إليها القواعد بهذا الرمز. أحرف لاتينية وأرقام و- و_. لا يمكن تغييره أبدًا.",
      },
    },
  ),
  source: modelSource("instructions"),
  components: { show: "InstructionRecord" },
  ...setupActs("instructions"),
});
