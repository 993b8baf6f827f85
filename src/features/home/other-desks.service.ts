/** Homes of those who handle no cases: the steering committee, auditors. */

import { homeFigures } from "../../engine/measures/home-figures.js";
import type { AuditorDesk, CommitteeDesk } from "../../engine/measures/home-view.js";
import { newestSeal } from "../operations/operation-queries.js";
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
