/** Addresses that messages point to. One table, so that the pages answer where the messages say. */
import type { Language } from "../../engine/text/text.js";

export interface Links {
  /** Where the applicant follows it; the code is asked there. */
  application(reference: string, language: Language): string;
  /** The official's page of a case. */
  case(reference: string): string;
  /** Where somebody chooses how their positions get letters. */
  letters(): string;
  /** The home of the person who signs in: what to do next. */
  home(): string;
  /** The committee's digest in the back office, with all that its letter said: as of the letter's own moment (ISO). */
  digest(programme: string, at: string): string;
  /** The figures page of a scope, set to a period and a figure. */
  figures(a: { programme: string; scope: string; period: string; figure: string; unit: string }): string;
  /** What its reader wants to be told of figures. */
  figureAlerts(): string;
  /** An instruction of the register. */
  instruction(programme: string, code: string): string;
  /** Where a single-use token sets a password. */
  account(token: string): string;
}

export function createLinks(publicUrl: string): Links {
  const address = (path: string) => new URL(path, publicUrl.endsWith("/") ? publicUrl : `${publicUrl}/`).href;
  return {
    application: (reference, language) => address(`${language}/follow/${encodeURIComponent(reference)}`),
    case: (reference) => address(`admin/resources/cases/records/${encodeURIComponent(reference)}/show`),
    instruction: (programme, code) => address(`admin/pages/instructions?${new URLSearchParams({ programme, code })}`),
    figures: (a) => address(`admin/pages/figures?${new URLSearchParams(a)}`),
    figureAlerts: () => address("admin/pages/figure-alerts"),
    letters: () => address("admin/pages/account#letters"),
    home: () => address("admin"),
    digest: (programme, at) => address(`admin/pages/digest?${new URLSearchParams({ programme, at })}`),
    account: (token) => address(`admin/link/${encodeURIComponent(token)}`),
  };
}
