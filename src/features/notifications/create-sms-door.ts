/** Where the gateway of text messages calls back. Where nothing says how it shows that it is the gateway, nothing answers there. */
import express, { type Request, type RequestHandler, type Response, Router } from "express";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import type { Services } from "../../platform/services.js";
import type { CallbackRequest } from "../../platform/sms/callback-checks.js";
import type { Callback, CallbackTaken } from "./sms-callbacks.js";

/** Longer is no report, and no list of some. The bytes are signed as they come, so nothing is unpacked. */
const longest = { one: "16kb", list: "256kb" } as const;

const refusals = {
  unauthenticated: () => new Problem("unauthenticated", msg("notifications.createSmsDoor.notSigned")),
  forbidden: () => new Problem("forbidden", msg("notifications.createSmsDoor.notFromHere")),
  unreadable: () => new Problem("malformed-request", msg("notifications.createSmsDoor.unreadable")),
} as const;

/** @param a.publicUrl where the gateway reaches us: some sign the address */
export function createSmsDoor(
  services: Pick<Services, "now" | "log" | "smsCallbacks">,
  a: { publicUrl: string },
): Router {
  const router = Router();
  const { smsCallbacks, log } = services;
  if (smsCallbacks === null) return router;
  const { checks, template } = smsCallbacks;
  const ours = a.publicUrl.replace(/\/+$/, "");

  const refuse = (refusal: keyof typeof refusals, response: Response): Problem => {
    log.warn({ refusal }, "a callback of the gateway of text messages was refused");
    // A gateway may send user and password only when it is asked for them.
    if (checks.basic !== undefined) {
      response.set("WWW-Authenticate", 'Basic realm="Diwan"');
      response.locals.asksBasic = true;
    }
    return refusals[refusal]();
  };
  const requestOf = (request: Request): CallbackRequest => ({
    path: request.params.secret as string | undefined,
    from: request.ip ?? "",
    header: (name) => request.get(name),
  });
  const atOnce: RequestHandler = (request, response, next) => {
    const refusal = smsCallbacks.refusedAtOnce(requestOf(request));
    next(refusal === null ? undefined : refuse(refusal, response));
  };
  const take = (path: string, kind: "reports" | "inbound", how: (callback: Callback) => Promise<CallbackTaken>) => {
    const { as, each } = template[kind];
    const readBytes = express.raw({
      type: () => true,
      limit: each === undefined ? longest.one : longest.list,
      inflate: false,
    });
    const answer: RequestHandler = async (request, response) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const address = ours + request.originalUrl;
      const taken = await how({ ...requestOf(request), body, address, now: services.now() });
      if (taken !== "taken") throw refuse(taken, response);
      // Empty: what stands in an answer is a text message to the sender for some.
      response.set("cache-control", "no-store").status(200).end();
    };
    const paths = [path, `${path}/:secret`];
    router.post(paths, atOnce, readBytes, answer);
    if (as === "query") router.get(paths, atOnce, answer);
  };
  take("/sms/reports", "reports", (callback) => smsCallbacks.report(callback));
  take("/sms/inbound", "inbound", (callback) => smsCallbacks.inbound(callback));
  return router;
}
