/**
 * Findings of axe. To axe a page is the kinds of its elements, each below the kinds that it is in. A page in which
 * everything was looked at before in this worker, in its language and in its width, has no findings and is not looked
 * at again. So all that a run shows is looked at, wherever it is shown first.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export interface Finding {
  readonly rule: string;
  readonly impact: string;
  readonly where: string;
  readonly why: string;
}

const serious: readonly string[] = ["serious", "critical"];
/** Also what no rule of WCAG forbids, such as something that stands in no landmark. */
export const anyImpact: readonly string[] = ["minor", "moderate", ...serious];

/** What was looked at without a finding, by the impacts that were asked for. */
const known = new Map<readonly string[], Set<string>>([
  [serious, new Set()],
  [anyImpact, new Set()],
]);

/** Findings on what is shown, serious and critical ones unless others are asked for; WCAG 2.2 AA. */
export async function axe(page: Page, impacts = serious): Promise<Finding[]> {
  // A page that a form has just opened may have no element yet.
  await page.waitForLoadState();
  // Rows are pale while they are read again; that may begin while axe looks.
  await page.locator(".table-busy").first().waitFor({ state: "detached" });
  // Once a page that is loaded. A sheet made by script: pages whose policy forbids styles of their own take it too.
  await page.evaluate(() => {
    const here = window as { calm?: true };
    if (here.calm) return;
    here.calm = true;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(".table-busy tbody { opacity: 1 !important; }");
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  });
  const { shapes, language, narrow } = await page.evaluate(shapesShown);
  const shown = shapes.flatMap((shape) => [`${shape} ${language}`, `${shape} ${narrow}`]);
  const seen = known.get(impacts);
  if (shown.every((one) => seen?.has(one))) return [];
  const findings = await look(page, impacts);
  if (findings.length === 0) for (const one of shown) seen?.add(one);
  return findings;
}

async function look(page: Page, impacts: readonly string[]): Promise<Finding[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axeSource);
  const results = await page.evaluate(async () => {
    const { axe: runner } = window as unknown as { axe: { run(options: unknown): Promise<AxeResults> } };
    return runner.run({
      resultTypes: ["violations"],
      // Half the time: sheets and films would be fetched for rules about turned screens and sound, and frames be waited for
      // that run no script and so cannot answer. A frame's own title is asked for all the same.
      preload: false,
      iframes: false,
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    });
  });
  return results.violations
    .filter(({ impact }) => impacts.includes(impact))
    .flatMap(({ id, impact, nodes }) =>
      nodes.map(({ target, failureSummary }) => ({
        rule: id,
        impact,
        where: target.join(" "),
        why: failureSummary,
      })),
    );
}
interface AxeResults {
  violations: { id: string; impact: string; nodes: { target: string[]; failureSummary: string }[] }[];
}

/** Runs in the page: a number for each kind of element that is shown, of all that rules of axe ask of one. */
function shapesShown(): { shapes: number[]; language: string; narrow: boolean } {
  const shapes = new Set<number>();
  const root = document.documentElement;
  const counted = <Key>(keys: Iterable<Key>) => {
    const counts = new Map<Key, number>();
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
    return counts;
  };
  const ids = counted(Array.from(document.querySelectorAll("[id]"), ({ id }) => id));
  const landmark = "header, footer, main, nav, aside, section, form, [role]";
  const nameOf = (element: Element) =>
    [element.localName, ...["role", "aria-label", "aria-labelledby"].map((one) => element.getAttribute(one))].join();
  const landmarks = counted(Array.from(document.querySelectorAll(landmark), nameOf));
  const references =
    /^(for|list|headers|aria-(labelledby|describedby|controls|owns|activedescendant|errormessage|details|flowto))$/;
  const exact =
    /^(role|type|tabindex|autocomplete|scope|hidden|disabled|dir|aria-(?!label$|valuetext$|roledescription$).*)$/;
  const named =
    "a, button, th, summary, label, legend, h1, h2, h3, h4, h5, h6, figure, svg, caption, fieldset, table, tr, dl, " +
    "ul, ol, select, video, iframe, object, [role]";
  const active = "a, button, input, select, textarea, summary, [role], [tabindex]";
  let heading = "";

  const attribute = ({ name, value }: Attr): string => {
    if (references.test(name)) return `${name}:${value.split(/\s+/).map((id) => ids.get(id) ?? 0)}`;
    if (name === "id") return `id:${ids.get(value)}`;
    if (exact.test(name)) return `${name}=${value}`;
    return /^(class|style|data-.*|href|src|value|d)$/.test(name) && value ? "" : `${name}${value.trim() ? "+" : "-"}`;
  };
  const kindOf = (element: Element): string => {
    const { color, backgroundColor, backgroundImage, opacity, fontSize, fontWeight } = getComputedStyle(element);
    const text = [...element.childNodes].some((node) => node.nodeType === 3 && node.nodeValue?.trim());
    const kind = [element.localName, backgroundColor, backgroundImage === "none", opacity];
    if (text) kind.push(color, fontSize, fontWeight);
    if (element.hasAttribute("href")) kind.push("href");
    if (element !== root) kind.push(...Array.from(element.attributes, attribute));
    if (element.matches(named)) {
      const parts = new Set(Array.from(element.children, (one) => one.localName + one.getAttribute("role")));
      const labelled = element.querySelector("[aria-label], [alt], title, legend") !== null;
      kind.push(element.textContent?.trim() !== "", labelled, ...[...parts].sort());
    }
    if (/^h[1-6]$/.test(element.localName)) {
      kind.push(heading);
      heading = element.localName;
    }
    if (element.matches(landmark)) kind.push((landmarks.get(nameOf(element)) ?? 0) > 1);
    if (element.matches(active)) {
      const { width, height } = element.getBoundingClientRect();
      kind.push(width < 24 || height < 24);
      const labels = (element as HTMLInputElement).labels;
      if (labels) kind.push(Array.from(labels, (label) => label.textContent?.trim() !== "").join());
    }
    kind.push(element.scrollWidth > element.clientWidth + 13, element.scrollHeight > element.clientHeight + 13);
    return kind.join("|");
  };
  const walk = (element: Element, above: number): void => {
    if (!element.checkVisibility()) return;
    const kind = kindOf(element);
    let shape = above;
    for (let at = 0; at < kind.length; at += 1) shape = Math.imul(shape ^ kind.charCodeAt(at), 16_777_619) >>> 0;
    shapes.add(shape);
    for (const child of element.children) walk(child, shape);
  };
  walk(root, 2_166_136_261);
  // What is asked of the page itself.
  const viewport = document.querySelector("meta[name=viewport]")?.getAttribute("content");
  const once = ["h1", "main", "header"].map((one) => document.querySelectorAll(one).length);
  const language = [root.lang, root.dir, document.title !== "", viewport, ...once].join();
  return { shapes: [...shapes], language, narrow: innerWidth <= 700 };
}
