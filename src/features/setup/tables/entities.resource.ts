/** Entities: the institutions that answer, one above the other up to the Prime Ministry. */

import { entityKindCodes, entityKinds } from "../../../engine/setup/entity-kinds.js";
import { choicesOf, joiningStates } from "../../../engine/setup/set-up-choices.js";
import { defineResource } from "../../../platform/admin/define-resource.js";
import { modelSource } from "./model-source.js";
import { setupActs, setupColumns, setupCommon } from "./setup-columns.js";

export const entities = defineResource({
  ...setupCommon,
  id: "entities",
  label: { en: "Entities", ar: "الجهات" },
  one: { en: "Entity", ar: "جهة" },
  icon: "building",
  order: 20,
  columns: setupColumns([
    {
      name: "sector",
      label: { en: "Sector", ar: "القطاع" },
      type: "reference",
      reference: "sectors",
      list: true,
      filter: true,
      sort: true,
      edit: true,
      required: true,
      help: {
        en: "Applications that name only this sector may be routed here.",
        ar: "قد تُوجَّه إليها الطلبات التي تذكر هذا القطاع وحده.",
      },
    },
    {
      name: "parent",
      label: { en: "Stands under", ar: "تتبع" },
      type: "reference",
      reference: "entities",
      list: true,
      filter: true,
      edit: true,
      help: {
        en: "The entity above it. Delays are raised along this line, so it decides who hears of them. Only the root has none.",
        ar: "الجهة التي تعلوها. تُصعَّد حالات التأخير عبر هذا التسلسل، فهو يحدد من يُبلَّغ بها. الجهة العليا وحدها بلا جهة فوقها.",
      },
    },
    {
      name: "kind",
      label: { en: "Kind", ar: "النوع" },
      type: "choice",
      filter: true,
      edit: true,
      required: true,
      choices: entityKindCodes.map((value) => ({ value, label: entityKinds[value] })),
      help: { en: "For people to read. It decides nothing.", ar: "للقارئ فقط، ولا يقرر شيئًا." },
    },
    {
      name: "joining",
      label: { en: "State of joining", ar: "حالة الانضمام" },
      type: "choice",
      list: true,
      filter: true,
      edit: true,
      required: true,
      choices: choicesOf(joiningStates),
      help: {
        en: "Only a live entity receives cases; those for others wait in the sector's triage queue.",
        ar: "لا تستقبل المعاملات إلا الجهة المنضمة؛ وما يخص غيرها ينتظر في قائمة فرز القطاع.",
      },
    },
    {
      name: "validFrom",
      label: { en: "Exists from", ar: "قائمة من" },
      type: "date",
      edit: true,
      help: {
        en: "The first day on which it receives cases.",
        ar: "أول يوم تستقبل فيه المعاملات.",
      },
    },
    {
      name: "validTo",
      label: { en: "Exists until", ar: "قائمة حتى" },
      type: "date",
      edit: true,
      help: {
        en: "The first day on which it no longer does: after a merger, for instance. Empty while it exists.",
        ar: "أول يوم لا تستقبل فيه المعاملات، بعد دمجها مثلًا. يبقى فارغًا ما دامت قائمة.",
      },
    },
    {
      name: "email",
      label: { en: "E-mail", ar: "البريد الإلكتروني" },
      type: "text",
      edit: true,
      ltr: true,
      help: { en: "The entity's own address, for people to look up.", ar: "عنوان الجهة نفسها للرجوع إليه." },
    },
    { name: "phone", label: { en: "Telephone", ar: "الهاتف" }, type: "text", edit: true, ltr: true },
    {
      name: "level",
      label: { en: "Distance from the root", ar: "البعد عن الجهة العليا" },
      type: "number",
      sort: true,
    },
  ]),
  source: modelSource("entities"),
  ...setupActs("entities"),
});
