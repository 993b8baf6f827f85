/** How this door says no: JSON in both languages to components, a small page to whoever typed an address. */

import type { ErrorRequestHandler, Request, Response } from "express";
import type { Logger } from "pino";
import { directionOf, otherLanguages } from "../../engine/text/languages.js";
import { msg } from "../../engine/text/msg.js";
import { Problem, type ProblemCode, problemKinds, waitOf } from "../../engine/text/problems.js";
import { type Bilingual, inLanguage, type Language } from "../../engine/text/text.js";
import { unavailableProblem } from "../db/connect.js";
import { errorSummary } from "../error-summary.js";
import { pageHeaders } from "./headers.js";
import { escapeHtml } from "./html.js";
import type { ProblemBody } from "./resource-view.js";

const unexpected: Bilingual = msg("admin.problemAnswers.unexpected");

/** Addresses of what pages without script look like. */
type PageLook = Readonly<{ styles: readonly string[]; icon: string }>;

interface PageParts {
  readonly look: PageLook;
  languageOf(request: Request): Language;
}

/** What the body parser refuses, by its `type`. */
const parserProblems: Readonly<Record<string, { code: ProblemCode; detail: Bilingual }>> = {
  "entity.parse.failed": {
    code: "malformed-request",
    detail: msg("admin.problemAnswers.parserProblemsEntityParseFailedDetail"),
  },
  "encoding.unsupported": {
    code: "unsupported-media-type",
    detail: msg("admin.problemAnswers.parserProblemsEncodingUnsupportedDetail"),
  },
  "charset.unsupported": {
    code: "unsupported-media-type",
    detail: msg("admin.problemAnswers.parserProblemsCharsetUnsupportedDetail"),
  },
};

/** Any error as a problem; whatever is not foreseen is `internal` and says nothing of itself. */
function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const unavailable = unavailableProblem(error);
  if (unavailable !== null) return unavailable;
  const { type, status, limit } = (error ?? {}) as { type?: unknown; status?: unknown; limit?: unknown };
  if (type === "entity.too.large" && typeof limit === "number") {
    const kilobytes = Math.floor(limit / 1024);
    return new Problem("too-large", msg("admin.problemAnswers.atMostKilobytesAreAllowed", { kilobytes }));
  }
  const known = typeof type === "string" ? parserProblems[type] : undefined;
  if (known) return new Problem(known.code, known.detail);
  if (typeof status === "number" && status >= 400 && status < 500) {
    return new Problem("malformed-request", msg("admin.problemAnswers.theAddressOrTheBody"));
  }
  return new Problem("internal", unexpected);
}

/** The request's number, which the web server gave. */
const requestId = (response: Response): string => String(response.locals.requestId ?? "");

function problemBody(problem: Problem, request: string): ProblemBody {
  const wait = waitOf(problem);
  return {
    code: problem.code,
    status: problem.status,
    title: titles[problem.code] ?? problemKinds[problem.code].title,
    detail: problem.detail,
    faults: problem.faults,
    ...(wait !== null && { retryAfter: wait }),
    request,
  };
}

/** Where the API's words would not fit officials. */
const titles: Readonly<Partial<Record<ProblemCode, Bilingual>>> = {
  unauthenticated: msg("admin.problemAnswers.titlesUnauthenticated"),
};

const isApi = (request: Request): boolean => /^\/admin\/api(\/|$)/i.test(request.originalUrl);

/** Answers with the problem: JSON below `/admin/api`, else a page without script. */
function answerProblem(problem: Problem, request: Request, response: Response, { look, languageOf }: PageParts): void {
  const body = problemBody(problem, requestId(response));
  if (body.retryAfter !== undefined) response.set("retry-after", String(body.retryAfter));
  response.status(problem.status).set("cache-control", "no-store");
  if (isApi(request)) {
    response.json({ problem: body });
    return;
  }
  pageHeaders(response, null);
  response.type("html").send(problemPage(body, languageOf(request), look));
}

const words = {
  home: msg("admin.problemAnswers.home"),
  number: msg("admin.problemAnswers.number"),
  site: msg("admin.problemAnswers.site"),
};

/** The reader's language first, the others below: whoever is not signed in may read any. Looks like the pages around signing in. */
function problemPage(problem: ProblemBody, language: Language, look: PageLook): string {
  const part = (l: Language, heading: "h1" | "h2") =>
    `<section lang="${l}" dir="${directionOf(l)}"><${heading}>${escapeHtml(inLanguage(problem.title, l))}</${heading}>` +
    `<p>${escapeHtml(inLanguage(problem.detail, l))}</p><p><a href="/admin">${escapeHtml(inLanguage(words.home, l))}</a></p>` +
    `<p class="enter-quiet">${escapeHtml(inLanguage(words.number, l))}: <bdi dir="ltr">${escapeHtml(problem.request)}</bdi></p></section>`;
  const others = otherLanguages(language).map(({ code }) => part(code, "h2"));
  const styles = look.styles.map((href) => `<link rel="stylesheet" href="${escapeHtml(href)}">`).join("\n");
  return `<!DOCTYPE html>
<html lang="${language}" dir="${directionOf(language)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(inLanguage(problem.title, language))} – ${inLanguage(words.site, language)}</title>
<link rel="icon" href="${escapeHtml(look.icon)}" type="image/svg+xml">
${styles}</head>
<body class="enter">
<header class="enter-head"><p class="enter-brand"><img src="${escapeHtml(look.icon)}" alt="" width="36" height="36"> <strong>${inLanguage(words.site, language)}</strong></p></header>
<main class="enter-card enter-problem">${part(language, "h1")}${others.join("")}</main>
</body></html>`;
}

/** The last handler of this door. Whatever was not foreseen is logged with the request's number and without its contents. */
export function answerErrors(log: Logger, parts: PageParts): ErrorRequestHandler {
  return (error, request, response, next) => {
    const problem = asProblem(error);
    if (problem.code === "internal") {
      log.error({ id: requestId(response), error: errorSummary(error) }, "unexpected");
    }
    // Half an answer is out already: all that is left is to break off.
    if (response.headersSent) return next(error);
    answerProblem(problem, request, response, parts);
  };
}
