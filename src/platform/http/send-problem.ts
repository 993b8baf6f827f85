/** Every refusal leaves by this door: RFC 9457 `application/problem+json` in the caller's language. */

import type { Request, Response } from "express";
import { asLanguage } from "../../engine/text/languages.js";
import { msg } from "../../engine/text/msg.js";
import { preferredLanguage } from "../../engine/text/preferred-language.js";
import { Problem, type ProblemCode, problemKinds, waitOf } from "../../engine/text/problems.js";
import { type Bilingual, inLanguage, type Language } from "../../engine/text/text.js";
import { unavailableProblem } from "../db/connect.js";

/**
 * The language of an answer: what `Accept-Language` prefers of those that there are, else the `language` of the body, else English.
 * `*` (what many HTTP clients send unasked) says nothing.
 */
function requestLanguage(request: Request): Language {
  return preferredLanguage(request.headers["accept-language"]) ?? bodyLanguage(request.body) ?? "en";
}

function bodyLanguage(body: unknown): Language | null {
  const language = typeof body === "object" && body !== null ? (body as { language?: unknown }).language : null;
  return asLanguage(language);
}

const unexpected: Bilingual = msg("http.sendProblem.unexpected");

/** What Express and its body parser refuse, in our words. The key is their `type`. */
const parserProblems: Readonly<Record<string, { code: ProblemCode; detail: Bilingual }>> = {
  "entity.parse.failed": {
    code: "malformed-request",
    detail: msg("http.sendProblem.parserProblemsEntityParseFailedDetail"),
  },
  "entity.too.large": {
    code: "too-large",
    detail: msg("http.sendProblem.parserProblemsEntityTooLargeDetail"),
  },
  "encoding.unsupported": {
    code: "unsupported-media-type",
    detail: msg("http.sendProblem.parserProblemsEncodingUnsupportedDetail"),
  },
  // Ours, out of the parser's check of the bytes (channels/api/read-json.ts).
  "encoding.broken": {
    code: "malformed-request",
    detail: msg("http.sendProblem.parserProblemsEncodingBrokenDetail"),
  },
  "charset.unsupported": {
    code: "unsupported-media-type",
    detail: msg("http.sendProblem.parserProblemsCharsetUnsupportedDetail"),
  },
};

/** Any error as a problem: ours as it is, the database's absence as 503, Express's refusals as 4xx, the rest as 500. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const unavailable = unavailableProblem(error);
  if (unavailable !== null) return unavailable;
  const { type, status } = (error ?? {}) as { type?: unknown; status?: unknown };
  const known = typeof type === "string" ? parserProblems[type] : undefined;
  if (known) return new Problem(known.code, known.detail);
  // Broken escapes in an address, an aborted or truncated body: the caller's, whatever the library calls it.
  if (typeof status === "number" && status >= 400 && status < 500) {
    return new Problem("malformed-request", msg("http.sendProblem.theAddressOrTheBody"));
  }
  return new Problem("internal", unexpected);
}

/** Writes a problem as the answer. `requestId` is what a caller quotes when asking for help. */
export function sendProblem(problem: Problem, request: Request, response: Response, requestId: string): void {
  const language = requestLanguage(request);
  const kind = problemKinds[problem.code];
  const wait = waitOf(problem);
  if (wait !== null) response.set("Retry-After", String(wait));
  if (problem.code === "unauthenticated" && !response.hasHeader("WWW-Authenticate"))
    response.set("WWW-Authenticate", 'Bearer realm="Diwan"');
  response
    .status(kind.status)
    .set("Content-Type", "application/problem+json; charset=utf-8")
    .set("Content-Language", language)
    .set("Cache-Control", "no-store")
    .send(
      JSON.stringify({
        type: `urn:diwan:problem:${problem.code}`,
        title: inLanguage(kind.title, language),
        status: kind.status,
        detail: inLanguage(problem.detail, language),
        instance: `urn:diwan:request:${requestId}`,
        ...(problem.faults.length > 0 && {
          errors: problem.faults.map((fault) => ({ field: fault.field, reason: inLanguage(fault.reason, language) })),
        }),
      }),
    );
}
