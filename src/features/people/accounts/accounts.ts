/** What doors may ask about signing in: types only. */

import type { Actor, Change } from "../../../engine/access/permissions.js";
import type { Language } from "../../../engine/text/text.js";
import type { ListedSession } from "./session-store.js";

/** What the browser's cookie of known devices carries, no matter who wrote it; null where there is none. */
export type ShownDevices = string | null;

/** What it is to carry from now on, and for how long. */
export interface DeviceCookie {
  readonly value: string;
  readonly lifeMs: number;
}

/** Whoever a session belongs to, as of this moment. */
export interface SignedIn {
  /** With the seats held now. */
  readonly actor: Extract<Actor, { kind: "user" }>;
  readonly userId: number;
  readonly name: string;
  readonly email: string;
  readonly language: Language;
  /** How often all sessions of the account have ended. */
  readonly epoch: number;
}

/** What the store of sessions holds under an id. */
export interface StoredSession {
  readonly data: unknown;
  /** When it was last noted that it was used. */
  readonly seenAt: Date | null;
  /** As `official` would say at this moment. */
  readonly official: SignedIn | null;
}

export type NextStep = "done" | "second-factor" | "enrol-second-factor";

/** What a door writes into the session it opens. */
export interface SignInResult {
  readonly userId: number;
  readonly next: NextStep;
  readonly language: Language;
  /** The account's epoch when its password was checked; a session of an older one has ended. */
  readonly epoch: number;
}

export interface SecondFactorStatus {
  readonly on: boolean;
  readonly since: Date | null;
  /** Whether a programme demands it for a role that the person holds. */
  readonly required: boolean;
  readonly recoveryCodesLeft: number;
}

export interface SecondFactorSecret {
  /** Base32, in groups of four, for typing. */
  readonly secret: string;
  /** `otpauth://…` */
  readonly uri: string;
  /** The address as a QR code: an SVG element without script or style. */
  readonly qrSvg: string;
}

export interface LinkPurpose {
  readonly purpose: "invitation" | "reset";
  readonly name: string;
  readonly email: string;
  readonly language: Language;
}

/** A single-use address, given once to whoever asked where no mail can be sent; null where it goes by mail. */
export type HandedLink = string | null;

export interface SecondFactorService {
  status(a: { userId: number; now: Date }): Promise<SecondFactorStatus>;
  /**
   * A new secret, not in use before it is confirmed: during signing in, for whoever has just shown the password. Problem
   * conflict while one is in use.
   */
  begin(a: { userId: number; now: Date }): Promise<SecondFactorSecret>;
  /**
   * The same in a live session, which shows the password again: whoever found it open must not lock its owner out. Problems:
   * invalid-input at `/current`, conflict, too-many-requests.
   */
  beginInSession(a: { userId: number; current: string; sessionId: string; now: Date }): Promise<SecondFactorSecret>;
  /** The secret that was begun, again: for a form with a fault. Null when none was. */
  begun(a: { userId: number; now: Date }): Promise<SecondFactorSecret | null>;
  /**
   * Puts the begun secret into use with its first code; recovery codes, shown once. The session that asks (`sessionId`)
   * has then shown a second factor; the others end, by which the account's epoch goes up by one. Problems: invalid-input at `/code`, conflict, too-many-requests.
   */
  confirm(a: { userId: number; code: string; sessionId: string; now: Date }): Promise<readonly string[]>;
  /**
   * A code of the app or a recovery code, each once, at sign-in. Problems: invalid-input at `/code`, too-many-requests (by
   * the known device, else by the account), not-now while no key opens the app's secret (a recovery code is taken then too).
   */
  verify(a: {
    userId: number;
    code: string;
    device: ShownDevices;
    now: Date;
  }): Promise<{ readonly recoveryCodesLeft: number }>;
  /** Seals what another key sealed with the one that writes, where a key here opens it; how many. Problem unavailable without keys. */
  sealAnew(): Promise<{ readonly sealedAnew: number }>;
  /** Ten new recovery codes in place of the old ones; needs a code. Problems as verify, counted for the session. */
  renewRecoveryCodes(a: { userId: number; code: string; sessionId: string; now: Date }): Promise<readonly string[]>;
  /** Needs a code. Problems as renewRecoveryCodes; forbidden where it is required. */
  remove(a: { userId: number; code: string; sessionId: string; now: Date }): Promise<void>;
  /** By the operation room, for whoever lost telephone and codes; their sessions end. Problems: forbidden (also oneself), not-found. */
  removeFor(a: { email: string } & Change): Promise<void>;
}

export interface LinkService {
  /**
   * Creates the account where there is none and sends it a link to choose a password (7 days).
   * Problems: forbidden, invalid-input, conflict (signs in already, or disabled).
   */
  invite(
    a: { email: string; name: string; language: Language; programme: string } & Change,
  ): Promise<{ readonly userId: number; readonly link: HandedLink }>;
  /**
   * By whoever says that it is theirs: the same answer whether or not there is such an account, and no link that is open
   * already is lost by it. Where three links of the last hour are open no further letter is sent, unless a known device
   * asks, which has three an hour of its own. An account without a password yet gets its invitation again. Problem
   * too-many-requests (by address, for devices that the account does not know).
   */
  sendReset(a: { email: string; address: string; device: ShownDevices; now: Date }): Promise<void>;
  /** By the operation room. Problems: forbidden (also oneself), not-found, conflict (disabled). */
  resetFor(a: { email: string } & Change): Promise<{ readonly link: HandedLink }>;
  /** What a link is for; uses nothing up. Problem not-found for one that is wrong, used, expired, or replaced by a newer one. */
  openLink(a: { token: string; now: Date }): Promise<LinkPurpose>;
  /**
   * Sets the password, ends all sessions, uses the link up. The device that asks is known from then on, unless the account has
   * a second factor: `device` is what its cookie carries. Problems: not-found, invalid-input at `/password`.
   */
  redeemLink(a: {
    token: string;
    password: string;
    device: ShownDevices;
    now: Date;
  }): Promise<{ readonly email: string; readonly device: DeviceCookie | null }>;
}

export interface Accounts extends LinkService {
  /** The session of a cookie as it is stored, and whom it lets in, in one question; null when there is none. */
  session(a: { sessionId: string; now: Date; machine: Date }): Promise<StoredSession | null>;
  /** The account of a live session, or null: ended, too old, disabled, or without the second factor that is demanded now. */
  official(a: { userId: number; sessionId: string; now: Date }): Promise<SignedIn | null>;
  /**
   * Checks e-mail and password. Problems: unauthenticated (in the same words and time for a wrong password, an unknown
   * account, a disabled one, one without password), too-many-requests with `retryAfter` (by the known device, else by the
   * account; and by address).
   */
  signIn(a: {
    email: string;
    password: string;
    address: string;
    device: ShownDevices;
    now: Date;
  }): Promise<SignInResult>;
  /** Tells the record of a completed sign-in: after the second factor where there is one. */
  signedIn(a: { userId: number; secondFactor: boolean; now: Date }): Promise<void>;
  /** Tells the record that somebody signed out. */
  signedOut(a: { userId: number; now: Date }): Promise<void>;
  /** Names a device that an account knew at some time, without a look into the database; null for any other. */
  deviceName(device: ShownDevices): string | null;
  /** What the cookie of a browser in a live session is to carry from now on; null: as it is. */
  knowDevice(a: { userId: number; epoch: number; device: ShownDevices; now: Date }): DeviceCookie | null;
  readonly secondFactor: SecondFactorService;
  /** Ends the other sessions. Problems: invalid-input at `/current` or `/next`, too-many-requests. */
  changePassword(a: { userId: number; current: string; next: string; sessionId: string; now: Date }): Promise<void>;
  readonly sessions: {
    /** The one that asks first, then the last used. `current` is the id of the session that asks. */
    list(a: { userId: number; current: string; now: Date }): Promise<readonly ListedSession[]>;
    /** Problem not-found. */
    end(a: { userId: number; id: string; now: Date }): Promise<void>;
    /** How many ended. */
    endOthers(a: { userId: number; current: string; now: Date }): Promise<{ readonly ended: number }>;
  };
  setLanguage(a: { userId: number; language: Language; now: Date }): Promise<void>;
  /** Removes sessions, links and counters whose time is over. */
  forgetExpired(a: { now: Date }): Promise<{ sessions: number; links: number; failures: number }>;
}
