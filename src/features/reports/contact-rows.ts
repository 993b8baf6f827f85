/** The figures of the contact centre as rows of a terminal, beside those of cases. */
import { formatNumber, formatPercent } from "../../engine/formatting/numbers.js";
import { type ContactCounts, type ContactKpiCode, contactKpis } from "../../engine/measures/contact-kpi.js";
import { codesOf } from "../../engine/registry.js";
import { msg } from "../../engine/text/msg.js";
import type { KpiRow, Spoken } from "./kpi-rows.js";

function written(
  code: ContactKpiCode,
  counts: ContactCounts,
  { say, language }: Pick<Spoken, "say" | "language">,
): string {
  const value = contactKpis[code].figure(counts);
  const number = (n: number) => formatNumber(n, language);
  if (value === null || (typeof value !== "number" && value.rate === null))
    return say(msg("reports.kpiCommand.noData"));
  if (typeof value === "number") {
    const isTime = contactKpis[code].unit === "seconds";
    return isTime ? say(msg("contact-centre.contactFigures.seconds", { n: value })) : number(value);
  }
  const { rate, numerator, denominator } = value;
  const share = formatPercent(rate ?? 0, language);
  return say(
    msg("reports.kpiCommand.share", { share, numerator: number(numerator), denominator: number(denominator) }),
  );
}

/** `contactCentre.calls`, `42`, `Calls`: a section of its own, for these are no figures of cases. */
export const contactRows = (counts: ContactCounts, spoken: Pick<Spoken, "say" | "language">): KpiRow[] => [
  ["", "", ""],
  ...codesOf(contactKpis).map(
    (code): KpiRow => [`contactCentre.${code}`, written(code, counts, spoken), spoken.say(contactKpis[code].name)],
  ),
];

/** The same for programs. */
export const contactFiguresOf = (counts: ContactCounts) =>
  Object.fromEntries(codesOf(contactKpis).map((code) => [code, contactKpis[code].figure(counts)]));
