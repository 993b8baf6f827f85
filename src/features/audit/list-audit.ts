/** The audit of changes to read: who changed what, in words, inside the programmes that the reader answers for. */

import { type Actor, can } from "../../engine/access/permissions.js";
import { type AuditChange, auditChanges, auditSentence } from "../../engine/audit/audit-words.js";
import { systemName } from "../../engine/audit/system-names.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";
import type { Database } from "../../platform/db/query.js";
import { type AuditFilter, countAudit, type ListedAudit, pageOfAudit } from "./audit-list-queries.js";

export interface AuditView {
  readonly id: string;
  readonly stream: string;
  readonly seq: number;
  readonly at: Date;
  readonly type: string;
  /** Name of the person, or of the part of the system, that did it. */
  readonly who: string;
  /** What that part of the system is called; null for people and for what has no name yet. */
  readonly part: Bilingual | null;
  readonly sentence: Bilingual;
  readonly changes: readonly AuditChange[];
  readonly reason: string | null;
  readonly programme: string | null;
  /** All that was recorded. */
  readonly data: Readonly<Record<string, unknown>>;
}

export interface AuditReader {
  /** Newest first. `programmes`: only of these; whatever the reader may not read of is left out. Problem forbidden. */
  page(a: {
    actor: Actor;
    filter: AuditFilter;
    programmes?: readonly string[];
    offset: number;
    limit: number;
  }): Promise<readonly AuditView[]>;
  count(a: {
    actor: Actor;
    filter: AuditFilter;
    programmes?: readonly string[];
  }): Promise<{ readonly total: number; readonly more: boolean }>;
  /** Null: there is none, or it is not theirs. */
  one(a: { actor: Actor; id: string }): Promise<AuditView | null>;
}

function viewOf(event: ListedAudit): AuditView {
  const { id, stream, seq, at, type, actor, data, person, called } = event;
  return {
    id,
    stream,
    seq,
    at,
    type,
    who: String(actor.name ?? actor.job ?? actor.kind ?? ""),
    part: actor.kind === "user" ? null : systemName(String(actor.job ?? actor.kind ?? "")),
    sentence: auditSentence({ type, data, person, called }),
    changes: auditChanges({ type, data }),
    reason: typeof data.reason === "string" && data.reason !== "" ? data.reason : null,
    programme: typeof data.programme === "string" ? data.programme : null,
    data,
  };
}

function programmesOf(actor: Actor, wanted: readonly string[] | undefined): string[] {
  const seats = actor.kind === "user" ? actor.seats : [];
  const mine = [...new Set(seats.map((seat) => seat.programme))].filter((programme) =>
    can(actor, "audit.read", { programme }),
  );
  if (mine.length === 0) {
    throw new Problem("forbidden", msg("audit.listAudit.theRecordOfChangesIs"));
  }
  return wanted === undefined ? mine : mine.filter((programme) => wanted.includes(programme));
}

export function createAuditReader(d: { db: Database }): AuditReader {
  return {
    async page({ actor, programmes, ...asked }) {
      return (await pageOfAudit(d.db, { ...asked, programmes: programmesOf(actor, programmes) })).map(viewOf);
    },
    async count({ actor, filter, programmes }) {
      return countAudit(d.db, { filter, programmes: programmesOf(actor, programmes) });
    },
    async one({ actor, id }) {
      const [, stream, seq] = /^([a-z]+)-(\d{1,9})$/.exec(id) ?? [];
      if (stream === undefined || seq === undefined) return null;
      const filter = { id: { stream, seq: Number(seq) } };
      const [event] = await pageOfAudit(d.db, {
        filter,
        programmes: programmesOf(actor, undefined),
        offset: 0,
        limit: 1,
      });
      return event === undefined ? null : viewOf(event);
    },
  };
}
