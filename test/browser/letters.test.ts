/** Every letter in a real browser: on a phone and on a desk, in both languages. */
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import type { Browser, Page } from "playwright-core";
import type { MessageTemplate } from "../../src/engine/letters/message-kinds.js";
import type { Language } from "../../src/engine/text/text.js";
import { createRenderer } from "../../src/features/notifications/render.js";
import { drawTrend } from "../../src/features/reports/trend-chart.js";
import { launchBrowser } from "../support/browser.js";
import { sampleMessages } from "../support/sample-messages.js";
import { sampleSetup } from "../support/sample-setup.js";

jest.setTimeout(180_000);

const renderer = createRenderer({ publicUrl: "https://diwan.example.jo/", drawChart: drawTrend });
const templates = Object.keys(sampleMessages) as MessageTemplate[];
const languages: readonly Language[] = ["ar", "en"];
const widths = [320, 1000];

let browser: Browser;
let page: Page;
let asked: string[] = [];
beforeAll(async () => {
  browser = await launchBrowser();
  page = await browser.newPage();
  page.on("request", (request) => asked.push(request.url()));
});
afterAll(() => browser.close());

async function look(template: MessageTemplate, language: Language, width: number) {
  const message = { template, language, data: sampleMessages[template] };
  const { html } = renderer.render(message, sampleSetup(), { preview: true });
  asked = [];
  await page.setViewportSize({ width, height: 900 });
  await page.setContent(html);
  await page.evaluate(() => document.fonts.ready);
  const seen = await page.evaluate(() => {
    const text = (element: Element): string => element.textContent?.trim() ?? "";
    const title = document.querySelector("h1");
    return {
      overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      direction: getComputedStyle(title ?? document.body).direction,
      brokenImages: [...document.images].filter((image) => !image.complete || image.naturalWidth === 0).length,
      withoutAlternative: [...document.images].filter((image) => !image.alt.trim()).length,
      smallest: Math.min(
        ...[...document.querySelectorAll("td, p, h1, h2, a, bdi, span")]
          .filter((element) => text(element) !== "")
          .map((element) => Number.parseFloat(getComputedStyle(element).fontSize)),
      ),
    };
  });
  return { ...seen, outside: asked.filter((url) => !url.startsWith("data:") && !url.startsWith("about:")) };
}

describe.each(templates)("%s", (template) => {
  it.each(languages.flatMap((language) => widths.map((width) => [language, width] as const)))(
    "reads well in %s at %d px",
    async (language, width) => {
      const seen = await look(template, language, width);
      expect(seen).toMatchObject({ overflow: 0, brokenImages: 0, withoutAlternative: 0, outside: [] });
      expect(seen.direction).toBe(language === "ar" ? "rtl" : "ltr");
      expect(seen.smallest).toBeGreaterThanOrEqual(12);
    },
  );
});
