/** Whether the server would refuse an edit of the set-up from one person: then it is offered into a change-set, and nothing else. */
import { affectsDecisions, type EditedRow } from "../../engine/setup/affects-decisions.js";
import { boot } from "../../platform/ui/kit.js";

/**
 * As it was when the page was loaded; the server asks again.
 * @param programme null: the edit belongs to none
 */
export function needsSecondPerson(programme: string | null, edit: EditedRow): boolean {
  const found = boot()?.programmes.find(({ code }) => code === programme);
  return found?.secondPerson === true && affectsDecisions(edit);
}
