/** Addresses that messages point to. One table, so that the pages answer where the messages say. */
import { shiftDate } from "../../engine/calendar/civil-days.js";
import type { DateRange } from "../../engine/calendar/whole-months.js";
import type { SplitDimension } from "../../engine/measures/kpi-dimensions.js";
import type { Language } from "../../engine/text/text.js";

/** Panels of the figures page by the ids that they have there. */
export type FiguresPanel = "figures-trend" | "figures-entities" | "figures-ageing" | "figures-split";

export interface FiguresLink {
  /** As the page names it; null: the reader's own. */
  readonly scope: string | null;
  /** As the page names it, or days of which `to` is not part. */
  readonly period: string | DateRange;
  readonly figure?: string;
  readonly unit?: string;
  /** Of this entity alone: for those who read its cases. */
  readonly entity?: string;
  /** By what its cases are split. */
  readonly split?: SplitDimension;
  /** The panel to begin with. */
  readonly panel?: FiguresPanel;
}

export interface Links {
  /** Where the applicant follows it; the code is asked there. */
  application(reference: string, language: Language): string;
  /** Where a link of an applicant is taken: short, since text messages hold it too. */
  applicant(token: string): string;
  /** Where six digits are typed that show whose an address is; the code of the application is asked first. */
  confirm(reference: string, language: Language): string;
  /** The same in few characters, for text messages; it leads there in the reader's language. */
  short(reference: string): string;
  /** The official's page of a case. */
  case(reference: string): string;
  /** Where somebody chooses how their positions get letters. */
  letters(): string;
  /** The home of the person who signs in: what to do next. */
  home(): string;
  /** The figures page, of a scope and a period. */
  figures(programme: string, of: FiguresLink): string;
  /** What its reader wants to be told of figures. */
  figureAlerts(): string;
  /** The form of an order, with what is known of it; nothing is sent by opening it. */
  order(programme: string, known: Readonly<Record<string, string>>): string;
  /** What became of what its reader asked. */
  orders(): string;
  /** The list of cases with these filters. */
  cases(programme: string, filters: Readonly<Record<string, string>>): string;
  /** An instruction of the register. */
  instruction(programme: string, code: string): string;
  /** Where a single-use token sets a password. */
  account(token: string): string;
}

export function createLinks(publicUrl: string): Links {
  const address = (path: string) => new URL(path, publicUrl.endsWith("/") ? publicUrl : `${publicUrl}/`).href;
  return {
    application: (reference, language) => address(`${language}/follow/${encodeURIComponent(reference)}`),
    applicant: (token) => address(`t/${token}`),
    confirm: (reference, language) => address(`${language}/follow/${encodeURIComponent(reference)}/confirm`),
    short: (reference) => address(`f/${reference.replace(/\D/g, "")}`),
    case: (reference) => address(`admin/resources/cases/records/${encodeURIComponent(reference)}/show`),
    instruction: (programme, code) => address(`admin/pages/instructions?${new URLSearchParams({ programme, code })}`),
    figureAlerts: () => address("admin/pages/figure-alerts"),
    letters: () => address("admin/pages/account#letters"),
    home: () => address("admin"),
    figures: (programme, { scope, period, figure, unit, entity, split, panel }) => {
      const of = {
        programme,
        ...(scope !== null && { scope }),
        period: typeof period === "string" ? period : `${period.from}..${shiftDate(period.to, -1)}`,
        ...(figure !== undefined && { figure }),
        ...(unit !== undefined && { unit }),
        ...(entity !== undefined && { entity }),
        ...(split !== undefined && { split }),
      };
      return address(`admin/pages/figures?${new URLSearchParams(of)}${panel === undefined ? "" : `#${panel}`}`);
    },
    order: (programme, known) =>
      address(`admin/pages/orders?${new URLSearchParams({ new: "1", programme, ...known })}`),
    orders: () => address("admin/pages/orders"),
    cases: (programme, filters) => {
      const all = Object.entries({ programme, ...filters }).map(([name, value]) => [`filters.${name}`, value]);
      return address(`admin/resources/cases?${new URLSearchParams(all)}`);
    },
    account: (token) => address(`admin/link/${encodeURIComponent(token)}`),
  };
}
