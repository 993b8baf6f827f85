/** New applications that agents type for callers: drafts on the server, saved once, read out. */

import { type Actor, can } from "../../../engine/access/permissions.js";
import { dateIn, formatDate } from "../../../engine/formatting/moments.js";
import { type SpelledSign, spelledOut } from "../../../engine/formatting/spell-out.js";
import type { CallerNumber } from "../../../engine/lifecycle/caller-case.js";
import { countryOf } from "../../../engine/setup/countries.js";
import type { Channel, Setup } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import { type Bilingual, type Language, perLanguage } from "../../../engine/text/text.js";
import type { Database } from "../../../platform/db/query.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { checkApplicationInput } from "../../intake/application-input.js";
import { invalidApplication, type ReceivedApplication, type Reception } from "../../intake/receive-application.js";
import type { Policies } from "../../setup/policies.js";
import { callerFaults, callInput, isCallInput } from "./call-input.js";
import { addNewCall, type MessageSent, type NoReceipt, receiptSent, whyNoReceipt } from "./call-store.js";
import { callerNumber } from "./caller-number.js";
import { refuseTakenOver, type TakenOverCall, type TakeOver, takenOverCalls, takeOverCall } from "./continue-call.js";
import {
  begunAs,
  type CallDraft,
  callDraftOf,
  callDraftsOf,
  countCallTime,
  forgetCallDraft,
  keepCallDraft,
  setAside,
  type TypedCall,
  whoTookOver,
} from "./draft-store.js";

export interface CallParts {
  readonly db: Database;
  readonly policies: Policies;
  /** False where no text message can leave. */
  readonly offersTexts: boolean;
  readonly receive: (reception: Reception) => Promise<ReceivedApplication>;
}

type Agent = Actor & { readonly kind: "user" };

interface OfCall {
  readonly token: string;
  readonly programme: string;
  readonly actor: Agent;
  readonly now: Date;
}

export type KeptCall =
  | { readonly kept: true; readonly version: number; readonly at: Date }
  /**
   * Another window of the same person wrote something newer; null: there it was saved or thrown away, or a colleague took the call over.
   */
  | { readonly kept: false; readonly newer: CallDraft | null; readonly takenBy: string | null };

type Spelled = readonly (readonly SpelledSign[])[];

/** What is read out when a call was saved. */
export interface SavedCall {
  readonly receipt: MessageSent | { readonly by: null; readonly why: NoReceipt };
  /** It was saved before, with other words: what was typed since is not in it. */
  readonly changed: boolean;
  readonly reference: string;
  readonly code: string;
  readonly dueAt: Date | null;
  /** Sign by sign, in the groups in which they are written. */
  readonly spelled: { readonly reference: Spelled; readonly code: Spelled };
  /** Until when an answer is due, in a sentence. */
  readonly due: Bilingual;
  /** In which the caller is spoken to, whatever language the agent works in. */
  readonly language: Language;
  /** Of the record of this call: sent along with what else is done in it. */
  readonly call: number;
  /** Whether the number is known to be the caller's. */
  readonly number: CallerNumber;
}

/** An agent talks to one caller; a few more wait for what others have to find out. */
const mostDrafts = 20;
const maxCharacters = 30_000;
const tokenForm = /^[\w-]{16,64}$/;

/** The channel of the contact centre; Problem not-found where the actor takes no calls of the programme, or it has none. */
function contactCentreOf(setup: Setup, actor: Actor): Channel {
  const channels = [...setup.channels.values()].filter(({ kind, retired }) => kind === "contactCentre" && !retired);
  const [channel] = channels.sort((one, other) => one.order - other.order);
  if (
    channel === undefined ||
    setup.programme.retired ||
    !can(actor, "application.receive", { programme: setup.programme.code })
  ) {
    throw new Problem("not-found", msg("contact-centre.calls.noCallsHere"));
  }
  return channel;
}

/** The name of a call; Problem invalid-input at `/token` for what is none. */
export function tokenOf(value: unknown): string {
  if (typeof value === "string" && tokenForm.test(value)) return value;
  const reason = msg("contact-centre.calls.sendATokenOfTheCall");
  throw new Problem("invalid-input", reason, [{ field: "/token", reason }]);
}

/** What was typed, by inputs that a call has. Problem invalid-input at `/typed`. */
export function typedOf(value: unknown): TypedCall {
  const given = typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : null;
  const refuse = (reason: Bilingual): never => {
    throw new Problem("invalid-input", reason, [{ field: "/typed", reason }]);
  };
  if (given === null || given.some(([name, text]) => !isCallInput(name) || typeof text !== "string")) {
    return refuse(msg("contact-centre.calls.sendWhatWasTyped"));
  }
  if (JSON.stringify(value).length > maxCharacters) return refuse(msg("contact-centre.calls.tooLong"));
  // The database takes no NUL.
  return Object.fromEntries((given as [string, string][]).map(([name, text]) => [name, text.replaceAll("\u0000", "")]));
}

function tooManyDrafts(): Problem {
  return new Problem("conflict", msg("contact-centre.calls.tooManyDrafts", { most: mostDrafts }));
}

export function createCalls({ db, policies, receive, offersTexts }: CallParts) {
  const setupFor = async ({ programme, actor }: OfCall): Promise<{ setup: Setup; channel: Channel }> => {
    const { setup } = await policies.fresh(programme);
    return { setup, channel: contactCentreOf(setup, actor) };
  };
  return {
    /** What the agent is typing, the newest first; of programmes whose calls they still take. */
    async drafts({
      actor,
      programmes,
      now,
    }: {
      actor: Agent;
      programmes: readonly string[];
      now: Date;
    }): Promise<readonly CallDraft[]> {
      const drafts = await callDraftsOf(db, { agent: actor.userId, now });
      return drafts.filter(({ programme }) => programmes.includes(programme));
    },

    /** Calls of the agent that colleagues took over lately. */
    takenOver: ({ actor, now }: Pick<OfCall, "actor" | "now">): Promise<readonly TakenOverCall[]> =>
      takenOverCalls(db, { agent: actor.userId, now }),

    /** Goes on with a colleague's call that was cut off. Problems: not-found, conflict (the colleague typed on). */
    takeOver: (a: TakeOver): Promise<CallDraft> => takeOverCall({ db, policies }, a),

    /** Keeps what was typed. Problems: not-found, invalid-input, conflict (too many drafts). */
    async keep(a: OfCall & { typed: TypedCall; based: number }): Promise<KeptCall> {
      const { setup } = await setupFor(a);
      const country = countryOf(setup.programme.settings);
      const agent = a.actor.userId;
      await countCallTime(db, { agent, token: a.token, now: a.now });
      const version = await keepCallDraft(db, { ...a, agent, country, most: mostDrafts });
      if (version !== null) return { kept: true, version, at: a.now };
      const takenBy = await whoTookOver(db, { agent, token: a.token });
      if (takenBy !== null) return { kept: false, newer: null, takenBy };
      const newer = await callDraftOf(db, { agent, token: a.token });
      // Nothing newer is there: what stood in the way is that there are so many.
      if ((newer?.version ?? 0) === a.based) throw tooManyDrafts();
      return { kept: false, newer, takenBy };
    },

    /** A new call is in front of the agent, of which nothing is stored yet: the time of the one before it ends. Problem not-found. */
    async setAside(a: OfCall): Promise<void> {
      await setupFor(a);
      await inTransaction(db, (tx) => setAside(db, { agent: a.actor.userId, now: a.now }, tx));
    },

    async forget({ token, actor }: Pick<OfCall, "token" | "actor">): Promise<void> {
      await forgetCallDraft(db, { agent: actor.userId, token });
    },

    /**
     * Receives what was typed, by the contact centre's channel; the record says who typed it. The same call saved twice is one case.
     * Problems: not-found, invalid-input with a fault a field (as intake names them), conflict (a colleague took it over), unavailable.
     */
    async save(a: OfCall & { typed: TypedCall }): Promise<SavedCall> {
      const { actor, now, programme, token, typed } = a;
      const { setup, channel } = await setupFor(a);
      await refuseTakenOver(db, { agent: actor.userId, token });
      const input = callInput(setup, typed, { offersTexts });
      const unknown = callerFaults(typed);
      if (unknown.length > 0) {
        const checked = checkApplicationInput(input, setup, now);
        throw invalidApplication([...(checked.ok ? [] : checked.faults), ...unknown]);
      }
      await countCallTime(db, { agent: actor.userId, token, now });
      const draft = await callDraftOf(db, { agent: actor.userId, token });
      const begun = await begunAs(db, { agent: actor.userId, token });
      const received = await receive({
        input,
        key: { id: null, programme, channel: channel.code },
        // Only its agents can say the same again. An answer may have been lost, and they typed on; or a colleague went on with it meanwhile.
        idempotencyKey: `call ${begun.agent} ${begun.token}`,
        keyNamesCall: true,
        now,
        typedBy: actor,
      });
      const { caseId, reference, code, dueAt } = received;
      const begunAt = draft !== null && draft.begunAt < now ? draft.begunAt : now;
      const call = await addNewCall(db, {
        programme,
        agent: actor.userId,
        begunAt,
        endedAt: now,
        seconds: draft?.seconds ?? 0,
        caseId,
      });
      await forgetCallDraft(db, { agent: actor.userId, token });
      const day = dueAt && dateIn(dueAt, setup.programme.timeZone);
      return {
        reference,
        code,
        dueAt,
        receipt: (await receiptSent(db, { caseId, offersTexts })) ?? {
          by: null,
          why: await whyNoReceipt(db, { caseId, offersTexts }),
        },
        call,
        number: await callerNumber(db, { caseId, offersTexts, now }),
        changed: received.changed === true,
        spelled: { reference: spelledOut(reference), code: spelledOut(code) },
        due:
          day === null
            ? msg("contact-centre.calls.noDue")
            : msg("contact-centre.calls.due", { day: perLanguage((language) => formatDate(day, language)) }),
        language: input.language,
      };
    },
  };
}

export type Calls = ReturnType<typeof createCalls>;
