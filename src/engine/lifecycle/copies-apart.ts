/** Of those who hear of a step of the ladder: whom it is for, and who gets a copy. */
import type { CaseEvent } from "./case-event.js";

const numbers = (value: unknown): readonly number[] => (Array.isArray(value) ? value : []);

/**
 * By the event's data, people by number. Events written before there were copies have none, nor have warnings: they are for
 * all whom they name.
 */
export function copiesApart(data: CaseEvent["data"]): { to: readonly number[]; copies: readonly number[] } {
  const receivers = numbers(data.receivers);
  if (!Array.isArray(data.escalatedTo)) return { to: receivers, copies: [] };
  const to = numbers(data.escalatedTo);
  return { to, copies: receivers.filter((userId) => !to.includes(userId)) };
}
