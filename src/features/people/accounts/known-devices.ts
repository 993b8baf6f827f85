/**
 * Devices at which somebody signed in wholly before. A browser's cookie names them, a few accounts each, signed by us.
 *
 * It gives no rights: it only chooses in whose count a try is, so that strangers who guess at an account do not use up its
 * owner's tries. An entry ends with the account's sessions: it carries the account's epoch. Nothing is stored.
 */

import type { RequestHandler, Response } from "express";
import { signedInOf } from "../../../platform/admin/official.js";
import { type Cookies, readCookie, setCookie } from "../../../platform/http/cookies.js";
import type { Services } from "../../../platform/services.js";
import type { Random } from "../../../platform/unguessable.js";
import type { AccountKeys } from "./account-keys.js";
import type { DeviceCookie, ShownDevices } from "./accounts.js";

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

export interface KnownDevices {
  /** Names the device in the counts of this account; null for one that the account does not know, or no longer. */
  of(shown: ShownDevices, account: Remembered | null, now: Date): string | null;
  /** Names a device that an account knew at some time; asks no database. Null for what we did not sign. */
  any(shown: ShownDevices): string | null;
  /** What the cookie is to carry once the account is known here: it comes first, and the oldest go beyond the fifth. */
  given(shown: ShownDevices, account: Remembered, now: Date): DeviceCookie;
  /** As `given`; null while what is shown will do. */
  renewed(shown: ShownDevices, account: Remembered, now: Date): DeviceCookie | null;
}

interface Remembered {
  readonly userId: number;
  readonly epoch: number;
}

interface Entry extends Remembered {
  /** Seconds since 1970, business time. */
  readonly since: number;
  /** Lot of the account at this device: it stays when the entry is renewed, and with it what was counted. */
  readonly lot: string;
  readonly text: string;
}

/** A computer at a counter has a few people. */
const maxAccounts = 5;
/** Anybody who was not signed in here for so long is a stranger again. */
const knownSeconds = 180 * 86_400;
/** A device in use is known for longer before its time is over. */
const renewedAfterSeconds = 30 * 86_400;

const form = /^((\d{1,10})\.(\d{1,9})\.(\d{1,11})\.([\w-]{22}))\.([\w-]{43})$/;
const between = "~";

export function createKnownDevices({ keys, random }: { keys: () => AccountKeys; random: Random }): KnownDevices {
  // All that is shown is proved, no matter who asks: what is found takes as long as what is not.
  function entriesOf(shown: ShownDevices): Entry[] {
    if (shown === null || shown === "") return [];
    return shown.split(between, maxAccounts).flatMap((text): Entry[] => {
      const [, said, userId, epoch, since, lot, proof] = form.exec(text) ?? [];
      if (said === undefined || lot === undefined || proof === undefined) return [];
      if (!keys().provesDevice(said, proof)) return [];
      return [{ userId: Number(userId), epoch: Number(epoch), since: Number(since), lot, text }];
    });
  }
  const secondsOf = (now: Date) => Math.floor(now.getTime() / 1000);
  const isKnown = (entry: Entry, epoch: number, now: Date): boolean =>
    entry.epoch === epoch && secondsOf(now) - entry.since < knownSeconds;

  function given(entries: readonly Entry[], { userId, epoch }: Remembered, now: Date): DeviceCookie {
    const lot = entries.find((entry) => entry.userId === userId)?.lot ?? random.bytes(16).toString("base64url");
    const said = `${userId}.${epoch}.${secondsOf(now)}.${lot}`;
    const others = entries.filter((entry) => entry.userId !== userId).map(({ text }) => text);
    const value = [`${said}.${keys().deviceProof(said)}`, ...others].slice(0, maxAccounts).join(between);
    return { value, lifeMs: knownSeconds * 1000 };
  }

  return {
    of(shown, account, now) {
      const entries = entriesOf(shown);
      const found = entries.find((entry) => entry.userId === account?.userId);
      return found && account && isKnown(found, account.epoch, now) ? `${found.userId} device ${found.lot}` : null;
    },
    any: (shown) => entriesOf(shown)[0]?.lot ?? null,
    given: (shown, account, now) => given(entriesOf(shown), account, now),
    renewed(shown, account, now) {
      const entries = entriesOf(shown);
      const found = entries.find((entry) => entry.userId === account.userId);
      const isFresh = found !== undefined && secondsOf(now) - found.since < renewedAfterSeconds;
      return isFresh && isKnown(found, account.epoch, now) ? null : given(entries, account, now);
    },
  };
}
