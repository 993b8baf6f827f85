/** The examples of the API's description; a test holds each against its schema. */
import { msg } from "../../engine/text/msg.js";

/** An application in Arabic, as most are. */
const words = {
  subject: msg("intake.openapiExamples.subject"),
  description: msg("intake.openapiExamples.description"),
  name: msg("intake.openapiExamples.name"),
  question: msg("intake.openapiExamples.question"),
  reply: msg("intake.openapiExamples.reply"),
};

export const attachmentExample = {
  id: "5f1c0a9be2d347b6a1908c7d6e5f4a3b",
  name: `${msg("intake.openapiExamples.fileName").ar}.jpg`,
  type: "image/jpeg",
  bytes: 84213,
  sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
};

export const applicationExample = {
  programme: "jordan",
  type: "complaint",
  language: "ar",
  subject: words.subject.ar,
  description: words.description.ar,
  sector: "health",
  governorate: "amman",
  pillar: "time",
  applicant: {
    category: "citizen",
    name: words.name.ar,
    nationalNumber: "9871234567",
    phone: "0790123456",
    email: "rania@example.jo",
    sms: true,
    contactBy: "email",
  },
  fields: {},
  attachments: [attachmentExample.id],
};

export const smallestExample = {
  programme: "jordan",
  type: "inquiry",
  subject: "Opening hours",
  description: "Is the office open on Thursday afternoon?",
};

export const receivedExample = {
  reference: "482-739-1652",
  code: "K7QM-3XVD-P2HR",
  state: "assigned",
  entity: "MOH",
  pillar: "time",
  importance: "high",
  dueAt: "2026-11-30T08:30:00.000Z",
  links: {
    self: "https://diwan.example.jo/api/v1/applications/482-739-1652",
    follow: "https://diwan.example.jo/api/v1/applications/482-739-1652/follow",
    actions: "https://diwan.example.jo/api/v1/applications/482-739-1652/actions",
    attachments: "https://diwan.example.jo/api/v1/applications/482-739-1652/attachments",
  },
};

export const followedExample = {
  reference: "482-739-1652",
  programme: "jordan",
  type: "complaint",
  state: "waitingForApplicant",
  stateName: msg("intake.openapiExamples.followedExampleStateName"),
  subject: words.subject.ar,
  entity: "MOH",
  entityName: msg("intake.openapiExamples.followedExampleEntityName"),
  pillar: "time",
  importance: "high",
  receivedAt: "2026-11-25T08:30:00.000Z",
  dueAt: null,
  resolvedAt: null,
  closedAt: null,
  splitFrom: null,
  splitInto: [],
  conversation: [
    {
      at: "2026-11-26T07:00:00.000Z",
      kind: "question",
      text: words.question.ar,
      recognised: null,
      shared: false,
      attachments: [],
    },
  ],
  attachments: [attachmentExample],
  attachable: ["reply"],
  actions: ["reply", "withdraw"],
  links: { ...receivedExample.links, self: "https://diwan.example.jo/api/v1/applications/482-739-1652" },
};

export const codeExample = { code: "K7QM-3XVD-P2HR" };

export const actionExample = { code: "K7QM-3XVD-P2HR", action: "reply", fields: { reply: words.reply.ar } };

export const performedExample = {
  reference: "482-739-1652",
  state: "inProgress",
  entity: "MOH",
  dueAt: "2026-12-01T09:15:00.000Z",
  links: receivedExample.links,
};

export const programmeExample = {
  code: "jordan",
  name: msg("intake.openapiExamples.programmeExampleName"),
  timeZone: "Asia/Amman",
  defaultLanguage: "ar",
  reopenWindowDays: 14,
  revision: 7,
  attachments: { most: 10, mostBytes: 20_971_520, endings: [".jpg", ".png", ".pdf", ".docx", ".txt"] },
  types: [
    {
      code: "complaint",
      name: msg("intake.openapiExamples.complaint"),
      anonymousAllowed: false,
      confidential: false,
      fields: [
        {
          code: "visits",
          name: msg("intake.openapiExamples.visits"),
          type: "number",
          required: false,
          min: 0,
          max: 99,
        },
      ],
      ratingScales: [{ code: "clarity", name: msg("intake.openapiExamples.clarityOfTheAnswer"), required: false }],
    },
  ],
  sectors: [{ code: "health", name: msg("intake.openapiExamples.health") }],
  entities: [
    {
      code: "MOH",
      name: msg("intake.openapiExamples.ministryOfHealth"),
      kind: "ministry",
      sector: "health",
      parent: null,
      level: 0,
    },
  ],
  services: [{ code: "vaccination", name: msg("intake.openapiExamples.vaccination"), entity: "MOH" }],
  governorates: [{ code: "amman", name: msg("intake.openapiExamples.amman") }],
  pillars: [{ code: "time", name: msg("intake.openapiExamples.serviceDeliveryTime") }],
  importanceLevels: [{ code: "high", name: msg("intake.openapiExamples.high"), rank: 3 }],
  applicantCategories: [{ code: "citizen", name: msg("intake.openapiExamples.citizen") }],
};

export const problemExample = {
  type: "urn:diwan:problem:invalid-input",
  title: "Some of what was sent is not valid",
  status: 422,
  detail: "The application was not accepted: 1 field needs correcting.",
  instance: "urn:diwan:request:3f0b1a52-8f0e-4c53-9a55-0c6f6f6f7c1e",
  errors: [{ field: "/type", reason: "“complant” is no code of this programme; did you mean “complaint”?" }],
};
