/** The frame of the back office in a real Chromium: both languages, desk and phone, keyboard, a lost session, a lost line. */
import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import type { Language } from "../../src/engine/text/text.js";
import {
  type AdminBrowser,
  anyImpact,
  axe,
  looksRight,
  openAdminBrowser,
  picture,
  type Visit,
  type VisitOptions,
} from "../support/admin-browser.js";

jest.setTimeout(180_000);

const languages: readonly Language[] = ["ar", "en"];
const room = { role: "operation_room" } as const;
const form = "/admin/resources/pillars/actions/new";
const screens = {
  list: "/admin/resources/entities",
  record: "/admin/resources/sectors/records/3/show",
  form,
};

let office: AdminBrowser;
beforeAll(async () => {
  office = await openAdminBrowser();
});
afterAll(() => office?.close());

const withVisit = (options: VisitOptions, work: (visit: Visit) => Promise<void>) =>
  office.withVisit(room, options, work);

it.each(languages)("reads well in %s, loads nothing from outside, and satisfies axe", async (language) => {
  await withVisit({ language }, async (visit) => {
    for (const [name, path] of Object.entries(screens)) {
      await visit.open(path);
      expect(await visit.page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual([
        language,
        language === "ar" ? "rtl" : "ltr",
      ]);
      await looksRight(visit.page, name);
    }
    expect(visit.outside).toEqual([]);
    expect(visit.errors).toEqual([]);
  });
});

it("has the landmarks, names each window, and leaves nothing of AdminJS to be seen", async () => {
  await withVisit({ language: "en" }, async ({ page, open }) => {
    await open(screens.list);
    expect(await page.getByRole("banner").count()).toBe(1);
    expect(await page.getByRole("main").count()).toBe(1);
    expect(await page.getByRole("navigation", { name: "Main" }).count()).toBe(1);
    expect(await page.title()).toBe("Entities · Diwan");
    // Its parts carry these, and its styled-components write their rules into elements of their own.
    expect(await page.locator("[data-css], .adminjs_Box, [class*='sc-']").count()).toBe(0);
  });
});

/** What a hand could break in a page that was looked at before, and the rule that forbids it. */
const faults: readonly [rule: string, breakIt: (main: Element) => void][] = [
  ["button-name", (main) => main.insertAdjacentHTML("beforeend", "<button></button>")],
  [
    "button-name",
    (main) =>
      [...main.querySelectorAll("button")].find((one) => one.checkVisibility() && !one.title)?.replaceChildren(),
  ],
  ["link-name", (main) => main.querySelector("tbody a")?.replaceChildren()],
  [
    "select-name",
    (main) => {
      for (const label of main.querySelectorAll("label")) label.replaceChildren();
    },
  ],
  ["color-contrast", (main) => Object.assign((main.querySelector("h1") as HTMLElement).style, { color: "#bbb" })],
  ["color-contrast", (main) => Object.assign((main as HTMLElement).style, { backgroundColor: "#556" })],
  ["aria-valid-attr-value", (main) => main.querySelector("h1")?.setAttribute("aria-expanded", "perhaps")],
  ["aria-allowed-role", (main) => main.querySelector("h1")?.setAttribute("role", "checkbox")],
  ["heading-order", (main) => main.insertAdjacentHTML("beforeend", "<h2>One</h2><h5>Two</h5>")],
  [
    "page-has-heading-one",
    () => {
      for (const heading of document.querySelectorAll("h1")) heading.remove();
    },
  ],
  [
    "landmark-unique",
    (main) => main.insertAdjacentHTML("beforeend", '<nav aria-label="a">b</nav><nav aria-label="a">c</nav>'),
  ],
  ["html-has-lang", () => document.documentElement.removeAttribute("lang")],
  ["document-title", () => Object.assign(document, { title: "" })],
  ["tabindex", (main) => main.querySelector("tbody a")?.setAttribute("tabindex", "3")],
  ["aria-required-children", (main) => main.insertAdjacentHTML("beforeend", '<div role="list"><p>One</p></div>')],
  ["image-alt", (main) => main.insertAdjacentHTML("beforeend", '<img src="data:,">')],
  [
    "nested-interactive",
    (main) =>
      [...main.querySelectorAll("button")]
        .find((one) => one.checkVisibility())
        ?.insertAdjacentHTML("beforeend", "<a href='#'>x</a>"),
  ],
];

it("finds what axe should find, also in a page that was looked at before", async () => {
  await withVisit({ language: "en" }, async ({ page, open }) => {
    await open(screens.list);
    expect(await axe(page, anyImpact)).toEqual([]);
    const found: (string | undefined)[] = [];
    // A copy of the page is broken each time: it reads like the page, and is there at once.
    const clean = await page.evaluateHandle(() => document.body.cloneNode(true));
    const { lang, title } = await page.evaluate(() => ({ lang: document.documentElement.lang, title: document.title }));
    for (const [rule, breakIt] of faults) {
      await clean.evaluate(
        (body, [lang, title]) => {
          document.body.replaceWith(body.cloneNode(true));
          Object.assign(document.documentElement, { lang });
          Object.assign(document, { title });
        },
        [lang, title] as const,
      );
      expect(await axe(page, anyImpact)).toEqual([]);
      await page.locator("main").evaluate(breakIt);
      const rules = (await axe(page, anyImpact)).map((finding) => finding.rule);
      found.push(rules.includes(rule) ? rule : `not ${rule} in ${rules}`);
    }
    expect(found).toEqual(faults.map(([rule]) => rule));
  });
});

it("loads scripts, styles and typefaces once and never again", async () => {
  await withVisit({ cold: true }, async ({ page, open, travelled }) => {
    await open(screens.list);
    await open(screens.form);
    const first = travelled().filter(({ url }) => url.includes("/admin/assets/"));
    expect(first.map(({ type }) => type)).toEqual(expect.arrayContaining(["Script", "Stylesheet", "Font"]));
    await open(screens.list);
    await open(screens.form);
    await page.reload({ waitUntil: "networkidle" });
    expect(travelled().filter(({ type }) => ["Script", "Stylesheet", "Font"].includes(type))).toEqual([]);
  });
});

it("moves focus to the title of the next screen, marks the place, and skips to the content", async () => {
  await withVisit({ language: "en" }, async ({ page, open }) => {
    await open(screens.list);
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to the content");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("content");
    const link = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Pillars" });
    await link.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Pillars" }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
    expect(await link.getAttribute("aria-current")).toBe("page");
    expect(await page.title()).toBe("Pillars · Diwan");
  });
});

it("marks the entry that leads to a page of another one, in both languages", async () => {
  const entries = [
    ["en", "Main", "Service levels"],
    ["ar", "القائمة الرئيسية", "مستويات الخدمة"],
    ["en", "Main", "Calendar"],
    ["en", "Main", "Rules and workflows"],
  ] as const;
  for (const [language, main, name] of entries)
    await withVisit({ language }, async ({ page, open }) => {
      await open(screens.list);
      const nav = page.getByRole("navigation", { name: main });
      await nav.getByRole("link", { name, exact: true }).click();
      await page.waitForURL(/pages\/policy/);
      await nav.locator("[aria-current=page]", { hasText: name }).waitFor();
      expect(await nav.locator("[aria-current=page]").allInnerTexts()).toEqual([name]);
    });
});

it("switches the language in place: address, focus and what was typed stay, and the next page comes in it", async () => {
  await withVisit({ language: "en" }, async ({ page, open }) => {
    await open(`${form}?from=home`);
    await page.getByLabel("Code").fill("NIGHT");
    await page.getByLabel("Name in Arabic").fill("الخدمة الليلية");
    await page.evaluate(() => Object.assign(window, { stillHere: true }));
    const list = page
      .waitForResponse((answer) => answer.url().includes("/actions/"), { timeout: 1500 })
      .catch(() => null);
    await page.getByRole("button", { name: "العربية" }).click();
    await page.getByLabel("الرمز").waitFor();
    // The same page, turned round: nothing was loaded for it.
    expect(await list).toBeNull();
    expect(await page.evaluate(() => "stillHere" in window)).toBe(true);
    const html = page.locator("html");
    expect([await html.getAttribute("lang"), await html.getAttribute("dir")]).toEqual(["ar", "rtl"]);
    expect(await page.title()).toMatch(/ديوان$/);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("English");
    const [menu, content] = await Promise.all([
      page.getByRole("navigation").first().boundingBox(),
      page.locator("#content").boundingBox(),
    ]);
    expect((menu?.x ?? 0) > (content?.x ?? 0)).toBe(true);
    expect(await axe(page)).toEqual([]);
    await picture(page, "switched-ar-1280");
    expect(page.url()).toContain(`${form}?from=home`);
    expect(await page.getByLabel("الرمز").inputValue()).toBe("NIGHT");
    expect(await page.getByLabel("الاسم بالعربية").inputValue()).toBe("الخدمة الليلية");
    // By the keyboard, back and forth.
    await page.keyboard.press("Enter");
    await page.getByLabel("Code").waitFor();
    expect([await html.getAttribute("lang"), await html.getAttribute("dir")]).toEqual(["en", "ltr"]);
    await page.keyboard.press("Enter");
    expect(await page.getByLabel("الرمز").inputValue()).toBe("NIGHT");
    await page.reload();
    expect([await html.getAttribute("lang"), await html.getAttribute("dir")]).toEqual(["ar", "rtl"]);
    expect(await page.getByLabel("الرمز").inputValue()).toBe("NIGHT");
    await page.getByRole("button", { name: "حذف ما كُتب والبدء من جديد" }).click();
    expect(await page.getByLabel("الرمز").inputValue()).toBe("");
    await page.reload();
    expect(await page.getByLabel("الرمز").inputValue()).toBe("");
  });
});

it("opens and closes its menu on a phone by keyboard", async () => {
  await withVisit({ language: "en", width: 390 }, async ({ page, open }) => {
    await open(screens.list);
    const link = page.getByRole("link", { name: "Sectors" });
    expect(await link.isVisible()).toBe(false);
    const menu = page.getByRole("button", { name: "Menu" });
    await menu.focus();
    await page.keyboard.press("Enter");
    await link.waitFor();
    expect(await menu.getAttribute("aria-expanded")).toBe("true");
    await picture(page, "menu-en-390");
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press("Escape");
    expect(await link.isVisible()).toBe(false);
    await page.keyboard.press("Enter");
    await link.click();
    await page.getByRole("heading", { level: 1, name: "Sectors" }).waitFor();
    expect(await menu.getAttribute("aria-expanded")).toBe("false");
  });
});

it("shows who is signed in with which seat, and signs out", async () => {
  await withVisit({ language: "en" }, async ({ page, open }) => {
    await open(screens.list);
    await page.getByRole("button", { name: /^Your account/ }).click();
    await page.getByRole("list").filter({ hasText: "Operation room" }).waitFor();
    await picture(page, "account-en-1280");
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press("Escape");
    expect(await page.getByRole("button", { name: "Sign out" }).isVisible()).toBe(false);
    await page.getByRole("button", { name: /^Your account/ }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.waitForURL(/\/admin\/login/);
    await page.goto(screens.list);
    expect(page.url()).toContain("/admin/login");
  });
});

it("loses nothing that was typed when the session has ended", async () => {
  await withVisit({ language: "en" }, async ({ page, context, open }) => {
    await open(form);
    await page.getByLabel("Code").fill("LATE");
    await context.clearCookies({ name: "diwan_session" });
    // What the page asks by itself may find it out first, and say so above the button.
    await page.getByRole("button", { name: "Save" }).dispatchEvent("click");
    const dialog = page.getByRole("dialog", { name: "Your session has ended" });
    await dialog.waitFor();
    expect(await axe(page)).toEqual([]);
    expect(await dialog.getByRole("link", { name: "Sign in in a new tab" }).getAttribute("target")).toBe("_blank");
    await page.keyboard.press("Escape");
    expect(await page.getByLabel("Code").inputValue()).toBe("LATE");
  });
});

it("says when the server is out of reach, and keeps what was typed", async () => {
  await withVisit({ language: "en" }, async ({ page, context, open }) => {
    await open(form);
    await page.getByLabel("Code").fill("AWAY");
    await context.setOffline(true);
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("The server cannot be reached at the moment.").waitFor();
    expect(await page.getByLabel("Code").inputValue()).toBe("AWAY");
    await context.setOffline(false);
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("The server cannot be reached at the moment.").waitFor({ state: "detached" });
  });
});
