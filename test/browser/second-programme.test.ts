/** Programmes beside the first: one that ships, whose calendar has ended, and a fresh one in which no figure, digest or alert is set up. */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import { installationFolder } from "../../src/platform/root.js";
import { type AdminBrowser, axe, openAdminBrowser, overflow, picture, type Visit } from "../support/admin-browser.js";
import { sundayNine } from "../support/working-office.js";

jest.setTimeout(300_000);

const fresh = "municipal";
const people = ["operation_room", "steering_committee"] as const;
const emailOf = (role: string): string => `${role}@${fresh}.example`;
/** What a programme does without. */
const left = new Set([
  ...["digests.json", "kpi-alerts.json", "shown-kpis.json", "reply-templates.json", "population.json", "people.json"],
]);

/** A folder as somebody writes it who sets up a second programme: the needed files of the first, with a name of its own. */
async function freshConfiguration(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "diwan-second-"));
  for (const part of ["rules", "workflows", "seeds"]) {
    await cp(join(installationFolder, part, "boston311"), join(root, part, "boston311"), { recursive: true });
    const [from, to] = [join(installationFolder, part, "jordan"), join(root, part, fresh)];
    await mkdir(to, { recursive: true });
    for (const name of (await readdir(from)).filter((name) => name.endsWith(".json") && !left.has(name)))
      await writeFile(join(to, name), (await readFile(join(from, name), "utf8")).replaceAll('"jordan"', `"${fresh}"`));
  }
  const to = join(root, "seeds", fresh);
  const programme = JSON.parse(await readFile(join(to, "programme.json"), "utf8"));
  const named = { ...programme, order: 3, name: { en: "Municipal services", ar: "خدمات البلديات" } };
  await writeFile(join(to, "programme.json"), JSON.stringify(named));
  const seats = people.map((role) => ({
    ...{ code: role.toUpperCase(), role, title: { en: role, ar: role }, entity: null, sector: null },
    holder: { email: emailOf(role), name: role, language: "en" },
  }));
  await writeFile(join(to, "people.json"), JSON.stringify({ heldFrom: "2026-01-01", seats }));
  return root;
}

let office: AdminBrowser;
let folder: string;
const room = "rosa.ortiz@boston.example";
beforeAll(async () => {
  office = await openAdminBrowser({ now: sundayNine });
  folder = await freshConfiguration();
  const { services } = office.app;
  const by = { kind: "system", job: "import-config" } as const;
  const imported = await services.configuration.importFrom({
    ...{ folder, reason: "A second programme", retireMissing: false, by, now: sundayNine },
  });
  expect(imported.map(({ programme, isNew }) => [programme, isNew])).toEqual([
    ["boston311", true],
    [fresh, true],
  ]);
  for (const job of ["sum-figures", "figure-alerts", "send-digests"] as const) await services.jobs.run(job, sundayNine);
  for (const email of [room, ...people.map(emailOf)]) await office.app.givePassword(email);
}, 240_000);
afterAll(async () => {
  await office?.close();
  await rm(folder, { recursive: true, force: true });
});

const withVisit = (email: string, language: "ar" | "en", work: (visit: Visit) => Promise<void>) =>
  office.withVisit({ email }, { language }, work);

/** @param again the page was looked at before: axe is loaded once into each */
async function sound({ page, errors }: Visit, name: string, again = false): Promise<void> {
  for (const width of [1280, 390, 320]) {
    await page.setViewportSize({ width, height: 900 });
    expect([name, width, await overflow(page)]).toEqual([name, width, 0]);
    if (width !== 320) await picture(page, `${name}-${width}`);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  expect([name, ...errors]).toEqual([name]);
  if (again) return;
  expect(await axe(page)).toEqual([]);
}

const said = {
  en: {
    digests: "No digests are set up",
    hint: /The operation room adds digests in the settings/,
    add: "Add a digest",
    alerts: "You have no alerts",
    sent: "None was sent yet.",
    tell: /^Tell me when …: Answered on time$/,
    percent: "Percent",
    act: "Try it on the past 12 months",
    noPast: "There are no whole periods to try it on yet.",
    nothing: "No case is in the figures yet. They begin with the first one.",
    noSteps: "The chart begins with the first whole week or month of the programme.",
  },
  ar: {
    digests: "لم تُعدّ موجزات بعد",
    hint: /تضيفه غرفة العمليات في الإعدادات/,
    add: "إضافة موجز",
    alerts: "ليست لديك تنبيهات",
    sent: "لم يُرسل شيء بعد.",
    tell: /^نبّهني إذا …: الرد ضمن الموعد$/,
    percent: "النسبة المئوية",
    act: "جرّبه على آخر 12 شهرًا",
    noPast: "لا توجد فترات كاملة لتجربته عليها بعد.",
    nothing: "لا طلبات في الأرقام بعد. تبدأ مع أول طلب.",
    noSteps: "يبدأ الرسم مع أول أسبوع أو شهر كامل للبرنامج.",
  },
} as const;

it.each(["en", "ar"] as const)("of nothing set up and without a case, all pages say so, in %s", (language) =>
  withVisit(emailOf("operation_room"), language, async (visit) => {
    const { page, open } = visit;
    const words = said[language];
    await open("/admin/pages/figures");
    // All figures of the catalogue, since nobody chose some of them.
    await page.getByRole("button", { name: words.tell }).waitFor();
    await page.getByText(words.nothing).waitFor();
    expect(await page.getByText(words.noSteps).count()).toBe(2);
    expect(await page.locator("canvas").count()).toBe(0);
    await sound(visit, `second-figures-${language}`);
    await page.getByRole("button", { name: words.tell }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(words.percent).fill("80");
    await dialog.getByRole("button", { name: words.act }).click();
    await dialog.getByText(words.noPast).waitFor();
    await sound(visit, `second-alert-${language}`, true);

    await open("/admin/pages/figure-alerts");
    await page.getByText(words.alerts).waitFor();
    await sound(visit, `second-alerts-${language}`);

    await open("/admin/pages/digest");
    await page.getByText(words.digests).waitFor();
    await page.getByText(words.hint).waitFor();
    await page.getByText(words.sent).waitFor();
    await sound(visit, `second-digests-${language}`);
    await page.getByRole("link", { name: words.add }).click();
    await page.waitForURL(/resources\/digests\/actions\/new/);
    await page.locator("main form").waitFor();
    await sound(visit, `second-digest-new-${language}`, true);
  }),
);

it("tells a reader who sets nothing up the same, without a way to the settings", () =>
  withVisit(emailOf("steering_committee"), "en", async ({ page, open }) => {
    await open("/admin/pages/digest");
    await page.getByText(said.en.digests).waitFor();
    expect(await page.getByRole("link", { name: said.en.add }).count()).toBe(0);
    expect(await page.locator('main a[href*="resources/digests"]').count()).toBe(0);
  }));

it("of a programme whose calendar has ended, pages say what is due and what is sent", () =>
  withVisit(room, "en", async (visit) => {
    const { page, open } = visit;
    await open("/admin/pages/figures");
    await page.getByRole("button", { name: said.en.tell }).waitFor();
    await sound(visit, "boston-figures");
    await open("/admin/pages/figure-alerts");
    await page.getByText(said.en.alerts).waitFor();
    await open("/admin/pages/digest");
    await page.getByText("Weekly digest of the committee").first().waitFor();
    await sound(visit, "boston-digests");
  }));
