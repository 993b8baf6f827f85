/**
 * A call that was cut off, and that another agent goes on with when the caller rings again: found by the number that they looked for,
 * taken over with what was typed so far. Never where who calls stays unknown, or what they tell is confidential.
 */

import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import { type Actor, can } from "../../../engine/access/permissions.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { maskPersonal } from "../../../engine/text/mask-personal.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import { apart } from "../../../engine/text/text.js";
import { appendAudit } from "../../../platform/audit/audit-store.js";
import { type Database, query } from "../../../platform/db/query.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import type { Policies } from "../../setup/policies.js";
import { type CallDraft, callDraftOf, insertTakenOver, setAside, whoTookOver } from "./draft-store.js";

/** What an agent learns of it before it is theirs. */
export interface CutOffCall {
  readonly id: number;
  /** Of what the colleague typed last: taken over as it was seen, or not at all. */
  readonly version: number;
  readonly agentName: string;
  /** When they typed last. */
  readonly at: Date;
}

/** A call of the agent that a colleague took over. */
export interface TakenOverCall {
  readonly token: string;
  readonly by: string;
  readonly at: Date;
}

/** As long as a shift: what was left open before it is no one's call that was cut off just now. */
const shiftMs = 12 * 3_600_000;

interface Asked {
  readonly programme: string;
  readonly agent: number;
  readonly now: Date;
}

const openCall = (
  { programme, agent, now }: Asked,
  phone: string,
) => sql`d.programme = ${programme} and d.agent <> ${agent}
  and d.told and d.taken_by is null and d.updated_at >= ${new Date(now.getTime() - shiftMs)}
  and coalesce(d.typed->>'anonymous', '') <> 'yes' and (d.sought_phone = ${phone} or d.typed_phone = ${phone})`;

const isConfidential = ({ types }: Setup, type: string | null): boolean => types.get(type ?? "")?.confidential === true;

/** Calls of colleagues that are open with a number, the newest first. */
export async function cutOffCalls(
  db: Database,
  { setup, phone, ...asked }: Asked & { setup: Setup; phone: string },
): Promise<readonly CutOffCall[]> {
  const statement = sql`select d.id, d.version, u.name as "agentName", d.updated_at as at, d.typed->>'type' as type
    from call_drafts d join users u on u.id = d.agent where ${openCall(asked, phone)} order by d.updated_at desc, d.id desc limit 3`;
  const rows = await query<CutOffCall & { type: string | null }>(db, statement);
  return rows.filter(({ type }) => !isConfidential(setup, type)).map(({ type: _, ...call }) => call);
}

/** Those that colleagues took over in this shift, the newest first. */
export function takenOverCalls(db: Database, { agent, now }: Omit<Asked, "programme">): Promise<TakenOverCall[]> {
  const statement = sql`select d.token, u.name as by, d.taken_at as at from call_drafts d join users u on u.id = d.taken_by
    where d.agent = ${agent} and d.taken_at >= ${new Date(now.getTime() - shiftMs)} order by d.taken_at desc, d.id desc`;
  return query<TakenOverCall>(db, statement);
}

export interface TakeOver {
  readonly programme: string;
  readonly actor: Actor & { readonly kind: "user" };
  readonly now: Date;
  /** Of the call that goes on, made by the window. */
  readonly token: string;
  /** Of the call in which the number was looked for. */
  readonly looked: string;
  readonly id: number;
  /** As it was shown. */
  readonly version: number;
}

/** For an agent whose call a colleague goes on with: nothing more is kept of it, or saved. */
const takenOver = (name: string): Problem =>
  new Problem("conflict", msg("contact-centre.continueCall.taken", { name: apart(name) }));

interface Open {
  readonly id: number;
  readonly version: number;
  readonly agent: number;
  readonly agentName: string;
  readonly typed: CallDraft["typed"];
  readonly phone: string;
  readonly found: readonly number[];
}

/** The call, locked, if the number that the agent looked for is its caller's. */
async function lockOpen(
  db: Database,
  transaction: Transaction,
  { looked, id, ...asked }: Asked & { looked: string; id: number },
): Promise<Open | null> {
  const mine = sql`select sought_phone as phone, found from call_drafts
    where agent = ${asked.agent} and token = ${looked} and programme = ${asked.programme} and sought_phone is not null`;
  const [look] = await query<Pick<Open, "phone" | "found">>(db, mine, transaction);
  if (look === undefined) return null;
  const statement = sql`select d.id, d.version, d.agent, u.name as "agentName", d.typed from call_drafts d join users u on u.id = d.agent
    where d.id = ${id} and ${openCall(asked, look.phone)} for update of d`;
  const [open] = await query<Omit<Open, "phone" | "found">>(db, statement, transaction);
  return open === undefined ? null : { ...open, ...look };
}

/**
 * Goes on with a colleague's call: what they typed is this agent's draft from here on, and on record who took it from whom. Problems:
 * not-found (no such call with the number that was looked for, or none for this agent), conflict where the colleague typed on.
 */
export function takeOverCall(parts: { db: Database; policies: Policies }, a: TakeOver): Promise<CallDraft> {
  const { db, policies } = parts;
  const { programme, actor, token, version, now } = a;
  const agent = actor.userId;
  return policies.loaded(async () => {
    const { setup } = await policies.fresh(programme);
    if (!can(actor, "application.receive", { programme }))
      throw new Problem("not-found", msg("contact-centre.calls.noCallsHere"));
    await inTransaction(db, async (tx) => {
      const open = await lockOpen(db, tx, { programme, agent, now, looked: a.looked, id: a.id });
      if (open === null || isConfidential(setup, open.typed.type ?? null))
        throw new Problem("not-found", msg("contact-centre.continueCall.gone"));
      if (open.version !== version)
        throw new Problem("conflict", msg("contact-centre.continueCall.typedOn", { name: apart(open.agentName) }));
      await setAside(db, { agent, now }, tx);
      await insertTakenOver(db, tx, { from: open.id, agent, token, found: open.found, phone: open.phone, now });
      const { phone } = maskPersonal({ name: null, nationalNumber: null, email: null, phone: open.phone });
      const data = { programme, userId: open.agent, phone };
      await appendAudit(tx, db, { stream: "personal", type: "call.taken-over", actor, data, at: now });
    });
    const draft = await callDraftOf(db, { agent, token });
    if (draft === null) throw new Error("a call that was just taken over is gone");
    return draft;
  });
}

/** Throws where a colleague goes on with the call. */
export async function refuseTakenOver(db: Database, whose: { agent: number; token: string }): Promise<void> {
  const name = await whoTookOver(db, whose);
  if (name !== null) throw takenOver(name);
}
