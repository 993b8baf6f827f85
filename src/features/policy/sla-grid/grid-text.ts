/**
 * Cells as a spreadsheet knows them: a line a row, a tabulator between two cells. A cell says how long an answer may take
 * (`3 days`, `8 hours`, `48 hours by the clock`, `٣ أيام`, `-` for none), or both promises: `1 day / 3 days`.
 */

import type { Budget } from "../../../engine/calendar/budget.js";
import type { SlaOutcome } from "../../../engine/rules/outcomes.js";
import { msg } from "../../../engine/text/msg.js";
import { westernDigits } from "../../../engine/text/normalise-text.js";
import type { Bilingual } from "../../../engine/text/text.js";

export type CellText =
  /** Keys that are not named stay as they are; null: none is due. */
  | { readonly targets: { readonly firstResponse?: Budget | null; readonly resolution: Budget | null } }
  | { readonly fault: Bilingual }
  /** Nothing was written: the cell stays. */
  | null;

const units: readonly { readonly unit: Budget["unit"]; readonly is: RegExp }[] = [
  {
    unit: "calendarHours",
    is: /^(c|ch|clock|calendar|hours? by the clock|calendar hours?|ساعة تقويمية|ساعات تقويمية)$/u,
  },
  { unit: "workingHours", is: /^(h|hrs?|hours?|wh|working hours?|ساعة|ساعات|ساعتان|ساعات دوام|ساعة دوام)$/u },
  { unit: "workingDays", is: /^(|d|days?|wd|working days?|يوم|أيام|ايام|يوما|يومًا|يوم عمل|أيام عمل|ايام عمل)$/u },
];
const written: Readonly<Record<Budget["unit"], string>> = {
  workingDays: "working days",
  workingHours: "working hours",
  calendarHours: "calendar hours",
};
const none = /^([-–—]|none|لا يلزم)$/u;

const digits = (text: string): string =>
  westernDigits(text).replace("٫", ".").replace(/\s+/g, " ").trim().toLowerCase();

function budgetOf(text: string): Budget | null | undefined {
  if (none.test(text)) return null;
  const [, amount, unit] = /^(\d+(?:[.,]\d+)?) ?(.*)$/u.exec(text) ?? [];
  const found = units.find(({ is }) => is.test(unit ?? ""));
  if (amount === undefined || found === undefined) return undefined;
  return { amount: Number(amount.replace(",", ".")), unit: found.unit };
}

const unreadable = (text: string): Bilingual => msg("policy-sla-grid.gridText.isNoTimeWriteDays", { text });

export function readCell(text: string): CellText {
  const plain = digits(text);
  if (plain === "") return null;
  const parts = plain.split("/").map((part) => budgetOf(part.trim()));
  const [first, second] = parts;
  if (parts.includes(undefined) || parts.length > 2) return { fault: unreadable(text.trim()) };
  if (parts.length === 1) return { targets: { resolution: first ?? null } };
  return { targets: { firstResponse: first ?? null, resolution: second ?? null } };
}

/** A block that was copied elsewhere, row by row. */
export const readBlock = (text: string): CellText[][] =>
  text
    .replace(/\r\n?/g, "\n")
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => line.split("\t").map(readCell));

const budgetText = (budget: Budget | null): string =>
  budget === null ? "-" : `${budget.amount} ${written[budget.unit]}`;

/** A cell as it is copied: what `readCell` reads back. */
export const cellText = ({ firstResponse, resolution }: SlaOutcome): string =>
  `${budgetText(firstResponse)} / ${budgetText(resolution)}`;
