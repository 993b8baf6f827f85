import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { type AdminBrowser, axe, openAdminBrowser, overflow, picture } from "../support/admin-browser.js";

jest.setTimeout(240_000);
let office: AdminBrowser;
beforeAll(async () => {
  office = await openAdminBrowser();
});
afterAll(() => office?.close());

const paths = (process.env.PATHS ?? "sectors=/admin/resources/sectors").split(",").map((p) => [p.slice(0, p.indexOf("=")), p.slice(p.indexOf("=") + 1)] as const);
const sizes = (process.env.SIZES ?? "ar-1280,en-390").split(",").map((s) => s.split("-"));
test("look", async () => {
  for (const [language, width] of sizes) {
    const visit = await office.signedIn({ role: "operation_room" }, { language: language as never, width: Number(width) });
    for (const [name, path] of paths) {
      await visit.open(path);
      await picture(visit.page, `${name}-${language}-${width}`);
      process.stdout.write(`${name} ${language} ${width} ${JSON.stringify([visit.errors.splice(0), await overflow(visit.page), await axe(visit.page)])}\n`);
    }
    await visit.close();
  }
  expect(1).toBe(1);
});
