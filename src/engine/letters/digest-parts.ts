/** What each digest can contain, in the order in which it ships, and the fields of its texts. */
import { kpis } from "../measures/kpi.js";
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";
import { digestFieldNames, type LetterField } from "./letter-fields.js";
import { type DigestLetter, figureDigests } from "./message-kinds.js";

export interface DigestPart {
  readonly section: string;
  readonly label: Bilingual;
  /** The section that has figures to choose from. */
  readonly figures?: boolean;
}

interface Contents {
  readonly parts: readonly DigestPart[];
  readonly fields: readonly LetterField[];
}

const field = (name: keyof typeof digestFieldNames): LetterField => ({
  name,
  label: digestFieldNames[name],
  form: "text",
  always: true,
});

/** What letters of figures can say, each answering a question that its reader would ask next. */
const ofFigures: Contents = {
  parts: [
    { section: "orders", label: msg("letters.digestParts.whatBecameOfOrders") },
    { section: "headline", label: msg("letters.digestParts.whatChangedInASentence") },
    { section: "asked", label: msg("letters.digestParts.whatIsAsked") },
    { section: "changes", label: msg("letters.digestParts.whatGotWorse") },
    { section: "alerts", label: msg("letters.digestParts.whatAlertsSaid") },
    { section: "latest", label: msg("letters.digestParts.whoIsLatest") },
    { section: "reasons", label: msg("letters.digestParts.why") },
    { section: "grew", label: msg("letters.digestParts.whatIsNew") },
    { section: "figures", label: msg("letters.digestParts.figuresOfThePeriod"), figures: true },
    { section: "ageing", label: msg("letters.digestParts.howLongOverdue") },
    { section: "quality", label: msg("letters.digestParts.howGoodAnswersAre") },
    { section: "ahead", label: msg("letters.digestParts.whoDoesWell") },
    { section: "followed", label: msg("letters.digestParts.whatBecameOfIt") },
    { section: "trend", label: msg("letters.digestParts.onTimeStepByStep") },
    { section: "entities", label: msg("letters.digestParts.entitiesThatNeedAWord") },
  ],
  fields: [field("period"), field("programme"), field("scope")],
};

const contents: Readonly<Record<DigestLetter, Contents>> = {
  ...(Object.fromEntries(figureDigests.map((name) => [name, ofFigures])) as Record<
    (typeof figureDigests)[number],
    Contents
  >),
  "digest-focal-point": {
    parts: [
      { section: "summary", label: msg("letters.digestParts.theDayInASentence") },
      { section: "asked", label: msg("letters.digestParts.whatIsAsked") },
      { section: "late", label: msg("letters.digestParts.lateCases") },
      { section: "replyLate", label: msg("letters.digestParts.lateFirstReplies") },
      { section: "dueToday", label: msg("letters.digestParts.casesDueToday") },
      { section: "reopened", label: msg("letters.digestParts.reopenedCases") },
      { section: "followed", label: msg("letters.digestParts.whatBecameOfIt") },
    ],
    fields: (["date", "programme", "entities", "late", "replyLate", "dueToday", "reopened"] as const).map(field),
  },
};

export const digestKinds = Object.keys(contents) as readonly DigestLetter[];
export const isDigestName = (name: string): name is DigestLetter => Object.hasOwn(contents, name);
export const partsOfDigest = (name: DigestLetter): readonly DigestPart[] => contents[name].parts;
/** What the Cabinet need not see of it: a few lines are read. */
const leftOut: Readonly<Partial<Record<DigestLetter, readonly string[]>>> = { "digest-cabinet": ["trend", "entities"] };
/** The sections that a digest ships with. */
export const shippedParts = (name: DigestLetter): readonly string[] =>
  contents[name].parts.map(({ section }) => section).filter((section) => !leftOut[name]?.includes(section));
export const fieldsOfDigest = (name: DigestLetter): readonly LetterField[] => contents[name].fields;

/** The figures of a digest under the names that they have everywhere; each stands beside what keeps it honest. */
export const digestFigures = {
  onTime: kpis.onTimeResolution.name,
  delayed: kpis.delayed.name,
  received: kpis.received.name,
  satisfaction: kpis.satisfaction.name,
} as const satisfies Readonly<Record<string, Bilingual>>;
export type DigestFigure = keyof typeof digestFigures;
export const isDigestFigure = (name: string): name is DigestFigure => Object.hasOwn(digestFigures, name);
