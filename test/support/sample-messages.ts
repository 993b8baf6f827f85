/** Data of one message of every kind, for whoever renders them. */

import { shiftDate } from "../../src/engine/calendar/civil-days.js";
import {
  type ApplicantLetter,
  type MessageTemplate,
  type SmsKind,
  smsOfLetter,
} from "../../src/engine/letters/message-kinds.js";
import { alertSentence } from "../../src/engine/measures/alert-condition.js";
import type { DigestFigures } from "../../src/engine/measures/digest-figures.js";
import type { FiguresDigest } from "../../src/engine/measures/digest-view.js";
import type { FocalPointDigest } from "../../src/engine/measures/focal-digest.js";

const share = (numerator: number, denominator: number) => ({
  numerator,
  denominator,
  rate: denominator === 0 ? null : numerator / denominator,
});

export function sampleFigures(change: Partial<DigestFigures> = {}): DigestFigures {
  return {
    received: 1184,
    resolved: 1092,
    onTimeResolution: share(863, 1024),
    onTimeAmongResolved: share(863, 925),
    delayed: 137,
    satisfaction: { ...share(211, 268), responseRate: share(268, 1092) },
    ...change,
  };
}

const rates = [0.861, 0.872, 0.848, 0.866, 0.879, 0.858, 0.87, 0.851, 0.864, 0.875, 0.86, 0.868, 0.72];

export const sampleCommitteeDigest: FiguresDigest = {
  programme: { ar: "الخدمات الحكومية", en: "Government services" },
  from: "2026-11-15",
  to: "2026-11-22",
  at: "2026-11-22T05:00:00.000Z",
  headline: {
    kind: "changed",
    signals: [{ figure: "onTime", direction: "down", value: 0.72, range: { lower: 0.823, upper: 0.905 } }],
  },
  now: sampleFigures({
    onTimeResolution: share(737, 1024),
    onTimeAmongResolved: share(737, 801),
    firstResponse: share(57, 100),
  }),
  before: sampleFigures({ delayed: 98, received: 1201, onTimeResolution: share(868, 1000) }),
  chart: {
    points: rates.map((rate, i) => ({
      week: shiftDate("2026-08-23", 7 * i),
      rate,
      amongResolved: rate + 0.07 + (i % 3) * 0.01,
      signal: i === rates.length - 1,
    })),
    mean: 0.864,
    lower: 0.823,
    upper: 0.905,
  },
  entities: [
    {
      code: "MWI",
      name: { ar: "وزارة المياه والري", en: "Ministry of Water and Irrigation" },
      onTimeResolution: share(61, 98),
      delayed: 23,
    },
    {
      code: "GAM",
      name: { ar: "أمانة عمّان الكبرى", en: "Greater Amman Municipality" },
      onTimeResolution: share(143, 201),
      delayed: 41,
    },
    {
      code: "SPAC",
      name: {
        ar: "هيئة الخدمة والإدارة العامة (ديوان الخدمة المدنية سابقًا)",
        en: "Service and Public Administration Commission (formerly Civil Service Bureau)",
      },
      onTimeResolution: share(30, 47),
      delayed: 9,
    },
  ],
  entitiesFrom: "2026-08-23",
};

const water = { code: "MWI", name: { ar: "وزارة المياه والري", en: "Ministry of Water and Irrigation" } };
const amman = { code: "GAM", name: { ar: "أمانة عمّان الكبرى", en: "Greater Amman Municipality" } };

const sampleRates = { rate: { numerator: 190, denominator: 200 }, others: { numerator: 700, denominator: 1000 } };
const sampleApart = (place: typeof water, numerator: number) => ({
  ...place,
  ...({
    figure: "onTime",
    rate: { numerator, denominator: 200 },
    others: { numerator: 870, denominator: 1000 },
  } as const),
  ...{ from: "2026-11-01", since: null },
});

/** With all that stands beside the numbers: what got worse, who is latest, why, what is asked, what became of it. */
const sampleStory: Pick<FiguresDigest, "story" | "reader"> = {
  story: {
    unit: "week",
    thresholds: { leastChange: 5, leastCases: 30 },
    changes: {
      worse: [
        {
          ...{ figure: "onTime", place: water, direction: "worse", since: "2026-11-01", cases: 21 },
          ...{ now: { numerator: 61, denominator: 98 }, before: { numerator: 812, denominator: 905 } },
        },
        { figure: "overdue", place: null, direction: "worse", now: 137, before: 98, since: null, cases: 39 },
        {
          ...{ figure: "satisfaction", place: amman, direction: "worse", since: null, cases: 12 },
          ...{ now: { numerator: 30, denominator: 61 }, before: { numerator: 55, denominator: 70 } },
        },
      ],
      better: [
        {
          ...{ figure: "onTime", place: amman, direction: "better", since: "2026-11-08", cases: 9 },
          ...{ now: { numerator: 143, denominator: 160 }, before: { numerator: 201, denominator: 290 } },
        },
      ],
    },
    latest: {
      ...water,
      ...{ count: 23, oldestDue: "2026-08-03", oldest: "482-739-1652", open: 61 },
      ...{ since: "2026-11-01", onTime: { numerator: 61, denominator: 98 } },
    },
    whys: [
      {
        figure: "onTime",
        place: water,
        since: "2026-11-01",
        reasons: [
          {
            dimension: "service",
            name: { ar: "إيصال المياه للمشتركين", en: "Connecting homes to the water network" },
            share: 0.83,
            ofCases: 0.3,
          },
        ],
      },
      { figure: "satisfaction", place: amman, since: null, reasons: [] },
    ],
    ageing: { "0": 31, "1-2": 44, "3-5": 37, "6-10": 16, "11+": 9 },
    named: [{ ...water, onTime: { numerator: 61, denominator: 98 }, overdue: 23 }],
    critical: [{ ...water, count: 3, oldestDue: "2026-09-14" }],
    criticalLevel: { ar: "حرجة", en: "Critical" },
    behind: [sampleApart(water, 118)],
    ahead: [
      {
        ...sampleApart(amman, 188),
        more: (["firstResponse", "satisfaction"] as const).map((figure) => ({ figure, ...sampleRates })),
      },
    ],
    waves: [
      {
        ...{ dimension: "service", code: "WATER-CONNECTION", place: water, count: 31, usual: 6.4 },
        name: { ar: "إيصال المياه للمشتركين", en: "Connecting homes to the water network" },
        words: ["المضخة", "pump"],
      },
    ],
    quality: {
      from: "2026-10-25",
      ...{ returned: { numerator: 9, denominator: 74 }, reopened: { numerator: 12, denominator: 210 } },
      scales: [{ code: "speed", name: { ar: "السرعة", en: "Speed" }, mean: 3.4, ratings: 61 }],
      worst: { ...water, figure: "returned", ...sampleRates },
    },
  },
  reader: {
    scope: { place: null, alone: false, figures: "all", readsCases: true },
    targets: {
      onTime: { target: 0.9, distance: 0.18, side: "below", standing: "off" },
      satisfaction: { target: 0.75, distance: 0.037, side: "above", standing: "met" },
    },
    asked: [
      {
        ...{ kind: "critical", place: water, count: 3, due: "2026-09-14", until: "2026-11-17" },
        whom: {
          title: { ar: "الأمين العام لوزارة المياه", en: "Secretary general, Ministry of Water" },
          holder: "رنا القضاة",
        },
        order: {
          entity: water.code,
          acts: [{ type: "explanation", name: { ar: "طلب إيضاح", en: "Request for an explanation" } }],
        },
      },
      { kind: "decide", count: 4 },
      { kind: "plan", figure: "onTime", place: water },
      { kind: "plan", figure: "satisfaction", place: amman },
    ],
    orders: {
      lines: [
        {
          ...{
            reference: "204-417-2285",
            subject: "تأخر الردود على شكاوى المياه",
            entity: water,
            late: false,
            next: "you",
          },
          type: { ar: "طلب إيضاح", en: "Request for an explanation" },
          state: { ar: "ورد الإيضاح", en: "Explained" },
          ...{ due: null, answered: "2026-11-12", answer: "نُقل نصف العاملين إلى الصيانة، ويعودون مطلع الشهر." },
        },
        {
          ...{ reference: "204-417-2293", subject: "جدول أدوار المياه", entity: null, late: true, next: "them" },
          type: { ar: "توجيه", en: "Directive" },
          state: { ar: "بانتظار رد الجهة", en: "Waiting for the entity" },
          ...{ due: "2026-11-10", answered: null, answer: null },
        },
      ],
      more: 2,
    },
    followed: [
      {
        ...amman,
        ...{ onTime: { numerator: 143, denominator: 160 }, overdue: 12, outcome: "better" },
        was: { onTime: { numerator: 100, denominator: 150 }, overdue: 41 },
      },
      {
        ...water,
        ...{ onTime: { numerator: 61, denominator: 98 }, overdue: 23, outcome: "worse" },
        was: { onTime: { numerator: 88, denominator: 97 }, overdue: 9 },
      },
    ],
    alerts: [
      {
        sentence: alertSentence({
          kpi: "onTimeResolution",
          condition: "below",
          value: 80,
          unit: "week",
          periods: 2,
          least: 30,
        }),
        ...{ figure: "onTimeResolution", since: "2026-11-08", ended: null },
      },
      {
        sentence: alertSentence({
          kpi: "received",
          condition: "rises",
          value: 100,
          unit: "week",
          periods: 1,
          least: 10,
        }),
        ...{ figure: "received", since: "2026-11-08", ended: "2026-11-15" },
      },
    ],
  },
};

const sampleFocalPointDigest: FocalPointDigest = {
  programme: { ar: "الخدمات الحكومية", en: "Government services" },
  date: "2026-11-25",
  at: "2026-11-25T05:00:00.000Z",
  entities: [{ ar: "وزارة الصحة", en: "Ministry of Health" }],
  groups: [
    {
      name: "late",
      count: 11,
      cases: [
        {
          reference: "482-739-1652",
          subject: "انقطاع المياه عن حي الزهور منذ خمسة أيام",
          importance: { ar: "حرجة", en: "Critical" },
          dueAt: "2026-11-22T09:00:00.000Z",
          secondsLeft: -53_000,
          daySeconds: 25_200,
          reopened: true,
        },
        {
          reference: "615-204-9930",
          subject: "Waiting time at the <b>passport</b> office & {{unfriendly}} staff",
          importance: { ar: "عادية", en: "Normal" },
          dueAt: "2026-11-24T11:40:00.000Z",
          secondsLeft: -3_000,
          daySeconds: 25_200,
          reopened: false,
        },
      ],
    },
    {
      name: "replyLate",
      count: 1,
      cases: [
        {
          reference: "730-118-2246",
          subject: "No reply about the licence",
          importance: { ar: "عادية", en: "Normal" },
          dueAt: "2026-11-24T11:10:00.000Z",
          secondsLeft: -12_000,
          daySeconds: 25_200,
          reopened: false,
        },
      ],
    },
    {
      name: "dueToday",
      count: 1,
      cases: [
        {
          reference: "730-118-2245",
          subject: null,
          importance: { ar: "عالية", en: "High" },
          dueAt: "2026-11-25T11:10:00.000Z",
          secondsLeft: 12_000,
          daySeconds: 25_200,
          reopened: false,
        },
      ],
    },
    { name: "reopened", count: 0, cases: [] },
  ],
};

const theCase = {
  confidential: false,
  reference: "482-739-1652",
  subject: 'Waiting time at the <b>passport</b> office & "queue" {{x}}',
  type: "complaint",
  entity: "MOH",
  sector: "health",
  pillar: { ar: "وقت تقديم الخدمة", en: "Service delivery time" },
  importance: "high",
  dueAt: "2026-11-29T08:10:00.000Z",
};

const theLink = { link: 17, nonce: "AAECAwQFBgcICQoLDA0ODw", name: "Rana <Haddad>" };

/** What was put together for one person: more cases than are named. */
const gatheredLetter = {
  way: "hourly",
  count: 63,
  lines: [
    {
      reference: "482-739-1652",
      confidential: false,
      subject: 'Waiting time at the <b>passport</b> office & "queue" {{x}}',
      dueAt: "2026-11-29T08:10:00.000Z",
      happened: [
        { template: "official-assigned", untaken: false },
        { template: "official-news", kind: "replied", untaken: false },
        { template: "official-reminder", by: "ليلى حداد", untaken: false },
        { template: "official-warning", target: "resolution", untaken: false },
      ],
    },
    { reference: "730-118-2245", confidential: true },
  ],
};

/** Kinds that have a letter, or are of no letter. */
type Sampled = Exclude<MessageTemplate, SmsKind> | "sms-reply";
const ofLetters: Readonly<Record<Sampled, Readonly<Record<string, unknown>>>> = {
  "sms-reply": { reference: "482-739-1652", type: "complaint", expiresAt: "2026-11-26T10:00:00.000Z" },
  "applicant-received": theCase,
  "applicant-question": {
    ...theCase,
    replyBy: "2026-12-05T08:00:00.000Z",
    question: "ما رقم المعاملة التي راجعتم بها؟\nوفي أي يوم؟",
  },
  "applicant-answered": {
    ...theCase,
    answer: "A second counter was opened on Sunday.\nThe queue is now < 20 minutes.",
  },
  "applicant-rejected": {
    ...theCase,
    reason: { ar: "معلومات غير كافية لتحديد الواقعة.", en: "What you sent does not tell which event is meant." },
    explanation: "Which office was it? <b>Please</b> say so.",
    reopenWindowDays: 14,
  },
  "applicant-withdrawn": {
    ...theCase,
    reason: "He <solved> it with the office.",
    recognised: { ar: "ذكر رمز الطلب", en: "Gave the code of the application" },
    role: "operation_room",
    at: "2026-11-25T08:00:00.000Z",
    reopenWindowDays: 14,
  },
  "applicant-acted": {
    ...theCase,
    act: { ar: "تدوين رد مقدم الطلب نيابة عنه", en: "Record the applicant's reply" },
    said: "The <second> window on the left.",
    recognised: { ar: "ذكر رمز الطلب", en: "Gave the code of the application" },
    role: "contact_centre_agent",
    at: "2026-11-25T08:00:00.000Z",
  },
  "applicant-rate": { ...theCase, rateBy: "2026-12-02T08:00:00.000Z" },
  "applicant-rate-reminder": { ...theCase, rateBy: "2026-12-02T08:00:00.000Z" },
  "applicant-linked": theCase,
  "applicant-lost-code": theCase,
  "applicant-split": { ...theCase, splitFrom: "100-000-0012" },
  "contact-code-sms": { reference: "482-739-1652", type: "complaint", proof: 7, expiresAt: "2026-11-25T10:00:00.000Z" },
  "contact-code": { reference: "482-739-1652", type: "complaint", proof: 7, expiresAt: "2026-11-25T10:00:00.000Z" },
  "official-assigned": theCase,
  "official-mentioned": { ...theCase, by: "هدى الخطيب", note: "Please look at the <photograph>." },
  "official-given": { ...theCase, by: "Omar Nasser", note: null },
  "official-reminder": { ...theCase, by: "ليلى حداد", note: "يتصل المواطن كل يوم." },
  "official-news": { ...theCase, kind: "appealed", rating: 2, files: 3 },
  "official-warning": { ...theCase, target: "resolution", ruleId: "ESC-75" },
  "official-escalated": { ...theCase, target: "resolution", level: 2, ruleId: "ESC-48H" },
  "official-escalated-copy": { ...theCase, target: "resolution", level: 1, ruleId: "ESC-72H" },
  "official-gathered": gatheredLetter,
  "official-bulk": {
    kind: "official-assigned",
    action: { ar: "إحالة إلى جهة", en: "Assign to an entity" },
    by: "Rana Haddad",
    count: 12,
    references: ["482-739-1652", "117-204-9981", "530-118-7204"],
  },
  "official-instruction": {
    kind: "reminder",
    programme: "jordan",
    code: "CAB-2026-5",
    number: "5/2026",
    title: { ar: "تعليمات الرد على الشكاوى", en: "Instructions on answering complaints" },
    inForceFrom: "2026-12-01",
  },
  "operation-room-alert": {
    kind: "rule-faulted",
    reference: "482-739-1652",
    ruleId: "SLA-17",
    set: "sla",
    version: 3,
    message: "operator failed",
  },
  "digest-committee": { ...sampleCommitteeDigest, ...sampleStory },
  "digest-executive": { ...sampleCommitteeDigest, ...sampleStory },
  "digest-cabinet": { ...sampleCommitteeDigest, ...sampleStory },
  "digest-focal-point": {
    ...sampleFocalPointDigest,
    followed: { named: 8, answered: 5, elsewhere: 1, overdue: 2, open: 0 },
    gathered: { ...gatheredLetter, way: "daily" },
  },
  "figure-alert": {
    ...{ kpi: "onTimeResolution", condition: "below", value: 80, unit: "week", periods: 2, least: 30 },
    place: { ar: "وزارة المياه والري", en: "Ministry of Water and Irrigation" },
    ...{ daySeconds: 25_200, figure: 0.713, numerator: 72, denominator: 101, before: 0.762, usual: null },
    ...{ programme: "jordan", scope: "MWI", confidential: true, own: true, name: null },
    ...{ since: "2026-11-08", period: "2026-11-15..2026-11-21", from: "2026-11-15", to: "2026-11-22" },
  },
  "audit-seal": {
    number: 41,
    sealedAt: "2026-11-25T00:10:00.000Z",
    events: 8123,
    chains: 944,
    mac: "9f2c41d0a7e5b8836c11f0de45aa2093bb7d64e1c0f98a7756d3e2b1a4c5d6e7",
    previousMac: "1b2c41d0a7e5b8836c11f0de45aa2093bb7d64e1c0f98a7756d3e2b1a4c5d6e7",
  },
  "account-invitation": { ...theLink, expiresAt: "2026-12-02T08:00:00.000Z" },
  "account-reset": { ...theLink, expiresAt: "2026-11-25T10:00:00.000Z" },
};

/** A text message tells of the same as its letter. */
const ofSms = Object.fromEntries(
  Object.entries(smsOfLetter).map(([letter, sms]) => [sms, ofLetters[letter as ApplicantLetter]]),
) as Readonly<Record<SmsKind, Readonly<Record<string, unknown>>>>;

export const sampleMessages: Readonly<Record<MessageTemplate, Readonly<Record<string, unknown>>>> = {
  ...ofLetters,
  ...ofSms,
};
