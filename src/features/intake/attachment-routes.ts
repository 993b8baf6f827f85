/**
 * Files over the API. One is sent first, as the body of a request, and gets an id; the application or the act that names the
 * id takes it along. What nobody takes along is gone a day later.
 */

import type { Request, Response, Router } from "express";
import { askedFrom } from "../../platform/http/body-places.js";
import type { AttachmentOwner } from "../files/attachments.js";
import { sendFile } from "../files/send-file.js";
import { takeFile } from "../files/take-file.js";
import type { ApiServices } from "./api-services.js";
import { only } from "./only.js";
import { openByCode } from "./open-by-code.js";
import { authenticate, readCode, readFileName, referenceOf } from "./read-request.js";

/** Adds the addresses of files to the API's. */
export function addAttachmentRoutes(router: Router, services: ApiServices): void {
  const { attachments } = services;
  const opening = openByCode(services);
  const take = async (request: Request, response: Response, owner: AttachmentOwner): Promise<void> => {
    const name = readFileName(request);
    const file = await takeFile(request, response, { attachments, owner, name: () => name, now: services.now() });
    if (file !== null) response.status(201).json(file);
  };

  router.post("/api/v1/attachments", async (request, response) => {
    const key = await authenticate(request, services, "applications");
    response.locals.channelKey = key;
    await take(request, response, { kind: "channel", key });
  });
  router.post("/api/v1/applications/:reference/attachments", async (request, response) => {
    const whose = { reference: referenceOf(request), code: readCode(request, response), from: askedFrom(request) };
    await opening(request, () => take(request, response, { kind: "applicant", ...whose }));
  });
  router.get("/api/v1/applications/:reference/attachments/:id", async (request, response) => {
    const asked = {
      id: String(request.params.id).slice(0, 64),
      reference: referenceOf(request),
      code: readCode(request, response),
      now: services.now(),
    };
    const opened = await opening(request, () => attachments.open(asked));
    await sendFile(request, response, opened, false);
  });

  router.all("/api/v1/attachments", only("POST"));
  router.all("/api/v1/applications/:reference/attachments", only("POST"));
  router.all("/api/v1/applications/:reference/attachments/:id", only("GET, HEAD"));
}
