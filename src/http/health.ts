/** Whether the process lives, and whether it can serve. */
import { Router } from "express";
import { isUnavailable } from "../db/connect.js";
import { Problem } from "../domain/problems.js";
import type { Services } from "../services.js";

/** `GET /healthz`: the process answers. `GET /readyz`: database, migrations and queue are there; else 503 and the reason. */
export function createHealth(services: Pick<Services, "health" | "log">): Router {
  const router = Router();
  router.get("/healthz", (_request, response) => {
    response.set("Cache-Control", "no-store").json({ status: "ok" });
  });
  router.get("/readyz", async (_request, response) => {
    const reason = await services.health.notReady().catch((error: unknown) => {
      if (!isUnavailable(error)) services.log.error({ kind: error instanceof Error ? error.name : "" }, "readiness");
      return isUnavailable(error) ? "database" : "readiness check failed";
    });
    if (reason !== null) {
      throw new Problem("unavailable", { en: `Not ready: ${reason}`, ar: `الخدمة غير جاهزة بعد: ${reason}` }, [], 5);
    }
    response.set("Cache-Control", "no-store").json({ status: "ready" });
  });
  for (const path of ["/healthz", "/readyz"]) {
    router.all(path, (_request, response) => {
      response.set("Allow", "GET, HEAD");
      throw new Problem("method-not-allowed", { en: "Use GET.", ar: "استخدم GET." });
    });
  }
  return router;
}
