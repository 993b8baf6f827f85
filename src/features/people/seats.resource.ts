/** Seats: what somebody holds from–to, who holds it, and from whose hands into whose it goes. */

import { placeOfRole, roleCodes, roleNames } from "../../engine/access/roles.js";
import { letterWayCodes, letterWays } from "../../engine/letters/letter-ways.js";
import { msg } from "../../engine/text/msg.js";
import { type Call, defineResource, type Row, readSource } from "../../platform/admin/define-resource.js";
import { countOf, pageOf } from "../../platform/admin/listed-rows.js";
import { momentOf, optionalTextOf, textOf } from "./people-input.js";
import type { ListedSeat, SeatTermRow } from "./people-queries.js";

export const seatStates = ["held", "empty", "inName", "retired"] as const;
export type SeatState = (typeof seatStates)[number];

const stateNames = {
  held: msg("people.seatsResource.stateNamesHeld"),
  empty: msg("people.seatsResource.stateNamesEmpty"),
  inName: msg("people.seatsResource.stateNamesInName"),
  retired: msg("people.seatsResource.stateNamesRetired"),
} as const satisfies Record<SeatState, unknown>;

function stateOf({ retiredAt, holder }: ListedSeat): SeatState {
  if (retiredAt !== null) return "retired";
  if (holder === null) return "empty";
  return holder.disabled ? "inName" : "held";
}

const rowOf = (seat: ListedSeat): Row => ({
  id: seat.id,
  programme: seat.programme,
  code: seat.code,
  title: seat.title,
  role: seat.role,
  entity: seat.entity,
  sector: seat.sector,
  state: stateOf(seat),
  holder: seat.holder?.name ?? null,
  holderEmail: seat.holder?.email ?? null,
  holderId: seat.holder?.userId ?? null,
  since: seat.holder?.from ?? seat.emptySince,
  until: seat.holder?.to ?? null,
  next: seat.next?.name ?? null,
  nextFrom: seat.next?.from ?? null,
  officeOf: seat.officeOf?.code ?? null,
  officeTitle: seat.officeOf?.title ?? null,
  letters: seat.letters,
  lettersBy: seat.lettersBy,
  lettersAt: seat.lettersAt,
});

type Asked = Pick<Call, "services" | "official" | "now">;
const searched = ["title", "code", "holder", "holderEmail"];
const rows = async ({ services, official, now }: Asked): Promise<readonly Row[]> =>
  (await services.people.seats({ actor: official.actor, now })).map(rowOf);

export type When = "past" | "now" | "later";
export type ListedTerm = SeatTermRow & { readonly when: When };

/** Where a term lies, seen from `now`. */
export function whenOf({ from, to }: { readonly from: Date; readonly to: Date | null }, now: Date): When {
  if (from > now) return "later";
  return to === null || now < to ? "now" : "past";
}

interface Act {
  readonly programme: string;
  readonly seat: string;
  readonly by: Call["official"]["actor"];
  readonly now: Date;
}
const actOf = ({ record, official, now }: Call): Act => ({
  programme: String(record?.programme),
  seat: String(record?.code),
  by: official.actor,
  now,
});

const newSeatOf = ({ official, input, programme }: Call) => ({
  programme: programme ?? "",
  code: optionalTextOf(input, "code"),
  role: String(input.role),
  titleAr: String(input.titleAr ?? ""),
  titleEn: String(input.titleEn ?? ""),
  entity: optionalTextOf(input, "entity"),
  sector: optionalTextOf(input, "sector"),
  by: official.actor,
});

/** The titles of a seat that there is, as the form would have them. */
function titlesOf({ input, record }: Call) {
  const was = record?.title as { ar: string; en: string };
  return {
    titleAr: input.titleAr === undefined ? was.ar : String(input.titleAr ?? ""),
    titleEn: input.titleEn === undefined ? was.en : String(input.titleEn ?? ""),
  };
}

export const seats = defineResource({
  id: "seats",
  label: msg("people.seatsResource.seats"),
  one: msg("people.seatsResource.one"),
  group: "people",
  icon: "seat",
  order: 1,
  access: { read: "users.read", write: "users.edit" },
  columns: [
    {
      name: "title",
      label: msg("people.seatsResource.title"),
      type: "bilingual",
      list: true,
      sort: true,
      edit: true,
      required: true,
    },
    {
      name: "role",
      label: msg("people.seatsResource.role"),
      type: "choice",
      choices: roleCodes.map((value) => ({ value, label: roleNames[value] })),
      list: true,
      filter: true,
      sort: true,
      edit: "new",
      required: true,
    },
    {
      name: "entity",
      label: msg("people.seatsResource.entity"),
      type: "reference",
      reference: "entities",
      list: true,
      filter: true,
      edit: "new",
    },
    {
      name: "sector",
      label: msg("people.seatsResource.sector"),
      type: "reference",
      reference: "sectors",
      filter: true,
      edit: "new",
    },
    {
      name: "state",
      label: msg("people.seatsResource.state"),
      type: "choice",
      choices: seatStates.map((value) => ({ value, label: stateNames[value] })),
      list: true,
      filter: true,
      sort: true,
    },
    { name: "holder", label: msg("people.seatsResource.holder"), type: "text", list: true, sort: true, search: true },
    { name: "holderEmail", label: msg("people.seatsResource.eMail"), type: "text", ltr: true, search: true },
    { name: "holderId", label: msg("people.seatsResource.numberOfTheAccount"), type: "number" },
    { name: "since", label: msg("people.seatsResource.since"), type: "moment", list: true, sort: true },
    { name: "until", label: msg("people.seatsResource.until"), type: "moment", sort: true },
    { name: "next", label: msg("people.seatsResource.next"), type: "text", list: true },
    { name: "nextFrom", label: msg("people.seatsResource.nextFrom"), type: "moment" },
    { name: "officeOf", label: msg("people.seatsResource.officeOf"), type: "text", ltr: true, search: true },
    { name: "officeTitle", label: msg("people.seatsResource.officeOf"), type: "bilingual" },
    {
      name: "letters",
      label: msg("people.seatsResource.letters"),
      type: "choice",
      choices: letterWayCodes.map((value) => ({ value, label: letterWays[value] })),
      filter: true,
    },
    { name: "lettersBy", label: msg("people.seatsResource.lettersBy"), type: "text" },
    { name: "lettersAt", label: msg("people.seatsResource.lettersAt"), type: "moment" },
    {
      name: "code",
      label: msg("people.seatsResource.code"),
      type: "text",
      ltr: true,
      search: true,
      sort: true,
      edit: "new",
      help: msg("people.seatsResource.help"),
    },
  ],
  title: (row) => row.title as { ar: string; en: string },
  source: readSource({
    idForm: /^\d{1,9}$/,
    find: async (asked) => pageOf(await rows(asked), searched, asked),
    count: async (asked) => countOf(await rows(asked), searched, asked),
    one: async ({ id, ...asked }) => (await rows(asked)).find((row) => String(row.id) === id) ?? null,
  }),
  defaultSort: { column: "title", direction: "asc" },
  components: { list: "SeatList", show: "SeatPage", form: "SeatForm" },
  async create(call) {
    const { services, now } = call;
    const { id } = await services.people.createSeat({ ...newSeatOf(call), now });
    return { id: String(id) };
  },
  async faults(call) {
    const { people } = call.services;
    return call.record === null ? people.seatFaults(newSeatOf(call)) : people.titleFaults(titlesOf(call));
  },
  async update(call) {
    const { before, record, services } = call;
    const was = record?.title as { ar: string; en: string };
    const seen = (field: string, now: string) => (typeof before[field] === "string" ? String(before[field]) : now);
    await services.people.renameSeat({
      ...actOf(call),
      ...titlesOf(call),
      before: { titleAr: seen("titleAr", was.ar), titleEn: seen("titleEn", was.en) },
    });
  },
  actions: {
    places: {
      kind: "resource",
      label: msg("people.seatsResource.actionsPlacesLabel"),
      access: "users.edit",
      read: async () => placeOfRole,
    },
    line: {
      kind: "record",
      label: msg("people.seatsResource.actionsLineLabel"),
      access: "users.read",
      read: async ({ record, services, official, now }): Promise<readonly ListedTerm[]> => {
        const key = { programme: String(record?.programme), seat: String(record?.code) };
        const terms = await services.people.termsOf({ ...key, actor: official.actor });
        return terms.map((term) => ({ ...term, when: whenOf(term, now) }));
      },
    },
    take: {
      kind: "record",
      label: msg("people.seatsResource.actionsTakeLabel"),
      access: "users.edit",
      run: async (call) => {
        const from = momentOf(call.input, "from") ?? call.now;
        const to = momentOf(call.input, "to");
        await call.services.people.takeSeat({ ...actOf(call), email: textOf(call.input, "email"), from, to });
      },
    },
    extend: {
      kind: "record",
      label: msg("people.seatsResource.actionsExtendLabel"),
      access: "users.edit",
      run: (call) => call.services.people.extendTerm({ ...actOf(call), to: momentOf(call.input, "to") }),
    },
    handOver: {
      kind: "record",
      label: msg("people.seatsResource.actionsHandOverLabel"),
      access: "users.edit",
      read: (call) => {
        const { by: actor, ...seat } = actOf(call);
        return call.services.people.previewHandOver({ ...seat, actor });
      },
      run: (call) =>
        call.services.people.handOver({
          ...actOf(call),
          at: momentOf(call.input, "at") ?? call.now,
          to: optionalTextOf(call.input, "to"),
          reason: textOf(call.input, "reason"),
        }),
    },
    office: {
      kind: "record",
      label: msg("people.seatsResource.actionsOfficeLabel"),
      access: "users.edit",
      run: (call) =>
        call.services.people.setOffice({
          ...actOf(call),
          of: optionalTextOf(call.input, "of"),
          before: optionalTextOf(call.input, "before"),
        }),
    },
    retire: {
      kind: "record",
      label: msg("people.seatsResource.actionsRetireLabel"),
      access: "users.edit",
      run: (call) => call.services.people.retireSeat(actOf(call)),
    },
  },
});
