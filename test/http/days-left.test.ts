/** However long a day is, the home, the list, the page of a case and the letter count the same days. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { formatDuration } from "../../src/engine/formatting/durations.js";
import type { CasePageView } from "../../src/engine/lifecycle/views/case-view.js";
import type { FocalDesk, HomeView } from "../../src/engine/measures/home-view.js";
import type { ClockSummary, FoundCase } from "../../src/engine/search/case-search.js";
import { type AdminApp, openAdminApp, type SignedIn } from "../support/admin-app.js";
import { daysLate, receiveOtherDays, thursdayTen } from "../support/other-days.js";
import { programme } from "../support/working-office.js";

let app: AdminApp;
let focal: SignedIn;
beforeAll(async () => {
  app = await openAdminApp();
  await receiveOtherDays(app.office, app.services);
  app.setNow(thursdayTen);
  focal = await app.signIn("focal_point", "CSPD");
}, 90_000);
afterAll(() => app.close());

/** As the screens say it; they know no other length of a day than the one they are given. */
function days(clock: ClockSummary | null): number {
  expect(clock?.secondsLeft).toBeLessThan(0);
  if (clock === null) return 0;
  return Number.parseInt(formatDuration(-clock.secondsLeft, clock, { language: "en" }), 10);
}
const bySubject = (found: readonly (readonly [string, number])[]) => Object.fromEntries(found);

async function listed(): Promise<FoundCase[]> {
  const { body } = await focal.list("cases");
  return body.records.map(({ values }: { values: { found: FoundCase } }) => values.found);
}

describe("the days that a case is late", () => {
  it("are the same in the list", async () => {
    const found = (await listed()).map(({ subject, clock }) => [subject, days(clock as never)] as const);
    expect(bySubject(found)).toEqual(daysLate);
  });

  it("on the home", async () => {
    const { desks } = (await focal.page("home")).body as HomeView;
    const { cases } = (desks[0] as FocalDesk).groups.find(({ group }) => group === "overdue") ?? { cases: [] };
    const answerOf = ({ promise, laterPromise }: (typeof cases)[number]) =>
      [promise, laterPromise].find((one) => one?.target === "resolution");
    expect(bySubject(cases.map((line) => [line.subject, days(answerOf(line) as never)]))).toEqual(daysLate);
  });

  it("on the page of each case", async () => {
    const found: [string, number][] = [];
    for (const { reference, subject } of await listed()) {
      const { body } = await focal.get(`/admin/api/resources/cases/records/${reference}/page`);
      const { clocks } = body.view as CasePageView;
      found.push([subject, days(clocks.find(({ target }) => target === "resolution") as never)]);
    }
    expect(bySubject(found)).toEqual(daysLate);
  });

  it("in the letter, which says whether they are working days", async () => {
    const { text } = await app.services.digests.preview({
      name: "focal-point",
      at: thursdayTen,
      language: "en",
      programme,
      entity: "CSPD",
    });
    const late = [...text.matchAll(/ · (By [a-z ]+) · (\d+) (working days|days)(?: \d+ hours?)? overdue/g)];
    expect(bySubject(late.map(([, subject = "", n]) => [subject, Number(n)]))).toEqual(daysLate);
    expect(bySubject(late.map(([, subject = "", , kind]) => [subject, kind as never]))).toEqual({
      "By seven hours": "working days",
      "By eight hours": "working days",
      "By the wall": "days",
    });
  });
});
