/** JSON Schema 2020-12 of what goes in and out of the API; `components.schemas` of its description. */

import { applicationLimits } from "../../engine/applicant/application-limits.js";
import { conversationKinds } from "../../engine/lifecycle/views/follow-view.js";
import { entityKindCodes } from "../../engine/setup/entity-kinds.js";
import { languages } from "../../engine/text/languages.js";

const code = { type: "string", maxLength: 100 } as const;
const optionalCode = { type: ["string", "null"], maxLength: 100 } as const;
const moment = { type: "string", format: "date-time", description: "UTC, RFC 3339" } as const;
const optionalMoment = { type: ["string", "null"], format: "date-time", description: "UTC, RFC 3339" } as const;
const text = { type: "string" } as const;
const entityKind = { ...text, description: `What it is, for people to read: ${entityKindCodes.join(", ")}` } as const;
const bilingual = { $ref: "#/components/schemas/Bilingual" } as const;
const links = { $ref: "#/components/schemas/Links" } as const;

/** An object of which every property is there and no other. */
function exact(properties: Record<string, object>, optional: readonly string[] = []) {
  return {
    type: "object",
    properties,
    required: Object.keys(properties).filter((name) => !optional.includes(name)),
    additionalProperties: false,
  };
}

function listOf(more: Record<string, object> = {}) {
  return { type: "array", items: exact({ code, name: bilingual, ...more }) };
}

const extraField = exact(
  {
    code,
    name: bilingual,
    type: { enum: ["text", "number", "boolean", "date", "choice", "entity", "location", "file"] },
    required: { type: "boolean" },
    choices: listOf(),
    maxLength: { type: "integer" },
    min: { type: "number" },
    max: { type: "number" },
  },
  ["choices", "maxLength", "min", "max"],
);

const attachments = { type: "array", items: { $ref: "#/components/schemas/Attachment" } } as const;

const fileIds = {
  type: "array",
  items: { ...text, pattern: "^[0-9a-f]{32}$" },
  description: "Ids of uploaded files not yet attached to anything",
} as const;

const secret = {
  ...text,
  minLength: 1,
  maxLength: 64,
  description: "The applicant's secret; may be omitted if it is in the header X-Application-Code",
} as const;

const applicant = {
  ...exact({
    category: optionalCode,
    name: { type: ["string", "null"], maxLength: 200 },
    nationalNumber: { type: ["string", "null"], description: "10 digits, Latin or Arabic-Indic" },
    phone: { type: ["string", "null"], description: "As dialled in Jordan, or with + and the country's code" },
    email: { type: ["string", "null"], maxLength: 254 },
    sms: {
      type: ["boolean", "null"],
      description:
        "true: the applicant agrees to text messages (SMS). Needs a mobile telephone number. Without this consent and without an email address nothing is sent to them: say so before you send, and ask for one of the two, or have them note the reference and the code",
    },
    contactBy: {
      enum: ["email", "sms", "none", null],
      description:
        "How the applicant wants to be written to. If omitted, by email where there is one, else by text message with consent",
    },
  }),
  required: [],
};

export const schemas = {
  Bilingual: exact({ ar: text, en: text }),
  Links: exact({
    self: {
      ...text,
      description: "Follows the application; takes the applicant's code in the header",
    },
    follow: { ...text, description: "Follows the application; takes the applicant's code in a body" },
    actions: { ...text, description: "Takes the applicant's own actions" },
    attachments: { ...text, description: "Takes files for them; a file of the application is below it, by its id" },
  }),
  Attachment: exact(
    {
      id: { ...text, pattern: "^[0-9a-f]{32}$" },
      name: { ...text, description: "Cleaned; its ending is that of the content" },
      type: { ...text, description: "By its content" },
      bytes: { type: "integer" },
      sha256: { ...text, description: "Of what is stored: images are written again, without metadata" },
      locked: { const: true, description: "The file is password-protected" },
      unscanned: { const: true, description: "It came while the virus scanner was away" },
    },
    ["locked", "unscanned"],
  ),
  Application: {
    ...exact({
      programme: { ...code, description: "The programme of the key" },
      type: { ...code, description: "A code of the programme's types" },
      language: {
        enum: [...languages(), null],
        description: "In which the applicant is answered; else the programme's",
      },
      subject: { type: "string", minLength: 1, maxLength: applicationLimits.subject },
      description: { type: "string", minLength: 1, maxLength: applicationLimits.description },
      sector: optionalCode,
      entity: { ...optionalCode, description: "If omitted, the rules decide" },
      service: optionalCode,
      governorate: optionalCode,
      pillar: { ...optionalCode, description: "If omitted, the rules decide" },
      importance: {
        ...optionalCode,
        description:
          "If omitted, the rules decide. Stated, a rule may raise it where the programme says so, and none lowers it",
      },
      applicant: {
        description: "null or left out: anonymous, where the type allows it",
        anyOf: [applicant, { type: "null" }],
      },
      fields: {
        type: ["object", "null"],
        description:
          "Answers to the type's extra fields, by code: a text, a number, true or false, a date YYYY-MM-DD, the code of a choice or of a live entity; of a location an object {governorate, place, latitude, longitude}, all but the governorate optional, degrees in WGS 84 both or neither; of a file the id of one of the attachments",
      },
      attachments: fileIds,
    }),
    required: ["programme", "type", "subject", "description"],
  },
  ReceivedApplication: exact({
    reference: { ...text, description: "Ten digits, the last a check digit" },
    code: { ...text, description: "The applicant's secret; shown here only" },
    state: text,
    entity: { ...optionalCode, description: "null until an entity is assigned" },
    pillar: optionalCode,
    importance: optionalCode,
    dueAt: {
      ...optionalMoment,
      description: "When an answer is due; null where none is promised, a question waits, or it was answered or ended",
    },
    links,
  }),
  FollowedApplication: exact({
    reference: text,
    programme: code,
    type: code,
    state: text,
    stateName: bilingual,
    subject: text,
    entity: optionalCode,
    entityName: { anyOf: [bilingual, { type: "null" }] },
    pillar: optionalCode,
    importance: optionalCode,
    receivedAt: moment,
    dueAt: optionalMoment,
    resolvedAt: optionalMoment,
    closedAt: optionalMoment,
    splitFrom: {
      anyOf: [text, { type: "null" }],
      description: "The application whose second matter this one is; the same code opens both",
    },
    splitInto: { type: "array", items: text, description: "What second matters of this one became" },
    conversation: {
      type: "array",
      items: exact({
        at: moment,
        kind: { enum: conversationKinds },
        text,
        recognised: { anyOf: [bilingual, { type: "null" }] },
        attachments,
        shared: { type: "boolean" },
      }),
      description:
        "What took effect, in order. `rejection`: closed with a reason, in the applicant's language. `withdrawal`: an official withdrew it for the applicant, with the reason that was given; `recognised`: how they were recognised. `shared`: given to the application that this one was linked to",
    },
    attachments,
    attachable: { type: "array", items: text, description: "Those of the actions that may carry files" },
    actions: { type: "array", items: text, description: "What the applicant may do now" },
    links,
  }),
  ApplicantCode: exact({ code: secret }, ["code"]),
  ApplicantAction: exact(
    {
      code: secret,
      action: { type: "string", pattern: "^[A-Za-z][\\w-]{0,63}$" },
      fields: {
        type: "object",
        description: "What the action asks for: `reply`, `rating` 1–5 and the type's `ratingScales`, `reason` …",
      },
      attachments: fileIds,
    },
    ["code", "fields", "attachments"],
  ),
  PerformedAction: exact({ reference: text, state: text, entity: optionalCode, dueAt: optionalMoment, links }),
  ProgrammeList: exact({ programmes: { type: "array", items: code } }),
  Programme: exact({
    code,
    name: bilingual,
    timeZone: text,
    defaultLanguage: { enum: languages() },
    reopenWindowDays: { type: "integer" },
    revision: { type: "integer", description: "Rises with every change of the settings" },
    attachments: exact({
      most: { type: "integer", description: "Files of one application or act; 0: none are taken" },
      mostBytes: { type: "integer", description: "Of one file" },
      endings: { type: "array", items: text, description: "Of names, with the dot; what a file is tells its content" },
    }),
    types: listOf({
      anonymousAllowed: { type: "boolean" },
      confidential: { type: "boolean" },
      fields: { type: "array", items: extraField },
      ratingScales: {
        ...listOf({ required: { type: "boolean" } }),
        description: "What the answer may be rated on besides `rating`, each 1–5, as fields of the action that rates",
      },
    }),
    sectors: listOf(),
    entities: listOf({ kind: entityKind, sector: code, parent: optionalCode, level: { type: "integer" } }),
    services: listOf({ entity: code }),
    governorates: listOf(),
    pillars: listOf(),
    importanceLevels: listOf({ rank: { type: "integer" } }),
    applicantCategories: listOf(),
  }),
  Problem: exact(
    {
      type: { ...text, description: "urn:diwan:problem:… — the kind, for programs" },
      title: text,
      status: { type: "integer" },
      detail: { ...text, description: "What happened here and what to do, in the caller's language" },
      instance: { ...text, description: "The request's number, to quote when asking for help" },
      errors: {
        type: "array",
        items: exact({
          field: { ...text, description: "JSON pointer into the body, or a parameter's or header's name" },
          reason: text,
        }),
      },
    },
    ["errors"],
  ),
  Health: exact(
    {
      status: { enum: ["ok", "ready"] },
      warnings: { type: "array", items: bilingual, description: "What an operator has to see to; left out: nothing" },
    },
    ["warnings"],
  ),
} as const;
