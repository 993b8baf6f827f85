/** Forms with files: each file is staged while it arrives, whatever else the form says; what is wrong with one is said beside it. */

import type { Request, Response } from "express";
import multer from "multer";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import type { AttachmentOwner, Attachments } from "../files/attachments.js";
import { declaredBytes, untilLeft } from "../files/take-file.js";

/** Faults of the files of one form: at most one each. */
export type FileFaults = readonly { readonly name: string; readonly problem: Problem }[];

/**
 * Of all texts of a form together, in bytes, and how many there may be: pages ask for a few, and the longest text that any may have takes
 * 40 kilobytes in Arabic. Several times as much is still read, so that it is told at its field and nothing typed is lost.
 */
export const maxText = { bytes: 128 * 1024, fields: 100 } as const;

/** Problems of a single file; whatever else happens ends the request. */
const ofTheFile = new Set(["invalid-input", "too-large", "not-now", "storage-full", "too-many-requests"]);

const neutral = /^file-(\d+)\./;
/** Only whether it is a table is told by a name. */
const neutralName = (n: number, name: string): string => `file-${n}${/\.csv$/i.test(name.trim()) ? ".csv" : ""}`;

/** Too much to look into at the moment; the rest of the form is taken all the same. */
const isBusy = ({ code, retryAfter }: Problem): boolean => code === "unavailable" && retryAfter !== undefined;

const tooManyFiles = (most: number): Problem =>
  new Problem("invalid-input", msg("portal.readFiles.atMostFilesCanBe", { most }));

/**
 * Reads a multipart form into the body of the request. `stage` null: nobody may send files here, and they are passed over.
 * Problem malformed-request for what is no such form.
 */
export async function readFiles(
  request: Request,
  response: Response,
  a: {
    stage: {
      readonly attachments: Pick<Attachments, "stage" | "staged" | "limits">;
      readonly owner: AttachmentOwner;
      readonly programme: string;
      /** Files get names that say nothing of their sender. */
      readonly nameless?: boolean;
    } | null;
    now: Date;
  },
): Promise<FileFaults> {
  const { stage, now } = a;
  const signal = untilLeft(response);
  const faults: { name: string; problem: Problem }[] = [];
  const most = stage === null ? 0 : (await stage.attachments.limits(stage.programme)).most;
  const staged = stage === null ? [] : await stage.attachments.staged(stage.owner);
  let waiting = staged.length;
  let last = Math.max(0, ...staged.map(({ name }) => Number(neutral.exec(name)?.[1] ?? 0)));
  const take = async (name: string, file: Express.Multer.File): Promise<void> => {
    if (stage === null) return;
    waiting += 1;
    if (waiting > most) {
      faults.push({ name, problem: tooManyFiles(most) });
      return;
    }
    const content = file.stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
    try {
      if (stage.nameless) last += 1;
      const given = stage.nameless ? neutralName(last, name) : name;
      const { owner, attachments } = stage;
      const declared = { declaredType: file.mimetype, declaredBytes: declaredBytes(request) };
      await attachments.stage({ owner, name: given, content, ...declared, now, signal });
    } catch (error) {
      if (!(error instanceof Problem && (ofTheFile.has(error.code) || isBusy(error)))) throw error;
      waiting -= 1;
      faults.push({ name, problem: error });
    }
  };
  const storage: multer.StorageEngine = {
    _handleFile(_request, file, done) {
      take(file.originalname, file).then(
        () => {
          // The rest of a refused file is let go, so that what stands after it is read.
          file.stream.resume();
          done(null, {});
        },
        (error: unknown) => {
          file.stream.resume();
          done(error);
        },
      );
    },
    _removeFile: (_request, _file, done) => done(null),
  };
  const options = {
    storage,
    defParamCharset: "utf8",
    limits: {
      files: most + 5,
      fields: maxText.fields,
      fieldSize: maxText.bytes,
      fieldNestingDepth: 0,
      parts: most + 5 + maxText.fields,
      headerPairs: 50,
    },
  };
  await new Promise<void>((resolve, reject) => {
    // What is too much is said at once, and the rest of it is not waited for: nobody types as much.
    const refuse = (problem: Problem): void => {
      if (!response.headersSent) response.set("connection", "close");
      reject(problem);
    };
    const streamHandler = (_request: Request, parser: Parser): void => pipeCounting(request, parser, refuse);
    const read = multer({ ...options, ...{ streamHandler } }).any();
    read(request, response, (error: unknown) =>
      error === undefined || error === null ? resolve() : reject(asRead(error)),
    );
  });
  return faults;
}

type Parser = NodeJS.WritableStream & { destroy(error: Error): unknown };

/** The parser knows a limit for one text. Here they are counted together while they come: the form is over as soon as it is too much. */
function pipeCounting(request: Request, parser: Parser, refuse: (problem: Problem) => void): void {
  let bytes = 0;
  parser.on("field", (name: string, value: string) => {
    bytes += Buffer.byteLength(name) + Buffer.byteLength(value);
    if (bytes <= maxText.bytes) return;
    const problem = new Problem("too-large", { en: "", ar: "" });
    refuse(problem);
    parser.destroy(problem);
  });
  request.pipe(parser);
}

/** What multer and its parser refuse is the form's fault, not ours. */
function asRead(error: unknown): unknown {
  if (error instanceof Problem) return error;
  const code = (error as { code?: unknown }).code;
  if (error instanceof multer.MulterError) {
    return new Problem(/^LIMIT/.test(error.code) ? "too-large" : "malformed-request", { en: "", ar: "" });
  }
  const parsing = error instanceof Error && /multipart|boundary|unexpected end|malformed/i.test(error.message);
  return parsing || code === "ECONNRESET" ? new Problem("malformed-request", { en: "", ar: "" }) : error;
}
