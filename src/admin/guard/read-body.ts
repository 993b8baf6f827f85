/** Bodies of the back office's API: JSON and nothing else, so that nothing is ever written to disk for a caller. */
import { isUtf8 } from "node:buffer";
import express, { type NextFunction, type Request, type RequestHandler, type Response } from "express";
import { type FieldFault, Problem } from "../../domain/problems.js";
import { badBody, badInput } from "./refusals.js";

/** Conditions of rules and their groups lie deepest; endless nesting would only exhaust what walks it later. */
const deepest = 40;
const mostValues = 50_000;
/** A name that could reach the prototype of whatever copies it. */
const prototypeKeys = new Set(["__proto__", "constructor", "prototype"]);
// Control characters other than line breaks and tabs, and lone surrogates, which PostgreSQL cannot store.
const unstorable = /[^\P{Cc}\n\r\t]|\p{Cs}/u;

const isJson = (request: { headers: { "content-type"?: string | undefined } }): boolean =>
  /^application\/json\s*(?:;|$)/i.test(request.headers["content-type"] ?? "");

const parse = express.json({
  limit: "1mb",
  strict: false,
  inflate: false,
  type: isJson,
  verify(_request, _response, body, charset) {
    // JSON is UTF-8 (RFC 8259, 8.1); the parser would read other kinds of Unicode as well.
    if (charset !== undefined && charset !== "utf-8") {
      throw Object.assign(new Error("another charset"), { type: "charset.unsupported" });
    }
    // The parser would replace every byte that it cannot read; what an official wrote must not be lost silently.
    if (!isUtf8(body)) throw Object.assign(new Error("broken text"), { type: "entity.parse.failed" });
  },
});

const pointer = (path: string, key: string): string =>
  `${path}/${key.slice(0, 100).replaceAll("~", "~0").replaceAll("/", "~1")}`;

/** Throws what is wrong with a body that JSON itself allows. */
function checkBody(body: unknown): asserts body is Readonly<Record<string, unknown>> {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw badBody({ en: "The body must be a JSON object.", ar: "يجب أن يكون نص الطلب كائن JSON." });
  }
  const faults: FieldFault[] = [];
  const open: { value: unknown; path: string; depth: number }[] = [{ value: body, path: "", depth: 0 }];
  for (let seen = 1; open.length > 0; seen += 1) {
    const { value, path, depth } = open.pop() as (typeof open)[number];
    if (seen > mostValues || depth > deepest) {
      throw badBody({
        en: `The body is nested more than ${deepest} levels deep, or holds more than ${mostValues} values.`,
        ar: `نص الطلب متداخل أكثر من ${deepest} مستوى أو يحوي أكثر من ${mostValues} قيمة.`,
      });
    }
    if (typeof value === "string") {
      if (unstorable.test(value)) {
        faults.push({
          field: path,
          reason: {
            en: "This has control characters or broken characters, which are not allowed",
            ar: "يحتوي النص على رموز تحكم أو رموز تالفة، وهي غير مسموحة",
          },
        });
      }
    } else if (typeof value === "object" && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        if (prototypeKeys.has(key) || unstorable.test(key)) {
          throw badBody({ en: "The body holds a name that is not allowed.", ar: "في نص الطلب اسم غير مسموح به." });
        }
        open.push({ value: inner, path: pointer(path, key), depth: depth + 1 });
      }
    }
  }
  if (faults.length > 0) throw badInput(faults.slice(0, 20));
}

/** Reads the body of a POST into `request.body`. Problems: 400, 413, 415, 422. */
export const readBody: readonly RequestHandler[] = [
  (request: Request, _response: Response, next: NextFunction) => {
    if (isJson(request)) return next();
    next(
      new Problem("unsupported-media-type", {
        en: "Send a JSON body with the header Content-Type: application/json.",
        ar: "أرسل نص الطلب بصيغة JSON مع الترويسة Content-Type: application/json",
      }),
    );
  },
  parse,
  (request: Request, _response: Response, next: NextFunction) => {
    checkBody(request.body);
    next();
  },
];
