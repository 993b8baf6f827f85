/** Rows of what cases and applicants are found by, for the statements of the case store. */
import type { CaseOutcome } from "../../../engine/lifecycle/case-outcome.js";
import { nameVector } from "../../../engine/search/name-words.js";
import {
  applicationTexts,
  eventTexts,
  movesPlace,
  placesOf,
  placeVector,
  textVector,
} from "../../../engine/search/search-document.js";
import type { PersonalData } from "../../../engine/text/mask-personal.js";

/** What a new case is found by. */
export function textRow({ after, events }: CaseOutcome): Record<string, unknown> {
  const words = textVector([...applicationTexts(after.application), ...events.flatMap(eventTexts)]);
  return { case_id: after.id, lexemes: `${words} ${placeVector(placesOf(after))}` };
}

/** What was written and where the case went; nothing where neither happened, which most acts leave alone. */
export function addedTexts({ after, events }: CaseOutcome): Record<string, unknown>[] {
  const texts = events.flatMap(eventTexts);
  const moved = events.some(movesPlace);
  if (texts.length === 0 && !moved) return [];
  return [{ case_id: after.id, words: textVector(texts), places: moved ? placeVector(placesOf(after)) : null }];
}

/** Who sent it, and the words of the name by which they are found. */
export function applicantRow(caseId: number, a: PersonalData): Record<string, unknown> {
  const { name, nationalNumber, phone, email } = a;
  return { case_id: caseId, name, national_number: nationalNumber, phone, email, name_words: nameVector(name) };
}
