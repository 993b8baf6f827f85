/** A fault in something that the operation room publishes, said so that its author can correct it. */
import { msg } from "../text/msg.js";
import { type Bilingual, inLanguage, type Language } from "../text/text.js";

export interface ConfigurationFault {
  /** The file, or the name of the draft. */
  readonly source: string;
  /** The rule at fault; null when it is the whole. */
  readonly ruleId: string | null;
  /** JSON pointer into the source. */
  readonly path: string;
  readonly reason: Bilingual;
  /** An error is refused; a warning is published if its author insists. */
  readonly severity: "error" | "warning";
  /** A rule that would correct it. */
  readonly proposed?: object;
  /** Where in a text it stands, from 1. */
  readonly at?: { readonly line: number; readonly column: number };
}

/** One line for a terminal or a log: `rules/jordan/sla.json, rule sla-high, /rules/3/priority: must be …`. */
export function describeFault(fault: ConfigurationFault, language: Language = "en"): string {
  const rule =
    fault.ruleId === null ? "" : `, ${inLanguage(msg("setup.configurationFault.rule"), language)} ${fault.ruleId}`;
  const severity = fault.severity === "warning" ? inLanguage(msg("setup.configurationFault.warning"), language) : "";
  // A folder has no places.
  const place = fault.source.endsWith("/") ? "" : `, ${fault.path === "" ? "/" : fault.path}`;
  return `${fault.source}${rule}${place}: ${severity}${inLanguage(fault.reason, language)}`;
}
