/** The home of the contact centre: an agent's own calls and drafts; of who leads them what waits, and who works now. */

import { can } from "../../engine/access/permissions.js";
import { shiftsOf } from "../../engine/contact-centre/shifts.js";
import { callLabel } from "../../engine/contact-centre/typed-call.js";
import { confidentialShown } from "../../engine/measures/confidential-total.js";
import { noContacts } from "../../engine/measures/contact-kpi.js";
import type { AgentDesk } from "../../engine/measures/home-view.js";
import { guarded, guardedParts, isHidden } from "../../engine/measures/small-cells.js";
import { applicantTypes, type Labelled } from "../../engine/setup/setup.js";
import { dueCallBacks } from "../contact-centre/call-backs/call-back-queries.js";
import { callDraftsOf } from "../contact-centre/calls/draft-store.js";
import { agentsAtWork, callsWithin, contactGroups } from "../contact-centre/figures/contact-figure-queries.js";
import { receivedByChannel } from "../operations/operation-queries.js";
import { confidentialReceived } from "../reports/programme-totals.js";
import { type DeskAsked, days, type HomeParts, programmeOf } from "./home-parts.js";
import { todayNumber, untilThisHour } from "./room-desk.service.js";

const minute = 60_000;
/** Who did something in this time is at work; who typed in this one has a caller on the line. */
const recentMs = 60 * minute;
const typingMs = 5 * minute;

async function ownWork(parts: HomeParts, { setup, now }: DeskAsked, agent: number): Promise<AgentDesk["own"]> {
  const { today, tomorrow, startOf } = days(setup, now);
  const { code: programme, timeZone, settings } = setup.programme;
  // The day as the page of figures has it, to the end.
  const day = { from: startOf(today), to: startOf(tomorrow), now };
  const asked = { programme, timeZone, ...day, shifts: shiftsOf(settings), agent };
  const [groups, drafts] = await Promise.all([contactGroups(parts.db, asked), callDraftsOf(parts.db, { agent, now })]);
  return {
    today: groups.find((group) => group.agent === null && group.shift === null)?.counts ?? noContacts,
    drafts: drafts
      .filter((draft) => draft.programme === programme)
      .map(({ id, typed, updatedAt }) => ({ id, label: callLabel(typed), updatedAt: updatedAt.toISOString() })),
  };
}

async function ledWork(parts: HomeParts, { setup, now }: DeskAsked): Promise<AgentDesk["lead"]> {
  const { today, startOf } = days(setup, now);
  const programme = setup.programme.code;
  const before = (ms: number): Date => new Date(now.getTime() - ms);
  const moments = { dayStart: startOf(today), recent: before(recentMs), typing: before(typingMs), now };
  const [calls, atWork] = await Promise.all([
    callsWithin(parts.db, { programme, agent: null, ...untilThisHour(setup, now) }),
    agentsAtWork(parts.db, { programme, ...moments }),
  ]);
  return {
    calls: todayNumber(
      calls.map((n) => ({ calls: n })),
      "calls",
    ),
    atWork: atWork.map(({ lastAt, ...rest }) => ({ ...rest, lastAt: lastAt.toISOString() })),
  };
}

/** What came in today, as far as it may be shown: a line that nobody here may see is left out. */
async function received(parts: HomeParts, { setup, now }: DeskAsked) {
  const { today, startOf } = days(setup, now);
  const rows = await receivedByChannel(parts.db, {
    programme: setup.programme.code,
    from: startOf(today),
    to: now,
  });
  const sum = (some: typeof rows) => some.reduce((total, one) => total + one.received, 0);
  const shownBy = (records: readonly Labelled[], key: "channel" | "type") => {
    const of = (code: string) => sum(rows.filter((row) => row[key] === code));
    const some = records.filter(({ code, retired }) => !retired || of(code) > 0);
    const guardedCounts = guardedParts(some.map(({ code }) => of(code)));
    const lines = some.flatMap(({ code, name, order }, i) => {
      const count = guardedCounts[i] ?? "kept";
      return isHidden(count) || count === 0 ? [] : [{ named: { code, name }, order, received: count }];
    });
    return {
      lines: lines.sort((a, b) => b.received - a.received || a.order - b.order),
      hides: guardedCounts.some(isHidden),
    };
  };
  const channels = shownBy([...setup.channels.values()], "channel");
  // A type that is confidential as a whole is not counted: a nought would not be true.
  const types = shownBy(
    [...applicantTypes(setup).values()].filter(({ confidential }) => !confidential),
    "type",
  );
  return {
    receivedToday: guarded(sum(rows)),
    channels: channels.lines,
    types: types.lines,
    hides: channels.hides || types.hides,
  };
}

export async function contactDesk(parts: HomeParts, asked: DeskAsked): Promise<AgentDesk> {
  const { actor, setup, calendar, now } = asked;
  const programme = setup.programme.code;
  const agent = actor.kind === "user" && can(actor, "callBack.do", { programme }) ? actor.userId : null;
  const leads = can(actor, "contactCentre.figures", { programme });
  const [came, due, secret, own, lead] = await Promise.all([
    received(parts, asked),
    dueCallBacks(parts.db, {
      openings: [{ programme, opensAt: calendar.nextOpening(now) }],
      userId: agent,
      late: false,
      now,
      limit: 0,
    }),
    confidentialReceived(parts.db, programme),
    agent === null ? null : ownWork(parts, asked, agent),
    leads ? ledWork(parts, asked) : null,
  ]);
  return {
    kind: "agent",
    programme: programmeOf(setup),
    callBacks: { ready: due.ready, overdue: due.overdue },
    ...{ own, lead },
    ...came,
    confidentialCases: confidentialShown(secret),
  };
}
