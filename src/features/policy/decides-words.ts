/** From when on what is published decides, and what of before stays: said where somebody publishes or approves it. */

import type { Bilingual } from "../../engine/text/text.js";
import type { ConfigurationKind } from "../setup/tables/define-configuration-version.js";

const nextApplication: Bilingual = {
  en: "It decides the very next application. What was decided before stays.",
  ar: "يسري على الطلب التالي مباشرة، ويبقى ما تقرر سابقًا كما هو.",
};

const ofKinds: Readonly<Record<ConfigurationKind, Bilingual>> = {
  rules: nextApplication,
  workflow: {
    en: "The very next application follows it. Cases that are open keep their version until they are moved.",
    ar: "يسير عليه الطلب التالي مباشرة، وتبقى المعاملات المفتوحة على نسختها إلى أن تُنقل.",
  },
  calendar: {
    en: "Deadlines of the very next application are counted by it. Those that run stay until they are re-timed.",
    ar: "تُحسب به مواعيد الطلب التالي مباشرة، وتبقى المواعيد الجارية كما هي إلى أن يُعاد احتسابها.",
  },
  message: {
    en: "The very next letter of this kind is written by it. Letters that were written before stay as they are.",
    ar: "تُكتب بها الرسالة التالية من هذا النوع مباشرة، وتبقى الرسائل المكتوبة سابقًا كما هي.",
  },
  digest: {
    en: "The next digest is written by it. Those that were written before stay as they are.",
    ar: "يُكتب به الموجز التالي، وتبقى الموجزات المكتوبة سابقًا كما هي.",
  },
};

const newWorkflow: Bilingual = {
  en: "Application types can choose it as soon as it is published. Until one does, nothing runs by it.",
  ar: "يمكن لأنواع الطلبات اختياره فور نشره، ولا يُعمل به قبل ذلك.",
};

/** @param isNew it has no version in force yet; of letters and rules the shipped text is replaced then */
export const decidesWords = (kind: ConfigurationKind, isNew: boolean): Bilingual =>
  isNew && kind === "workflow" ? newWorkflow : ofKinds[kind];
