/** Posts of the applicant's pages: from our own pages only, plain forms, one text a name. */
import express, { type Request, type RequestHandler } from "express";
import { fromOurPages, originOf } from "../domain/our-pages.js";
import { Problem } from "../domain/problems.js";

/** A description of 10,000 Arabic letters takes 60 kilobytes on the way. */
const parse = express.urlencoded({ extended: false, limit: "256kb", parameterLimit: 300, inflate: false });

const readForm: RequestHandler = (request, response, next) => {
  if (request.is("application/x-www-form-urlencoded")) return parse(request, response, next);
  next(
    new Problem("unsupported-media-type", {
      en: "Send the form of this page.",
      ar: "أرسل النموذج الموجود في هذه الصفحة.",
    }),
  );
};

/** Refuses what no page of ours sent, then reads it. */
export function createReadPost(publicUrl: string): readonly RequestHandler[] {
  const publicOrigin = originOf(publicUrl);
  const ours: RequestHandler = (request, _response, next) => {
    const whence = {
      site: request.get("sec-fetch-site"),
      origin: request.get("origin"),
      asked: `${request.protocol}://${request.get("host")}`,
      publicOrigin,
    };
    if (fromOurPages(whence)) return next();
    next(
      new Problem("forbidden", {
        en: "This did not come from our own pages. Open the page again and repeat it there.",
        ar: "لم يصدر هذا الطلب من صفحاتنا. افتح الصفحة من جديد وأعد المحاولة منها.",
      }),
    );
  };
  return [ours, readForm];
}

/** What was typed into a field; empty when it was left out or came twice. Line ends as people mean them. */
export function typedIn(request: Request, name: string): string {
  const body = (request.body ?? {}) as Readonly<Record<string, unknown>>;
  const value = Object.hasOwn(body, name) ? body[name] : "";
  // PostgreSQL takes no NUL, and nobody types one.
  return typeof value === "string" ? value.replaceAll("\r\n", "\n").replaceAll("\0", "") : "";
}

/** All names of the form. */
export const namesIn = (request: Request): string[] => Object.keys((request.body ?? {}) as object);

/** The button that sent it: on, back, or only to show the page again. */
export function pressed(request: Request): "on" | "back" | "show" {
  const go = typedIn(request, "go");
  return go === "back" || go === "show" ? go : "on";
}
