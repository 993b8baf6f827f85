/** From a desk to the figures of the same cases. */
import { shiftDate } from "../../engine/calendar/civil-days.js";
import { scopeIdOf } from "../../engine/measures/figure-scopes.js";
import type { HomeDesk } from "../../engine/measures/home-view.js";
import { adminRoot, withQuery } from "../../platform/ui/kit.js";

/** As the figures page names scope and period; what is left out it chooses itself. Null: those at this desk read no figures. */
function settingOf(desk: HomeDesk): { readonly scope?: string; readonly period?: string } | null {
  switch (desk.kind) {
    case "agent":
      return null;
    // The first of their scopes is their entity.
    case "focal":
      return {};
    case "triage": {
      const [sector, ...others] = desk.sectors;
      return sector === undefined || others.length > 0
        ? {}
        : { scope: scopeIdOf({ kind: "sector", code: sector.code }) };
    }
    case "executive":
      return { scope: scopeIdOf({ kind: "subtree", code: desk.entity.code }) };
    // The week that the desk shows.
    case "committee":
      return { scope: scopeIdOf({ kind: "programme", code: null }), period: `${desk.from}..${shiftDate(desk.to, -1)}` };
    case "room":
    case "auditor":
      return { scope: scopeIdOf({ kind: "programme", code: null }) };
  }
}

export function figuresAddress(desk: HomeDesk): string | null {
  const setting = settingOf(desk);
  return setting && withQuery(`${adminRoot}/pages/figures`, { programme: desk.programme.code, ...setting });
}
