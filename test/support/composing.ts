/** The composer of a case in a browser: a focal point, cases to answer, and what hands and eyes do there. */
import { expect } from "@jest/globals";
import type { Page } from "playwright-core";
import { type AdminBrowser, axe, openAdminBrowser, overflow, type Visit } from "./admin-browser.js";
import { caseAt } from "./hands.js";
import { type Person, sundayNine } from "./working-office.js";

export const at = (hours: number): Date => new Date(sundayNine.getTime() + hours * 3_600_000);
export const composingSeat = { role: "focal_point", place: "CSPD" } as const;

export interface Composing {
  readonly office: AdminBrowser;
  readonly person: Person;
  /** A case that the person has taken. */
  fresh(subject?: string): Promise<string>;
  /** The notes on a case, as its record has them. */
  noted(reference: string): Promise<string[]>;
  /** The person in front of the composer of an action; in a browser of their own where no `visit` is given. */
  opened(reference: string, action: string, visit?: Visit): Promise<Visit>;
}

/** An office on the day after, in which cases of the day before are answered. */
export async function openComposing(): Promise<Composing> {
  const office = await openAdminBrowser({ now: at(26) });
  const { receive, act, official } = office.app.office;
  const person = official(composingSeat.role, composingSeat.place);
  return {
    office,
    person,
    async fresh(subject = "A case to answer") {
      const { reference } = await receive({ subject, language: "ar" }, sundayNine);
      await act(reference, person, "take", {}, at(1));
      return reference;
    },
    async noted(reference) {
      const events = await office.app.office.events(reference);
      return events.filter(({ type }) => type === "case.noted").map(({ data }) => String(data.note));
    },
    async opened(reference, action, visit) {
      const seen = visit ?? (await office.signedIn(composingSeat, { language: "en" }));
      await seen.open(`${caseAt(reference)}?do=${action}`);
      await text(seen.page).waitFor();
      return seen;
    },
  };
}

export { caseAt };
export const text = (page: Page) => page.locator("#composer textarea").first();
export const submit = (page: Page) => page.locator("#composer button[type=submit]");
/** Waits until the line of the draft says so. */
export const status = (page: Page, words: string) => page.locator(".draft-status", { hasText: words }).waitFor();

export async function looksRight(page: Page): Promise<void> {
  await page.evaluate(() => window.scrollTo(0, 0));
  expect(await axe(page)).toEqual([]);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  expect(await page.locator("#app").textContent()).not.toMatch(/undefined|\[object|NaN/);
}
