/** The register as people use it: written and issued by the room, acknowledged by a focal point on a telephone. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type AdminBrowser, axe, openAdminBrowser, type Visit } from "../support/admin-browser.js";
import { aPdf } from "../support/hostile-files.js";
import { programme } from "../support/working-office.js";

let office: AdminBrowser;
beforeAll(async () => {
  office = await openAdminBrowser();
});
afterAll(() => office?.close());

const page = "/admin/pages/instructions";
const opened = `${page}?programme=${programme}&code=CAB-5`;

async function fits({ page: window }: Visit): Promise<boolean> {
  return window.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
}

describe("an instruction", () => {
  it("is written, gets its paper and is issued by the room", async () => {
    const visit = await office.signedIn({ role: "operation_room" }, { language: "en" });
    const { page: window } = visit;
    await visit.open(page);
    await window.getByText("The register is empty").waitFor();
    expect(await axe(window)).toEqual([]);
    await window.getByRole("link", { name: "New instruction" }).click();
    await window.getByLabel("Code").fill("CAB-5");
    await window.getByLabel("Name in English").fill("Answering complaints");
    await window.getByLabel("Name in Arabic").fill("الرد على الشكاوى");
    await window.getByLabel("Number", { exact: true }).fill("5/2026");
    await window.getByLabel("Date of the document").fill("2026-11-01");
    await window.getByLabel("In force from").fill("2026-12-01");
    await window.getByLabel("Text in English").fill("Every entity answers in time.");
    await window.getByLabel("Text in Arabic").fill("ترد كل جهة في الموعد.");
    const alone = window.getByRole("group", { name: "To these entities only" });
    await alone.getByRole("combobox").fill("Civil Status");
    await window.getByRole("option", { name: /Civil Status/ }).click();
    await alone.getByRole("checkbox", { name: /Civil Status/ }).waitFor();
    expect(await axe(window)).toEqual([]);
    await window.getByRole("button", { name: "Save" }).click();
    await window.getByRole("link", { name: "Open in the register" }).click();
    await window.locator("input[type=file]").setInputFiles({
      name: "paper.pdf",
      mimeType: "application/pdf",
      buffer: aPdf(),
    });
    await window.getByRole("button", { name: "Make it the document of this instruction" }).click();
    await window.getByRole("link", { name: /paper\.pdf/ }).waitFor();
    await window.getByRole("button", { name: "Issue" }).click();
    await window.getByRole("dialog").getByRole("button", { name: "Issue" }).click();
    await window.getByText("0 of 1 entity has acknowledged it.").waitFor();
    expect(await axe(window)).toEqual([]);
    expect([visit.errors, visit.outside]).toEqual([[], []]);
    await visit.close();
  });

  it("waits on the home of a focal point, who acknowledges it on a telephone", async () => {
    const seat = { role: "focal_point", place: "CSPD" } as const;
    const visit = await office.signedIn(seat, { language: "ar", width: 390, height: 800 });
    const { page: window } = visit;
    await visit.open("/admin");
    await window.getByRole("heading", { name: "تعليمات بانتظار إقرارك" }).waitFor();
    expect(await axe(window)).toEqual([]);
    await window.getByRole("link", { name: "الرد على الشكاوى" }).click();
    await window.getByText("ترد كل جهة في الموعد.").waitFor();
    expect([await axe(window), await fits(visit)]).toEqual([[], true]);
    await window.getByRole("button", { name: /الإقرار عن/ }).click();
    await window.getByRole("dialog").getByRole("button", { name: "إقرار" }).click();
    await window.getByText("أقرت", { exact: true }).waitFor();
    expect(await window.getByRole("button", { name: /الإقرار عن/ }).count()).toBe(0);
    await visit.open("/admin");
    expect(await window.getByRole("heading", { name: "تعليمات بانتظار إقرارك" }).count()).toBe(0);
    expect(visit.errors).toEqual([]);
    await visit.close();
  });

  it("is there for nobody else who looks by its address", async () => {
    const visit = await office.signedIn({ role: "focal_point", place: "JFDA" }, { language: "en" });
    await visit.open(opened);
    await visit.page.getByText("This instruction was not found among those that you can read.").waitFor();
    expect(await axe(visit.page)).toEqual([]);
    await visit.close();
  });
});
