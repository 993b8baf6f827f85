/**
 * What a letter would tell of a case, to look at it before anybody is written to: of a real case what its letters may say, and
 * what only the act will bring (the answer, a question) made up. Without a case all of it is made up.
 */

import type { Case } from "../lifecycle/case.js";
import type { Setup } from "../setup/setup.js";
import { msg } from "../text/msg.js";
import { type Bilingual, inLanguage, type Language } from "../text/text.js";
import { type ApplicantLetter, applicantLetterOf, type LetterKind, type SmsKind } from "./message-kinds.js";
import { aboutCase, type Data, dueOf } from "./telling.js";

const words = {
  subject: msg("letters.sampleData.subject"),
  question: msg("letters.sampleData.question"),
  answer: msg("letters.sampleData.answer"),
  explanation: msg("letters.sampleData.explanation"),
  reason: msg("letters.sampleData.theMatterWasSettledAt"),
  recognised: msg("letters.sampleData.recognised"),
  note: msg("letters.sampleData.note"),
  colleague: msg("letters.sampleData.colleague"),
  act: msg("letters.sampleData.act"),
  instruction: msg("letters.sampleData.instruction"),
  told: msg("letters.sampleData.told"),
} as const satisfies Readonly<Record<string, Bilingual>>;

const day = 86_400_000;
const references = ["482-739-1652", "117-204-9981", "530-118-7204"] as const;

/** What every letter may tell: of the case, or of one that there is not. */
interface About {
  readonly reference: string;
  readonly tell: (open: Data, always?: Data) => Data;
  readonly due: string | null;
}

function aboutReal(theCase: Case): About {
  return {
    reference: theCase.reference,
    tell: (open, always) => aboutCase(theCase, open, always),
    due: dueOf(theCase, "resolution"),
  };
}

function aboutNone(setup: Setup, now: Date, language: Language): About {
  const [reference] = references;
  const first = (rows: ReadonlyMap<string, { readonly retired: boolean }>): string | null =>
    [...rows].find(([, row]) => !row.retired)?.[0] ?? null;
  const made = {
    reference,
    confidential: false,
    type: first(setup.types),
    subject: inLanguage(words.subject, language),
    entity: first(setup.entities),
    sector: first(setup.sectors),
    pillar: first(setup.pillars),
    importance: first(setup.importanceLevels),
  };
  return {
    reference,
    tell: (open, always = {}) => ({ ...made, ...always, ...open }),
    due: new Date(now.getTime() + 3 * day).toISOString(),
  };
}

type Sampler = (about: About, a: { setup: Setup; now: Date; language: Language }) => Data;

const told: Sampler = ({ tell, due }) => tell({}, { dueAt: due });
const fromColleague: Sampler = ({ tell, due }, { language }) =>
  tell({ by: inLanguage(words.colleague, language), note: inLanguage(words.note, language) }, { dueAt: due });
const atStep =
  (level: number): Sampler =>
  ({ tell, due }) =>
    tell({}, { dueAt: due, target: "resolution", level });

const askedToRate: Sampler = ({ tell }, { now }) =>
  tell({}, { rateBy: new Date(now.getTime() + 6 * day).toISOString() });

const ofApplicants: Readonly<Record<ApplicantLetter, Sampler>> = {
  "applicant-received": ({ tell, due }) => tell({ subject: null }, { dueAt: due }),
  "applicant-question": ({ tell }, { now, language }) =>
    tell(
      { question: inLanguage(words.question, language) },
      { replyBy: new Date(now.getTime() + 10 * day).toISOString() },
    ),
  "applicant-answered": ({ tell }, { setup, language }) =>
    tell(
      { answer: inLanguage(words.answer, language) },
      { reopenWindowDays: setup.programme.settings.reopenWindowDays },
    ),
  "applicant-rejected": ({ tell }, { setup, language }) => {
    const reason = [...setup.closingReasons.values()].find(({ retired }) => !retired)?.text ?? null;
    const { reopenWindowDays } = setup.programme.settings;
    return tell({ reason, explanation: inLanguage(words.explanation, language) }, { reopenWindowDays });
  },
  "applicant-acted": ({ tell }, { now, language }) =>
    tell(
      { act: words.act, said: inLanguage(words.reason, language), recognised: words.recognised },
      { role: "contact_centre_agent", at: now.toISOString() },
    ),
  "applicant-withdrawn": ({ tell }, { setup, now, language }) =>
    tell(
      { reason: inLanguage(words.reason, language), recognised: words.recognised },
      {
        role: "operation_room",
        at: now.toISOString(),
        reopenWindowDays: setup.programme.settings.reopenWindowDays,
      },
    ),
  "applicant-rate": askedToRate,
  "applicant-rate-reminder": askedToRate,
  "applicant-linked": ({ tell }) => tell({}),
  "applicant-lost-code": ({ tell }) => tell({}),
  "applicant-split": ({ tell, due }) => tell({}, { splitFrom: references[1], dueAt: due }),
};

const samplers: Readonly<Record<Exclude<LetterKind, ApplicantLetter | SmsKind> | "sms-reply", Sampler>> = {
  "sms-reply": ({ tell }) => tell({}),
  "official-assigned": told,
  "official-mentioned": fromColleague,
  "official-given": fromColleague,
  "official-reminder": fromColleague,
  "official-news": ({ tell, due }) => tell({ files: 1 }, { kind: "replied", dueAt: due }),
  "official-warning": atStep(0),
  "official-escalated": atStep(1),
  "official-escalated-copy": atStep(1),
  "official-bulk": ({ reference }, { language }) => ({
    kind: "official-assigned",
    action: words.act,
    by: inLanguage(words.colleague, language),
    count: references.length,
    references: [reference, references[1], references[2]],
  }),
  "official-instruction": (_, { setup, now }) => ({
    kind: "issued",
    programme: setup.programme.code,
    code: "EXAMPLE",
    number: "5/2026",
    title: words.instruction,
    inForceFrom: now.toISOString().slice(0, 10),
  }),
  "operation-room-alert": ({ tell }) =>
    tell({ message: words.told }, { kind: "rule-faulted", set: "sla", ruleId: "sla-high" }),
};

/** @param theCase one that whoever looks may read; null: a made-up one */
export function sampleData(
  kind: LetterKind,
  theCase: Case | null,
  a: { setup: Setup; now: Date; language: Language },
): Data {
  const letter = applicantLetterOf(kind);
  const sampler = letter === null ? samplers[kind as keyof typeof samplers] : ofApplicants[letter];
  return sampler(theCase === null ? aboutNone(a.setup, a.now, a.language) : aboutReal(theCase), a);
}
