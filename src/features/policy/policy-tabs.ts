/** The parts of an opened policy, in their order: ways to edit it, its text, its examples, ways to try it, its versions. */

import type { Words } from "../../platform/ui/kit.js";
import type { ConfigurationKind } from "../setup/tables/define-configuration-version.js";
import type { PolicyPart } from "./policy-part.js";

const words = {
  text: { en: "Text", ar: "النص" },
  examples: { en: "Examples", ar: "الأمثلة" },
  versions: { en: "Versions", ar: "النسخ" },
};

export interface Tab {
  readonly id: string;
  readonly label: Words;
  readonly count?: number | null;
}

export function tabsOf(
  kind: ConfigurationKind,
  parts: readonly PolicyPart[],
  { errors, failing, versions }: { errors: number; failing: number; versions: number },
): Tab[] {
  const at = (where: PolicyPart["place"]): Tab[] =>
    parts.filter(({ place }) => place === where).map(({ id, label }) => ({ id, label }));
  return [
    ...at("editor"),
    { id: "text", label: words.text, count: errors || null },
    ...(kind === "rules" ? [{ id: "examples", label: words.examples, count: failing || null }] : []),
    ...at("trial"),
    { id: "versions", label: words.versions, count: versions },
  ];
}
