/** Entities: the institutions that answer, one above the other up to the Prime Ministry. */

import { entityKinds } from "../entity-kinds.js";
import { joiningStates } from "../set-up-choices.js";
import { defineSetupTable } from "./define-setup-table.js";

export const entities = defineSetupTable({
  table: "entities",
  part: "entities",
  setup: "entities",
  many: { en: "Entities", ar: "الجهات" },
  one: { en: "Entity", ar: "جهة" },
  icon: "building",
  order: 20,
  columns: {
    kind: {
      kind: "choice",
      choices: entityKinds,
      label: { en: "Kind", ar: "النوع" },
      help: { en: "For people to read. It decides nothing.", ar: "للقارئ فقط، ولا يقرر شيئًا." },
      decides: false,
      filter: true,
      required: true,
    },
    sector: {
      kind: "reference",
      to: "sectors",
      label: { en: "Sector", ar: "القطاع" },
      help: {
        en: "Applications that name only this sector may be routed here.",
        ar: "قد تُوجَّه إليها الطلبات التي تذكر هذا القطاع وحده.",
      },
      decides: true,
      list: true,
      filter: true,
      sort: true,
      required: true,
    },
    parent: {
      kind: "reference",
      to: "entities",
      nullable: true,
      saidInFiles: true,
      label: { en: "Stands under", ar: "تتبع" },
      help: {
        en: "The entity above it. Delays are raised along this line, so it decides who hears of them. Only the root has none.",
        ar: "الجهة التي تعلوها. تُصعَّد حالات التأخير عبر هذا التسلسل، فهو يحدد من يُبلَّغ بها. الجهة العليا وحدها بلا جهة فوقها.",
      },
      decides: true,
      moves: true,
      list: true,
      filter: true,
    },
    /** Distance from the root: 0 is the Prime Ministry. It follows from the entity above. */
    level: {
      kind: "integer",
      min: 0,
      max: 100,
      label: { en: "Distance from the root", ar: "البعد عن الجهة العليا" },
      inWords: { en: "level", ar: "المستوى" },
      decides: false,
      edit: "never",
      sort: true,
    },
    validFrom: {
      kind: "date",
      fallback: "2000-01-01",
      label: { en: "Exists from", ar: "قائمة من" },
      help: { en: "The first day on which it receives cases.", ar: "أول يوم تستقبل فيه المعاملات." },
      decides: true,
    },
    validTo: {
      kind: "date",
      nullable: true,
      label: { en: "Exists until", ar: "قائمة حتى" },
      help: {
        en: "The first day on which it no longer does: after a merger, for instance. Empty while it exists.",
        ar: "أول يوم لا تستقبل فيه المعاملات، بعد دمجها مثلًا. يبقى فارغًا ما دامت قائمة.",
      },
      decides: true,
    },
    joining: {
      kind: "choice",
      choices: joiningStates,
      fallback: "live",
      label: { en: "State of joining", ar: "حالة الانضمام" },
      help: {
        en: "Only a live entity receives cases; those for others wait in the sector's triage queue.",
        ar: "لا تستقبل المعاملات إلا الجهة المنضمة؛ وما يخص غيرها ينتظر في قائمة فرز القطاع.",
      },
      decides: true,
      list: true,
      filter: true,
      required: true,
    },
    email: {
      kind: "email",
      nullable: true,
      label: { en: "E-mail", ar: "البريد الإلكتروني" },
      help: { en: "The entity's own address, for people to look up.", ar: "عنوان الجهة نفسها للرجوع إليه." },
      decides: false,
      ltr: true,
    },
    phone: {
      kind: "text",
      nullable: true,
      label: { en: "Telephone", ar: "الهاتف" },
      decides: false,
      ltr: true,
    },
  },
  formOrder: ["sector", "parent", "kind", "joining", "validFrom", "validTo", "email", "phone", "level"],
  heldBy: ["seats.entity", "applications.entity", "cases.entity"],
  facts: ["entity", "serviceEntity"],
  outcome: { key: "to", prefix: "entity:" },
});
