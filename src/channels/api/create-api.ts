/** The API's door: applications in, applications followed, the applicant's own actions, and what a form needs to know. */
import { type NextFunction, type Request, type RequestHandler, type Response, Router } from "express";
import type { FieldFault } from "../../domain/problems.js";
import { Problem } from "../../domain/problems.js";
import type { Bilingual } from "../../domain/text.js";
import type { ChannelKey, FollowedApplication, PerformedAction, Services } from "../../services.js";
import { openApiDocument } from "./openapi.js";
import { describeProgramme } from "./programme-description.js";
import { readJson } from "./read-json.js";

export interface ApiOptions {
  /** Links begin with it; without it they are relative to the host. */
  readonly publicUrl?: string | null;
}

/** `/api/…`: see openapi.ts for every address, shape and answer. */
export function createApi(services: Services, options: ApiOptions = {}): Router {
  const base = (options.publicUrl ?? "").replace(/\/+$/, "");
  const applicationUrl = (reference: string) => `${base}/api/v1/applications/${encodeURIComponent(reference)}`;
  const linksOf = (reference: string, code: string) => ({
    self: `${applicationUrl(reference)}?code=${encodeURIComponent(code)}`,
    actions: `${applicationUrl(reference)}/actions`,
  });
  const router = Router();
  router.use("/api", noStore);

  router.post("/api/v1/applications", async (request, response, next) => {
    // The key comes before the body: nothing of a stranger's is read.
    response.locals.channelKey = await authenticate(request, services);
    next();
  });
  router.post("/api/v1/applications", ...readJson, async (request, response) => {
    const key: ChannelKey = response.locals.channelKey;
    refuseOtherProgramme(request.body, key);
    const received = await services.intake.receive({
      input: request.body,
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
        links: linksOf(received.reference, received.code),
      });
  });

  router.get("/api/v1/applications/:reference", async (request, response) => {
    const code = request.query.code;
    const followed = await services.cases.follow({
      reference: referenceOf(request),
      code: readSecret(code, "code"),
      now: services.now(),
    });
    response.json(followedAnswer(followed, linksOf(followed.reference, String(code))));
  });

  router.post("/api/v1/applications/:reference/actions", ...readJson, async (request, response) => {
    const { code, action, fields } = readActionRequest(request.body);
    const performed = await services.cases.performAsApplicant({
      reference: referenceOf(request),
      code,
      action,
      fields,
      now: services.now(),
    });
    response.json(performedAnswer(performed, linksOf(performed.reference, code)));
  });

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

function only(methods: string): RequestHandler {
  return (_request, response) => {
    response.set("Allow", methods);
    throw new Problem("method-not-allowed", { en: `Allowed here: ${methods}.`, ar: `المسموح هنا: ${methods}` });
  };
}

/** Problem unauthenticated: no key, not a Bearer key, or one that nobody holds (any more). */
async function authenticate(request: Request, services: Services): Promise<ChannelKey> {
  const sent = /^Bearer +([\x21-\x7e]{8,200}) *$/i.exec(request.headers.authorization ?? "")?.[1];
  const key = sent === undefined ? null : await services.intake.channelOfKey(sent);
  if (key) return key;
  throw new Problem("unauthenticated", {
    en: "Send the channel's key in the header Authorization: Bearer KEY.",
    ar: "أرسل مفتاح القناة في الترويسة Authorization: Bearer KEY",
  });
}

/** Problem forbidden: the key belongs to another programme than the application names. */
function refuseOtherProgramme(body: unknown, key: ChannelKey): void {
  const named = typeof body === "object" && body !== null ? (body as { programme?: unknown }).programme : undefined;
  if (typeof named !== "string" || named.trim() === "" || named.trim() === key.programme) return;
  const reason = {
    en: `This key sends applications of the programme “${key.programme}” only`,
    ar: `هذا المفتاح يرسل طلبات البرنامج «${key.programme}» فقط`,
  };
  throw new Problem("forbidden", reason, [{ field: "/programme", reason }]);
}

function idempotencyKeyOf(request: Request): string | null {
  const sent = request.headers["idempotency-key"];
  if (sent === undefined) return null;
  if (typeof sent === "string" && /^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/.test(sent)) return sent;
  const reason = {
    en: "An Idempotency-Key has 1 to 255 printable ASCII characters",
    ar: "يتكوّن مفتاح التكرار Idempotency-Key من 1 إلى 255 من رموز ASCII المقروءة",
  };
  throw new Problem("malformed-request", reason, [{ field: "Idempotency-Key", reason }]);
}

/** What came as a reference, cut to a length that costs nothing to look up; whether it is one the service knows. */
function referenceOf(request: Request): string {
  return String(request.params.reference).slice(0, 64);
}

const codeMissing: Bilingual = {
  en: "The applicant's code is required; it was given with the reference",
  ar: "رمز مقدّم الطلب مطلوب؛ وقد أُعطي مع الرقم المرجعي",
};

function isSecret(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "" && value.length <= 64;
}

function readSecret(value: unknown, field: string): string {
  if (isSecret(value)) return value;
  throw new Problem("malformed-request", codeMissing, [{ field, reason: codeMissing }]);
}

/** Problem invalid-input with a fault a property. What the action's own fields must be, the workflow knows. */
function readActionRequest(body: unknown): { code: string; action: string; fields: Record<string, unknown> } {
  const faults: FieldFault[] = [];
  const sent = (typeof body === "object" && body !== null && !Array.isArray(body) ? body : {}) as Record<
    string,
    unknown
  >;
  const { code, action, fields = {}, ...unknown } = sent;
  if (!isSecret(code)) faults.push({ field: "/code", reason: codeMissing });
  if (typeof action !== "string" || !/^[A-Za-z][\w-]{0,63}$/.test(action)) {
    faults.push({
      field: "/action",
      reason: {
        en: "Name one of the actions that the followed application lists",
        ar: "اذكر أحد الإجراءات التي يعرضها الطلب عند متابعته",
      },
    });
  }
  if (typeof fields !== "object" || fields === null || Array.isArray(fields)) {
    faults.push({
      field: "/fields",
      reason: { en: "This must be a JSON object", ar: "يجب أن تكون القيمة كائن JSON" },
    });
  }
  for (const name of Object.keys(unknown).slice(0, 20)) {
    faults.push({
      field: `/${name.slice(0, 40).replaceAll("~", "~0").replaceAll("/", "~1")}`,
      reason: {
        en: "Only code, action and fields are known here",
        ar: "الخصائص المعروفة هنا: code و action و fields فقط",
      },
    });
  }
  if (faults.length > 0) {
    throw new Problem(
      "invalid-input",
      { en: "Correct what is named and send it again.", ar: "صحّح ما ذُكر ثم أعد الإرسال." },
      faults,
    );
  }
  return { code: code as string, action: action as string, fields: { ...(fields as object) } };
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
