/** The rota of an entity: which focal point is on duty when, read by them, written by who runs the entity and by the operation room. */

import { can } from "../../engine/access/permissions.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";
import { definePage } from "../../platform/admin/define-page.js";
import type { Call } from "../../platform/admin/resource-definition.js";
import type { DutyRota } from "./duty-rota-service.js";

export interface DutyRotaView {
  /** Null where the programme has no entity whose rota the reader may see. */
  readonly rota: DutyRota | null;
  /** To choose from, each with its programme. */
  readonly entities: readonly { readonly programme: string; readonly code: string; readonly name: Bilingual }[];
}

const notFound = (): Problem => new Problem("not-found", msg("people.dutyRota.entityNotFound"));

async function read(call: Call): Promise<DutyRotaView> {
  const { official, query, services, now } = call;
  const { actor } = official;
  const programmes = [...new Set(actor.seats.map(({ programme }) => programme))];
  const lists = await Promise.all(
    programmes.map(async (programme) =>
      (await services.dutyRota.entities({ actor, programme })).map((entity) => ({ programme, ...entity })),
    ),
  );
  const entities = lists.flat();
  const asked =
    query.entity === undefined
      ? entities[0]
      : entities.find(({ programme, code }) => programme === query.programme && code === query.entity);
  if (asked === undefined) {
    if (query.entity !== undefined) throw notFound();
    return { rota: null, entities };
  }
  const rota = await services.dutyRota.of({ programme: asked.programme, entity: asked.code, actor, now });
  return { rota, entities };
}

const textOf = ({ input }: Call, name: string): string => {
  const value = Object.hasOwn(input, name) ? input[name] : "";
  return typeof value === "string" ? value.slice(0, 200) : "";
};
const placeOf = (call: Call) => ({
  programme: textOf(call, "programme"),
  entity: textOf(call, "entity"),
  actor: call.official.actor,
  now: call.now,
});
/** Codes that nobody holds a position in name no programme. */
function requireProgramme(call: Call): void {
  const programme = textOf(call, "programme");
  if (!call.official.actor.seats.some((seat) => seat.programme === programme)) throw notFound();
}

export const dutyRotaPage = definePage({
  name: "duty-rota",
  label: msg("people.dutyRota.label"),
  group: "people",
  icon: "calendar",
  order: 30,
  component: "DutyRota",
  access: ({ actor }) => actor.seats.some(({ programme, entity }) => can(actor, "rota.read", { programme, entity })),
  query: ["programme", "entity"],
  read,
  acts: {
    async add(call) {
      requireProgramme(call);
      const { dutyRota } = call.services;
      const days = { seat: textOf(call, "seat"), from: textOf(call, "from"), to: textOf(call, "to") };
      await dutyRota.add({ ...placeOf(call), ...days });
      return { done: true };
    },
    async remove(call) {
      requireProgramme(call);
      const id = Number(call.input.id);
      await call.services.dutyRota.remove({ ...placeOf(call), id: Number.isSafeInteger(id) ? id : 0 });
      return { done: true };
    },
  },
});
