/** "My account": language, password, second factor, own sessions. */

import { asLanguage } from "../../../engine/text/languages.js";
import { msg } from "../../../engine/text/msg.js";
import type { Bilingual, Language } from "../../../engine/text/text.js";
import { definePage } from "../../../platform/admin/define-page.js";
import type { Call } from "../../../platform/admin/resource-definition.js";
import type { LettersOfSeat } from "../seat-letters.js";
import type { SecondFactorStatus } from "./accounts.js";
import { requireTypedTwice } from "./typed-twice.js";

/** A session as its owner sees it; `id` names it and opens nothing. */
export interface OwnSession {
  readonly id: string;
  readonly startedAt: Date;
  readonly seenAt: Date;
  readonly address: string;
  readonly browser: string | null;
  readonly system: Bilingual | null;
  readonly current: boolean;
}

export interface AccountView {
  readonly name: string;
  readonly email: string;
  readonly language: Language;
  readonly secondFactor: SecondFactorStatus;
  readonly sessions: readonly OwnSession[];
  /** How the positions that they hold get letters. */
  readonly letters: readonly LettersOfSeat[];
}

/** What an authenticator app is given. */
export interface BegunFactor {
  /** For typing. */
  readonly manual: string;
  /** An SVG element, drawn by the server. */
  readonly picture: string;
}

/** The first that fits; those that pretend to be another come before it. */
const browsers: readonly (readonly [sign: RegExp, name: string])[] = [
  [/\bEdgA?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/SamsungBrowser\//, "Samsung Internet"],
  [/\b(Firefox|FxiOS)\//, "Firefox"],
  [/\b(Headless)?(Chrome|CriOS)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];
const same = (name: string): Bilingual => ({ en: name, ar: name });
const systems: readonly (readonly [sign: RegExp, name: Bilingual])[] = [
  [/Android/, same("Android")],
  [/iPhone|iPod/, same("iPhone")],
  [/iPad/, same("iPad")],
  [/Windows/, same("Windows")],
  [/Mac OS X/, same("macOS")],
  [/Linux|X11/, same("Linux")],
];
const first = <Name>(table: readonly (readonly [RegExp, Name])[], agent: string): Name | null =>
  table.find(([sign]) => sign.test(agent))?.[1] ?? null;

const textOf = ({ input }: Call, name: string, most: number): string => {
  const value = Object.hasOwn(input, name) ? input[name] : "";
  return typeof value === "string" ? value.slice(0, most) : "";
};
const ownerOf = ({ official, now }: Call) => ({ userId: official.userId, now });
/** Anybody who acts in a session is counted in it. */
const hereOf = (call: Call) => ({ ...ownerOf(call), sessionId: call.official.sessionId });
const done = { done: true } as const;

export const accountPage = definePage({
  name: "account",
  label: msg("people.accountPage.myAccount"),
  group: "account",
  icon: "person",
  order: 10,
  component: "Account",
  access: () => true,
  async read(call): Promise<AccountView> {
    const { official, services } = call;
    const owner = ownerOf(call);
    const [secondFactor, sessions, letters] = await Promise.all([
      services.accounts.secondFactor.status(owner),
      services.accounts.sessions.list({ ...owner, current: official.sessionId }),
      services.seatLetters.of({ actor: official.actor, now: call.now }),
    ]);
    const { name, email, language } = official;
    return {
      name,
      email,
      language,
      secondFactor,
      letters,
      sessions: sessions.map(({ agent, ...session }) => ({
        ...session,
        browser: first(browsers, agent),
        system: first(systems, agent),
      })),
    };
  },
  acts: {
    async language(call) {
      const language = asLanguage(textOf(call, "language", 6)) ?? "ar";
      await call.services.accounts.setLanguage({ ...ownerOf(call), language });
      return done;
    },
    /** `way` and `before` are empty for what the programme says. */
    async letters(call) {
      const [programme, seat] = [textOf(call, "programme", 100), textOf(call, "seat", 100)];
      const [way, before] = [textOf(call, "way", 20) || null, textOf(call, "before", 20) || null];
      const { official, services, now } = call;
      await services.seatLetters.choose({ programme, seat, way, before, actor: official.actor, now });
      return done;
    },
    async password(call) {
      const { accounts } = call.services;
      // One character more than is allowed stays one too many.
      const [current, next] = [textOf(call, "current", 201), textOf(call, "next", 201)];
      requireTypedTwice({ password: next, repeat: textOf(call, "repeat", 201), field: "/next" });
      await accounts.changePassword({ ...hereOf(call), current, next });
      return done;
    },
    async begin(call): Promise<BegunFactor> {
      const { secondFactor } = call.services.accounts;
      const current = textOf(call, "current", 201);
      const { secret, qrSvg } = await secondFactor.beginInSession({ ...hereOf(call), current });
      return { manual: secret, picture: qrSvg };
    },
    async confirm(call) {
      const code = textOf(call, "code", 60);
      return { codes: await call.services.accounts.secondFactor.confirm({ ...hereOf(call), code }) };
    },
    async renew(call) {
      const code = textOf(call, "code", 60);
      return { codes: await call.services.accounts.secondFactor.renewRecoveryCodes({ ...hereOf(call), code }) };
    },
    async remove(call) {
      await call.services.accounts.secondFactor.remove({ ...hereOf(call), code: textOf(call, "code", 60) });
      return done;
    },
    async endSession(call) {
      await call.services.accounts.sessions.end({ ...ownerOf(call), id: textOf(call, "id", 64) });
      return done;
    },
    endOthers: (call) =>
      call.services.accounts.sessions.endOthers({ ...ownerOf(call), current: call.official.sessionId }),
  },
});
