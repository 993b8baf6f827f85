/** An edit that stands instead of one in the set: only of the one that its writer saw. */

import type { Setup } from "../../../engine/setup/setup.js";
import { type FieldFault, Problem } from "../../../engine/text/problems.js";
import { isSame } from "../../setup/setup-acts.js";
import type { FlatRow } from "../../setup/tables/setup-tables.js";
import type { ChangeEdit } from "./change-edit.js";
import type { ChangeSetHead } from "./change-set-store.js";
import { editInWords } from "./edit-words.js";
import { valueWords } from "./values-in-words.js";

const valuesOf = (edit: ChangeEdit | null): FlatRow => (edit !== null && "values" in edit ? { ...edit.values } : {});

/**
 * Problem conflict: the set says something else of the row by now, with a fault at each column; or nothing any more.
 * @param seen null: nothing of that row stood in the set
 */
export function demandAsSeen(
  seen: ChangeEdit | null,
  stands: ChangeEdit | null,
  { head, setup, now }: { head: ChangeSetHead; setup: Setup; now: Date },
): void {
  if (isSame(seen, stands)) return;
  const { savedBy } = head;
  if (stands === null)
    throw new Problem("conflict", {
      en: "Somebody took this out of the change-set meanwhile. Put it there anew, or leave it out.",
      ar: "أخرج شخص آخر هذا من مجموعة التغييرات في هذه الأثناء. أضفه إليها من جديد أو اتركه خارجها.",
    });
  const [was, is] = [valuesOf(seen), valuesOf(stands)];
  const moved = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((name) => !isSame(was[name], is[name]));
  const faults = moved.map((name): FieldFault => {
    const value = valueWords(setup, name, is[name]);
    const reason =
      name in is
        ? { en: `In the change-set it is now ${value.en}.`, ar: `القيمة في مجموعة التغييرات الآن ${value.ar}.` }
        : { en: "The change-set leaves it as it is now.", ar: "مجموعة التغييرات لا تغيّره الآن." };
    return { field: `/${name}`, reason };
  });
  const said = editInWords(stands, setup, now).words;
  if (seen === null)
    throw new Problem(
      "conflict",
      {
        en: `Somebody put this into the change-set meanwhile: ${said.en}. The last to write there was ${savedBy}. Look at it, then put yours there.`,
        ar: `أضاف شخص آخر هذا إلى مجموعة التغييرات في هذه الأثناء: ${said.ar}. وآخر من كتب فيها ${savedBy}. اطّلع عليه ثم أضف تعديلك.`,
      },
      faults,
    );
  throw new Problem(
    "conflict",
    {
      en: `Somebody changed this in the change-set meanwhile; the last to write there was ${savedBy}. Look at what it says now, then put yours there.`,
      ar: `غيّر شخص آخر هذا في مجموعة التغييرات في هذه الأثناء، وآخر من كتب فيها ${savedBy}. اطّلع على ما فيها الآن ثم أضف تعديلك.`,
    },
    faults,
  );
}
