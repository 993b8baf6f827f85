/** Where the gateway of text messages calls back. Without its secret nothing answers there. */
import express, { type Request, type Response, Router } from "express";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import type { Services } from "../../platform/services.js";
import type { Callback, CallbackTaken } from "./sms-callbacks.js";

/** Longer is no report. The bytes are signed as they come, so nothing is unpacked. */
const readBytes = express.raw({ type: () => true, limit: "16kb", inflate: false });

export function createSmsDoor(services: Pick<Services, "now" | "smsCallbacks">): Router {
  const router = Router();
  const { smsCallbacks } = services;
  if (smsCallbacks === null) return router;
  const answer =
    (take: (callback: Callback) => Promise<CallbackTaken>) => async (request: Request, response: Response) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const header = (name: string) => request.get(name);
      const taken = await take({
        body,
        time: header("x-diwan-time"),
        signature: header("x-diwan-signature"),
        now: services.now(),
      });
      if (taken === "refused") throw new Problem("unauthenticated", msg("notifications.createSmsDoor.notSigned"));
      response.set("cache-control", "no-store").status(204).end();
    };
  router.post(
    "/sms/reports",
    readBytes,
    answer((callback) => smsCallbacks.report(callback)),
  );
  router.post(
    "/sms/inbound",
    readBytes,
    answer((callback) => smsCallbacks.inbound(callback)),
  );
  return router;
}
