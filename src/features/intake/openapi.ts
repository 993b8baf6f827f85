/** The API's description, OpenAPI 3.1: every address, every answer, with examples. */
import { problemKinds } from "../../engine/text/problems.js";
import {
  actionExample,
  applicationExample,
  attachmentExample,
  codeExample,
  followedExample,
  performedExample,
  problemExample,
  programmeExample,
  receivedExample,
  smallestExample,
} from "./openapi-examples.js";
import { kpiExample, kpiParameters, kpiSchemas } from "./openapi-kpi.js";
import { schemas } from "./openapi-schemas.js";
import { codeHeader } from "./read-request.js";

type SchemaName = keyof typeof schemas | keyof ReturnType<typeof kpiSchemas>;
type Examples = Readonly<Record<string, { readonly value: unknown }>>;

function json(schema: SchemaName, examples?: Examples) {
  return {
    "application/json": { schema: { $ref: `#/components/schemas/${schema}` }, ...(examples && { examples }) },
  };
}

function answer(description: string, schema: SchemaName, example?: unknown, headers?: object) {
  return {
    description,
    ...(headers && { headers }),
    content: json(schema, example === undefined ? undefined : { answer: { value: example } }),
  };
}

const headers = {
  retryAfter: { "Retry-After": { schema: { type: "integer" }, description: "Seconds to wait" } },
  received: {
    Location: { schema: { type: "string" }, description: "The application's address, without the code" },
    "Idempotency-Replayed": {
      schema: { const: "true" },
      description: "Present if this response repeats an earlier one",
    },
  },
  deprecated: {
    Deprecation: { schema: { type: "string" }, description: "RFC 9745; there when the code stood in the address" },
  },
} as const;

const statusMeanings: Readonly<Record<number, string>> = {
  400: "The address, a header or the body cannot be read",
  401: "No valid key",
  403: "The key belongs to another programme, or was issued for something else",
  404: "Not found, or wrong code",
  409: "Refused in this state, the Idempotency-Key was used for another request, or too many figures are being counted",
  413: "More than 64 kilobytes; of a file: more than the programme takes",
  415: "The body is not declared as JSON; of a file: as application/octet-stream",
  422: "Fields are not valid; each is named with the reason",
  429: "Too many requests",
  503: "The database is away, full or read-only for a moment; nothing was stored",
  507: "There is no room for files at the moment; nothing was stored",
};

function problems(...statuses: number[]) {
  return Object.fromEntries(
    statuses.map((status) => [
      String(status),
      {
        description: statusMeanings[status] ?? "",
        ...((status === 429 || status === 503) && { headers: headers.retryAfter }),
        content: {
          "application/problem+json": {
            schema: { $ref: "#/components/schemas/Problem" },
            ...(status === problemKinds["invalid-input"].status && { examples: { answer: { value: problemExample } } }),
          },
        },
      },
    ]),
  );
}

const language = {
  name: "Accept-Language",
  in: "header",
  description: "ar or en: the language of problems; else that of the body's `language`, else English",
  schema: { type: "string" },
};
const reference = {
  name: "reference",
  in: "path",
  required: true,
  schema: { type: "string" },
  example: "482-739-1652",
};

const codeInHeader = {
  name: codeHeader,
  in: "header",
  description: "The applicant's code, which was given with the reference",
  schema: { type: "string" },
  example: codeExample.code,
};
const codeInAddress = {
  name: "code",
  in: "query",
  deprecated: true,
  description: `The applicant's code where proxies log it: send the header ${codeHeader} instead. Both: they must be the same`,
  schema: { type: "string" },
};
const code = [codeInHeader, codeInAddress];
const fileName = {
  name: "name",
  in: "query",
  required: true,
  description: "What the file is called; it is cleaned, and its ending follows the content",
  schema: { type: "string", minLength: 1, maxLength: 1000 },
  example: attachmentExample.name,
};
const fileId = {
  name: "id",
  in: "path",
  required: true,
  schema: { type: "string", pattern: "^[0-9a-f]{32}$" },
  example: attachmentExample.id,
};
const file = { "application/octet-stream": { schema: { type: "string", format: "binary" } } };
const fileBody = { required: true, description: "The file itself, not compressed", content: file };

function body(schema: SchemaName, examples: Examples) {
  return { required: true, content: json(schema, examples) };
}

/** @param server where the addresses begin: `https://diwan.example.jo`, or `/` */
export function openApiDocument(server: string) {
  return {
    openapi: "3.1.0",
    info: {
      title: "Diwan",
      version: "1",
      description:
        "Applications to government come in here and are followed here. Times are UTC; errors are RFC 9457 problems in Arabic or English.",
    },
    servers: [{ url: server }],
    paths: {
      "/api/v1/applications": {
        post: {
          operationId: "receiveApplication",
          summary: "Send an application",
          security: [{ channelKey: [] }],
          parameters: [
            {
              name: "Idempotency-Key",
              in: "header",
              description: "A retry with the same key and body gets the same answer and creates nothing",
              schema: { type: "string", minLength: 1, maxLength: 255 },
            },
            language,
          ],
          requestBody: body("Application", {
            full: { value: applicationExample },
            smallest: { value: smallestExample },
          }),
          responses: {
            "201": answer("Received: stored and decided", "ReceivedApplication", receivedExample, headers.received),
            ...problems(400, 401, 403, 409, 413, 415, 422, 429, 503),
          },
        },
      },
      "/api/v1/applications/{reference}": {
        get: {
          operationId: "followApplication",
          summary: "Follow an application",
          parameters: [reference, ...code, language],
          responses: {
            "200": answer("Its state", "FollowedApplication", followedExample, headers.deprecated),
            ...problems(400, 404, 429, 503),
          },
        },
      },
      "/api/v1/applications/{reference}/follow": {
        post: {
          operationId: "followApplicationByCode",
          summary: "Follow an application with the code in the body",
          parameters: [reference, language],
          requestBody: body("ApplicantCode", { code: { value: codeExample } }),
          responses: {
            "200": answer("Its state", "FollowedApplication", followedExample),
            ...problems(400, 404, 413, 415, 422, 429, 503),
          },
        },
      },
      "/api/v1/applications/{reference}/actions": {
        post: {
          operationId: "actOnApplication",
          summary: "The applicant's own actions: reply, rate, reopen, withdraw",
          description: `The code is in the body or in the header ${codeHeader}`,
          parameters: [reference, codeInHeader, language],
          requestBody: body("ApplicantAction", { reply: { value: actionExample } }),
          responses: {
            "200": answer("Done", "PerformedAction", performedExample),
            ...problems(400, 403, 404, 409, 413, 415, 422, 429, 503),
          },
        },
      },
      "/api/v1/attachments": {
        post: {
          operationId: "sendFile",
          summary: "Send a file; an application with the same key that names its id within a day takes it along",
          security: [{ channelKey: [] }],
          parameters: [fileName, language],
          requestBody: fileBody,
          responses: {
            "201": answer("Checked and kept", "Attachment", attachmentExample),
            ...problems(400, 401, 409, 413, 415, 422, 429, 503, 507),
          },
        },
      },
      "/api/v1/applications/{reference}/attachments": {
        post: {
          operationId: "sendFileOfApplicant",
          summary: "Send a file for an action of the applicant, which takes it along by its id",
          parameters: [reference, ...code, fileName, language],
          requestBody: fileBody,
          responses: {
            "201": answer("Checked and kept", "Attachment", attachmentExample),
            ...problems(400, 404, 409, 413, 415, 422, 429, 503, 507),
          },
        },
      },
      "/api/v1/applications/{reference}/attachments/{id}": {
        get: {
          operationId: "saveFile",
          summary: "A file that the applicant sent or was sent, whole or a range of it",
          parameters: [reference, fileId, ...code, language],
          responses: {
            "200": { description: "The file, of its own type", content: file },
            "206": { description: "The part that the header Range asks for", content: file },
            "416": { description: "The requested range is outside the file" },
            ...problems(400, 404, 429, 503),
          },
        },
      },
      "/api/v1/programmes": {
        get: {
          operationId: "listProgrammes",
          summary: "The programmes' codes",
          responses: { "200": answer("The codes", "ProgrammeList", { programmes: ["jordan"] }), ...problems(429, 503) },
        },
      },
      "/api/v1/programmes/{code}": {
        get: {
          operationId: "describeProgramme",
          summary: "What a channel needs to build its form; the ETag changes with every change of the settings",
          parameters: [
            { name: "code", in: "path", required: true, schema: { type: "string" }, example: "jordan" },
            language,
          ],
          responses: {
            "200": answer("Everything that may be chosen now", "Programme", programmeExample),
            "304": { description: "Unchanged since the ETag in If-None-Match" },
            ...problems(404, 429, 503),
          },
        },
      },
      "/api/v1/kpi": {
        get: {
          operationId: "readFigures",
          summary: "Key figures of a period, as the figures page has them; confidential cases are in none",
          security: [{ figuresKey: [] }],
          parameters: [...kpiParameters, language],
          responses: {
            "200": answer("The figures", "KpiReport", kpiExample),
            ...problems(401, 403, 409, 422, 429, 503),
          },
        },
      },
      "/healthz": {
        get: {
          operationId: "health",
          summary: "The process answers",
          responses: { "200": answer("It lives", "Health", { status: "ok" }) },
        },
      },
      "/readyz": {
        get: {
          operationId: "readiness",
          summary: "Database, migrations and queue are there",
          responses: { "200": answer("It can serve", "Health", { status: "ready" }), ...problems(503) },
        },
      },
    },
    components: {
      schemas: { ...schemas, ...kpiSchemas() },
      securitySchemes: {
        channelKey: { type: "http", scheme: "bearer", description: "A channel's key to send applications" },
        figuresKey: { type: "http", scheme: "bearer", description: "A channel's key to read figures" },
      },
    },
  };
}
