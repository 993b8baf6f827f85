/** The generic screens of the set-up, over the shipped set-up: lists, records, forms, and two people at once. */
import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import {
  type AdminBrowser,
  axe,
  openAdminBrowser,
  picture,
  type Visit,
  type VisitOptions,
} from "../support/admin-browser.js";

jest.setTimeout(180_000);

let office: AdminBrowser;
beforeAll(async () => {
  office = await openAdminBrowser();
});
afterAll(() => office?.close());

const withVisit = (work: (visit: Visit) => Promise<void>, options: VisitOptions = { language: "en" }) =>
  office.withVisit({ role: "operation_room" }, options, work);

/** Id of the row of a set-up table. */
async function idOf(table: string, code: string): Promise<number> {
  const [row] = await office.app.office.rows(`select id from ${table} where code = $1 and programme = 'jordan'`, code);
  return row?.id as number;
}
const focused = ({ page }: Visit) => page.evaluate(() => document.activeElement?.id ?? "");

it("adds a record with nothing but the keyboard, by its names alone, and remembers who did it", async () => {
  await withVisit(async (visit) => {
    const { page, open } = visit;
    await open("/admin/resources/pillars");
    await page.getByRole("link", { name: "Add pillar" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Add pillar" }).waitFor();
    const typed = ["Accessibility", "سهولة الوصول"];
    for (const text of typed) {
      await page.keyboard.press("Tab");
      while (!(await page.evaluate(() => document.activeElement?.matches("input")))) await page.keyboard.press("Tab");
      await page.keyboard.type(text);
    }
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Accessibility" }).waitFor();
    await page.getByText("Saved.").waitFor();
    await page.getByText("added it").waitFor();
    // The code was proposed from the name, as the other pillars have theirs.
    expect(await idOf("pillars", "ACCESSIBILITY")).toBeGreaterThan(0);
    await picture(page, "added-en-1280");
    expect(await axe(page)).toEqual([]);
  });
});

it("names each fault at its field, in a summary that takes focus and leads there", async () => {
  for (const language of ["en", "ar"] as const) {
    await withVisit(
      async (visit) => {
        const { page, open } = visit;
        await open("/admin/resources/pillars/actions/new");
        await page.locator("#field-code").fill("quality is bad");
        await page.locator("button[type=submit].button-primary").click();
        const summary = page.getByRole("alert");
        await summary.waitFor();
        expect(await summary.evaluate((element) => element === document.activeElement)).toBe(true);
        expect(await page.locator("[aria-invalid=true]").count()).toBeGreaterThanOrEqual(2);
        await picture(page, `faults-${language}-1280`);
        expect(await axe(page)).toEqual([]);
        await summary.getByRole("link").first().press("Enter");
        const own = `field-name${language === "ar" ? "Ar" : "En"}`;
        expect(await focused(visit)).toBe(own);
        expect(await page.locator("#field-code").inputValue()).toBe("quality is bad");
        const described = await page.locator(`#${own}`).getAttribute("aria-describedby");
        expect(described).toContain(`${own}-fault`);
      },
      { language },
    );
  }
});

it("shows what somebody else changed meanwhile, both values, and lets one choose", async () => {
  const id = await idOf("sectors", "WATER");
  await withVisit(async ({ page, open }) => {
    await open(`/admin/resources/sectors/records/${id}/edit`);
    await page.getByLabel("Name in English").fill("Water, irrigation and dams");
    const other = await office.app.signIn("operation_room", null, 1);
    const shown = await other.show("sectors", id);
    const { name, sortOrder } = shown.body.record.values;
    const saved = await other.edit(
      "sectors",
      id,
      { name: { ...name, en: "Water and rivers" }, sortOrder: 40 },
      { name, sortOrder },
    );
    expect(saved.status).toBe(200);

    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Someone changed this while you were editing").waitFor();
    await picture(page, "conflict-en-1280");
    expect(await axe(page)).toEqual([]);
    await page.getByText("Water and rivers").waitFor();
    await page.getByText("Order in lists: 40").waitFor();
    // What nobody here touched is taken over; what was typed stays until one chooses otherwise.
    expect(await page.getByLabel("Order in lists").inputValue()).toBe("40");
    expect(await page.getByLabel("Name in English").inputValue()).toBe("Water, irrigation and dams");
    await page.getByRole("radio", { name: /Current value/ }).check();
    expect(await page.getByLabel("Name in English").inputValue()).toBe("Water and rivers");
    await page.getByRole("radio", { name: /What you typed/ }).check();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("heading", { level: 1, name: "Water, irrigation and dams" }).waitFor();
  });
  const [row] = await office.app.office.rows("select name_en, sort_order from sectors where id = $1", id);
  expect(row).toEqual({ name_en: "Water, irrigation and dams", sort_order: 40 });
});

it("says what stands in the way of retiring, retires what may be, and takes it back", async () => {
  const water = await idOf("sectors", "WATER");
  await withVisit(async ({ page, open }) => {
    await open(`/admin/resources/sectors/records/${water}/show`);
    await page.getByRole("button", { name: "Retire" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Resolve this before you retire it:").waitFor();
    expect(await dialog.getByRole("button", { name: "Retire" }).isDisabled()).toBe(true);
    await picture(page, "retire-en-1280");
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press("Escape");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain("Retire");

    await open(`/admin/resources/governorates/records/${await idOf("governorates", "AQB")}/show`);
    await page.getByRole("button", { name: "Retire" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Retire" }).click();
    await page.getByText("It can no longer be chosen.").waitFor();
    await page.getByText("retired it").waitFor();

    await open("/admin/resources/governorates?filters.retiredAt=true");
    expect(await page.locator("tbody tr").count()).toBe(1);
    await page.locator("tbody tr a").click();
    await page.getByRole("button", { name: "Bring back into use" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Bring back into use" }).click();
    await page.getByText("brought it back into use").waitFor();
  });
});

it("keeps search, filters, sort and page in the address", async () => {
  await withVisit(async ({ page, open }) => {
    await open("/admin/resources/entities");
    await page.getByRole("searchbox").fill("ministry of");
    await page.waitForURL(/search=ministry\+of/);
    await page.getByRole("button", { name: "Name" }).click();
    await page.waitForURL(/sortBy=name/);
    await page.locator("th[aria-sort]").waitFor();
    expect(await page.locator("th[aria-sort]").getAttribute("aria-sort")).toBe("ascending");
    const first = page.locator("tbody tr").first();
    await first.filter({ hasText: "Ministry of Agriculture" }).waitFor();
    await page.getByLabel("Sector").fill("educ");
    await page.getByRole("option", { name: /^Education/ }).click();
    await page.waitForURL(/filters\.sector=EDUCATION/);
    await page.getByText("1–1 of 1").waitFor();
    const address = page.url();
    await first.getByRole("link").click();
    await page.getByRole("heading", { level: 1, name: "Ministry of Education" }).waitFor();
    await page.goBack();
    await page.getByText("1–1 of 1").waitFor();
    expect(page.url()).toBe(address);
    await page.getByRole("button", { name: "Clear filters" }).click();
    await page.getByText("1–50 of 106").waitFor();
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByText("51–100 of 106").waitFor();
    expect(page.url()).toContain("page=2");
  });
});

it("edits the extra fields of a type and the words of a list", async () => {
  const type = await idOf("application_types", "inquiry");
  await withVisit(
    async ({ page, open }) => {
      await open(`/admin/resources/application-types/records/${type}/edit`);
      const before = await page.locator(".card").count();
      await page.getByRole("button", { name: "إضافة حقل" }).click();
      const card = page.locator(".card").nth(before);
      await card.getByLabel("الاسم بالعربية").fill("الساعة المفضلة");
      await card.getByLabel("الاسم بالإنجليزية").fill("Preferred hour");
      await card.getByLabel("نوع الإجابة").selectOption("choice");
      await page.getByRole("button", { name: "حفظ" }).click();
      // A choice needs choices: refused at its field.
      await page.getByRole("alert").waitFor();
      await card.locator(".field-fault").first().waitFor();
      await picture(page, "fields-ar-1280");
      expect(await axe(page)).toEqual([]);
      await card.getByLabel("نوع الإجابة").selectOption("number");
      await card.getByLabel("أصغر رقم").fill("8");
      await page.getByRole("button", { name: "حفظ" }).click();
      await page.getByText("تم الحفظ.").waitFor();
    },
    { language: "ar" },
  );
  const [row] = await office.app.office.rows("select fields::text from application_types where id = $1", type);
  const fields = JSON.parse(String(row?.fields)) as Record<string, unknown>[];
  expect(fields.at(-1)).toEqual({
    code: "preferredHour",
    name: { ar: "الساعة المفضلة", en: "Preferred hour" },
    type: "number",
    required: false,
    min: 8,
  });
});
