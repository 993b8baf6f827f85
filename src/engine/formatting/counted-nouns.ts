/** A number with its noun, as the language counts: Arabic has forms for one, two, 3–10, 11–99 and whole hundreds. */
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";

/**
 * What the sentence around it asks for. Only Arabic shows it: «يومان» stands alone and after “is”, «يومين» after a preposition
 * (`oblique`) and where it says how long or how many (`accusative`, which differs from `oblique` in «يومًا واحدًا» alone).
 */
export type GrammaticalCase = "nominative" | "oblique" | "accusative";

/** Nouns that Diwan counts; their forms are in `views/messages/LANGUAGE/units.json`. */
const countedNouns = {
  account: "units.account",
  action: "units.action",
  attempt: "units.attempt",
  case: "units.case",
  cell: "units.cell",
  change: "units.change",
  character: "units.character",
  code: "units.code",
  colleague: "units.colleague",
  condition: "units.condition",
  day: "units.day",
  dayOff: "units.dayOff",
  deadline: "units.deadline",
  decision: "units.decision",
  draft: "units.draft",
  edit: "units.edit",
  entity: "units.entity",
  entry: "units.entry",
  error: "units.error",
  event: "units.event",
  field: "units.field",
  file: "units.file",
  hour: "units.hour",
  item: "units.item",
  key: "units.key",
  level: "units.level",
  message: "units.message",
  minute: "units.minute",
  month: "units.month",
  official: "units.official",
  percentagePoint: "units.percentagePoint",
  person: "units.person",
  policy: "units.policy",
  position: "units.position",
  reply: "units.reply",
  result: "units.result",
  row: "units.row",
  rule: "units.rule",
  seal: "units.seal",
  second: "units.second",
  service: "units.service",
  state: "units.state",
  template: "units.template",
  time: "units.time",
  value: "units.value",
  version: "units.version",
  view: "units.view",
  warning: "units.warning",
  week: "units.week",
  word: "units.word",
  workingDay: "units.workingDay",
  workingHour: "units.workingHour",
} as const;

export type CountedNoun = keyof typeof countedNouns;

/** `1 case`, `9 cases`; «طلب واحد», «طلبان», «9 طلبات», «11 طلبًا», «100 طلب». @param n not negative */
export const formatCount = (n: number, noun: CountedNoun, grammaticalCase: GrammaticalCase = "nominative"): Bilingual =>
  msg(countedNouns[noun], { n, case: grammaticalCase });
