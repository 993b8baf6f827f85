/** What each digest can contain, in the order in which it ships, and the fields of its texts. */
import type { Bilingual } from "../text/text.js";
import type { DigestName } from "./letter-definition.js";
import { digestFieldNames, type LetterField } from "./letter-fields.js";

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

const contents: Readonly<Record<DigestName, Contents>> = {
  "digest-committee": {
    parts: [
      { section: "headline", label: { en: "What changed, in a sentence", ar: "ما تغيّر، في جملة" } },
      { section: "figures", label: { en: "Figures of the week", ar: "أرقام الأسبوع" }, figures: true },
      { section: "trend", label: { en: "On time, week by week", ar: "الالتزام بالموعد أسبوعًا بأسبوع" } },
      { section: "entities", label: { en: "Entities that need a word", ar: "جهات تحتاج إلى متابعة" } },
    ],
    fields: [field("period"), field("programme")],
  },
  "digest-focal-point": {
    parts: [
      { section: "summary", label: { en: "The day in a sentence", ar: "اليوم في جملة" } },
      { section: "late", label: { en: "Late cases", ar: "المعاملات المتأخرة" } },
      { section: "dueToday", label: { en: "Cases due today", ar: "المعاملات المستحقة اليوم" } },
      { section: "reopened", label: { en: "Reopened cases", ar: "المعاملات المعاد فتحها" } },
    ],
    fields: [field("date"), field("programme"), field("entities"), field("late"), field("dueToday"), field("reopened")],
  },
};

export const digestKinds = Object.keys(contents) as readonly DigestName[];
export const isDigestName = (name: string): name is DigestName => Object.hasOwn(contents, name);
export const partsOfDigest = (name: DigestName): readonly DigestPart[] => contents[name].parts;
export const fieldsOfDigest = (name: DigestName): readonly LetterField[] => contents[name].fields;

/** The figures of the committee's digest; each stands beside what keeps it honest. */
export const digestFigures = {
  onTime: { en: "Resolved on time", ar: "الالتزام بموعد الرد" },
  delayed: { en: "Delayed", ar: "المتأخرة" },
  received: { en: "Received", ar: "الواردة" },
  satisfaction: { en: "Satisfied", ar: "الرضا" },
} as const satisfies Readonly<Record<string, Bilingual>>;
export type DigestFigure = keyof typeof digestFigures;
export const isDigestFigure = (name: string): name is DigestFigure => Object.hasOwn(digestFigures, name);
