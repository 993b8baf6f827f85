/** Forgotten passwords, and the links of letters. */

import type { Request, Response } from "express";
import { isMailAddress } from "../../../engine/text/mail-address.js";
import { Problem } from "../../../engine/text/problems.js";
import { inLanguage } from "../../../engine/text/text.js";
import { askedFrom } from "../../../platform/http/body-places.js";
import { readCookie } from "../../../platform/http/cookies.js";
import { type AccountDoor, typed } from "./account-door.js";
import type { LinkPurpose } from "./accounts.js";
import { setDevice } from "./known-devices.js";
import { type PageWord, pageWords, say } from "./page-words.js";
import { closeSession } from "./session-data.js";
import { requireTypedTwice } from "./typed-twice.js";

const fault = (field: string, word: PageWord): Problem =>
  new Problem("invalid-input", pageWords[word], [{ field: `/${field}`, reason: pageWords[word] }]);

const tokenOf = (request: Request): string => String(request.params.token);

export function linkRoutes({ services, cookies, router, show, form, languageOf }: AccountDoor): void {
  const { accounts } = services;
  const deviceOf = (request: Request) => readCookie(request, cookies.device);

  const showForgot = (request: Request, response: Response, problem: Problem | null = null): void => {
    const shown = { title: say("forgot.title", languageOf(request)), problem };
    const email = problem === null ? "" : typed(request, "email");
    show(request, response, "forgot", shown, { email, stopped: problem?.code === "too-many-requests" });
  };
  router.get("/forgot", (request, response) => showForgot(request, response));
  router.post(
    "/forgot",
    form(async (request, response) => {
      const email = typed(request, "email").trim();
      if (email === "") throw fault("email", "field.emailNeeded");
      if (!isMailAddress(email)) throw fault("email", "field.emailForm");
      const from = { address: askedFrom(request), device: deviceOf(request) };
      await accounts.sendReset({ email, ...from, now: services.now() });
      const language = languageOf(request);
      const shown = { title: say("forgot.sentTitle", language) };
      show(request, response, "notice", shown, { text: say("forgot.sent", language), ask: false });
    }, showForgot),
  );

  function showDead(request: Request, response: Response, problem: Problem): void {
    const language = languageOf(request);
    const shown = { title: say("link.deadTitle", language), status: problem.status };
    show(request, response, "notice", shown, { text: inLanguage(problem.detail, language), ask: true });
  }
  function showLink(request: Request, response: Response, link: LinkPurpose, problem: Problem | null = null): void {
    const shown = { title: say(`link.${link.purpose}`, languageOf(request)), problem };
    show(request, response, "link", shown, { name: link.name, email: link.email });
  }

  router.get("/link/:token", async (request, response) => {
    try {
      showLink(request, response, await accounts.openLink({ token: tokenOf(request), now: services.now() }));
    } catch (error) {
      if (!(error instanceof Problem && error.code === "not-found")) throw error;
      showDead(request, response, error);
    }
  });
  router.post(
    "/link/:token",
    form(
      async (request, response) => {
        const now = services.now();
        const password = typed(request, "password", 201);
        requireTypedTwice({ password, repeat: typed(request, "repeat", 201), field: "/password" });
        const asked = { token: tokenOf(request), password, device: deviceOf(request) };
        const { device } = await accounts.redeemLink({ ...asked, now });
        if (device !== null) setDevice(response, cookies, device);
        // Whoever was signed in here may be somebody else.
        await closeSession(request);
        response.redirect(303, "/admin/login?notice=set");
      },
      async (request, response, problem) => {
        if (problem.code === "not-found") return showDead(request, response, problem);
        try {
          const link = await accounts.openLink({ token: tokenOf(request), now: services.now() });
          showLink(request, response, link, problem);
        } catch (error) {
          if (!(error instanceof Problem && error.code === "not-found")) throw error;
          showDead(request, response, error);
        }
      },
    ),
  );
}
