/** Signing in, put together: passwords, throttles, second factor, links, sessions. */

import { normalEmail } from "../../../engine/text/mail-address.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import { appendAudit } from "../../../platform/audit/audit-store.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { forgetTries } from "../../../platform/jobs/failure-store.js";
import { hashPassword, noUser } from "../user-store.js";
import {
  type Account,
  accountByEmail,
  accountById,
  openedSession,
  ownerOfSession,
  passwordOpens,
  type SessionOwner,
  storeLanguage,
  storePassword,
} from "./account-store.js";
import type { Accounts, NextStep, SignedIn } from "./accounts.js";
import { createKnownDevices } from "./known-devices.js";
import { forgetLinks } from "./link-store.js";
import { createLinks, type LinkParts } from "./links.js";
import { asOwner, requirePassword } from "./owner.js";
import { createSecondFactor, type SecondFactorParts } from "./second-factor.js";
import { endSession, endSessions, forgetSessions, listSessions } from "./session-store.js";
import { createThrottle, type Try, tellingMs } from "./throttle.js";

export type AccountParts = Omit<LinkParts & SecondFactorParts, "throttle" | "devices">;

/** The third wrong password is written into the record, once a window; the first two are slips of the finger. */
const worthTelling = 3;

/** Links that ran out are kept this long, so that the operation room's record of them can be followed up. */
const linkRetentionMs = 30 * 86_400_000;

const refused = (): Problem => new Problem("unauthenticated", msg("people.createAccounts.theEMailAddressOrThe"));

const noSession = (): Problem => new Problem("not-found", msg("people.createAccounts.thisSessionHasEndedAlready"));

const nextStep = (account: Account): NextStep => {
  if (account.secondFactorOn) return "second-factor";
  return account.secondFactorRequired ? "enrol-second-factor" : "done";
};

const signedInOf = ({ userId, name, email, language, epoch, seats }: SessionOwner): SignedIn => ({
  actor: { kind: "user", userId, name, seats },
  userId,
  name,
  email,
  language,
  epoch,
});

export function createAccounts(parts: AccountParts): Accounts {
  const { db } = parts;
  const throttle = createThrottle(parts);
  const devices = createKnownDevices(parts);
  async function accountOf(userId: number, now: Date): Promise<Account> {
    const account = await accountById(db, { userId, now });
    if (account === null) throw noUser(String(userId));
    return account;
  }

  /** As quick for an account that there is as for one that there is not. */
  async function tellOfGuessing(account: Account | null, now: Date): Promise<void> {
    const tell = async () => {
      if (account === null) return;
      const { userId, email } = account;
      const actor = { kind: "system", job: "sign-in" } as const;
      const data = { userId, email };
      await inTransaction(db, (tx) =>
        appendAudit(tx, db, { stream: "users", type: "account.sign-in-failed", actor, data, at: now }),
      );
    };
    await Promise.all([tell(), parts.pause(tellingMs)]);
  }

  return {
    ...createLinks({ ...parts, throttle, devices }),
    secondFactor: createSecondFactor({ ...parts, throttle, devices }),
    deviceName: (device) => devices.any(device),
    knowDevice: (a) => devices.renewed(a.device, a, a.now),
    async official({ userId, sessionId, now }) {
      const owner = await ownerOfSession(db, { sessionId, userId, now });
      return owner && signedInOf(owner);
    },
    async session(a) {
      const opened = await openedSession(db, a);
      if (opened === null) return null;
      const { data, seenAt, owner } = opened;
      return { data, seenAt, official: owner && signedInOf(owner) };
    },
    async signIn({ email, password, address, device, now }) {
      const account = await accountByEmail(db, { email, now });
      const known = devices.of(device, account, now);
      // One counter of each kind either way: nobody tells from the time what is known.
      const who: Try =
        known === null
          ? { kind: "sign-in account", whose: normalEmail(email) }
          : { kind: "sign-in device", whose: known };
      const byAddress: Try = { kind: known === null ? "sign-in address" : "sign-in known address", whose: address };
      const [tries] = await throttle.count([who, byAddress], { now, userId: account?.userId });
      if (!(await passwordOpens(account, password)) || account === null) {
        if (tries === worthTelling) await tellOfGuessing(account, now);
        throw refused();
      }
      await throttle.clear([who]);
      await throttle.takeBack(byAddress);
      const { userId, language, epoch } = account;
      return { userId, language, epoch, next: nextStep(account) };
    },
    async signedIn({ userId, secondFactor, now }) {
      const account = await accountOf(userId, now);
      const data = { userId, email: account.email, secondFactor };
      await inTransaction(db, (tx) =>
        appendAudit(tx, db, { stream: "users", type: "account.signed-in", actor: asOwner(account), data, at: now }),
      );
    },
    async signedOut({ userId, now }) {
      const account = await accountOf(userId, now);
      const data = { userId, email: account.email };
      await inTransaction(db, (tx) =>
        appendAudit(tx, db, { stream: "users", type: "account.signed-out", actor: asOwner(account), data, at: now }),
      );
    },
    async changePassword({ userId, current, next, sessionId, now }) {
      const account = await accountOf(userId, now);
      await requirePassword(throttle, { account, current, sessionId, now });
      const passwordHash = await hashPassword(next).catch((error: unknown) => {
        throw error instanceof Problem ? atField(error, "/next") : error;
      });
      await inTransaction(db, async (tx) => {
        await storePassword(db, { userId, passwordHash, now }, tx);
        const sessions = await endSessions(db, tx, userId, sessionId);
        const data = { userId, email: account.email, sessions };
        await appendAudit(tx, db, {
          stream: "users",
          type: "user.password-set",
          actor: asOwner(account),
          data,
          at: now,
        });
      });
    },
    sessions: {
      list: (a) => listSessions(db, a),
      async end({ userId, id, now }) {
        const account = await accountOf(userId, now);
        await inTransaction(db, async (tx) => {
          if (!(await endSession(db, { userId, id }, tx))) throw noSession();
          const data = { userId, sessions: 1 };
          await appendAudit(tx, db, {
            stream: "users",
            type: "account.sessions-ended",
            actor: asOwner(account),
            data,
            at: now,
          });
        });
      },
      async endOthers({ userId, current, now }) {
        const account = await accountOf(userId, now);
        return inTransaction(db, async (tx) => {
          const ended = await endSessions(db, tx, userId, current);
          const data = { userId, sessions: ended };
          const actor = asOwner(account);
          await appendAudit(tx, db, { stream: "users", type: "account.sessions-ended", actor, data, at: now });
          return { ended };
        });
      },
    },
    async setLanguage({ userId, language, now }) {
      const account = await accountOf(userId, now);
      if (account.language === language) return;
      await inTransaction(db, async (tx) => {
        await storeLanguage(db, { userId, language }, tx);
        const data = { userId, language };
        const actor = asOwner(account);
        await appendAudit(tx, db, { stream: "users", type: "user.language-set", actor, data, at: now });
      });
    },
    async forgetExpired({ now }) {
      return {
        sessions: await forgetSessions(db, now),
        links: await forgetLinks(db, new Date(now.getTime() - linkRetentionMs)),
        failures: await forgetTries(db, now),
      };
    },
  };
}

const atField = (problem: Problem, field: string): Problem =>
  new Problem(
    problem.code,
    problem.detail,
    problem.faults.map((fault) => ({ ...fault, field })),
  );
