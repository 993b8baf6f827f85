/**
 * Files of the back office: one is sent as the body of a request, and nothing else comes with it; one is saved from an
 * address of its own. Both behind the session, both by the rules of the case. Everything else below is not there.
 */
import { pipeline } from "node:stream/promises";
import { type NextFunction, type Request, type Response, Router } from "express";
import { acceptedEndings } from "../../domain/attachments/attachment-types.js";
import { downloadHeaders, rangeOf, thumbnailHeaders } from "../../domain/attachments/download-headers.js";
import { Problem } from "../../domain/problems.js";
import type { AttachmentOwner, Attachments } from "../../services.js";
import type { AdminServices } from "../admin-services.js";
import { readNamedQuery } from "../guard/list-query.js";
import type { Official } from "../official.js";
import { requireFileBody, sentName } from "./file-body.js";
import type { StagedFile, StagedFiles } from "./staged-files.js";

export interface FilesParts {
  readonly services: AdminServices;
  /** The official of this request, noted by the authentication. */
  readonly officialOf: (response: Response) => Official;
}

type Handler = (request: Request, response: Response) => Promise<void>;

const ids = /^\/(?:api\/)?files\/([0-9a-f]{32})(?:\/[a-z]+)?$/;
const idOf = (request: Request): string => ids.exec(request.path)?.[1] ?? "";

/** One address with the methods it takes; whatever is below and in no row goes on to the gate, which knows nothing of it. */
interface Row {
  readonly form: RegExp;
  readonly get?: Handler;
  readonly post?: Handler;
}

function ownerOf(request: Request, official: Official): AttachmentOwner {
  const { reference = "" } = readNamedQuery(["reference"], request.query as Record<string, unknown>);
  return { kind: "official", actor: official.actor, reference };
}

async function send(
  request: Request,
  response: Response,
  open: () => ReturnType<Attachments["open"]>,
  thumbnail: boolean,
) {
  readNamedQuery([], request.query as Record<string, unknown>);
  const { attachment, bytes, stream } = await open();
  const range = thumbnail ? null : rangeOf(request.get("range"), bytes);
  response.set(thumbnail ? thumbnailHeaders() : { ...downloadHeaders(attachment), "accept-ranges": "bytes" });
  if (range === "unsatisfiable") {
    response.status(416).set("content-range", `bytes */${bytes}`).end();
    return;
  }
  const length = range === null ? bytes : range.to - range.from + 1;
  if (range !== null) response.status(206).set("content-range", `bytes ${range.from}-${range.to}/${bytes}`);
  response.set("content-length", String(length));
  if (request.method === "HEAD") {
    response.end();
    return;
  }
  // Whoever stops reading ends it; that is nobody's fault.
  await pipeline(stream(range), response).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
  });
}

/** A film asks for its parts one by one: only its beginning is a new look. */
const isFurtherPart = (request: Request): boolean => {
  const asked = /^bytes=(\d+)-/.exec(request.get("range") ?? "");
  return request.method === "HEAD" || (asked !== null && Number(asked[1]) > 0);
};

function rowsOf({ services, officialOf }: FilesParts): readonly Row[] {
  const { attachments } = services;
  const open = (request: Request, response: Response, thumbnail: boolean) =>
    send(
      request,
      response,
      () =>
        attachments.open({
          id: idOf(request),
          actor: officialOf(response).actor,
          thumbnail,
          again: isFurtherPart(request),
          now: services.now(),
        }),
      thumbnail,
    );
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
      form: /^\/api\/files$/,
      async get(request, response) {
        const owner = ownerOf(request, officialOf(response));
        const { most, mostBytes, kinds } = await attachments.mayStage(owner);
        const files = await attachments.staged(owner);
        response.json({ files, most, mostBytes, accept: acceptedEndings(kinds) } satisfies StagedFiles);
      },
      async post(request, response) {
        const owner = ownerOf(request, officialOf(response));
        const { mostBytes } = await attachments.mayStage(owner);
        requireFileBody(request, mostBytes);
        const content = request.iterator({ destroyOnReturn: false });
        const staging = { owner, name: sentName(request), content, declaredType: null, now: services.now() };
        const file = await attachments.stage(staging).catch((error: unknown) => {
          // Whoever broke off waits for no answer, and nothing went wrong here.
          if (request.destroyed && !request.complete) return null;
          throw error;
        });
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
  throw new Problem("method-not-allowed", { en: `Use ${allowed}.`, ar: `استخدم ${allowed}.` });
}

/** Below `/admin`, behind the session. */
export function createFiles(parts: FilesParts): Router {
  const rows = rowsOf(parts);
  const router = Router({ caseSensitive: true, strict: true });
  router.use(async (request: Request, response: Response, next: NextFunction) => {
    const row = rows.find(({ form }) => form.test(request.path));
    if (row === undefined) return next();
    const handler = request.method === "POST" ? row.post : /^(GET|HEAD)$/.test(request.method) ? row.get : undefined;
    if (handler === undefined) refuseMethod(row, response);
    await handler(request, response);
  });
  return router;
}
