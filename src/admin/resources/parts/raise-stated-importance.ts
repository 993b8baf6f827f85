/** Whether rules may raise an importance that came with an application: a column of the programme's form. */
import type { Column } from "../../guard/define-resource.js";

export const raiseStatedImportance: Column = {
  name: "raiseStatedImportance",
  label: { en: "Rules may raise the stated importance", ar: "للقواعد رفع مستوى الأهمية الوارد" },
  type: "boolean",
  edit: true,
  help: {
    en: "Some channels send an importance with the application. Yes: a classification rule that says a higher level wins. No: what was sent holds. Rules never lower it, and the default of the rule set never changes it. “Why?” and Try a case name the rule that was overruled.",
    ar: "ترسل بعض القنوات مستوى أهمية مع الطلب. نعم: تُعتمد قاعدة التصنيف إذا حدّدت مستوى أعلى. لا: يُعتمد ما ورد. لا تخفّضه القواعد أبدًا، ولا تغيّره القيمة الافتراضية للمجموعة. وتُذكر القاعدة التي لم يُعمل بها في «لماذا؟» وفي تجربة معاملة.",
  },
};
