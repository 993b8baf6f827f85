/** How steps of a change-set are refused, in words. */

import { type FieldFault, Problem } from "../../../engine/text/problems.js";
import { unreadableText } from "../../../engine/text/unreadable-text.js";
import type { ChangeSetHead } from "./change-set-store.js";

const longestTitle = 200;
export const maxEdits = 500;

export const noChangeSet = (): Problem =>
  new Problem("not-found", { en: "There is no such change-set here.", ar: "لا توجد مجموعة التغييرات هذه هنا." });
export const noMove = (): Problem =>
  new Problem("not-found", {
    en: "No move of cases of this change-set waits to be tried again.",
    ar: "لا يوجد في مجموعة التغييرات هذه نقل معاملات يمكن إعادة محاولته.",
  });
export const changedMeanwhile = ({ savedBy }: ChangeSetHead): Problem =>
  new Problem("conflict", {
    en: `${savedBy} changed this change-set meanwhile. Look at what it holds now, then go on.`,
    ar: `غيّر ${savedBy} مجموعة التغييرات في هذه الأثناء. اطّلع على ما فيها الآن ثم تابع.`,
  });

/** Problem invalid-input at `/title`. */
export function checkedTitle(written: string): string {
  const title = written.trim().normalize("NFC");
  const wrong = (en: string, ar: string): Problem => {
    const reason = { en, ar };
    return new Problem("invalid-input", reason, [{ field: "/title", reason }]);
  };
  if (title === "") throw wrong("Give it a title.", "اكتب عنوانًا لها.");
  if (title.length > longestTitle)
    throw wrong(`At most ${longestTitle} characters.`, `${longestTitle} حرف على الأكثر.`);
  const unreadable = unreadableText(title, { lines: false });
  if (unreadable !== null) throw wrong(unreadable.en, unreadable.ar);
  return title;
}

/** Problem invalid-input at `/reason`. */
export function requireReason(reason: string): string {
  if (reason.trim() !== "") return reason.trim();
  const words = { en: "Say why.", ar: "اذكر السبب." };
  throw new Problem("invalid-input", words, [{ field: "/reason", reason: words } satisfies FieldFault]);
}

export const inAnother = (title: string): Problem =>
  new Problem("conflict", {
    en: `This is being changed in the change-set “${title}” already. Go on there, or take it out of that first.`,
    ar: `يُعدَّل هذا في مجموعة التغييرات «${title}». تابع هناك أو أخرجه منها أولًا.`,
  });
export const endsOtherwise = (): Problem =>
  new Problem("conflict", {
    en: "This change-set retires, restores or merges this already. Take that out first, or make this change after it was published.",
    ar: "مجموعة التغييرات هذه توقفه أو تعيده أو تدمجه. أخرج ذلك منها أولًا، أو أجرِ هذا التعديل بعد نشرها.",
  });
export const tooMany = (): Problem =>
  new Problem("not-now", {
    en: `A change-set holds at most ${maxEdits} edits. Begin another.`,
    ar: `لا تضم مجموعة التغييرات أكثر من ${maxEdits} تعديل. ابدأ مجموعة أخرى.`,
  });
