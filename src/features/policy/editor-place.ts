/** Where a finding is shown: the row of the editor in use that it is about, where an editor can show that; else its place in the text. */
import { useEffect } from "react";
import { viewOfSet } from "./rules/rule-model.js";

/** Editors that show a place of a definition, by how that begins; those that are tried first stand first. */
const editors: readonly { readonly begins: RegExp; readonly parts: readonly string[] }[] = [
  { begins: /^\/rules\/\d+/, parts: ["rules", "ladder"] },
  { begins: /^\/(days|periods)\/\d+/, parts: ["days"] },
  { begins: /^\/(states|actions)\/[^/]+/, parts: ["workflow"] },
];

interface Finding {
  /** JSON pointer of what it is about. */
  readonly field: string;
  readonly definition: unknown;
  /** The tab that is open, and those that there are. */
  readonly part: string;
  readonly parts: readonly string[];
}

/** What the address says so that the place is shown. Whoever writes the text is led to the text. */
export function placeOf({ field, definition, part, parts }: Finding): Readonly<Record<string, string>> {
  const inText = { part: "text", at: field };
  const able = editors.find(({ begins }) => begins.test(field))?.parts.filter((one) => parts.includes(one)) ?? [];
  const editor = able.find((one) => one === part) ?? able[0];
  if (part === "text" || editor === undefined) return inText;
  const index = /^\/rules\/(\d+)/.exec(field)?.[1];
  if (index === undefined) return { part: editor, at: field };
  const rule = viewOfSet(definition)?.rules.find((one) => one.index === Number(index));
  return rule === undefined ? inText : { part: editor, at: field, rule: rule.id };
}

/** Brings the row that an address leads to into sight, with the focus on it. */
export function useShownPlace(at: string | undefined, selector: string | null): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: led to once, not whenever the row is drawn
  useEffect(() => {
    if (at === undefined || selector === null) return;
    const row = document.querySelector<HTMLElement>(selector);
    row?.scrollIntoView({ block: "start" });
    row?.focus({ preventScroll: true });
  }, [at]);
}
