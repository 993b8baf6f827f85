/** Letters to those who can acknowledge an instruction for their entity: that it was issued, and that it still waits. */

import { acknowledgeableRoles } from "../setup/instructions.js";
import type { Instruction, Setup } from "../setup/setup.js";
import { seatHoldersAt } from "../setup/setup-references.js";
import type { MessageIntent } from "./message-intent.js";

interface Telling {
  readonly setup: Setup;
  readonly instruction: Instruction;
  readonly entities: readonly string[];
  readonly kind: "issued" | "reminder";
  readonly now: Date;
}

/** Whoever sits at this entity and can acknowledge for it. */
export const acknowledgersOf = (setup: Setup, entity: string, now: Date) =>
  seatHoldersAt(setup, (seat) => seat.entity === entity && acknowledgeableRoles.has(seat.role), now);

/** One letter a person, whatever they hold; one a day of each kind. */
export function instructionLetters({ setup, instruction, entities, kind, now }: Telling): MessageIntent[] {
  const programme = setup.programme.code;
  const { code, number, name } = instruction;
  const people = new Map(
    entities.flatMap((entity) => acknowledgersOf(setup, entity, now)).map((holder) => [holder.userId, holder]),
  );
  return [...people.values()].map(({ userId, language }) => ({
    template: "official-instruction",
    receiver: { kind: "user", userId },
    language,
    data: { kind, programme, code, number, title: name, inForceFrom: instruction.inForceFrom },
    key: `instruction/${programme}/${code}/${kind}/${now.toISOString().slice(0, 10)}/user/${userId}`,
  }));
}
