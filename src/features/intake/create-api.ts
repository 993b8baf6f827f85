/** The API's door: applications in, applications followed, the applicant's own actions, files, and what a form needs to know. */

import { type NextFunction, type Request, type RequestHandler, type Response, Router } from "express";
import { acceptedEndings, attachmentLimits } from "../../engine/files/attachment-types.js";
import type { FollowedApplication } from "../../engine/lifecycle/views/follow-view.js";
import type { Labelled, Setup } from "../../engine/setup/setup.js";
import { msg } from "../../engine/text/msg.js";
import { ratingScalesOf } from "../../engine/workflow/rating-scales.js";
import { bodyPlaces, type CrowdedWords } from "../../platform/http/body-places.js";
import type { PerformedAction } from "../cases/act/perform-action.js";
import type { ChannelKey } from "../people/channel-key-store.js";
import type { ApiServices } from "./api-services.js";
import { addAttachmentRoutes } from "./attachment-routes.js";
import { addKpiRoutes } from "./kpi-routes.js";
import { only } from "./only.js";
import { openByCode } from "./open-by-code.js";
import { openApiDocument } from "./openapi.js";
import { readJson } from "./read-json.js";
import {
  authenticate,
  idempotencyKeyOf,
  readActionRequest,
  readApplicationRequest,
  readCode,
  readCodeRequest,
  referenceOf,
  refuseOtherProgramme,
} from "./read-request.js";

// What a channel needs to know of a programme to build its form. Set-up only; nothing of anybody's person.

function choices<Record extends Labelled, More extends object>(
  records: ReadonlyMap<string, Record>,
  more: (record: Record) => More,
) {
  return [...records.values()]
    .filter((record) => !record.retired)
    .sort((a, b) => a.order - b.order)
    .map((record) => ({ code: record.code, name: record.name, ...more(record) }));
}

/** Everything that may be chosen now, in the order in which it is shown; names in both languages. */
function describeProgramme(setup: Setup) {
  const none = () => ({});
  const entities = new Map([...setup.entities].filter(([, entity]) => entity.joining === "live"));
  const { most, mostBytes, kinds } = attachmentLimits(setup.programme.settings);
  return {
    code: setup.programme.code,
    name: setup.programme.name,
    timeZone: setup.programme.timeZone,
    defaultLanguage: setup.programme.defaultLanguage,
    reopenWindowDays: setup.programme.settings.reopenWindowDays,
    revision: setup.revision,
    attachments: { most, mostBytes, endings: acceptedEndings(kinds) },
    types: choices(setup.types, (type) => ({
      anonymousAllowed: type.anonymousAllowed,
      confidential: type.confidential,
      fields: type.fields,
      ratingScales: ratingScalesOf(setup.workflows.get(type.workflow)?.definition ?? { actions: {} }),
    })),
    sectors: choices(setup.sectors, none),
    entities: choices(entities, (entity) => ({
      kind: entity.kind,
      sector: entity.sector,
      parent: entity.parent,
      level: entity.level,
    })),
    services: choices(setup.services, (service) => ({ entity: service.entity })).filter((service) =>
      entities.has(service.entity),
    ),
    governorates: choices(setup.governorates, none),
    pillars: choices(setup.pillars, none),
    importanceLevels: choices(setup.importanceLevels, (level) => ({ rank: level.rank })),
    applicantCategories: choices(setup.categories, none),
  };
}

/** Acts of applicants at once, of 64 kilobytes each; a channel's own server sends those of many people from one address. */
const maxBodies = 1024;

const crowded: CrowdedWords = {
  own: msg("intake.createApi.crowdedOwn"),
  all: msg("intake.createApi.crowdedAll"),
};

export interface ApiOptions {
  /** Links begin with it; without it they are relative to the host. */
  readonly publicUrl?: string | null;
}

/** `/api/…`: see openapi.ts for every address, shape and answer. */
export function createApi(services: ApiServices, options: ApiOptions = {}): Router {
  const base = (options.publicUrl ?? "").replace(/\/+$/, "");
  const applicationUrl = (reference: string) => `${base}/api/v1/applications/${encodeURIComponent(reference)}`;
  /** None holds the code: proxies log addresses. */
  const linksOf = (reference: string) => ({
    self: applicationUrl(reference),
    follow: `${applicationUrl(reference)}/follow`,
    actions: `${applicationUrl(reference)}/actions`,
    attachments: `${applicationUrl(reference)}/attachments`,
  });
  const opening = openByCode(services);
  const router = Router();
  router.use("/api", noStore);

  router.post("/api/v1/applications", async (request, response, next) => {
    // The key comes before the body: nothing of a stranger's is read.
    response.locals.channelKey = await authenticate(request, services, "applications");
    next();
  });
  router.post("/api/v1/applications", ...readJson, async (request, response) => {
    const key: ChannelKey = response.locals.channelKey;
    refuseOtherProgramme(request.body, key);
    const received = await services.intake.receive({
      ...readApplicationRequest(request.body),
      key,
      idempotencyKey: idempotencyKeyOf(request),
      now: services.now(),
    });
    if (received.replayed) response.set("Idempotency-Replayed", "true");
    response
      .status(201)
      .set("Location", applicationUrl(received.reference))
      .json({
        reference: received.reference,
        code: received.code,
        state: received.state,
        entity: received.entity,
        pillar: received.pillar,
        importance: received.importance,
        dueAt: received.dueAt,
        links: linksOf(received.reference),
      });
  });

  const follow = async (request: Request, response: Response, code: string) => {
    const asked = { reference: referenceOf(request), code, now: services.now() };
    const followed = await opening(request, () => services.cases.follow(asked));
    response.json(followedAnswer(followed, linksOf(followed.reference)));
  };
  router.get("/api/v1/applications/:reference", async (request, response) => {
    await follow(request, response, readCode(request, response));
  });
  const takeBodyPlace = bodyPlaces(maxBodies, crowded);
  const readJsonInPlace: RequestHandler[] = [
    // The code is in the body, so it is read for anybody.
    (request, response, next) => {
      takeBodyPlace(request, response);
      next();
    },
    ...readJson,
  ];
  router.post("/api/v1/applications/:reference/follow", ...readJsonInPlace, async (request, response) => {
    await follow(request, response, readCodeRequest(request, response));
  });

  router.post("/api/v1/applications/:reference/actions", ...readJsonInPlace, async (request, response) => {
    const asked = readActionRequest(request, response);
    const act = { ...asked, reference: referenceOf(request), now: services.now() };
    const performed = await opening(request, () => services.cases.performAsApplicant(act));
    response.json(performedAnswer(performed, linksOf(performed.reference)));
  });

  addAttachmentRoutes(router, services);
  addKpiRoutes(router, services);

  router.get("/api/v1/programmes", async (_request, response) => {
    response.json({ programmes: await services.setup.programmes() });
  });
  router.get("/api/v1/programmes/:code", async (request, response) => {
    const setup = await services.setup.of(String(request.params.code).slice(0, 100));
    response.set("Cache-Control", "public, max-age=60").set("ETag", `"revision-${setup.revision}"`);
    if (request.fresh) response.status(304).end();
    else response.json(describeProgramme(setup));
  });
  const document = openApiDocument(base || "/");
  router.get("/api/openapi.json", (_request, response) => {
    response.set("Cache-Control", "public, max-age=300").json(document);
  });

  router.all("/api/v1/applications", only("POST"));
  router.all("/api/v1/applications/:reference", only("GET, HEAD"));
  router.all("/api/v1/applications/:reference/follow", only("POST"));
  router.all("/api/v1/applications/:reference/actions", only("POST"));
  router.all("/api/v1/programmes", only("GET, HEAD"));
  router.all("/api/v1/programmes/:code", only("GET, HEAD"));
  router.all("/api/openapi.json", only("GET, HEAD"));
  return router;
}

function noStore(_request: Request, response: Response, next: NextFunction): void {
  response.set("Cache-Control", "no-store");
  next();
}

function followedAnswer(followed: FollowedApplication, links: object) {
  return { ...followed, links };
}

function performedAnswer(performed: PerformedAction, links: object) {
  return {
    reference: performed.reference,
    state: performed.state,
    entity: performed.entity,
    dueAt: performed.dueAt,
    links,
  };
}
