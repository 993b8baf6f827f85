/** How an act on the register of instructions is refused, in words. */
import { Problem } from "../../engine/text/problems.js";

function atFile(en: string, ar: string): Problem {
  const reason = { en, ar };
  return new Problem("invalid-input", reason, [{ field: "/file", reason }]);
}

export const instructionRefusals = {
  /** Unknown, a draft, addressed to others: the same words. */
  noInstruction: (): Problem =>
    new Problem("not-found", {
      en: "There is no such instruction among those that you may read.",
      ar: "لا توجد تعليمات كهذه ضمن ما يمكنك الاطلاع عليه.",
    }),
  mayNotEdit: (): Problem =>
    new Problem("forbidden", {
      en: "Only the operation room keeps the register of instructions.",
      ar: "سجل التعليمات من صلاحية غرفة العمليات فقط.",
    }),
  notTheirs: (): Problem =>
    new Problem("forbidden", {
      en: "An instruction is acknowledged by the focal points and the manager of the entity itself.",
      ar: "يقر بالاطلاع على التعليمات ضباط ارتباط الجهة نفسها أو مديرها.",
    }),
  notAddressed: (): Problem =>
    new Problem("not-now", {
      en: "This instruction is not addressed to that entity.",
      ar: "هذه التعليمات غير موجهة إلى تلك الجهة.",
    }),
  holdsNoLonger: (): Problem =>
    new Problem("not-now", {
      en: "This instruction does not hold now: it is a draft, or was replaced or withdrawn.",
      ar: "هذه التعليمات غير سارية الآن: هي مسودة أو حلّت غيرها محلها أو سُحبت.",
    }),
  issuedAlready: (): Problem =>
    new Problem("not-now", {
      en: "It was issued already, or taken out of the register.",
      ar: "سبق إصدارها أو أُخرجت من السجل.",
    }),
  nobodyMissing: (): Problem =>
    new Problem("not-now", {
      en: "All entities that it is addressed to have acknowledged it.",
      ar: "أقرت بالاطلاع عليها كل الجهات الموجهة إليها.",
    }),
  remindedAlready: (): Problem =>
    new Problem("not-now", {
      en: "Everybody who has not acknowledged it was reminded within the last 24 hours. Remind them again tomorrow.",
      ar: "ذُكّر خلال آخر 24 ساعة كل من لم يقر بها. ذكّرهم مجددًا غدًا.",
    }),
  nobodyThere: (): Problem =>
    new Problem("not-now", {
      en: "Nobody sits at these entities who could acknowledge it. Give their seats to people first.",
      ar: "لا يشغل مقاعد هذه الجهات من يمكنه الإقرار بها. أسند المقاعد إلى أشخاص أولًا.",
    }),
  noFile: (): Problem =>
    atFile(
      "This file is not among those that you have just sent. Send it again.",
      "هذا الملف ليس ضمن ما أرسلته. أرسله من جديد.",
    ),
  notAPaper: (): Problem =>
    atFile("Attach a PDF or a document of an office program.", "أرفق ملف PDF أو مستندًا مكتبيًا."),
  anotherFile: (): Problem =>
    atFile(
      "It was issued, so only the very file that it names can be brought here: this one is another.",
      "صدرت هذه التعليمات، فلا يُقبل إلا الملف المذكور فيها نفسه، وهذا ملف آخر.",
    ),
};
