/**
 * Files of the back office: one is sent as the body of a request, and nothing else comes with it; one is saved from an
 * address of its own. Both behind the session, both by the rules of the case. Everything else below is not there.
 */

import type { NextFunction, Request, RequestHandler, Response } from "express";
import { acceptedEndings } from "../../../engine/files/attachment-types.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import { readNamedQuery } from "../../../platform/admin/list-query.js";
import type { Official } from "../../../platform/admin/official.js";
import type { Services } from "../../../platform/services.js";
import type { AttachmentOwner, StagedFile, StagedFiles } from "../../files/attachments.js";
import { sendFile } from "../../files/send-file.js";
import { sentName, takeFile } from "../../files/take-file.js";

export interface FilesParts {
  readonly services: Services;
  /** The official of this request, noted by the authentication. */
  readonly officialOf: (response: Response) => Official;
}

type Handler = (request: Request, response: Response) => Promise<void>;

const ids = /^\/(?:api\/)?files\/([0-9a-f]{32})(?:\/[a-z]+)?$/;
const idOf = (request: Request): string => ids.exec(request.path)?.[1] ?? "";

const ofInstruction = /^\/files\/instructions\/([a-z][a-z0-9_-]{1,39})\/([A-Za-z][A-Za-z0-9_-]{0,59})$/;

const mayBeFile = /^\/(?:api\/)?files\b/;

/** One address with the methods it takes; whatever is below and in no row goes on to the gate, which knows nothing of it. */
interface Row {
  readonly form: RegExp;
  readonly get?: Handler;
  readonly post?: Handler;
}

function ownerOf(request: Request, official: Official): AttachmentOwner {
  const names = ["reference", "programme", "instruction"];
  const { reference = "", programme, instruction } = readNamedQuery(names, request.query as Record<string, unknown>);
  const { actor } = official;
  if (programme !== undefined && instruction !== undefined)
    return { kind: "instruction", actor, programme, code: instruction };
  return { kind: "official", actor, reference };
}

/** A film asks for its parts one by one: only its beginning is a new look. */
const isFurtherPart = (request: Request): boolean => {
  const asked = /^bytes=(\d+)-/.exec(request.get("range") ?? "");
  return request.method === "HEAD" || (asked !== null && Number(asked[1]) > 0);
};

function rowsOf({ services, officialOf }: FilesParts): readonly Row[] {
  const { attachments } = services;
  const open = async (request: Request, response: Response, thumbnail: boolean) => {
    readNamedQuery([], request.query as Record<string, unknown>);
    const opened = await attachments.open({
      id: idOf(request),
      actor: officialOf(response).actor,
      thumbnail,
      again: isFurtherPart(request),
      now: services.now(),
    });
    await sendFile(request, response, opened, thumbnail);
  };
  return [
    {
      form: /^\/files\/[0-9a-f]{32}$/,
      get: (request, response) => open(request, response, false),
    },
    {
      form: /^\/files\/[0-9a-f]{32}\/thumbnail$/,
      get: (request, response) => open(request, response, true),
    },
    {
      form: ofInstruction,
      async get(request, response) {
        readNamedQuery([], request.query as Record<string, unknown>);
        const [, programme = "", code = ""] = ofInstruction.exec(request.path) ?? [];
        const opened = await attachments.openInstruction({ programme, code, actor: officialOf(response).actor });
        await sendFile(request, response, opened, false);
      },
    },
    {
      form: /^\/api\/files$/,
      async get(request, response) {
        const owner = ownerOf(request, officialOf(response));
        const { most, mostBytes, kinds } = await attachments.limitsOf(owner);
        const files = await attachments.staged(owner);
        response.json({ files, most, mostBytes, accept: acceptedEndings(kinds) } satisfies StagedFiles);
      },
      async post(request, response) {
        const owner = ownerOf(request, officialOf(response));
        const name = () => sentName(request);
        const file = await takeFile(request, response, { attachments, owner, name, now: services.now() });
        if (file === null) return;
        response.status(201).json({ file } satisfies StagedFile);
      },
    },
    {
      form: /^\/api\/files\/[0-9a-f]{32}\/drop$/,
      async post(request, response) {
        await attachments.drop({ owner: ownerOf(request, officialOf(response)), id: idOf(request) });
        response.json({});
      },
    },
  ];
}

function refuseMethod(row: Row, response: Response): never {
  const allowed = [...(row.get ? ["GET", "HEAD"] : []), ...(row.post ? ["POST"] : [])].join(", ");
  response.set("allow", allowed);
  throw new Problem("method-not-allowed", msg("cases-files.createFiles.use", { allowed }));
}

/** Below `/admin`, behind the session. */
export function createFiles(parts: FilesParts): RequestHandler {
  const rows = rowsOf(parts);
  return async (request: Request, response: Response, next: NextFunction) => {
    if (!mayBeFile.test(request.path)) return next();
    const row = rows.find(({ form }) => form.test(request.path));
    if (row === undefined) return next();
    const handler = request.method === "POST" ? row.post : /^(GET|HEAD)$/.test(request.method) ? row.get : undefined;
    if (handler === undefined) refuseMethod(row, response);
    await handler(request, response);
  };
}
