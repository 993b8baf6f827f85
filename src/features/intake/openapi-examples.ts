/** The examples of the API's description; a test holds each against its schema. */

export const attachmentExample = {
  id: "5f1c0a9be2d347b6a1908c7d6e5f4a3b",
  name: "صورة الموقع.jpg",
  type: "image/jpeg",
  bytes: 84213,
  sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
};

export const applicationExample = {
  programme: "jordan",
  type: "complaint",
  language: "ar",
  subject: "تأخر إصدار رخصة",
  description: "قدّمت طلب الرخصة قبل شهرين ولم أحصل على جواب.",
  sector: "health",
  governorate: "amman",
  pillar: "time",
  applicant: {
    category: "citizen",
    name: "رانيا حداد",
    nationalNumber: "9871234567",
    phone: "0790123456",
    email: "rania@example.jo",
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
    self: "https://diwan.example.jo/api/v1/applications/482-739-1652?code=K7QM-3XVD-P2HR",
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
  stateName: { ar: "بانتظار مقدّم الطلب", en: "Waiting for the applicant" },
  subject: "تأخر إصدار رخصة",
  entity: "MOH",
  entityName: { ar: "وزارة الصحة", en: "Ministry of Health" },
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
      text: "ما رقم طلب الرخصة؟",
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

export const actionExample = { code: "K7QM-3XVD-P2HR", action: "reply", fields: { reply: "رقم الطلب 4711." } };

export const performedExample = {
  reference: "482-739-1652",
  state: "inProgress",
  entity: "MOH",
  dueAt: "2026-12-01T09:15:00.000Z",
  links: receivedExample.links,
};

export const programmeExample = {
  code: "jordan",
  name: { ar: "الخدمات الحكومية", en: "Government services" },
  timeZone: "Asia/Amman",
  defaultLanguage: "ar",
  reopenWindowDays: 14,
  revision: 7,
  attachments: { most: 10, mostBytes: 20_971_520, endings: [".jpg", ".png", ".pdf", ".docx", ".txt"] },
  types: [
    {
      code: "complaint",
      name: { ar: "شكوى", en: "Complaint" },
      anonymousAllowed: false,
      confidential: false,
      fields: [
        {
          code: "visits",
          name: { ar: "عدد الزيارات", en: "Visits" },
          type: "number",
          required: false,
          min: 0,
          max: 99,
        },
      ],
      ratingScales: [{ code: "clarity", name: { ar: "وضوح الرد", en: "Clarity of the answer" }, required: false }],
    },
  ],
  sectors: [{ code: "health", name: { ar: "الصحة", en: "Health" } }],
  entities: [
    {
      code: "MOH",
      name: { ar: "وزارة الصحة", en: "Ministry of Health" },
      kind: "ministry",
      sector: "health",
      parent: null,
      level: 0,
    },
  ],
  services: [{ code: "vaccination", name: { ar: "التطعيم", en: "Vaccination" }, entity: "MOH" }],
  governorates: [{ code: "amman", name: { ar: "عمّان", en: "Amman" } }],
  pillars: [{ code: "time", name: { ar: "وقت تقديم الخدمة", en: "Service delivery time" } }],
  importanceLevels: [{ code: "high", name: { ar: "مرتفع", en: "High" }, rank: 3 }],
  applicantCategories: [{ code: "citizen", name: { ar: "مواطن", en: "Citizen" } }],
};

export const problemExample = {
  type: "urn:diwan:problem:invalid-input",
  title: "Some of what was sent is not valid",
  status: 422,
  detail: "The application was not accepted: 1 field needs correcting.",
  instance: "urn:diwan:request:3f0b1a52-8f0e-4c53-9a55-0c6f6f6f7c1e",
  errors: [{ field: "/type", reason: "“complant” is no code of this programme; did you mean “complaint”?" }],
};
