/** `/admin/exports/ID`: the file of an export, for whoever asked for it. Stands behind signing in, before everything else. */

import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { type Request, type Response, Router } from "express";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import { may } from "../../platform/admin/may.js";
import { signedInOf } from "../../platform/admin/official.js";
import { nothingHere } from "../../platform/admin/refusals.js";
import type { Services } from "../../platform/services.js";

/** A name with other letters than ASCII stands beside one without them (RFC 6266, RFC 8187). */
function disposition(name: string): string {
  const plain = name.replace(/[^\w.-]+/g, "").replace(/^-+/, "") || "cases";
  const rest = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${rest}`;
}

async function send(services: Services, request: Request, response: Response): Promise<void> {
  const official = signedInOf(response);
  if (!may(official, "case.read")) throw nothingHere();
  const id = String(request.params.id);
  const file = await services.work.exports.open({ actor: official.actor, id, now: services.now() });
  response.set({
    "content-type": file.type,
    "content-length": String(file.bytes),
    "content-disposition": disposition(file.name),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    // Whatever a browser makes of the file, it must not run as one of our pages.
    "content-security-policy": "default-src 'none'; sandbox",
  });
  // Whoever goes away while it is sent is no error of ours.
  await pipeline(createReadStream(file.path), response).catch(() => response.destroy());
}

export function exportFiles(services: Services): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get("/exports/:id", async (request, response) => {
    if (request.method === "HEAD") throw nothingHere();
    await send(services, request, response);
  });
  router.all("/exports/:id", (_request, response) => {
    response.set("allow", "GET");
    throw new Problem("method-not-allowed", msg("office.exportFiles.useGET"));
  });
  return router;
}
