/** Invitations and resets: letters with a link that sets a password once. */

import type { Transaction } from "sequelize";
import { type Actor, can } from "../../../engine/access/permissions.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import { appendAudit } from "../../../platform/audit/audit-store.js";
import type { Database } from "../../../platform/db/query.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { insertMessages, type NewMessageState } from "../../../platform/mail/message-store.js";
import type { Random } from "../../../platform/unguessable.js";
import { mayNot, requireAccount, requireAnother, requireToBeInvited } from "../require-account.js";
import { accountProgrammes, createUser, hashPassword, noUser } from "../user-store.js";
import type { AccountKeys } from "./account-keys.js";
import { type Account, accountByEmail, accountById, giveAccount, lockAccount, storePassword } from "./account-store.js";
import type { HandedLink, LinkService } from "./accounts.js";
import type { KnownDevices } from "./known-devices.js";
import { insertLink, type LinkKind, markLinkUsed, openLinks, type UsableLink, usableLink } from "./link-store.js";
import { asOwner } from "./owner.js";
import { endSessions } from "./session-store.js";
import type { Throttle } from "./throttle.js";

export interface LinkParts {
  readonly db: Database;
  readonly keys: () => AccountKeys;
  readonly random: Random;
  readonly throttle: Throttle;
  readonly devices: KnownDevices;
  /** `kept`: no mail leaves, so links are handed over by whoever asked for them. */
  readonly messages: NewMessageState;
  /** Address of the page that a token opens. */
  readonly linkAddress: (token: string) => string;
  readonly programmes: () => Promise<readonly string[]>;
  /** Waits so many milliseconds. */
  readonly pause: (ms: number) => Promise<unknown>;
}

/** How long a link works: an invitation waits for somebody on leave, a reset for somebody at the screen. */
const linkLifetimeMs: Readonly<Record<LinkKind, number>> = {
  invitation: 7 * 86_400_000,
  reset: 2 * 3_600_000,
};

/** So many links of the last hour in a mailbox are enough: anybody who asks for more finds one that works there, and no flood. */
export const openLinksMost = 3;
const hourMs = 3_600_000;

/** A reset takes at least this long, so that nobody tells from the time whether there is such an account. */
const resetFloorMs = 400;

const deadLink = (): Problem => new Problem("not-found", msg("people.links.thisLinkDoesNotWork"));

const disabledAccount = (): Problem => new Problem("conflict", msg("people.links.theAccountIsDisabledEnable"));

export function createLinks(parts: LinkParts): LinkService {
  const { db, keys, random, throttle, devices } = parts;

  /** Writes the link and its letter. The letter carries what the token is made of beside the key, never the token. */
  async function send(
    tx: Transaction,
    a: {
      account: Pick<Account, "userId" | "name" | "language">;
      purpose: LinkKind;
      programme: string;
      /** Null: whoever says that it is their account. Nothing is handed to them, and nothing is taken from its owner. */
      by: Actor | null;
      now: Date;
    },
  ): Promise<HandedLink> {
    const { account, purpose, programme, by, now } = a;
    const { userId } = account;
    const nonce = random.bytes(16);
    const key = keys().writesWith;
    const expiresAt = new Date(now.getTime() + linkLifetimeMs[purpose]);
    await lockAccount(db, userId, tx);
    const id = await insertLink(db, { userId, purpose, replaces: by !== null, nonce, key, now, expiresAt }, tx);
    const intent = {
      template: `account-${purpose}` as const,
      receiver: { kind: "user", userId } as const,
      language: account.language,
      data: {
        link: id,
        nonce: nonce.toString("base64url"),
        key,
        name: account.name,
        expiresAt: expiresAt.toISOString(),
      },
      key: `account/link/${id}`,
    };
    await insertMessages(db, { programme, intents: [intent], now, state: parts.messages }, tx);
    const told = { userId, purpose, link: id };
    const data = by === null ? told : { ...told, programme };
    const actor = by ?? ({ kind: "system", job: "sign-in" } as const);
    await appendAudit(tx, db, { stream: "users", type: "account.link-sent", actor, data, at: now });
    const token = keys().linkToken({ id, nonce, key });
    return parts.messages !== "pending" && by !== null ? parts.linkAddress(token) : null;
  }

  /** The programme whose name stands over the letter. */
  async function programmeFor(email: string, now: Date): Promise<string> {
    const own = (await accountProgrammes(db, { email, now }))?.own ?? [];
    const programme = [...own, ...(await parts.programmes())][0];
    if (programme === undefined) throw noProgramme("");
    return programme;
  }

  async function linkOf(token: string, now: Date): Promise<UsableLink> {
    const id = /^(\d{1,15})\.[\w-]{43}$/.exec(token)?.[1];
    const link = id === undefined ? null : await usableLink(db, { id: Number(id), now });
    if (link === null || !keys().opensLink(link, token)) throw deadLink();
    return link;
  }

  /** @param known the device that asks; null: anybody */
  async function resetIfThere(account: Account | null, known: string | null, now: Date): Promise<void> {
    if (account === null || account.disabled) return;
    if (known !== null && !(await throttle.within({ kind: "reset device", whose: known }, { now }))) return;
    const { userId, email } = account;
    const programme = await programmeFor(email, now);
    const purpose = account.passwordHash === null ? "invitation" : "reset";
    await inTransaction(db, async (tx) => {
      await lockAccount(db, userId, tx);
      // Asked of the links themselves and not of a counter: no letter is left out but where one that works was sent.
      const since = new Date(now.getTime() - hourMs);
      if (known === null && (await openLinks(db, { userId, since, now }, tx)) >= openLinksMost) return;
      await send(tx, { account, purpose, programme, by: null, now });
    });
  }

  return {
    async invite({ email, name, language, programme, by, now }) {
      if (!can(by, "users.edit", { programme })) throw mayNot();
      if (!(await parts.programmes()).includes(programme)) throw noProgramme(programme);
      const known = await accountByEmail(db, { email, now });
      if (known !== null) {
        await requireToBeInvited(db, { email, by, now });
        if (known.disabled) throw disabledAccount();
        if (known.passwordHash !== null) throw signsIn(known.email);
      }
      return inTransaction(db, async (tx) => {
        const userId = known?.userId ?? (await createUser(db, { email, name, language, programme }, { by, now }, tx));
        const account = known ?? { userId, name: name.trim(), language };
        await giveAccount(db, { userId, programme }, tx);
        const link = await send(tx, { account, purpose: "invitation", programme, by, now });
        return { userId, link };
      });
    },
    async sendReset({ email, address, device, now }) {
      const account = await accountByEmail(db, { email, now });
      const known = devices.of(device, account, now);
      if (known === null) await throttle.count([{ kind: "reset address", whose: address }], { now });
      await Promise.all([resetIfThere(account, known, now), parts.pause(resetFloorMs)]);
    },
    async resetFor({ email, by, now }) {
      await requireAccount(db, { email, by, now });
      const account = await accountByEmail(db, { email, now });
      if (account === null) throw noUser(email);
      requireAnother(by, account.userId);
      if (account.disabled) throw disabledAccount();
      const programme = await programmeFor(account.email, now);
      const link = await inTransaction(db, (tx) => send(tx, { account, purpose: "reset", programme, by, now }));
      return { link };
    },
    async openLink({ token, now }) {
      const { purpose, name, email, language } = await linkOf(token, now);
      return { purpose, name, email, language };
    },
    async redeemLink({ token, password, device, now }) {
      const link = await linkOf(token, now);
      const passwordHash = await hashPassword(password);
      const { id, userId, purpose } = link;
      await inTransaction(db, async (tx) => {
        await lockAccount(db, userId, tx);
        if (!(await markLinkUsed(db, { id, now }, tx))) throw deadLink();
        await storePassword(db, { userId, passwordHash, now }, tx);
        const sessions = await endSessions(db, tx, userId);
        const data = { userId, purpose, link: id, sessions };
        await appendAudit(tx, db, { stream: "users", type: "account.link-used", actor: asOwner(link), data, at: now });
      });
      // Whoever guessed at the old password does not keep its owner out of the new one.
      await throttle.clear([{ kind: "sign-in account", whose: link.email }]);
      const account = await accountById(db, { userId, now });
      // A mailbox is one factor of two: else each link would be ten more guesses at the other one.
      if (account === null || account.secondFactorOn) return { email: link.email, device: null };
      return { email: link.email, device: devices.given(device, { userId, epoch: account.epoch }, now) };
    },
  };
}

const noProgramme = (code: string): Problem =>
  new Problem("not-found", msg("people.links.thereIsNoProgramme", { code }));

const signsIn = (email: string): Problem => new Problem("conflict", msg("people.links.hasAnAccountAndA", { email }));
