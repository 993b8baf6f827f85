/** A file as the whole body of a request: there is nothing around it that would have to be understood first. */

import type { Request, Response } from "express";
import type { Attachment } from "../../engine/files/attachment.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";
import type { AttachmentOwner, Attachments } from "./attachments.js";

/** Longer than any system lets a name be, in the escapes of a header. */
const longestHeader = 4000;

function malformed(detail: Bilingual): Problem {
  return new Problem("malformed-request", detail);
}

/** How long a body is at most, as its sender declared; null: that is not known before its end. */
export function declaredBytes(request: Request): number | null {
  const header = request.get("content-length");
  return header === undefined ? null : Number(header);
}

/** Before a byte is read. Problems: unsupported-media-type, too-large, malformed-request. */
function requireFileBody(request: Request, mostBytes: number): void {
  if (!/^application\/octet-stream$/i.test(request.get("content-type") ?? "") || request.get("content-encoding")) {
    throw new Problem("unsupported-media-type", msg("files.takeFile.sendTheFileItselfAs"));
  }
  if ((declaredBytes(request) ?? 0) > mostBytes) {
    const megabytes = Math.floor(mostBytes / (1024 * 1024));
    const reason = msg("files.takeFile.aFileMayHaveAt", { megabytes });
    throw new Problem("too-large", reason, [{ field: "/file", reason }]);
  }
}

/** Of `Content-Disposition: attachment; filename*=UTF-8''…`; RFC 8187. Problem malformed-request. */
export function sentName(request: Request): string {
  const header = request.get("content-disposition") ?? "";
  const escaped = header.length > longestHeader ? undefined : /;\s*filename\*=UTF-8''([^;\s]+)/i.exec(header)?.[1];
  try {
    if (escaped !== undefined) return decodeURIComponent(escaped);
  } catch {
    // Broken escapes: told below.
  }
  throw malformed(msg("files.takeFile.nameTheFileInThe"));
}

/** Aborted once anybody who asked has left without waiting for the answer. */
export function untilLeft(response: Response): AbortSignal {
  const controller = new AbortController();
  const left = () => malformed(msg("files.takeFile.theConnectionWasClosedBefore"));
  response.once("close", () => {
    if (!response.writableFinished) controller.abort(left());
  });
  return controller.signal;
}

/**
 * Stages the body of a request; null where whoever sent it broke off, who waits for no answer.
 * Problems: those of `mayStage`, before a byte is read; of the request; of the file.
 */
export async function takeFile(
  request: Request,
  response: Response,
  a: {
    readonly attachments: Pick<Attachments, "mayStage" | "stage">;
    readonly owner: AttachmentOwner;
    /** What it is called, read once it is clear that it may come. */
    readonly name: () => string;
    readonly now: Date;
  },
): Promise<Attachment | null> {
  const { attachments, owner, name, now } = a;
  const declared = declaredBytes(request);
  const { mostBytes } = await attachments.mayStage(owner, declared);
  requireFileBody(request, mostBytes);
  const content = request.iterator({ destroyOnReturn: false });
  const signal = untilLeft(response);
  try {
    return await attachments.stage({
      owner,
      name: name(),
      content,
      declaredType: null,
      declaredBytes: declared,
      now,
      signal,
    });
  } catch (error) {
    if (signal.aborted || (request.destroyed && !request.complete)) return null;
    throw error;
  }
}
