/** The API's door: applications in, applications followed, the applicant's own actions, files, and what a form needs to know. */

import { type NextFunction, type Request, type RequestHandler, type Response, Router } from "express";
import { acceptedEndings, attachmentLimits } from "../../engine/files/attachment-types.js";
import type { FollowedApplication } from "../../engine/lifecycle/views/follow-view.js";
import { applicantTypes, type Labelled, type Setup } from "../../engine/setup/setup.js";
import { msg } from "../../engine/text/msg.js";
import { type FieldFault, Problem } from "../../engine/text/problems.js";
import { ratingScalesOf } from "../../engine/workflow/rating-scales.js";
import { askedFrom, bodyPlaces, type CrowdedWords } from "../../platform/http/body-places.js";
import type { PerformedAction } from "../cases/act/perform-action.js";
import type { AttachmentOwner } from "../files/attachments.js";
import { sendFile } from "../files/send-file.js";
import { takeFile } from "../files/take-file.js";
import type { ChannelKey } from "../people/channel-key-store.js";
import { openApiDocument } from "./openapi.js";
import { readJson } from "./read-json.js";
import {
  type ApiServices,
  authenticate,
  idempotencyKeyOf,
  readActionRequest,
  readApplicationRequest,
  readCode,
  readCodeRequest,
  readFileName,
  referenceOf,
  refuseOtherProgramme,
} from "./read-request.js";

/** Problem too-many-requests where too many codes were wrong; what `open` refuses as `not-found` is counted. */
const openByCode =
  ({ publicPages, now }: ApiServices) =>
  <Done>(request: Request, open: () => Promise<Done>): Promise<Done> =>
    publicPages.tries.opening({ reference: referenceOf(request), address: askedFrom(request), now: now() }, open);

/** @param methods those that it takes, as the header `Allow` lists them */
function only(methods: string): RequestHandler {
  return (_request, response) => {
    response.set("Allow", methods);
    throw new Problem("method-not-allowed", msg("intake.only.allowedHere", { methods }));
  };
}

const parameters = ["from", "to", "by", "only", "entity", "knownOn"] as const;
type Asked = { readonly [Name in (typeof parameters)[number]]?: string };

/** Problem invalid-input with a fault a parameter. */
function readAsked({ query }: Request): Asked {
  const faults: FieldFault[] = Object.entries(query).flatMap(([name, value]) => {
    if (!(parameters as readonly string[]).includes(name))
      return [{ field: `/${name.slice(0, 40)}`, reason: msg("reports.shared.unknownParameter") }];
    return typeof value === "string" ? [] : [{ field: `/${name}`, reason: msg("reports.shared.twice") }];
  });
  if (faults.length > 0) throw new Problem("invalid-input", msg("reports.kpi.theFiguresAskedForCannot"), faults);
  return Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value).slice(0, 200)]));
}

/** Adds the address of figures, the same as on the figures page, for keys that were issued to read them. */
function addKpiRoutes(router: Router, services: ApiServices): void {
  router.get("/api/v1/kpi", async (request, response) => {
    const key = await authenticate(request, services, "figures");
    const asked = readAsked(request);
    // Another instance may have revoked it: what is received is checked when it is written, and figures are read.
    await services.intake.stillGood(key);
    const { id, programme } = key;
    response.json(await services.reports.shared({ programme, key: id, now: services.now(), ...asked }));
  });
  router.all("/api/v1/kpi", only("GET, HEAD"));
}

/**
 * Adds the addresses of files to the API's. A file is sent first, as the body of a request, and gets an id; the application or
 * the act that names the id takes it along. What nothing takes along is gone a day later.
 */
function addAttachmentRoutes(router: Router, services: ApiServices): void {
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
    types: choices(applicantTypes(setup), (type) => ({
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
