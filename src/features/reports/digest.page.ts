/** Digests: which there are, how each would read now, a test to oneself, and what became of those that were sent. */

import { can, caseReach, figureReach } from "../../engine/access/permissions.js";
import { type RoleCode, roleNames } from "../../engine/access/roles.js";
import { weekdayNames } from "../../engine/formatting/weekday-names.js";
import { messageStateNames } from "../../engine/letters/message-states.js";
import { asLanguage } from "../../engine/text/languages.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import { type Bilingual, type Language, listed } from "../../engine/text/text.js";
import { definePage } from "../../platform/admin/define-page.js";
import type { Call } from "../../platform/admin/define-resource.js";
import { programmesWhere } from "../../platform/admin/may.js";
import { readIn } from "../../platform/admin/official.js";
import { listAddress, newRecordAddress } from "../setup/office-addresses.js";
import type { Digest } from "./digests/digest-receivers.js";

export interface DigestLetterView {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly language: Language;
}

export interface DigestLine {
  readonly code: string;
  readonly name: Bilingual;
  readonly audience: Bilingual;
  /** "Every Sunday, 08:00" */
  readonly period: Bilingual;
  readonly receivers: number;
  /** Holders of its positions who get it in none of their emails. */
  readonly others: number;
  readonly retired: boolean;
  /** ISO; null: it is not sent any more, or was not yet. */
  readonly next: string | null;
  readonly last: { readonly at: string; readonly queued: number } | null;
}

export interface DigestSentLine {
  readonly id: number;
  readonly digest: Bilingual;
  readonly receiver: string | null;
  readonly at: string;
  readonly state: Bilingual;
  /** The days that it tells of, `to` exclusive; null: of a list of that day's work. */
  readonly of: { readonly from: string; readonly to: string } | null;
}

export interface DigestView {
  readonly programme: string;
  readonly programmes: readonly string[];
  readonly language: Language;
  /** All digests of the programme, for those who read what they tell (`readsAll`); else none. */
  readonly digests: readonly DigestLine[];
  readonly readsAll: boolean;
  /** Where they are set up, for those who may: the list, and a new one. */
  readonly setUp: { readonly list: string; readonly add: string } | null;
  /** The one that is shown; null: none. */
  readonly chosen: string | null;
  /** Of everybody's own cases: whose are shown; and among which entities one chooses. */
  readonly entity: string | null;
  readonly entities: readonly { readonly code: string; readonly name: Bilingual }[];
  /** How it would read now, or how the letter of the history read. Null: nobody would be sent one, and why. */
  readonly letter: DigestLetterView | null;
  readonly nothing: Bilingual | null;
  /** For whom it is shown: a position of its audience, and where. Null: of a letter that was sent, and of everybody's own cases. */
  readonly shownFor: { readonly role: Bilingual; readonly place: Bilingual | null } | null;
  /** The role that was chosen, and among which. */
  readonly role: string | null;
  readonly roles: readonly { readonly code: string; readonly name: Bilingual }[];
  /** The moment that a letter of an earlier version led to (ISO); null: it is of now. */
  readonly at: string | null;
  /** The letter of the history that is shown. */
  readonly sent: number | null;
  readonly mayTest: boolean;
  /** Whether emails leave; else they are kept and can be read here. */
  readonly leaves: boolean;
  /** Of everybody, for those who run the programme; else the reader's own. */
  readonly history: readonly DigestSentLine[];
  readonly ofAll: boolean;
}

/** "Every Sunday, 08:00" */
function whenOf({ period, weekday, monthDay, hour }: Digest): Bilingual {
  const time = `${String(hour).padStart(2, "0")}:00`;
  if (period === "week")
    return msg("reports.digestPage.everyWeek", { weekday: weekdayNames[weekday as keyof typeof weekdayNames], time });
  if (period === "month") return msg("reports.digestPage.everyMonth", { day: String(monthDay), time });
  return msg("reports.digestPage.everyDay", { time });
}

const most = 50;
/** No letter is older. */
const firstLetter = new Date("2000-01-01T00:00:00Z");

/** The moment that a letter's link names; null where it names none at which a letter can have been written. */
function momentOf(text: string | undefined, now: Date): Date | null {
  const at = new Date(text ?? "");
  return at >= firstLetter && at <= now ? at : null;
}

/** Programmes in which the official has a position that reads figures, or what digests tell. */
const programmesOf = ({ official }: Call): readonly string[] => [
  ...new Set([
    ...programmesWhere(official, "digest.read"),
    ...figureReach(official.actor, "kpi.read").map(({ programme }) => programme),
  ]),
];

async function letterOf(
  { services, official, now }: Call,
  a: {
    programme: string;
    language: Language;
    sent: number | null;
    chosen: string | null;
    entity: string | null;
    role: string | null;
    at: Date | null;
  },
): Promise<Pick<DigestView, "letter" | "nothing" | "shownFor">> {
  if (a.sent !== null) {
    const { rendered, message } = await services.mail.show({ id: a.sent, actor: official.actor, own: true });
    if (message.programme !== a.programme || !message.key.startsWith("digest/")) throw notFound();
    const { subject, html, text } = rendered;
    return { letter: { subject, html, text, language: message.language }, nothing: null, shownFor: null };
  }
  if (a.chosen === null) return { letter: null, nothing: null, shownFor: null };
  try {
    const { chosen: name, language, programme, entity, role } = a;
    const reach = caseReach(official.actor);
    const readsCases = reach.everything || reach.all.includes(programme);
    const asked = { name, at: a.at ?? now, now, language, programme, entity, role, readsCases };
    const { subject, html, text, shownFor } = await services.digests.preview(asked);
    const { entities } = await services.setup.of(programme);
    return {
      letter: { subject, html, text, language },
      nothing: null,
      shownFor: shownFor && {
        role: roleNames[shownFor.role],
        place: entities.get(shownFor.entity ?? "")?.name ?? null,
      },
    };
  } catch (error) {
    if (error instanceof Problem && error.code === "not-found")
      return { letter: null, nothing: error.detail, shownFor: null };
    throw error;
  }
}

const notFound = (): Problem => new Problem("not-found", msg("reports.digestPage.notFound"));

export const digestPage = definePage({
  name: "digest",
  label: msg("reports.digestPage.title"),
  group: "operation",
  icon: "mail",
  order: 60,
  component: "Digest",
  access: (official) =>
    programmesWhere(official, "digest.read").length > 0 || figureReach(official.actor, "kpi.read").length > 0,
  query: ["programme", "language", "digest", "entity", "role", "sent", "at"],
  async read(call): Promise<DigestView> {
    const { services, official, now, query } = call;
    const programmes = programmesOf(call);
    const programme = query.programme ?? programmes[0] ?? "";
    if (!programmes.includes(programme)) throw notFound();
    const { actor } = official;
    const readsAll = can(actor, "digest.read", { programme });
    const ofAll = can(actor, "configuration.publish", { programme });
    const setup = await services.setup.of(programme);
    const listedDigests = readsAll ? await services.digests.list({ programme, now }) : [];
    const wanted = query.digest ?? null;
    const found = listedDigests.find(({ digest }) => digest.code === wanted);
    if (wanted !== null && readsAll && found === undefined) throw notFound();
    // Who reads what digests tell sees first the one that they get themselves.
    const roles = new Set(actor.kind === "user" ? actor.seats.map(({ role }) => role as string) : []);
    const own = listedDigests.find(({ digest }) => !digest.retired && digest.audience.some((role) => roles.has(role)));
    const shown = found ?? own ?? listedDigests.find(({ digest }) => digest.scope === "programme") ?? listedDigests[0];
    const chosen = shown?.digest.code ?? null;
    const ofEntities = shown?.digest.scope === "own";
    const entity = ofEntities ? (query.entity ?? null) : null;
    const audience = (shown?.digest.audience ?? []).map((code) => ({ code, name: roleNames[code as RoleCode] }));
    const role = audience.find(({ code }) => code === query.role)?.code ?? null;
    const sent = query.sent !== undefined && /^\d{1,12}$/.test(query.sent) ? Number(query.sent) : null;
    const language = asLanguage(query.language) ?? readIn(official);
    const at = momentOf(query.at, now);
    const userId = actor.kind === "user" ? actor.userId : null;
    const history = await services.digestsSent({
      programme,
      digest: ofAll ? chosen : null,
      receiver: ofAll ? null : userId,
      limit: most,
    });
    const names = new Map([...setup.scheduledDigests].map(([code, digest]) => [code, digest.name]));
    return {
      programme,
      programmes,
      language,
      digests: listedDigests.map(({ digest, next, last, receivers, holders }) => ({
        code: digest.code,
        name: digest.name,
        audience: listed(digest.audience.map((role) => roleNames[role as RoleCode])),
        period: whenOf(digest),
        receivers,
        others: holders - receivers,
        retired: digest.retired,
        next: next?.toISOString() ?? null,
        last: last === null ? null : { at: last.ranAt.toISOString(), queued: last.queued },
      })),
      readsAll,
      setUp: can(actor, "setup.edit", { programme })
        ? { list: listAddress("digests", { programme }), add: newRecordAddress("digests", { programme }) }
        : null,
      chosen,
      entity,
      entities: ofEntities ? [...setup.entities.values()].filter(({ retired }) => !retired) : [],
      roles: audience,
      role,
      ...(await letterOf(call, { programme, language, sent, chosen, entity, role, at })),
      at: at?.toISOString() ?? null,
      sent,
      mayTest: ofAll,
      leaves: services.digests.leaves,
      history: history.map(({ id, digest, receiver, createdAt, state, of }) => ({
        id,
        digest: names.get(digest) ?? { en: digest, ar: digest },
        receiver,
        at: createdAt.toISOString(),
        state: messageStateNames[state],
        of,
      })),
      ofAll,
    };
  },
  acts: {
    /** `{ programme, digest, entity, role, language }`: to the person who asks. */
    test: async (call): Promise<{ leaves: boolean }> => {
      const { services, official, now, input } = call;
      const text = (name: string) => (typeof input[name] === "string" ? (input[name] as string).slice(0, 200) : null);
      const programme = text("programme") ?? "";
      if (!can(official.actor, "configuration.publish", { programme })) throw notFound();
      return services.digests.test({
        actor: official.actor,
        name: text("digest") ?? "",
        programme,
        entity: text("entity"),
        role: text("role"),
        language: asLanguage(text("language") ?? undefined) ?? readIn(official),
        at: now,
      });
    },
  },
});
