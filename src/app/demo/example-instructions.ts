/** Made-up instructions, so that the register of the demo can be tried; each says of itself that it is an example. */

import type { Actor } from "../../engine/access/permissions.js";
import { acknowledgersOf } from "../../engine/letters/instruction-letters.js";
import type { Setup } from "../../engine/setup/setup.js";
import { operationRoomAt } from "../../engine/setup/setup-references.js";
import { msg } from "../../engine/text/msg.js";
import type { InstructionRegister } from "../../features/instructions/instruction-register.js";
import type { SetupEditor } from "../../features/setup/edit-setup.js";

const dayMs = 86_400_000;

const examples = [
  {
    code: "EXAMPLE-DUTY",
    number: "1/2026",
    name: msg("office.exampleInstructions.dutyName"),
    text: msg("office.exampleInstructions.dutyText"),
    toAll: true,
    issuedDaysAgo: 60,
    /** Of ten entities that could. */
    acknowledging: 8,
  },
  {
    code: "EXAMPLE-PRIVACY",
    number: "2/2026",
    name: msg("office.exampleInstructions.privacyName"),
    text: msg("office.exampleInstructions.privacyText"),
    toAll: false,
    issuedDaysAgo: 3,
    acknowledging: 3,
  },
  {
    code: "EXAMPLE-DRAFT",
    number: "3/2026",
    name: msg("office.exampleInstructions.draftName"),
    text: msg("office.exampleInstructions.draftText"),
    toAll: true,
    issuedDaysAgo: null,
    acknowledging: 0,
  },
] as const;

const actorOf = (
  person: { userId: number; name: string },
  seat: Extract<Actor, { kind: "user" }>["seats"][number],
): Actor => ({
  kind: "user",
  userId: person.userId,
  name: person.name,
  seats: [seat],
});

/** Something that happens at its moment and may lead to more later. */
export interface Scheduled {
  readonly at: Date;
  run(plan: (later: Scheduled) => void): Promise<void>;
}

/**
 * What is done with them, each at its moment, so that the record has it in order: drafted, issued, acknowledged by most,
 * through the services. Nothing where nobody sits in the room.
 */
export function exampleInstructions(a: {
  readonly services: { readonly setupEditor: SetupEditor; readonly instructions: InstructionRegister };
  readonly setup: Setup;
  readonly to: Date;
}): Scheduled[] {
  const { services, setup, to } = a;
  const programme = setup.programme.code;
  const [official] = operationRoomAt(setup, to);
  const sector = [...setup.sectors.values()][0]?.code;
  if (official === undefined || sector === undefined) return [];
  const by = actorOf(official, { role: "operation_room", programme, entity: null, sector: null });
  return examples.map(({ code, number, name, text, issuedDaysAgo, acknowledging, toAll }) => {
    const texts = { number, nameAr: name.ar, nameEn: name.en, textAr: text.ar, textEn: text.en };
    const now = new Date(to.getTime() - (issuedDaysAgo ?? 1) * dayMs);
    const day = now.toISOString().slice(0, 10);
    const values = { ...texts, code, issuedOn: day, inForceFrom: day, toAll, toSectors: toAll ? [] : [sector] };
    const acknowledge = (entity: string, i: number): Scheduled | null => {
      const [person] = acknowledgersOf(setup, entity, now);
      const seat = setup.seats.find((one) => one.entity === entity && person && one.holders.includes(person));
      if (person === undefined || seat === undefined || i % 10 >= acknowledging) return null;
      const acts = actorOf(person, { role: seat.role, programme, entity, sector: null });
      const at = new Date(now.getTime() + (1 + (i % 40)) * 3_600_000);
      const run = async () =>
        void (await services.instructions.acknowledge({ programme, code, entity, by: acts, now: at }));
      return at < to ? { at, run } : null;
    };
    return {
      at: now,
      async run(plan) {
        await services.setupEditor.create({ programme, table: "instructions", values, by, now });
        if (issuedDaysAgo === null) return;
        await services.instructions.issue({ programme, code, by, now });
        const { entities } = await services.instructions.one({ actor: by, programme, code, now });
        for (const [i, { entity }] of entities.entries()) {
          const later = acknowledge(entity.code, i);
          if (later !== null) plan(later);
        }
      },
    };
  });
}
