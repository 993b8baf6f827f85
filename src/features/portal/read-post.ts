/** Posts of the applicant's pages: from our own pages only, plain forms, one text a name. */

import express, { type Request, type RequestHandler, type Response } from "express";
import { fromOurPages, originOf } from "../../engine/lifecycle/our-pages.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import type { Language } from "../../engine/text/text.js";
import { bodyPlaces, type CrowdedWords } from "../../platform/http/body-places.js";
import { type FileFaults, maxText, readFiles } from "./read-files.js";

/** A description of 10,000 Arabic letters takes 60 kilobytes on the way; what a form with files may have takes twice as much here, or more. */
const parse = express.urlencoded({
  extended: false,
  limit: 2 * maxText.bytes,
  parameterLimit: maxText.fields,
  inflate: false,
});

/** Forms that are read at once: each may have `maxText` in memory. Those who opened their case are not kept out by strangers. */
const maxForms = 256;

const crowded: CrowdedWords = {
  own: msg("portal.readPost.crowdedOwn"),
  all: msg("portal.readPost.crowdedAll"),
};

/** A form that may carry files, read once it is known for whom they are; one without a file may come plain. */
export type ReadFormWithFiles = (
  request: Request,
  response: Response,
  a: Parameters<typeof readFiles>[2] & {
    /** Whether it is somebody who opened a case. */
    readonly who: "stranger" | "applicant";
  },
) => Promise<FileFaults>;

const readForm: RequestHandler = (request, response, next) => {
  if (request.is("application/x-www-form-urlencoded")) return parse(request, response, next);
  next(new Problem("unsupported-media-type", msg("portal.readPost.sendTheFormOfThis")));
};

export function createReadPost(publicUrl: string): {
  /** Refuses what no page of ours sent. */
  readonly ours: RequestHandler;
  /** That, and takes a stranger's place for the body, which is read later. */
  readonly ahead: readonly RequestHandler[];
  /** That, and reads a plain form. */
  readonly readPost: readonly RequestHandler[];
  readonly readFormWithFiles: ReadFormWithFiles;
} {
  const publicOrigin = originOf(publicUrl);
  const ours: RequestHandler = (request, response, next) => {
    const whence = {
      site: request.get("sec-fetch-site"),
      origin: request.get("origin"),
      asked: `${request.protocol}://${request.get("host")}`,
      publicOrigin,
    };
    if (fromOurPages(whence)) {
      response.locals.ours = true;
      return next();
    }
    next(new Problem("forbidden", msg("portal.readPost.thisDidNotComeFrom")));
  };
  const takePlaceOf = { stranger: bodyPlaces(maxForms, crowded), applicant: bodyPlaces(maxForms, crowded) };
  const takePlace: RequestHandler = (request, response, next) => {
    takePlaceOf.stranger(request, response);
    next();
  };
  return {
    ours,
    ahead: [ours, takePlace],
    readPost: [ours, takePlace, readForm],
    async readFormWithFiles(request, response, a) {
      takePlaceOf[a.who](request, response);
      if (request.is("multipart/form-data")) return readFiles(request, response, a);
      await new Promise<void>((resolve, reject) => {
        readForm(request, response, (error: unknown) => (error === undefined ? resolve() : reject(error)));
      });
      return [];
    },
  };
}

/** The most that is kept of one field, in letters: several times what any may have, so that a text that is too long can be shortened. */
const longestKept = 40_000;

/** What was typed into a field; empty when it was left out or came twice. Line ends as people mean them. */
export function typedIn(request: Request, name: string): string {
  const body = (request.body ?? {}) as Readonly<Record<string, unknown>>;
  const value = Object.hasOwn(body, name) ? body[name] : "";
  // PostgreSQL takes no NUL, and nobody types one.
  return typeof value === "string" ? value.replaceAll("\r\n", "\n").replaceAll("\0", "").slice(0, longestKept) : "";
}

/** All names of the form. */
export const namesIn = (request: Request): string[] => Object.keys((request.body ?? {}) as object);

const buttons = ["on", "back", "show", "home", "follow", "forget", "skip", "stop"] as const;

/** The button that sent it: on, back, only to show the page again, away to another page, to forget what was typed, to pass over what nobody has to answer, or to end letters. */
export type Pressed = (typeof buttons)[number];

export function pressed(request: Request): Pressed {
  // A button that takes a file back only shows the page again.
  if (typedIn(request, "drop") !== "") return "show";
  const go = typedIn(request, "go");
  return buttons.find((one) => one === go) ?? "on";
}

/** Where the frame of a page leads whose form was kept on the way; null for other buttons. */
export function awayTo(go: Pressed, language: Language): string | null {
  return go === "home" ? `/${language}` : go === "follow" ? `/${language}/follow` : null;
}
