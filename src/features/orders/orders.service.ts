/** What officials ask of each other, as doors read it: lists, what became of it, and what may be asked. */
import { type Actor, can, orderingSeats } from "../../engine/access/permissions.js";
import { civilDate } from "../../engine/calendar/civil-days.js";
import { parseReference } from "../../engine/lifecycle/case-reference.js";
import type { NamedCode } from "../../engine/lifecycle/held-sweep.js";
import { orderTypes, seatsToAskFrom } from "../../engine/lifecycle/orders.js";
import type { OrderForm, OrderLine } from "../../engine/lifecycle/views/order-views.js";
import { beginningOf, type DigestOrder, ordersTold } from "../../engine/measures/digest-orders.js";
import { isLive } from "../../engine/rules/fact-catalogue.js";
import type { Setup } from "../../engine/setup/setup.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";
import { caseByReference } from "../cases/case-queries.js";
import { issueOrder, type OrderParts } from "./issue-order.js";
import {
  type AnsweredPlaces,
  askedOrders,
  type OrderRow,
  orderFigures,
  ordersSince,
  receivedOrders,
} from "./order-queries.js";
import type { OrderFormAsked, OrderServices } from "./orders.services.js";
import { subjectOfFigure, whatWasSeen } from "./what-was-seen.js";

const yearMs = 366 * 86_400_000;
const nothingToAsk = () => new Problem("not-found", msg("orders.issueOrder.nothingToAsk"));
const plain = (code: string): Bilingual => ({ ar: code, en: code });
const seatIds = (actor: Actor): number[] => orderingSeats(actor).flatMap(({ id }) => (id === undefined ? [] : [id]));

const placesOf = (actor: Actor): AnsweredPlaces => {
  const seats = actor.kind === "user" ? actor.seats : [];
  return {
    entities: seats.flatMap(({ role, programme, entity }) =>
      entity !== null && (role === "focal_point" || role === "entity_manager") ? [{ programme, code: entity }] : [],
    ),
    rooms: seats.flatMap(({ role, programme }) => (role === "operation_room" ? [programme] : [])),
  };
};

function nextOf({ kind }: OrderRow): OrderLine["next"] {
  if (kind === "final") return "nobody";
  return kind === "open" ? "them" : "you";
}

async function linesOf(parts: OrderParts, rows: readonly OrderRow[], now: Date): Promise<OrderLine[]> {
  const pinned = await parts.policies.pin(
    rows.map(({ workflowVersionId: versionId }) => ({ workflow: { versionId }, clocks: [] })),
  );
  const codes = [...new Set(rows.map(({ programme }) => programme))];
  const setups = new Map<string, Setup>();
  for (const code of codes) setups.set(code, (await parts.policies.current(code)).setup);
  return rows.map((row): OrderLine => {
    const setup = setups.get(row.programme);
    const named = (code: string): NamedCode => ({ code, name: setup?.entities.get(code)?.name ?? plain(code) });
    const owed = row.kind === "open" ? row.dueAt : null;
    return {
      reference: row.reference,
      type: setup?.types.get(row.type)?.name ?? plain(row.type),
      subject: row.subject,
      entity: row.entity === null ? null : named(row.entity),
      from: row.from,
      state: pinned.workflowOf(row.workflowVersionId).states[row.state]?.name ?? plain(row.state),
      kind: row.kind,
      issuedAt: row.receivedAt.toISOString(),
      dueAt: owed?.toISOString() ?? null,
      late: owed !== null && owed < now,
      escalationLevel: row.escalationLevel,
      next: nextOf(row),
    };
  });
}

/** Programmes of the actor in which they may ask entities, or the operation room. */
function mayAt(actor: Actor, setups: readonly Setup[]): { mayDirect: boolean; mayAsk: boolean } {
  return {
    mayDirect: setups.some(
      (setup) =>
        orderTypes(setup, "entities").length > 0 &&
        [...setup.entities.keys()].some((code) => seatsToAskFrom(actor, setup, code).length > 0),
    ),
    mayAsk: setups.some(
      (setup) => orderTypes(setup, "room").length > 0 && seatsToAskFrom(actor, setup, null).length > 0,
    ),
  };
}

async function setupsOf(parts: OrderParts, actor: Actor): Promise<Setup[]> {
  const codes = actor.kind === "user" ? [...new Set(actor.seats.map(({ programme }) => programme))] : [];
  return Promise.all(codes.map(async (code) => (await parts.policies.current(code)).setup));
}

async function formOf(parts: OrderParts, a: OrderFormAsked): Promise<OrderForm> {
  const { actor, now } = a;
  const all = await setupsOf(parts, actor);
  const setup = a.programme === undefined ? all[0] : all.find(({ programme }) => programme.code === a.programme);
  if (setup === undefined) throw nothingToAsk();
  const toRoom = a.to === "room" || orderTypes(setup, "room").some(({ code }) => code === a.type);
  const types = orderTypes(setup, toRoom ? "room" : "entities");
  const today = civilDate(now, setup.programme.timeZone);
  const entities = toRoom
    ? []
    : [...setup.entities.values()]
        .filter((entity) => isLive(entity, today) && seatsToAskFrom(actor, setup, entity.code).length > 0)
        .sort((one, other) => one.order - other.order);
  const reference = a.about === undefined ? null : parseReference(a.about);
  const about = reference === null ? null : ((await caseByReference(parts.db, reference))?.theCase ?? null);
  const seesIt =
    about !== null && can(actor, "case.read", { case: about, entities: setup.entities }) && !about.confidential;
  const asked = (seesIt ? about.entity : null) ?? a.entity ?? null;
  const entity = entities.some(({ code }) => code === asked) ? asked : null;
  const seats = seatsToAskFrom(actor, setup, toRoom ? null : (entity ?? entities[0]?.code ?? null));
  if (types.length === 0 || seats.length === 0 || (!toRoom && entities.length === 0)) throw nothingToAsk();
  return {
    programme: setup.programme.code,
    seats: seats.flatMap(({ id }) => {
      const seat = setup.seats.find((one) => one.id === id);
      return seat === undefined ? [] : [{ id: seat.id, title: seat.title }];
    }),
    types: types.map(({ code, name, purpose }) => ({
      type: code,
      name,
      purpose: purpose?.ar && purpose.en ? { ar: purpose.ar, en: purpose.en } : null,
    })),
    entities: entities.map(({ code, name }) => ({ code, name })),
    entity,
    about: seesIt ? { reference: about.reference, subject: about.application.subject } : null,
    seen:
      entity === null
        ? null
        : await whatWasSeen(parts, {
            policy: await parts.policies.current(setup.programme.code),
            entity,
            now,
            seen: a.seen,
          }),
    proposed: seesIt
      ? { ar: about.application.subject, en: about.application.subject }
      : a.seen === null
        ? null
        : subjectOfFigure(a.seen),
    templates: [...setup.replyTemplates.values()]
      .filter(({ field, retired }) => field === "order" && !retired)
      .map(({ code, name, body, types: of }) => ({ code, name, body, types: of })),
  };
}

export function createOrders(parts: OrderParts): OrderServices {
  return {
    issue: (a) => issueOrder(parts, a),
    async read({ actor, now, limit }) {
      const seats = seatIds(actor);
      const [asked, received, figures, setups] = await Promise.all([
        askedOrders(parts.db, { seats, limit }),
        receivedOrders(parts.db, { places: placesOf(actor), limit }),
        orderFigures(parts.db, { seats, since: new Date(now.getTime() - yearMs), now }),
        setupsOf(parts, actor),
      ]);
      const lines = await linesOf(parts, [...asked, ...received], now);
      return {
        asked: lines.slice(0, asked.length),
        received: lines.slice(asked.length),
        figures,
        ...mayAt(actor, setups),
      };
    },
    form: (a) => formOf(parts, a),
    async told({ setup, seats, since, now }) {
      const rows = seats.length === 0 ? [] : await ordersSince(parts.db, { seats, since });
      const lines = await linesOf(parts, rows, now);
      const day = (at: Date): string => civilDate(at, setup.programme.timeZone);
      return ordersTold(
        lines.map(({ reference, type, subject, entity, state, late, next, dueAt }, i): DigestOrder => {
          const { answer = null, answeredAt = null } = rows[i] ?? {};
          return {
            ...{ reference, type, subject, entity, state, late, next },
            due: dueAt === null ? null : day(new Date(dueAt)),
            answered: answeredAt === null ? null : day(answeredAt),
            answer: answer === null ? null : beginningOf(answer),
          };
        }),
      );
    },
    async addressable({ actor, programme }) {
      const { setup } = await parts.policies.current(programme);
      if (orderTypes(setup, "entities").length === 0) return [];
      return [...setup.entities.keys()].filter((code) => seatsToAskFrom(actor, setup, code).length > 0);
    },
  };
}
