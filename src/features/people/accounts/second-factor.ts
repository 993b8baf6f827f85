/** The second factor: begun, put into use by its first code, shown at sign-in, removed. */

import { createHash } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import type { Logger } from "pino";
import { toString as drawQr } from "qrcode";
import type { Actor } from "../../../engine/access/permissions.js";
import type { AuditType } from "../../../engine/audit/audit-types.js";
import { msg } from "../../../engine/text/msg.js";
import { westernDigits } from "../../../engine/text/normalise-text.js";
import { Problem } from "../../../engine/text/problems.js";
import { appendAudit } from "../../../platform/audit/audit-store.js";
import type { Database } from "../../../platform/db/query.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import type { Random } from "../../../platform/unguessable.js";
import { requireAccount, requireAnother } from "../require-account.js";
import { noUser } from "../user-store.js";
import type { AccountKeys } from "./account-keys.js";
import { type Account, accountByEmail, accountById } from "./account-store.js";
import type { SecondFactorSecret, SecondFactorService } from "./accounts.js";
import type { KnownDevices } from "./known-devices.js";
import { asOwner, inSession, requirePassword } from "./owner.js";
import {
  beginSecondFactor,
  confirmSecondFactor,
  readSecondFactor,
  removeSecondFactor,
  replaceRecoveryCodes,
  type StoredSecondFactor,
  secondFactorsOfOtherKeys,
  storeResealed,
  takeRecoveryCode,
  takeStep,
} from "./second-factor-store.js";
import { endSessions, markSecondFactor } from "./session-store.js";
import type { Throttle } from "./throttle.js";

const periodMs = 30_000;
/** Codes of an authenticator app (RFC 6238: SHA-1, six digits, thirty seconds) and recovery codes. */
const secretBytes = 20;
const recoveryBytes = 10;
const recoveryCodeCount = 10;

const totpOf = (secret: Buffer, label: string) =>
  // A copy: Buffers of Node share their memory with others.
  new TOTP({ issuer: "Diwan", label, secret: new Secret({ buffer: new Uint8Array(secret).buffer }), digits: 6 });

const inFours = (text: string, mark: string) => (text.match(/.{1,4}/g) ?? []).join(mark);

/** A secret as it is shown once. */
async function showSecret(secret: Buffer, email: string): Promise<SecondFactorSecret> {
  const totp = totpOf(secret, email);
  const uri = totp.toString();
  return { secret: inFours(totp.secret.base32, " "), uri, qrSvg: await drawQr(uri, { type: "svg", margin: 2 }) };
}

/** The time step that a code belongs to, or null for a wrong one. One step early or late is taken: clocks differ. */
function stepOfCode(secret: Buffer, code: string, at: Date): number | null {
  const delta = totpOf(secret, "").validate({ token: code, timestamp: at.getTime(), window: 1 });
  return delta === null ? null : Math.floor(at.getTime() / periodMs) + delta;
}

/** What a person typed: digits of either script, without the blanks and hyphens that codes are shown with. */
function typedCode(typed: string): string {
  return westernDigits(typed.slice(0, 100).normalize("NFKC"))
    .replace(/[\s\-–\u200e\u200f]/g, "")
    .toUpperCase();
}

/** A code that cannot be guessed: 80 bits, as `ABCD-EFGH-IJKL-MNOP`. */
function recoveryCode(bytes: (n: number) => Buffer): string {
  return inFours(new Secret({ buffer: new Uint8Array(bytes(recoveryBytes)).buffer }).base32, "-");
}

/** SHA-256 of a code as typed: 80 bits of chance need no slow hash. */
function recoveryHash(userId: number, code: string): Buffer {
  return createHash("sha256")
    .update(`${userId} ${typedCode(code)}`)
    .digest();
}

export interface SecondFactorParts {
  readonly db: Database;
  readonly keys: () => AccountKeys;
  readonly random: Random;
  readonly throttle: Throttle;
  readonly log: Pick<Logger, "error">;
  readonly devices: KnownDevices;
  /** The time it is where the telephone is, whatever business time is. */
  readonly clock: () => Date;
}

const wrongCode = (): Problem => {
  const reason = msg("people.secondFactor.thisCodeIsWrongOr");
  return new Problem("invalid-input", reason, [{ field: "/code", reason }]);
};

const inUse = (): Problem => new Problem("conflict", msg("people.secondFactor.aSecondFactorIsIn"));

const notBegun = (): Problem => new Problem("conflict", msg("people.secondFactor.beginAgainThisSetUpIs"));

/** The code may be right: nobody can tell without the key. Recovery codes need none. */
const unreadable = (): Problem => new Problem("not-now", msg("people.secondFactor.codesOfYourAppCannot"));

export function createSecondFactor({
  db,
  keys,
  random,
  throttle,
  devices,
  log,
  clock,
}: SecondFactorParts): SecondFactorService {
  async function accountOf(userId: number, now: Date): Promise<Account> {
    const account = await accountById(db, { userId, now });
    if (account === null) throw noUser(String(userId));
    return account;
  }
  /** Null when none of the keys opens it, which is written into the log. */
  function secretOf(userId: number, { secret, key }: StoredSecondFactor): Buffer | null {
    const opened = keys().unseal(userId, secret);
    if (opened !== null) return opened.secret;
    log.error({ userId, sealedWith: key }, "a second factor opens with no key of SESSION_SECRET");
    return null;
  }
  const newCodes = (userId: number) => {
    const codes = Array.from({ length: recoveryCodeCount }, () => recoveryCode((n) => random.bytes(n)));
    return { codes, hashes: codes.map((code) => recoveryHash(userId, code)) };
  };
  const record = (tx: Parameters<typeof appendAudit>[0], type: AuditType, data: object, actor: Actor, at: Date) =>
    appendAudit(tx, db, { stream: "users", type, actor, data, at });

  /** Counted before it is looked at; what was right is forgotten. */
  async function throttled<T>(userId: number, whose: string, now: Date, work: () => Promise<T>): Promise<T> {
    const tries = [{ kind: "second factor", whose }] as const;
    await throttle.count(tries, { now, userId });
    const result = await work().catch(async (error: unknown) => {
      // No guess was looked at: anybody who types right codes in vain is not kept from writing a recovery code.
      if (error instanceof Problem && error.code === "not-now") await throttle.takeBack(tries[0]);
      throw error;
    });
    await throttle.clear(tries);
    return result;
  }

  async function check(a: { userId: number; code: string; now: Date }, whose: string) {
    const { userId, now } = a;
    return throttled(userId, whose, now, async () => {
      const stored = await readSecondFactor(db, userId);
      if (stored === null || stored.confirmedAt === null) throw wrongCode();
      const code = typedCode(a.code);
      if (/^\d{6}$/.test(code)) {
        const secret = secretOf(userId, stored);
        if (secret === null) throw unreadable();
        const step = stepOfCode(secret, code, clock());
        if (step === null || !(await takeStep(db, { userId, step }))) throw wrongCode();
        return { recoveryCodesLeft: stored.recoveryCodesLeft };
      }
      if (!(await takeRecoveryCode(db, { userId, codeHash: recoveryHash(userId, code), now }))) throw wrongCode();
      const recoveryCodesLeft = stored.recoveryCodesLeft - 1;
      const owner = await accountOf(userId, now);
      await inTransaction(db, (tx) =>
        record(tx, "account.recovery-code-used", { userId, recoveryCodesLeft }, asOwner(owner), now),
      );
      return { recoveryCodesLeft };
    });
  }

  async function begin({ userId, email }: Account, now: Date): ReturnType<SecondFactorService["begin"]> {
    const secret = random.bytes(secretBytes);
    const sealed = { secret: keys().seal(userId, secret), key: keys().writesWith };
    if (!(await beginSecondFactor(db, { userId, ...sealed, now }))) throw inUse();
    return showSecret(secret, email);
  }

  return {
    async status({ userId, now }) {
      const { secondFactorRequired } = await accountOf(userId, now);
      const stored = await readSecondFactor(db, userId);
      const since = stored?.confirmedAt ?? null;
      const recoveryCodesLeft = since === null ? 0 : (stored?.recoveryCodesLeft ?? 0);
      return { on: since !== null, since, required: secondFactorRequired, recoveryCodesLeft };
    },
    begin: async ({ userId, now }) => begin(await accountOf(userId, now), now),
    async beginInSession({ userId, current, sessionId, now }) {
      const account = await accountOf(userId, now);
      await requirePassword(throttle, { account, current, sessionId, now });
      return begin(account, now);
    },
    async begun({ userId, now }) {
      const { email } = await accountOf(userId, now);
      const stored = await readSecondFactor(db, userId);
      if (stored === null || stored.confirmedAt !== null) return null;
      const secret = secretOf(userId, stored);
      return secret && showSecret(secret, email);
    },
    async confirm({ userId, code, sessionId, now }) {
      return throttled(userId, inSession(userId, sessionId), now, async () => {
        const owner = await accountOf(userId, now);
        const stored = await readSecondFactor(db, userId);
        if (stored === null) throw notBegun();
        if (stored.confirmedAt !== null) throw inUse();
        const secret = secretOf(userId, stored);
        if (secret === null) throw notBegun();
        const step = stepOfCode(secret, typedCode(code), clock());
        if (step === null) throw wrongCode();
        const { codes, hashes } = newCodes(userId);
        await inTransaction(db, async (tx) => {
          if (!(await confirmSecondFactor(db, { userId, secret: stored.secret, step, now }, tx))) throw notBegun();
          await replaceRecoveryCodes(db, { userId, hashes }, tx);
          await markSecondFactor(db, { sid: sessionId, userId }, tx);
          // What was opened by the password alone is not open any more.
          const sessions = await endSessions(db, tx, userId, sessionId);
          await record(tx, "account.second-factor-added", { userId, sessions }, asOwner(owner), now);
        });
        return codes;
      });
    },
    async verify(a) {
      const known = devices.of(a.device, await accountOf(a.userId, a.now), a.now);
      return check(a, known ?? String(a.userId));
    },
    async sealAnew() {
      const { writesWith, seal, unseal } = keys();
      let sealedAnew = 0;
      for (const { userId, secret: before } of await secondFactorsOfOtherKeys(db, writesWith)) {
        const opened = unseal(userId, before);
        if (opened === null) continue;
        const secret = seal(userId, opened.secret);
        if (await storeResealed(db, { userId, before, secret, key: writesWith })) sealedAnew += 1;
      }
      return { sealedAnew };
    },
    async renewRecoveryCodes(a) {
      const { userId, now } = a;
      await check(a, inSession(userId, a.sessionId));
      const owner = await accountOf(userId, now);
      const { codes, hashes } = newCodes(userId);
      await inTransaction(db, async (tx) => {
        await replaceRecoveryCodes(db, { userId, hashes }, tx);
        await record(tx, "account.recovery-codes-renewed", { userId }, asOwner(owner), now);
      });
      return codes;
    },
    async remove(a) {
      const { userId, now } = a;
      const owner = await accountOf(userId, now);
      if (owner.secondFactorRequired) {
        throw new Problem("forbidden", msg("people.secondFactor.yourRoleNeedsASecond"));
      }
      await check(a, inSession(userId, a.sessionId));
      await inTransaction(db, async (tx) => {
        await removeSecondFactor(db, userId, tx);
        await record(tx, "account.second-factor-removed", { userId }, asOwner(owner), now);
      });
    },
    async removeFor({ email, by, now }) {
      await requireAccount(db, { email, by, now });
      const account = await accountByEmail(db, { email, now });
      if (account === null) throw noUser(email);
      const { userId } = account;
      requireAnother(by, userId);
      await inTransaction(db, async (tx) => {
        if (!(await removeSecondFactor(db, userId, tx))) {
          throw new Problem("not-found", msg("people.secondFactor.thisAccountHasNoSecond"));
        }
        const sessions = await endSessions(db, tx, userId);
        await record(tx, "account.second-factor-removed", { userId, sessions }, by, now);
      });
    },
  };
}
