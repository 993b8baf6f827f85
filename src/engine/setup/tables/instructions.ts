/** Instructions: what the government asks of its entities. They are written as drafts and issued once, by an act of its own. */

import { defineSetupTable } from "./define-setup-table.js";

export const instructions = defineSetupTable({
  table: "instructions",
  part: "instructions",
  setup: "instructions",
  many: { en: "Instructions", ar: "التعليمات" },
  one: { en: "Instruction", ar: "تعليمات" },
  icon: "document",
  order: 115,
  list: "instruction-texts",
  nameHelp: { en: "What it is about, in a line.", ar: "موضوعها في سطر واحد." },
  codeHelp: {
    en: "Rules cite it by this. Latin letters, digits, - and _. It can never be changed.",
    ar: "تشير إليها القواعد بهذا الرمز. أحرف لاتينية وأرقام و- و_. لا يمكن تغييره أبدًا.",
  },
  // They are issued once and for good.
  inChangeSets: false,
  columns: {
    /** As it stands on the paper: “5/2026”. */
    number: {
      kind: "text",
      label: { en: "Number", ar: "الرقم" },
      help: { en: "As it stands on the paper: 5/2026.", ar: "كما ورد على الورق: 5/2026." },
      decides: false,
      list: true,
      search: true,
      sort: true,
      required: true,
    },
    issuedOn: {
      kind: "date",
      label: { en: "Date of the paper", ar: "تاريخ الصدور" },
      decides: false,
      list: true,
      sort: true,
      required: true,
    },
    inForceFrom: {
      kind: "date",
      label: { en: "In force from", ar: "نافذة من" },
      decides: false,
      list: true,
      required: true,
    },
    text: {
      kind: "bilingual",
      length: "pages",
      label: { en: "Text", ar: "النص" },
      help: {
        en: "What entities have to do. Once it is issued it never changes: a correction is a new instruction that replaces it.",
        ar: "ما على الجهات القيام به. لا يتغير بعد إصداره: التصحيح تعليمات جديدة تحل محله.",
      },
      decides: false,
      search: true,
      required: true,
    },
    /** To every entity, those to come too. Otherwise to those of the sectors, to those at or below the subtrees, to the entities. */
    toAll: {
      kind: "flag",
      label: { en: "To all entities", ar: "إلى كل الجهات" },
      help: {
        en: "Entities that join later are addressed too. Otherwise choose below.",
        ar: "تشمل الجهات التي تنضم لاحقًا. وإلا فاختر أدناه.",
      },
      decides: false,
      list: true,
    },
    toSectors: {
      kind: "references",
      to: "sectors",
      max: 500,
      label: { en: "To the entities of these sectors", ar: "إلى جهات هذه القطاعات" },
      inWords: { en: "to the entities of sectors", ar: "إلى جهات القطاعات" },
      decides: false,
    },
    toSubtrees: {
      kind: "references",
      to: "entities",
      max: 500,
      label: { en: "To these entities and all below them", ar: "إلى هذه الجهات وكل ما يتبعها" },
      inWords: { en: "to entities and all below them", ar: "إلى جهات وكل ما يتبعها" },
      decides: false,
    },
    toEntities: {
      kind: "references",
      to: "entities",
      max: 1000,
      label: { en: "To these entities alone", ar: "إلى هذه الجهات وحدها" },
      inWords: { en: "to entities", ar: "إلى جهات" },
      decides: false,
    },
    /** Code of the instruction in whose place it comes. */
    replaces: {
      kind: "reference",
      to: "instructions",
      nullable: true,
      label: { en: "Replaces", ar: "تحل محل" },
      help: {
        en: "The issued instruction in whose place this one comes. It holds until this one is issued.",
        ar: "التعليمات الصادرة التي تحل هذه محلها. تبقى سارية حتى تصدر هذه.",
      },
      decides: false,
    },
    /** When it was issued here, ISO in UTC; null while it is a draft. From then on its words stay. */
    issuedAt: {
      kind: "moment",
      nullable: true,
      label: { en: "Issued here", ar: "صدرت هنا" },
      decides: false,
      list: true,
      edit: "never",
    },
    /** The paper itself; the bytes are found by the hash, if they are here. */
    file: { kind: "file", nullable: true, label: { en: "File", ar: "الملف" }, decides: false, hidden: true },
  },
  heldBy: [],
  facts: [],
  decides: false,
  optionalFile: true,
});
