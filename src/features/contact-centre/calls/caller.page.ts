/** Calls: who calls, a new application typed for them, and what is done about one that is there. */

import { type Actor, can } from "../../../engine/access/permissions.js";
import { civilDate } from "../../../engine/calendar/civil-days.js";
import { isRecord } from "../../../engine/is-record.js";
import type { CallerCase } from "../../../engine/lifecycle/caller-case.js";
import { ofToday } from "../../../engine/lifecycle/present-entity.js";
import { isLive } from "../../../engine/rules/fact-catalogue.js";
import { applicantTypes, type ExtraField, type Labelled, type Setup } from "../../../engine/setup/setup.js";
import { type Matter, matterKey } from "../../../engine/suggestions/matter.js";
import { namedGovernorate } from "../../../engine/suggestions/named-governorate.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Bilingual, Language } from "../../../engine/text/text.js";
import { titleOf } from "../../../engine/text/title-of.js";
import { definePage } from "../../../platform/admin/define-page.js";
import { programmesWhere } from "../../../platform/admin/may.js";
import type { Call } from "../../../platform/admin/resource-definition.js";
import { actKeyOf, badAct } from "../../cases/act/composer-actions.js";
import type { CallerAsked } from "./caller-proof.js";
import { type KeptCall, type SavedCall, tokenOf, typedOf } from "./calls.js";
import type { CutOffCall, TakenOverCall } from "./continue-call.js";
import type { CallDraft } from "./draft-store.js";
import type { CallerEarlier, CallerPerson, FoundCallers } from "./find-caller.js";
import type { CallerActed } from "./serve-caller.js";

export type CallerCaseView = CallerCase;
export type CallerActView = CallerActed;
export type { CallDraft, CallerEarlier, CallerPerson, CutOffCall, FoundCallers, KeptCall, SavedCall, TakenOverCall };

interface Choice {
  readonly value: string;
  readonly label: Bilingual;
}

export interface CallProgramme {
  readonly code: string;
  readonly name: Bilingual;
  readonly language: Language;
  readonly types: readonly (Choice & {
    readonly anonymousAllowed: boolean;
    readonly confidential: boolean;
    /** A file cannot be sent by telephone: fields that ask for one are left out. */
    readonly fields: readonly ExtraField[];
  })[];
  readonly entities: readonly Choice[];
  /** Entities that are no more: callers still name them, and who took them over gets what is sent for them. */
  readonly takenOver: readonly (Choice & { readonly by: string })[];
  readonly services: readonly (Choice & { readonly entity: string })[];
  readonly governorates: readonly Choice[];
  /** Text messages can leave. */
  readonly offersTexts: boolean;
}

export interface CallsView {
  /** Whose calls the official takes; their own first one is shown first. */
  readonly programmes: readonly CallProgramme[];
  readonly drafts: readonly CallDraft[];
  /** Their calls that colleagues go on with. */
  readonly takenOver: readonly TakenOverCall[];
}

/** What a story may be about, as it is offered. */
export interface SuggestedMatter {
  readonly key: string;
  readonly entity: string;
  readonly service: string | null;
}

const inUse = <Row extends Labelled & { readonly retired: boolean; readonly order: number }>(
  rows: ReadonlyMap<string, Row>,
): Row[] => [...rows.values()].filter(({ retired }) => !retired).sort((one, other) => one.order - other.order);
const choice = ({ code, name }: Labelled): Choice => ({ value: code, label: name });

function programmeOf(setup: Setup, { now, offersTexts }: { now: Date; offersTexts: boolean }): CallProgramme {
  const { programme } = setup;
  const today = civilDate(now, programme.timeZone);
  const entities = inUse(setup.entities).filter((entity) => isLive(entity, today));
  const there = new Set(entities.map(({ code }) => code));
  return {
    code: programme.code,
    name: programme.name,
    language: programme.defaultLanguage,
    types: inUse(applicantTypes(setup)).map((type) => ({
      ...choice(type),
      anonymousAllowed: type.anonymousAllowed,
      confidential: type.confidential,
      fields: type.fields.filter((field) => field.type !== "file"),
    })),
    entities: entities.map(choice),
    takenOver: [...setup.entities.values()].flatMap(({ code, name, retired }) => {
      const by = retired ? setup.entities.get(ofToday(code, setup, today)) : undefined;
      if (by === undefined || by.code === code) return [];
      return [{ value: code, label: msg("contact-centre.callerPage.takenOver", { name, by: by.name }), by: by.code }];
    }),
    services: inUse(setup.services).flatMap((service) =>
      there.has(service.entity) ? [{ ...choice(service), entity: service.entity }] : [],
    ),
    governorates: inUse(setup.governorates).map(choice),
    offersTexts,
  };
}

type Agent = Actor & { readonly kind: "user" };
const agentOf = ({ official }: Call): Agent => official.actor as Agent;

/** The programme of a POST. Problem not-found where the official takes no calls of it. */
function ofCall(call: Call) {
  const { input, now } = call;
  const actor = agentOf(call);
  const programme = typeof input.programme === "string" ? input.programme : "";
  if (!can(actor, "caller.serve", { programme })) {
    throw new Problem("not-found", msg("contact-centre.findCaller.notYourProgramme"));
  }
  return { token: tokenOf(input.token), programme, actor, now };
}

export const callOf = ({ input: { call } }: Call): number | null =>
  typeof call === "number" && Number.isSafeInteger(call) && call > 0 ? call : null;

const asked = (call: Call) => ({
  reference: call.input.reference,
  code: call.input.code,
  said: call.input.said,
  call: callOf(call),
  actor: call.official.actor,
  now: call.now,
});

/** `{ found: { token, row } }`: one of what was found in that call. */
function foundOf({ input: { found } }: Call): CallerAsked["found"] {
  if (!isRecord(found)) return null;
  const { row } = found;
  return typeof row === "number" && Number.isSafeInteger(row) && row >= 0 && row < 1000
    ? { token: tokenOf(found.token), row }
    : null;
}

const longestStory = 10_000;
const storyOf = ({ input: { story } }: Call): string => (typeof story === "string" ? story.slice(0, longestStory) : "");

const versionOf = ({ input: { based } }: Call): number =>
  typeof based === "number" && Number.isSafeInteger(based) && based >= 0 ? based : 0;

const suggested = (matter: Matter): SuggestedMatter => ({ key: matterKey(matter), ...matter });

export const callerPage = definePage({
  name: "caller",
  label: msg("contact-centre.callerPage.calls"),
  group: "cases",
  icon: "phone",
  order: 5,
  component: "Caller",
  access: "caller.serve",
  read: async (call): Promise<CallsView> => {
    const { official, services, now } = call;
    const { offersTexts } = services.publicPages;
    const codes = programmesWhere(official, "caller.serve");
    const setups = await Promise.all(codes.map((code) => services.setup.of(code)));
    const { calls } = services.contactCentre;
    const actor = agentOf(call);
    return {
      programmes: setups.map((setup) => programmeOf(setup, { now, offersTexts })),
      drafts: await calls.drafts({ actor, programmes: codes, now }),
      takenOver: await calls.takenOver({ actor, now }),
    };
  },
  acts: {
    /** `{ programme, token, sought }`. */
    find: (call): Promise<FoundCallers> =>
      call.services.contactCentre.find({ ...ofCall(call), sought: call.input.sought }),
    /** `{ programme, token, story, language }`: what it may be about, in which governorate, and which of the caller's own cases may be the same. */
    compare: async (call) => {
      const of = ofCall(call);
      const story = storyOf(call);
      const { publicPages, contactCentre, setup } = call.services;
      const language = call.input.language === "en" ? "en" : "ar";
      const { programme, now } = of;
      const told = { programme, subject: titleOf(story), description: story, language, now } as const;
      const [matters, same, offered] = await Promise.all([
        publicPages.suggest({ ...told, address: `official ${of.actor.userId}` }),
        contactCentre.likelySame({ ...of, story }),
        setup.of(programme),
      ]);
      return { matters: matters.map(suggested), governorate: namedGovernorate(story, offered), same };
    },
    /** `{ programme, token, typed, based }`. */
    keep: (call): Promise<KeptCall> =>
      call.services.contactCentre.calls.keep({
        ...ofCall(call),
        typed: typedOf(call.input.typed),
        based: versionOf(call),
      }),
    /** `{ programme, token, looked, id, version }`: a call of a colleague, found by the number that was looked for in the call `looked`. */
    takeOver: (call): Promise<CallDraft> => {
      const { looked, id, version } = call.input;
      return call.services.contactCentre.calls.takeOver({
        ...ofCall(call),
        looked: tokenOf(looked),
        id: typeof id === "number" && Number.isSafeInteger(id) ? id : 0,
        version: typeof version === "number" && Number.isSafeInteger(version) ? version : 0,
      });
    },
    /** `{ programme, token }`: of the new call. */
    setAside: async (call) => {
      await call.services.contactCentre.calls.setAside(ofCall(call));
      return {};
    },
    /** `{ programme, token }`. */
    forget: async (call) => {
      await call.services.contactCentre.calls.forget(ofCall(call));
      return {};
    },
    /** `{ programme, token, typed }`. */
    save: (call): Promise<SavedCall> =>
      call.services.contactCentre.calls.save({ ...ofCall(call), typed: typedOf(call.input.typed) }),
    /** `{ reference, code, said }`: one of the last two may be empty; in place of the reference `found`, with the code. */
    open: (call): Promise<CallerCaseView> =>
      call.services.contactCentre.open({ ...asked(call), found: foundOf(call) ?? null }),
    /** The same, and `{ action, fields, actKey }`. */
    perform: async (call): Promise<CallerActView> => {
      const { action, fields, actKey } = call.input;
      if (typeof action !== "string" || action === "")
        throw badAct("/action", msg("contact-centre.callerPage.sayWhichAction"));
      if (!isRecord(fields)) throw badAct("/fields", msg("contact-centre.callerPage.sendTheFieldsAsAn"));
      const key = actKeyOf(actKey);
      if (key === undefined) throw badAct("/actKey", msg("contact-centre.callerPage.sendAKeyOfThe"));
      return call.services.contactCentre.perform({ ...asked(call), action, fields, actKey: key });
    },
    /** As `open`, with `found` without the code: six digits go to the number of the application. */
    sendDigits: (call): Promise<{ readonly to: string | null }> =>
      call.services.contactCentre.proveNumber.sendDigits({ ...asked(call), found: foundOf(call) ?? null }),
    /** `{ found, digits }`: as the caller reads them out. */
    openByDigits: (call): Promise<CallerCaseView> =>
      call.services.contactCentre.proveNumber.openByDigits({
        ...asked(call),
        found: foundOf(call) ?? null,
        digits: call.input.digits,
      }),
    /** As `open`: a link goes to the number or address that is shown to be the caller's. */
    sendLink: (call) => call.services.contactCentre.proveNumber.sendLink(asked(call)),
    /** The same, and `{ digits }` as the caller reads them out. */
    confirmNumber: async (call) => {
      await call.services.contactCentre.proveNumber.confirm({ ...asked(call), digits: call.input.digits });
      return {};
    },
    /** `{ call }`: the call about a case is over. */
    end: async (call) => {
      const id = callOf(call);
      if (id !== null) await call.services.contactCentre.end({ call: id, actor: call.official.actor, now: call.now });
      return {};
    },
  },
});
