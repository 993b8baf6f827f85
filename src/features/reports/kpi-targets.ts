/** What the figures of a report are measured against, as a terminal says it beside them. */

import { rolesGranted } from "../../engine/access/permissions.js";
import { type RoleCode, roleCodes, roleNames } from "../../engine/access/roles.js";
import { formatCount } from "../../engine/formatting/counted-nouns.js";
import { formatNumber, formatPercent } from "../../engine/formatting/numbers.js";
import type { KpiFigures } from "../../engine/measures/kpi.js";
import { type PageFigureCode, pageFigure } from "../../engine/measures/page-figures.js";
import {
  againstTarget,
  type ShownKpi,
  shownKpis,
  standingWords,
  targetUnit,
} from "../../engine/measures/shown-kpis.js";
import { msg } from "../../engine/text/msg.js";
import { listed, semicolon } from "../../engine/text/text.js";
import type { Spoken } from "./kpi-rows.js";

/** Roles that read figures: only they are shown any, with or without a target. */
export const audiences: readonly RoleCode[] = roleCodes.filter((role) => rolesGranted("kpi.read").has(role));

interface Aim extends ShownKpi {
  readonly target: number;
}
const hasTarget = (shown: ShownKpi): shown is Aim => shown.target !== null;

/** As people write it: per cent, working days, cases. */
function written({ code, target }: Aim, { say, language }: Spoken): string {
  const unit = targetUnit(code);
  if (unit === "percent") return formatPercent(target / 100, language);
  return unit === "cases" ? formatNumber(target, language) : say(formatCount(target, "workingDay"));
}

/** Of one audience: each target, and how the figure lies to it. */
function ofAudience(figures: KpiFigures, role: RoleCode, spoken: Spoken): [PageFigureCode, string][] {
  const { say, setup, daySeconds } = spoken;
  return shownKpis(setup, role)
    .filter(hasTarget)
    .map((aim) => {
      const target = written(aim, spoken);
      const against = againstTarget(aim, pageFigure(aim.code).measured(figures).value, daySeconds);
      if (against === null) return [aim.code, target];
      return [
        aim.code,
        say(msg("reports.kpiCommand.targetLies", { target, standing: standingWords[against.standing] })),
      ];
    });
}

/** Of all: each target with the roles that have it. */
function ofAll(spoken: Spoken): [PageFigureCode, string][] {
  const { say, setup } = spoken;
  const roles = new Map<PageFigureCode, Map<string, RoleCode[]>>();
  for (const role of audiences)
    for (const aim of shownKpis(setup, role).filter(hasTarget)) {
      const of = roles.get(aim.code) ?? new Map<string, RoleCode[]>();
      const target = written(aim, spoken);
      roles.set(aim.code, of.set(target, [...(of.get(target) ?? []), role]));
    }
  return [...roles].map(([code, of]) => {
    const each = [...of].map(([target, some]) =>
      msg("reports.kpiCommand.targetFor", { target, roles: listed(some.map((role) => roleNames[role])) }),
    );
    return [code, say(listed(each, semicolon))];
  });
}

/** @param audience whose targets; null: says for whom there are any. By figure; empty where none is set. */
export const kpiTargets = (
  figures: KpiFigures,
  audience: RoleCode | null,
  spoken: Spoken,
): ReadonlyMap<string, string> => new Map(audience === null ? ofAll(spoken) : ofAudience(figures, audience, spoken));
