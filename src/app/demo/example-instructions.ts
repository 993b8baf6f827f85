/** Made-up instructions, so that the register of the demo can be tried; each says of itself that it is an example. */

import type { Actor } from "../../engine/access/permissions.js";
import { acknowledgersOf } from "../../engine/letters/instruction-letters.js";
import type { Setup } from "../../engine/setup/setup.js";
import { operationRoomAt } from "../../engine/setup/setup-references.js";
import type { InstructionRegister } from "../../features/instructions/instruction-register.js";
import type { SetupEditor } from "../../features/setup/edit-setup.js";

const dayMs = 86_400_000;

const examples = [
  {
    code: "EXAMPLE-DUTY",
    number: "1/2026",
    nameAr: "مثال: واجبات الجهات على المنصة",
    nameEn: "Example: duties of entities on the platform",
    textAr:
      "هذه تعليمات غير حقيقية وُضعت لتجربة السجل.\n\n1. تسمي كل جهة ضباط ارتباطها وتبقي أسماءهم محدّثة.\n2. لا تُغلق معاملة لأنها ليست من اختصاص الجهة، بل تُحوَّل إلى الجهة المختصة.\n3. يتابع مدير الجهة المعاملات المتأخرة يوميًا.",
    textEn:
      "These instructions are not real: they are here to try the register.\n\n1. Each entity names its focal points and keeps the names up to date.\n2. No case is closed for being another entity's: it is transferred.\n3. The manager looks at late cases every day.",
    toAll: true,
    issuedDaysAgo: 60,
    /** Of ten entities that could. */
    acknowledging: 8,
  },
  {
    code: "EXAMPLE-PRIVACY",
    number: "2/2026",
    nameAr: "مثال: حماية بيانات مقدمي الطلبات",
    nameEn: "Example: protecting applicants' data",
    textAr:
      "هذه تعليمات غير حقيقية وُضعت لتجربة السجل.\n\nلا تُنسخ بيانات مقدمي الطلبات خارج المنصة، ولا تُطلب وثيقة سبق تقديمها.",
    textEn:
      "These instructions are not real: they are here to try the register.\n\nApplicants' data are not copied out of the platform, and no paper is asked for twice.",
    toAll: false,
    issuedDaysAgo: 3,
    acknowledging: 3,
  },
  {
    code: "EXAMPLE-DRAFT",
    number: "3/2026",
    nameAr: "مثال: مسودة لم تصدر بعد",
    nameEn: "Example: a draft that has not been issued",
    textAr: "هذه تعليمات غير حقيقية وُضعت لتجربة السجل.",
    textEn: "These instructions are not real: they are here to try the register.",
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
  return examples.map(({ code, issuedDaysAgo, acknowledging, toAll, ...texts }) => {
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
