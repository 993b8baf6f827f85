/** Whether the process lives, and whether it can serve. */

import { type RequestHandler, Router } from "express";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import { clockProblem } from "../clocks-apart.js";
import { databaseFault, databaseFaults } from "../db/connect.js";
import type { Services } from "../services.js";

/** `GET /healthz`: the process answers. `GET /readyz`: database, migrations and queue are there, and the clocks agree; else 503 and the reason. With what an operator has to see to. */
export function createHealth(services: Pick<Services, "health" | "log">): Router {
  const router = Router();
  router.get("/healthz", (_request, response) => {
    response.set("Cache-Control", "no-store").json({ status: "ok" });
  });
  router.get("/readyz", async (_request, response) => {
    const reason = await services.health.notReady().catch((error: unknown) => {
      const fault = databaseFault(error);
      if (fault !== null) return databaseFaults[fault].short.en;
      services.log.error({ kind: error instanceof Error ? error.name : "" }, "readiness");
      return "readiness check failed";
    });
    if (reason !== null) {
      const why = typeof reason === "string" ? { en: reason, ar: reason } : reason;
      throw new Problem("unavailable", msg("http.health.notReady", { why }), [], 5);
    }
    const warnings = services.health.warnings();
    response.set("Cache-Control", "no-store").json({ status: "ready", ...(warnings.length > 0 && { warnings }) });
  });
  for (const path of ["/healthz", "/readyz"]) {
    router.all(path, (_request, response) => {
      response.set("Allow", "GET, HEAD");
      throw new Problem("method-not-allowed", msg("http.health.useGET"));
    });
  }
  return router;
}

const reads = new Set(["GET", "HEAD", "OPTIONS"]);
/** Looking into a case's file, or fetching an export, is put on record with its time. */
const onRecord = /\/(files|attachments|exports)(\/|$)/i;

/**
 * While this machine's clock is far from the database's, whatever would be stored is refused with 503: an act first enforces
 * what fell due before it, by years where the clock is years ahead. Reading goes on, so that people see why.
 */
export function refuseWrongClock({ health }: Pick<Services, "health">): RequestHandler {
  return (request, _response, next) => {
    if (reads.has(request.method) && !onRecord.test(request.path)) return next();
    const apart = health.clocksApart();
    if (apart !== null) throw clockProblem(apart);
    next();
  };
}
