/** Figures over the API: the same as the figures page and `diwan kpi` have, for keys that were issued to read them. */

import type { Request, Router } from "express";
import { msg } from "../../engine/text/msg.js";
import { type FieldFault, Problem } from "../../engine/text/problems.js";
import type { ApiServices } from "./api-services.js";
import { only } from "./only.js";
import { authenticate } from "./read-request.js";

const parameters = ["from", "to", "by", "only", "entity", "knownOn"] as const;
type Asked = { readonly [Name in (typeof parameters)[number]]?: string };

/** Problem invalid-input with a fault a parameter. */
function readAsked({ query }: Request): Asked {
  const faults: FieldFault[] = Object.entries(query).flatMap(([name, value]) => {
    if (!(parameters as readonly string[]).includes(name))
      return [{ field: `/${name.slice(0, 40)}`, reason: msg("reports.shared.unknownParameter") }];
    return typeof value === "string" ? [] : [{ field: `/${name}`, reason: msg("reports.shared.twice") }];
  });
  if (faults.length > 0) throw new Problem("invalid-input", msg("reports.kpi.theFiguresAskedForCannot"), faults);
  return Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value).slice(0, 200)]));
}

/** Adds the address of figures to the API's. */
export function addKpiRoutes(router: Router, services: ApiServices): void {
  router.get("/api/v1/kpi", async (request, response) => {
    const key = await authenticate(request, services, "figures");
    const asked = readAsked(request);
    // Another instance may have revoked it: what is received is checked when it is written, and figures are read.
    await services.intake.stillGood(key);
    const { id, programme } = key;
    response.json(await services.reports.shared({ programme, key: id, now: services.now(), ...asked }));
  });
  router.all("/api/v1/kpi", only("GET, HEAD"));
}
