/** Files of a case in a real browser: chosen, dropped, refused at their own place, taken off, sent, seen and saved. */
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import type { Page } from "playwright-core";
import { type AdminBrowser, looksRight, openAdminBrowser } from "../support/admin-browser.js";
import { aPng } from "../support/files.js";
import { type Person, sundayNine } from "../support/working-office.js";

jest.setTimeout(180_000);
let office: AdminBrowser;
let person: Person;
const at = (hours: number): Date => new Date(sundayNine.getTime() + hours * 3_600_000);
const seat = { role: "focal_point", place: "CSPD" } as const;
const caseAt = (reference: string): string => `/admin/resources/cases/records/${reference}/show`;

beforeAll(async () => {
  office = await openAdminBrowser({ now: at(26) });
  person = office.app.office.official("focal_point", "CSPD");
});
afterAll(() => office?.close());

async function taken(subject: string): Promise<string> {
  const { receive, act } = office.app.office;
  const { reference } = await receive({ subject, language: "ar" }, sundayNine);
  await act(reference, person, "take", {}, at(1));
  return reference;
}
const chooser = (page: Page) => page.locator(".attach input[type=file]");
const row = (page: Page, words: string) => page.locator(".attach .file", { hasText: words });
const staged = (reference: string) =>
  office.app.services.attachments.staged({ kind: "official", actor: person, reference });
async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100 && !(await holds()); tries += 1) await sleep(50);
}
async function sound(page: Page, name: string): Promise<void> {
  await looksRight(page, name);
  expect(await page.locator("#app").textContent()).not.toMatch(/\{\w+\}/);
}
const asFile = (name: string, content: string | Buffer) => ({
  name,
  mimeType: "application/octet-stream",
  buffer: Buffer.from(content),
});

const words = {
  ar: {
    photo: "صورة الموقع (1).png",
    text: "ما رأيت.txt",
    page: "صفحة.txt",
    attached: "مرفق",
    refused: "لم يُرفق: هذا النوع من الملفات غير مقبول",
    remove: "إزالة",
    answer: "تجدون المخطط مرفقًا.",
    panel: "الملفات",
    save: "حفظ",
  },
  en: {
    photo: "A photo of the place, with the longest name that anybody would give it, taken on Sunday.png",
    text: "what I saw.txt",
    page: "page.txt",
    attached: "Attached",
    refused: "Not attached: This type of file is not accepted",
    remove: "Remove",
    answer: "The plan is attached.",
    panel: "Files",
    save: "Save",
  },
} as const;

describe("files of a case", () => {
  it.each([
    ["ar", 1280],
    ["en", 390],
  ] as const)("are chosen, refused, taken off, sent, seen and saved, in %s at %i", async (language, width) => {
    const said = words[language];
    const reference = await taken(`Files in ${language} at ${width}`);
    const visit = await office.signedIn(seat, { language, width });
    const { page } = visit;
    await visit.open(`${caseAt(reference)}?do=answer`);
    await page.locator("#composer textarea").first().fill(said.answer);
    await chooser(page).setInputFiles([
      asFile(said.photo, aPng(900, 600)),
      asFile(said.page, "<!doctype html><script>alert(1)</script>"),
      asFile(said.text, "What I saw."),
    ]);
    await row(page, said.photo).getByText(said.attached).waitFor();
    await row(page, said.text).getByText(said.attached).waitFor();
    const fault = row(page, said.page).getByRole("alert");
    await fault.waitFor();
    expect(await fault.textContent()).toContain(said.refused);
    expect((await staged(reference)).map(({ name }) => name).sort()).toEqual([said.photo, said.text].sort());
    if (width === 1280) {
      const [panel, button] = await Promise.all(
        ["#composer", "#composer button[type=submit]"].map((place) => page.locator(place).boundingBox()),
      );
      const endOf = (box: typeof panel): number => (box?.y ?? 0) + (box?.height ?? 0);
      expect(endOf(button)).toBeLessThanOrEqual(endOf(panel));
    }
    await sound(page, "files-composer");

    await page.getByRole("button", { name: `${said.remove} ${said.page}`, exact: true }).click();
    await page.getByRole("button", { name: `${said.remove} ${said.text}`, exact: true }).click();
    expect(await page.locator(".attach .file").count()).toBe(1);
    await until(async () => (await staged(reference)).length === 1);
    expect((await staged(reference)).map(({ name }) => name)).toEqual([said.photo]);

    await page.locator("#composer button[type=submit]").click();
    await page.locator(".toast").waitFor();
    const entry = page.locator(".entry-files .file", { hasText: said.photo });
    await entry.waitFor();
    const panel = page.locator("section", { has: page.getByRole("heading", { name: said.panel, exact: true }) });
    const link = panel.getByRole("link", { name: `${said.save} ${said.photo}` });
    await link.scrollIntoViewIfNeeded();
    await page.waitForFunction(() =>
      [...document.querySelectorAll<HTMLImageElement>("img.file-picture")].every((img) => img.naturalWidth > 0),
    );
    await sound(page, "files-page");

    const [saved] = await Promise.all([page.waitForEvent("download"), link.click()]);
    expect(saved.suggestedFilename()).toBe(said.photo);
    expect((await readFile(await saved.path())).toString("latin1", 1, 4)).toBe("PNG");
    expect(await staged(reference)).toEqual([]);
    expect([visit.outside, visit.errors.filter((text) => !/422/.test(text))]).toEqual([[], []]);
    await visit.close();
  });

  it("show how far they are, hold the act back until they are there, and can be stopped", async () => {
    const reference = await taken("On a poor line");
    const visit = await office.signedIn(seat, { language: "en" });
    const { page } = visit;
    await visit.open(`${caseAt(reference)}?do=note`);
    await page.locator("#composer textarea").first().fill("See the file.");
    const line = await visit.context.newCDPSession(page);
    await line.send("Network.enable");
    const speed = (uploadThroughput: number) =>
      line.send("Network.emulateNetworkConditions", {
        offline: false,
        latency: 0,
        downloadThroughput: -1,
        uploadThroughput,
      });
    await speed(200_000);
    await chooser(page).setInputFiles([asFile("long.txt", "a line of text\n".repeat(100_000))]);
    await page.waitForFunction(() => {
      const bar = document.querySelector<HTMLProgressElement>(".attach progress");
      return bar !== null && bar.value > 0 && bar.value < 1;
    });
    expect(await row(page, "long.txt").textContent()).toMatch(/Sending: [\d.]+%/);
    const submit = page.locator("#composer button[type=submit]");
    expect(await submit.getAttribute("aria-disabled")).toBe("true");
    await sound(page, "files-sending");
    await page.getByRole("button", { name: "Stop sending long.txt" }).click();
    expect(await page.locator(".attach .file").count()).toBe(0);
    await speed(-1);
    expect(await staged(reference)).toEqual([]);
    await submit.click();
    await page.locator(".toast").waitFor();
    await visit.close();
  });

  it("are chosen with keys, dropped, and still there after a reload", async () => {
    const reference = await taken("With keys and by hand");
    const visit = await office.signedIn(seat, { language: "en" });
    const { page } = visit;
    await visit.open(`${caseAt(reference)}?do=note`);
    await page.locator("#composer textarea").first().fill("See the files.");
    await page.getByText("Up to 10 files of 20 MB each").waitFor();
    const button = page.getByRole("button", { name: "Attach files" });
    const [dialog] = await Promise.all([page.waitForEvent("filechooser"), button.press("Enter")]);
    expect(dialog.isMultiple()).toBe(true);
    await dialog.setFiles([asFile("by keys.txt", "one")]);
    await row(page, "by keys.txt").getByText("Attached").waitFor();
    await page.locator(".attach").evaluate((box) => {
      const carried = new DataTransfer();
      carried.items.add(new File(["two"], "dropped.txt"));
      box.dispatchEvent(new DragEvent("dragover", { bubbles: true, cancelable: true, dataTransfer: carried }));
      box.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: carried }));
    });
    await row(page, "dropped.txt").getByText("Attached").waitFor();
    await page.locator(".draft-status", { hasText: "Draft saved" }).waitFor();
    await visit.open(`${caseAt(reference)}?do=note`);
    await page.getByText("Files that you attached earlier are still here.").waitFor();
    expect(await page.locator(".attach .file").count()).toBe(2);
    await page.locator("#composer button[type=submit]").click();
    await page.locator(".toast").waitFor();
    const noted = (await office.app.office.events(reference)).find(({ type }) => type === "case.noted");
    expect(noted?.data).toMatchObject({
      attachments: expect.arrayContaining(
        ["by keys.txt", "dropped.txt"].map((name) => expect.objectContaining({ name })),
      ),
    });
    expect(visit.errors).toEqual([]);
    await visit.close();
  });
});
