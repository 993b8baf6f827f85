/** Files for browsers as a build left them: compressed beforehand, kept by browsers for good. */
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { type Request, type Response, Router } from "express";
import type { AssetFile } from "./asset-file.js";

const endings = { br: ".br", gzip: ".gz" } as const;

/** Answers everything below `root` with files of a build, and with 404 for what is none of them. */
export function serveFiles(root: string, folder: string, built: Readonly<Record<string, AssetFile>>): Router {
  const router = Router();
  // Names are looked up among those of the build and never joined to a path unseen: there is nothing to climb out of.
  const files = new Map(Object.entries(built));
  router.get(`${root}/:name`, (request, response, next) => {
    const name = String(request.params.name);
    const file = files.get(name);
    if (file === undefined) return next();
    send(folder, name, file, request, response);
  });
  router.use(root, (_request, response) => {
    response.status(404).set("cache-control", "no-store").type("text/plain").send("Not found");
  });
  return router;
}

function send(folder: string, name: string, file: AssetFile, request: Request, response: Response): void {
  const encoding = chosenEncoding(file, request.get("accept-encoding") ?? "");
  response.set({
    "content-type": file.type,
    "cache-control": "public, max-age=31536000, immutable",
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
    vary: "accept-encoding",
  });
  if (encoding !== null) response.set("content-encoding", encoding);
  if (request.method === "HEAD") {
    response.end();
    return;
  }
  const stream = createReadStream(join(folder, encoding === null ? name : name + endings[encoding]));
  stream.on("error", () => response.destroy());
  response.on("close", () => stream.destroy());
  stream.pipe(response);
}

/** The best encoding that there is and that the browser takes; `br;q=0` is a no. */
function chosenEncoding(file: AssetFile, accepted: string): "br" | "gzip" | null {
  const offers = new Map(
    accepted.split(",").map((part) => {
      const [coding = "", ...parameters] = part.split(";").map((word) => word.trim().toLowerCase());
      const quality = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2) ?? "1";
      return [coding, Number(quality)];
    }),
  );
  return file.encodings.find((encoding) => (offers.get(encoding) ?? 0) > 0) ?? null;
}
