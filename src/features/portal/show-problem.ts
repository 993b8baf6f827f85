/** Refusals of the applicant's pages, in their look and in both languages. */

import type { ErrorRequestHandler, Request, Response } from "express";
import { asLanguage, isLanguage, otherLanguages, preferredLanguage } from "../../engine/text/languages.js";
import { Problem, type ProblemCode, waitOf } from "../../engine/text/problems.js";
import { inLanguage, type Language } from "../../engine/text/text.js";
import { databaseFault, problemOfFault } from "../../platform/db/connect.js";
import { errorSummary } from "../../platform/error-summary.js";
import { type PortalDoor, showPage } from "./portal-door.js";
import { namesIn, typedIn } from "./read-post.js";

type Look = Pick<PortalDoor, "views" | "assets" | "site">;

interface ProblemWords {
  readonly heading: string;
  readonly text: readonly string[];
}

/** The same in the other languages: whoever lands here may read any of them. */
const inOthers = ({ texts }: Look["views"], language: Language, wordsIn: (other: Language) => ProblemWords) =>
  otherLanguages(language).map(({ code, dir }) => {
    const { heading, text } = wordsIn(code);
    return { code, dir, heading, paragraphs: text, home: texts.say(code, "problem.home") };
  });

/** The language of an address, else what the browser prefers, else Arabic. */
export function languageOf(request: Request): Language {
  const named = asLanguage(/^\/([\w-]+)(?:\/|$|\?)/.exec(request.originalUrl)?.[1]);
  return named ?? preferredLanguage(request.headers["accept-language"]) ?? "ar";
}

/** What Express and its body parsers refuse, as problems of ours. */
const parserCodes: Readonly<Record<string, ProblemCode>> = {
  "entity.too.large": "too-large",
  "parameters.too.many": "too-large",
  "encoding.unsupported": "unsupported-media-type",
  "charset.unsupported": "unsupported-media-type",
};

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const said = (code: ProblemCode): Problem => new Problem(code, { en: "", ar: "" });
  const fault = databaseFault(error);
  if (fault !== null) {
    const problem = problemOfFault(fault);
    // Anybody who applies need not know what is wrong inside, but whether waiting a moment is enough.
    const inside = fault === "away" || fault === "refusing";
    return inside ? new Problem("unavailable", { en: "", ar: "" }, [], problem.retryAfter) : problem;
  }
  const { type, status } = (error ?? {}) as { type?: unknown; status?: unknown };
  const known = typeof type === "string" ? parserCodes[type] : undefined;
  if (known !== undefined) return said(known);
  return said(typeof status === "number" && status >= 400 && status < 500 ? "malformed-request" : "internal");
}

/** Heading and text of a problem: the page's own words for what everybody meets, the problem's for the rest. */
function wordsOf({ texts }: Look["views"], problem: Problem, language: Language): ProblemWords {
  const key = `problem.${problem.code}`;
  const heading = texts.say(language, texts.has(language, key) ? key : "problem.other");
  const own = inLanguage(problem.detail, language);
  const common = texts.has(language, `${key}Text`) ? texts.say(language, `${key}Text`) : "";
  return { heading, text: [own === "" ? common : own].filter((line) => line !== "") };
}

/** After these the same form can be sent once more: what was typed stands in it. */
const passing: ReadonlySet<ProblemCode> = new Set(["unavailable", "too-many-requests"]);

/** The form that could not be taken, to be sent again by a button. Only what a page of ours sent is repeated. */
function againOf(request: Request, response: Response, { code }: Problem) {
  if (!passing.has(code) || response.locals.ours !== true || request.body === undefined) return null;
  const rows = namesIn(request).map((name) => ({ name, value: typedIn(request, name) }));
  return { action: request.originalUrl, rows };
}

function showProblem(look: Look, request: Request, response: Response, problem: Problem): void {
  const language = languageOf(request);
  const words = wordsOf(look.views, problem, language);
  const wait = waitOf(problem);
  if (wait !== null) response.set("retry-after", String(wait));
  showPage(look, request, response, {
    page: "problem",
    language,
    shown: { title: words.heading, status: problem.status },
    view: {
      heading: words.heading,
      paragraphs: words.text,
      otherWords: inOthers(look.views, language, (other) => wordsOf(look.views, problem, other)),
      kept: null,
      again: againOf(request, response, problem),
      number: String(response.locals.requestId ?? ""),
    },
  });
}

/** A draft that is gone; what was sent just now goes on in a new one, when whoever typed it wants so. */
export function showExpired(
  look: Look,
  request: Request,
  response: Response,
  a: { language: Language; kept: { programme: string; typed: Readonly<Record<string, string>> } | null },
): void {
  const { language, kept } = a;
  const { texts } = look.views;
  const rows = Object.entries(kept?.typed ?? {})
    .filter(([, value]) => value.trim() !== "")
    .map(([name, value]) => ({ name, value }));
  showPage(look, request, response, {
    page: "problem",
    language,
    // The other language takes along what was sent, as long as it is shown.
    shown: { title: texts.say(language, "expired.title"), status: 404, form: rows.length > 0 },
    view: {
      heading: texts.say(language, "expired.title"),
      paragraphs: [texts.say(language, "expired.text")],
      otherWords: inOthers(look.views, language, (other) => ({
        heading: texts.say(other, "expired.title"),
        text: [texts.say(other, "expired.text")],
      })),
      kept: kept === null || rows.length === 0 ? null : { programme: kept.programme, rows },
      again: null,
      number: String(response.locals.requestId ?? ""),
    },
  });
}

const isOurs = (address: string): boolean => isLanguage(/^\/([\w-]+)(?:\/|$|\?)/.exec(address)?.[1]);

/** No page has this address. */
export const nothingHere = (): Problem => new Problem("not-found", { en: "", ar: "" });

/** Below these addresses another door answers. */
const elsewhere = /^\/(admin|api|assets|healthz|readyz)(\/|$|\?)/i;

/** The last handler for people: whatever address they typed. Programs are told as JSON by the web server itself. */
export function answerErrors(
  door: Look & Pick<PortalDoor, "readFormWithFiles"> & { services: Pick<PortalDoor["services"], "log" | "now"> },
): ErrorRequestHandler {
  return async (error, request, response, next) => {
    if (elsewhere.test(request.originalUrl) || request.accepts(["json", "html"]) !== "html" || response.headersSent) {
      return next(error);
    }
    const said = asProblem(error);
    // Outside of our pages nobody of this door said so: the words are for programs.
    const problem = said.code === "not-found" && !isOurs(request.originalUrl) ? nothingHere() : said;
    if (problem.code === "internal") {
      const id = String(response.locals.requestId ?? "");
      door.services.log.error({ id, error: errorSummary(error) }, "unexpected");
    }
    // With the database away nothing more is asked.
    if (problem.code !== "unavailable") await door.site.seen(languageOf(request));
    else if (response.locals.ours === true && request.body === undefined) {
      // Whose files these are cannot be told now: they are passed over, and the texts are kept.
      const unstaged = { who: "stranger", stage: null, now: door.services.now() } as const;
      await door.readFormWithFiles(request, response, unstaged).catch(() => []);
    }
    showProblem(door, request, response, problem);
  };
}
