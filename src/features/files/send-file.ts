/** A file of a case on its way out, through whichever door: saved, in parts where they are asked for, never shown in place. */

import { pipeline } from "node:stream/promises";
import type { Request, Response } from "express";
import { downloadHeaders, rangeOf, thumbnailHeaders } from "../../engine/files/download-headers.js";
import type { OpenedAttachment } from "./attachments.js";

/** Answers with the file, or with its thumbnail. */
export async function sendFile(
  request: Request,
  response: Response,
  { attachment, bytes, stream }: OpenedAttachment,
  thumbnail: boolean,
): Promise<void> {
  const range = thumbnail ? null : rangeOf(request.get("range"), bytes);
  response.set(thumbnail ? thumbnailHeaders() : { ...downloadHeaders(attachment), "accept-ranges": "bytes" });
  if (range === "unsatisfiable") {
    response.status(416).set("content-range", `bytes */${bytes}`).end();
    return;
  }
  if (range !== null) response.status(206).set("content-range", `bytes ${range.from}-${range.to}/${bytes}`);
  response.set("content-length", String(range === null ? bytes : range.to - range.from + 1));
  if (request.method === "HEAD") {
    response.end();
    return;
  }
  // Whoever stops reading ends it; that is nobody's fault.
  await pipeline(stream(range), response).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
  });
}
