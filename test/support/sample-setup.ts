/** A small programme as a Setup value, for tests that need no database. */
import type { Labelled, Setup } from "../../src/engine/setup/setup.js";

function labelled(code: string, en: string, ar: string, order: number, retired = false): Labelled {
  return { code, name: { en, ar }, order, retired };
}

function byCode<T extends Labelled>(...records: T[]): ReadonlyMap<string, T> {
  return new Map(records.map((record) => [record.code, record]));
}

const entityDefaults = {
  kind: "ministry" as const,
  validFrom: "2000-01-01",
  validTo: null,
  joining: "live" as const,
  email: null,
  phone: null,
  alsoCalled: [],
};

/** Two ministries that receive cases, one that does not yet, one dissolved; three types with every kind of extra field. */
export function sampleSetup(): Setup {
  return {
    revision: 7,
    programme: {
      ...labelled("jordan", "Government services", "الخدمات الحكومية", 1),
      timeZone: "Asia/Amman",
      defaultLanguage: "ar",
      settings: {
        triage: "rules",
        reopenWindowDays: 14,
        reviewSamplePercent: 10,
        ladder: [{ level: 1, role: "entity_manager" }],
      },
    },
    sectors: byCode(
      labelled("water", "Water", "المياه", 1),
      labelled("health", "Health", "الصحة", 2),
      labelled("telegraph", "Telegraph", "البرق", 3, true),
    ),
    entities: byCode(
      {
        ...labelled("PMO", "Prime Ministry", "رئاسة الوزراء", 1),
        ...entityDefaults,
        sector: "health",
        parent: null,
        level: 0,
      },
      {
        ...labelled("MOH", "Ministry of Health", "وزارة الصحة", 2),
        ...entityDefaults,
        sector: "health",
        parent: "PMO",
        level: 1,
      },
      {
        ...labelled("MWI", "Ministry of Water", "وزارة المياه", 3),
        ...entityDefaults,
        sector: "water",
        parent: "PMO",
        level: 1,
      },
      {
        ...labelled("NEW", "New Body", "هيئة جديدة", 4),
        ...entityDefaults,
        joining: "trained",
        sector: "water",
        parent: "MWI",
        level: 2,
      },
      {
        ...labelled("OLD", "Former Body", "هيئة سابقة", 5),
        ...entityDefaults,
        validTo: "2024-01-01",
        sector: "water",
        parent: "MWI",
        level: 2,
      },
    ),
    services: byCode(
      { ...labelled("vaccination", "Vaccination", "التطعيم", 1), entity: "MOH", alsoCalled: [] },
      { ...labelled("water-connection", "Water connection", "إيصال المياه", 2), entity: "MWI", alsoCalled: [] },
      {
        ...labelled("new-service", "Service of the new body", "خدمة الهيئة الجديدة", 3),
        entity: "NEW",
        alsoCalled: [],
      },
    ),
    pillars: byCode(
      labelled("quality", "Quality of service", "جودة الخدمة", 1),
      labelled("time", "Service delivery time", "وقت تقديم الخدمة", 2),
    ),
    importanceLevels: byCode(
      { ...labelled("normal", "Normal", "عادي", 1), rank: 1 },
      { ...labelled("high", "High", "مرتفع", 2), rank: 2 },
    ),
    types: byCode(
      {
        ...labelled("complaint", "Complaint", "شكوى", 1),
        workflow: "complaint",
        anonymousAllowed: true,
        confidential: false,
        surveyed: true,
        internal: false,
        fields: [
          {
            code: "visits",
            name: { en: "Visits", ar: "عدد الزيارات" },
            type: "number",
            required: false,
            min: 0,
            max: 99,
          },
          { code: "since", name: { en: "Since", ar: "منذ" }, type: "date", required: false },
          { code: "urgent", name: { en: "Urgent", ar: "عاجل" }, type: "boolean", required: false },
          {
            code: "counter",
            name: { en: "Counter", ar: "النافذة" },
            type: "choice",
            required: false,
            choices: [
              { code: "front", name: { en: "Front", ar: "الأمامية" } },
              { code: "back", name: { en: "Back", ar: "الخلفية" } },
            ],
          },
          { code: "remark", name: { en: "Remark", ar: "ملاحظة" }, type: "text", required: false, maxLength: 20 },
        ],
      },
      {
        ...labelled("report", "Report", "إبلاغ", 2),
        workflow: "report",
        anonymousAllowed: false,
        confidential: true,
        surveyed: true,
        internal: false,
        fields: [{ code: "place", name: { en: "Place", ar: "المكان" }, type: "text", required: true }],
      },
      {
        ...labelled("petition", "Petition", "عريضة", 3, true),
        workflow: "complaint",
        anonymousAllowed: true,
        confidential: false,
        surveyed: true,
        internal: false,
        fields: [],
      },
    ),
    channels: byCode({ ...labelled("web", "Web", "الموقع", 1), kind: "web" as const }),
    categories: byCode(labelled("citizen", "Citizen", "مواطن", 1), labelled("student", "Student", "طالب", 2)),
    governorates: byCode(
      { ...labelled("amman", "Amman", "عمّان", 1), outline: null },
      { ...labelled("irbid", "Irbid", "إربد", 2), outline: null },
    ),
    keywordLists: new Map(),
    closingReasons: new Map(),
    kpiAlerts: new Map(),
    replyTemplates: new Map(),
    instructions: new Map(),
    shownKpis: new Map(),
    scheduledDigests: new Map(),
    seats: [],
    calendar: {
      versionId: 1,
      version: 1,
      definition: {
        code: "jordan",
        name: { en: "Jordan", ar: "الأردن" },
        timeZone: "Asia/Amman",
        covers: { from: "2024-01-01", to: "2027-12-31" },
        periods: [
          { from: "2024-01-01", to: "2027-12-31", hours: { sun: [["08:30", "15:30"]], mon: [["08:30", "15:30"]] } },
        ],
        days: [],
      },
    },
    ruleSets: new Map(),
    workflows: new Map(),
    messages: new Map(),
    digests: new Map(),
  };
}
