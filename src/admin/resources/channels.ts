/** Channels: the ways in which applications arrive, each with keys of its own. */
import { defineResource, modelSource } from "../guard/define-resource.js";
import { setupActs, setupColumns, setupCommon } from "./parts/setup-columns.js";

export const channels = defineResource({
  ...setupCommon,
  id: "channels",
  label: { en: "Channels", ar: "القنوات" },
  one: { en: "Channel", ar: "قناة" },
  icon: "phone",
  order: 80,
  columns: setupColumns([
    {
      name: "kind",
      label: { en: "Kind", ar: "النوع" },
      type: "choice",
      list: true,
      filter: true,
      edit: true,
      required: true,
      choices: [
        { value: "web", label: { en: "Website", ar: "موقع إلكتروني" } },
        { value: "mobile", label: { en: "Mobile application", ar: "تطبيق الهاتف" } },
        { value: "contactCentre", label: { en: "Contact centre", ar: "مركز اتصال" } },
        { value: "chatbot", label: { en: "Chatbot", ar: "روبوت محادثة" } },
        { value: "social", label: { en: "Social media", ar: "وسائل التواصل" } },
        { value: "email", label: { en: "E-mail", ar: "بريد إلكتروني" } },
        { value: "api", label: { en: "Another system", ar: "نظام آخر" } },
        { value: "import", label: { en: "Imported history", ar: "سجلات مستوردة" } },
      ],
      help: {
        en: "How people come this way. A retired channel takes nothing more, and its keys stop at once.",
        ar: "الطريقة التي يصل بها الناس. القناة الموقوفة لا تستقبل شيئًا وتتوقف مفاتيحها فورًا.",
      },
    },
  ]),
  source: modelSource("Channel"),
  ...setupActs("channels"),
});
