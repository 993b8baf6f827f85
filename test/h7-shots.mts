import { writeFileSync } from "node:fs";
import { createRenderer } from "../src/notifications/render.js";
import { drawTrend } from "../src/reports/trend-chart.js";
import { sampleMessages } from "./support/sample-messages.js";
import { sampleSetup } from "./support/sample-setup.js";
import { launchBrowser } from "./support/browser.js";
const renderer = createRenderer({ publicUrl: "https://diwan.gov.jo", drawChart: drawTrend });
const only = process.argv.slice(2);
const browser = await launchBrowser();
for (const [template, data] of Object.entries(sampleMessages)) {
  if (only.length && !only.includes(template)) continue;
  for (const language of ["ar", "en"] as const) {
    const t = performance.now();
    const r = renderer.render({ template: template as never, language, data }, sampleSetup(), { preview: true });
    console.log(template, language, (performance.now() - t).toFixed(0), "ms", r.subject);
    writeFileSync(`/tmp/h7/${template}.${language}.html`, r.html); writeFileSync(`/tmp/h7/${template}.${language}.txt`, r.text);
    for (const width of template.startsWith("digest") ? [390, 900] : [390]) {
      const page = await browser.newPage({ viewport: { width, height: 700 }, deviceScaleFactor: 1 });
      await page.goto(`file:///tmp/h7/${template}.${language}.html`);
      await page.screenshot({ path: `/tmp/h7/${template}.${language}.${width}.png`, fullPage: true });
      const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
      if (overflow) console.log("  overflow", width, overflow);
      await page.close();
    }
  }
}
await browser.close();
