/** What a page and its answers bring along is said in all languages that there are: the reader may switch to any of them. */
import type { RequestHandler } from "express";
import { languages, storedLanguages } from "../../engine/text/languages.js";
import { type Bilingual, inAllLanguages } from "../../engine/text/text.js";

const said = (_key: string, value: unknown): unknown =>
  typeof value === "object" && value !== null ? inAllLanguages(value as Bilingual) : value;

/** JSON of it. Words say both languages of the set-up by themselves; only a third costs a look at each value. */
export const jsonInAllLanguages = (value: unknown): string =>
  JSON.stringify(value, languages().length > storedLanguages.length ? said : undefined);

/** From here on `response.json` writes so. */
export const answerInAllLanguages: RequestHandler = (_request, response, next) => {
  response.json = (body) => response.type("json").send(jsonInAllLanguages(body));
  next();
};
