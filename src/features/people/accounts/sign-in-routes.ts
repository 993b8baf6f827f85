/** Signing in and out: password, second factor, its first set-up. */
import type { Request, Response } from "express";
import { Problem } from "../../../engine/text/problems.js";
import { askedFrom } from "../../../platform/http/body-places.js";
import { readCookie, setCookie } from "../../../platform/http/cookies.js";
import { type AccountDoor, typed } from "./account-door.js";
import { drawing } from "./account-views.js";
import { type PageWord, pageWords, say } from "./page-words.js";
import { closeSession, officialOf, openSession } from "./session-data.js";
import type { SessionData } from "./session-store.js";

const home = "/admin";
const longest = 1000;
/** Pages around signing in: going back to them leads round in a circle, or gives a link's token away. */
const notAgain = /^\/admin\/(login|logout|second-factor|enrol-second-factor|forgot|link|language|api|assets)(\/|$)/i;

/** The path, query and fragment that was asked for, or `/admin`: never another host, whatever browsers make of the text. */
function ownPath(asked: unknown): string {
  const path = ownAddress(asked);
  return path === null || notAgain.test(path.split(/[?#]/, 1)[0] ?? "") ? home : path;
}

/** Any path of the back office, also of these pages; null for everything else. */
export function ownAddress(asked: unknown): string | null {
  if (typeof asked !== "string" || asked.length > longest || !/^\/admin(?:[/?#]|$)/.test(asked)) return null;
  // Browsers drop tabs and line ends from addresses and read a backslash as a slash.
  if (/[\\\p{C}\s]/u.test(asked)) return null;
  const base = "http://own.invalid";
  if (!URL.canParse(asked, base)) return null;
  const url = new URL(asked, base);
  return url.origin === base && /^\/admin(\/|$)/.test(url.pathname) && !url.pathname.includes("//")
    ? url.pathname + url.search + url.hash
    : null;
}

/** Between password and second factor: long enough to find the telephone. */
const pendingMs = 10 * 60_000;
const longestAgent = 200;

/** `?notice=out`: words for it. */
const notices: Readonly<Record<string, PageWord>> = { out: "login.out", set: "login.set", late: "login.late" };

const needed = (field: string, word: PageWord): Problem =>
  new Problem("invalid-input", pageWords[word], [{ field: `/${field}`, reason: pageWords[word] }]);

/** What a new session of this request carries. */
const carried = (request: Request, now: Date): Pick<SessionData, "startedAt" | "address" | "agent"> => ({
  startedAt: now.getTime(),
  address: request.ip ?? "",
  agent: (request.get("user-agent") ?? "").slice(0, longestAgent),
});

/** Then the page says how one comes in all the same. */
const isStopped = (problem: Problem | null): boolean => problem?.code === "too-many-requests";

const nextOf = (request: Request): string =>
  ownPath(request.method === "POST" ? typed(request, "next", 1000) : request.query.next);
const withNext = (path: string, next: string): string =>
  next === "/admin" ? path : `${path}?next=${encodeURIComponent(next)}`;

export function signInRoutes({ services, cookies, router, show, form, languageOf }: AccountDoor): void {
  const { accounts } = services;
  const deviceOf = (request: Request) => readCookie(request, cookies.device);

  const showLogin = (request: Request, response: Response, problem: Problem | null = null, email = ""): void => {
    const language = languageOf(request);
    const word = Object.hasOwn(notices, String(request.query.notice))
      ? notices[String(request.query.notice)]
      : undefined;
    const notice = word === undefined || problem !== null ? null : say(word, language);
    const shown = { title: say("login.title", language), notice, problem };
    show(request, response, "login", shown, { email, next: nextOf(request), stopped: isStopped(problem) });
  };

  router.get("/login", async (request, response) => {
    if ((await officialOf(services, request, services.now())) !== null) return response.redirect(303, nextOf(request));
    showLogin(request, response);
  });

  router.post(
    "/login",
    form(
      async (request, response) => {
        const now = services.now();
        const email = typed(request, "email").trim();
        const password = typed(request, "password", 201);
        if (email === "") throw needed("email", "field.emailNeeded");
        if (password === "") throw needed("password", "field.passwordNeeded");
        const from = { address: askedFrom(request), device: deviceOf(request) };
        const { userId, next, epoch } = await accounts.signIn({ email, password, ...from, now });
        const session = { epoch, secondFactor: false, ...carried(request, now) };
        if (next !== "done") {
          await openSession(request, { ...session, pendingUserId: userId });
          return response.redirect(303, withNext(`/admin/${next}`, nextOf(request)));
        }
        await openSession(request, { ...session, userId });
        await accounts.signedIn({ userId, secondFactor: false, now });
        response.redirect(303, nextOf(request));
      },
      (request, response, problem) => showLogin(request, response, problem, typed(request, "email")),
    ),
  );

  /** Who has shown a password only, a short while ago. */
  function pending(request: Request, now: Date): { userId: number; epoch: number } | null {
    const { pendingUserId, startedAt = 0, epoch = 0 } = request.session;
    if (pendingUserId === undefined || now.getTime() - startedAt > pendingMs) return null;
    return { userId: pendingUserId, epoch };
  }
  const again = (request: Request, response: Response): void =>
    response.redirect(
      303,
      `${withNext("/admin/login", nextOf(request))}${nextOf(request) === "/admin" ? "?" : "&"}notice=late`,
    );

  async function enter(request: Request, a: { userId: number; epoch: number }, now: Date): Promise<void> {
    await openSession(request, { userId: a.userId, epoch: a.epoch, secondFactor: true, ...carried(request, now) });
    await accounts.signedIn({ userId: a.userId, secondFactor: true, now });
  }
  const codeOf = (request: Request): string => {
    const code = typed(request, "code", 60);
    if (code.trim() === "") throw needed("code", "field.codeNeeded");
    return code;
  };

  const showFactor = (request: Request, response: Response, problem: Problem | null = null): void =>
    show(
      request,
      response,
      "second-factor",
      { title: say("factor.title", languageOf(request)), problem },
      { next: nextOf(request), stopped: isStopped(problem) },
    );

  router.get("/second-factor", (request, response) => {
    if (pending(request, services.now()) === null) return again(request, response);
    showFactor(request, response);
  });
  router.post(
    "/second-factor",
    form(async (request, response) => {
      const now = services.now();
      const who = pending(request, now);
      if (who === null) return again(request, response);
      const tried = { userId: who.userId, code: codeOf(request), device: deviceOf(request) };
      await accounts.secondFactor.verify({ ...tried, now });
      await enter(request, who, now);
      response.redirect(303, nextOf(request));
    }, showFactor),
  );

  async function showEnrolment(request: Request, response: Response, problem: Problem | null = null): Promise<void> {
    const now = services.now();
    const who = pending(request, now);
    if (who === null) return again(request, response);
    const { userId } = who;
    const factor = accounts.secondFactor;
    if ((await factor.status({ userId, now })).on) {
      return response.redirect(303, withNext("/admin/second-factor", nextOf(request)));
    }
    // Anew at each visit: nobody who saw an earlier picture knows the one that is confirmed.
    const begun = problem === null ? null : await factor.begun({ userId, now });
    const { secret, qrSvg } = begun ?? (await factor.begin({ userId, now }));
    const shown = { title: say("enrol.title", languageOf(request)), problem };
    show(request, response, "enrol-second-factor", shown, { next: nextOf(request), secret, qr: drawing(qrSvg) });
  }

  router.get("/enrol-second-factor", (request, response) => showEnrolment(request, response));
  router.post(
    "/enrol-second-factor",
    form(async (request, response) => {
      const now = services.now();
      const who = pending(request, now);
      if (who === null) return again(request, response);
      const sessionId = request.sessionID;
      const codes = await accounts.secondFactor.confirm({ userId: who.userId, code: codeOf(request), sessionId, now });
      // Putting it into use ended what was open, which counted the epoch up by one; a sign-in that was out before stays out.
      await enter(request, { ...who, epoch: who.epoch + 1 }, now);
      const shown = { title: say("codes.title", languageOf(request)) };
      show(request, response, "recovery-codes", shown, { codes, next: nextOf(request) });
    }, showEnrolment),
  );

  router.post("/logout", async (request, response) => {
    const now = services.now();
    const official = await officialOf(services, request, now);
    await closeSession(request);
    if (official !== null) await accounts.signedOut({ userId: official.userId, now });
    setCookie(response, cookies.session, null);
    response.redirect(303, "/admin/login?notice=out");
  });
}
