/** A browser in which somebody is signed in wholly is known to the account from then on, and the next time (`accounts/known-devices.ts`). */

import type { RequestHandler, Response } from "express";
import { signedInOf } from "../../../platform/admin/official.js";
import { type Cookies, readCookie, setCookie } from "../../../platform/http/cookies.js";
import type { Services } from "../../../platform/services.js";
import type { DeviceCookie } from "./accounts.js";

export const setDevice = (response: Response, cookies: Cookies, { value, lifeMs }: DeviceCookie): void =>
  setCookie(response, cookies.device, value, lifeMs);

/**
 * Behind `authenticate`. Looked at with each request and not at sign-in alone: a session outlives the end of all the others,
 * which every device is forgotten by.
 */
export function rememberDevice({ accounts, now }: Services, cookies: Cookies): RequestHandler {
  return (request, response, next) => {
    const { userId, epoch } = signedInOf(response);
    const device = readCookie(request, cookies.device);
    const renewed = accounts.knowDevice({ userId, epoch, device, now: now() });
    if (renewed !== null) setDevice(response, cookies, renewed);
    next();
  };
}
