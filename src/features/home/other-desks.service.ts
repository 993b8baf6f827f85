/** Homes of those who handle no cases: the steering committee, auditors, the contact centre. */

import { can } from "../../engine/access/permissions.js";
import { confidentialShown } from "../../engine/measures/confidential-total.js";
import { homeFigures } from "../../engine/measures/home-figures.js";
import type { AgentDesk, AuditorDesk, CommitteeDesk } from "../../engine/measures/home-view.js";
import { type Guarded, guarded, guardedParts, isHidden } from "../../engine/measures/small-cells.js";
import type { Labelled } from "../../engine/setup/setup.js";
import { dueCallBacks } from "../contact-centre/call-back-queries.js";
import { newestSeal, receivedByChannel } from "../operations/operation-queries.js";
import { confidentialReceived } from "../reports/programme-totals.js";
import { type DeskAsked, dayOf, days, type HomeParts, programmeOf } from "./home-parts.js";

const maxChanges = 8;

/** The week that the last digest told of, by the same figures. */
export async function committeeDesk(parts: HomeParts, asked: DeskAsked): Promise<CommitteeDesk> {
  const { setup, now } = asked;
  const { lastWeek } = days(setup, now);
  const report = await parts.cachedKpi({ programme: setup.programme.code, ...lastWeek, at: now });
  return {
    kind: "committee",
    programme: programmeOf(setup),
    ...lastWeek,
    countedAt: report.at,
    figures: homeFigures(setup, ["steering_committee"], { figures: report }),
    ratedOfInvited: report.satisfaction.responseRate,
    day: dayOf(asked),
    confidentialCases: report.confidentialCases,
  };
}

export async function auditorDesk(parts: HomeParts, { actor, setup, now }: DeskAsked): Promise<AuditorDesk> {
  const programme = setup.programme.code;
  const [seal, verification, changes] = await Promise.all([
    newestSeal(parts.db),
    parts.verification({ actor, now }),
    parts.lastChanges({ actor, programme, limit: maxChanges }),
  ]);
  return {
    kind: "auditor",
    programme: programmeOf(setup),
    lastSeal: seal && { number: seal.number, sealedAt: seal.sealedAt.toISOString() },
    verification: {
      state: verification.state,
      finishedAt: verification.last?.finishedAt ?? null,
      ok: verification.last?.ok ?? null,
    },
    changes: changes.map(({ id, at, who, part, sentence }) => ({ id, at: at.toISOString(), who, part, sentence })),
  };
}

export async function agentDesk(parts: HomeParts, { actor, setup, calendar, now }: DeskAsked): Promise<AgentDesk> {
  const { today, startOf } = days(setup, now);
  const programme = setup.programme.code;
  const takesCalls = can(actor, "callBack.do", { programme });
  const userId = takesCalls && actor.kind === "user" ? actor.userId : null;
  const [rows, due, secret] = await Promise.all([
    receivedByChannel(parts.db, { programme, from: startOf(today), to: now }),
    dueCallBacks(parts.db, { openings: [{ programme, opensAt: calendar.nextOpening(now) }], userId, now, limit: 0 }),
    confidentialReceived(parts.db, programme),
  ]);
  const sum = (some: typeof rows) => some.reduce((total, { received }) => total + received, 0);
  /** The most first; the order tells nothing of what is hidden. */
  const inUse = (records: readonly Labelled[], key: "channel" | "type") => {
    const of = (code: string) => sum(rows.filter((row) => row[key] === code));
    const some = records.filter(({ code, retired }) => !retired || of(code) > 0);
    const parts = guardedParts(some.map(({ code }) => of(code)));
    const shown = (received: Guarded) => (isHidden(received) ? 0 : received);
    return some
      .map(({ code, name, order }, i) => ({ named: { code, name }, order, received: parts[i] ?? "kept" }))
      .sort((a, b) => shown(b.received) - shown(a.received) || a.order - b.order);
  };
  return {
    kind: "agent",
    programme: programmeOf(setup),
    callBacks: { ready: due.ready, overdue: due.overdue },
    takesCalls,
    receivedToday: guarded(sum(rows)),
    confidentialCases: confidentialShown(secret),
    channels: inUse([...setup.channels.values()], "channel").map((one) => ({
      channel: one.named,
      received: one.received,
    })),
    // Of a type that is confidential as a whole nothing is counted: a nought beside it would not be so.
    types: inUse(
      [...setup.types.values()].filter(({ confidential }) => !confidential),
      "type",
    ).map((one) => ({ type: one.named, received: one.received })),
  };
}
