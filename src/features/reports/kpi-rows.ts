/** The figures of a report as rows of a terminal: each with its code, its value as people read it, and what it is called. */
import { formatDuration } from "../../engine/formatting/durations.js";
import { formatNumber, formatPercent } from "../../engine/formatting/numbers.js";
import { type KpiCode, kpis } from "../../engine/measures/kpi.js";
import { type KpiDimension, recordsOf } from "../../engine/measures/kpi-dimensions.js";
import type { Setup } from "../../engine/setup/setup.js";
import { msg } from "../../engine/text/msg.js";
import type { Bilingual } from "../../engine/text/text.js";
import type { CommandContext } from "../../platform/cli/command.js";
import { wallTime } from "../../platform/cli/table.js";

export type KpiRow = readonly [code: string, value: string, name: string];

export interface Spoken extends Pick<CommandContext, "say" | "language"> {
  readonly setup: Setup;
  /** Working seconds of an ordinary day. */
  readonly daySeconds: number;
}

/** What is around the figures. */
const frame: Readonly<Record<string, Bilingual>> = {
  programme: msg("reports.kpiRows.programme"),
  from: msg("reports.kpiRows.from"),
  to: msg("reports.kpiRows.to"),
  at: msg("reports.kpiRows.at"),
  by: msg("reports.kpiRows.by"),
};

/** Parts of a figure; of those that are named by what is counted (a level, a scale, days) what the name says of it. */
const parts: Readonly<Record<string, Bilingual>> = {
  medianWorkingSeconds: msg("reports.kpiRows.median"),
  p90WorkingSeconds: msg("reports.kpiRows.nineTenths"),
  responseRate: msg("reports.kpiRows.responseRate"),
  open: msg("reports.kpiRows.open"),
  focalPoints: msg("reports.kpiRows.focalPoints"),
  each: msg("reports.kpiRows.each"),
  n: msg("reports.kpiRows.ratings"),
  mean: msg("reports.kpiRows.mean"),
};
const keyed: Readonly<Partial<Record<KpiCode, (key: string) => Bilingual>>> = {
  escalated: (level) => msg("reports.kpiRows.level", { level }),
  delayedByWorkingDays: (days) => msg("reports.kpiRows.days", { days }),
  satisfactionByScale: (scale) => msg("reports.kpiRows.scale", { scale }),
};

const isKpi = (code: string): code is KpiCode => Object.hasOwn(kpis, code);

/** What a figure is called, or a part of one behind it; nothing for what a later build counts. */
function nameOf(path: readonly string[], { say }: Spoken): string {
  const at = path.findIndex(isKpi);
  if (at < 0) {
    const words = frame[path.at(-1) ?? ""];
    return words === undefined ? "" : say(words);
  }
  const code = path[at] as KpiCode;
  const rest = path.slice(at + 1).flatMap((part) => parts[part] ?? keyed[code]?.(part) ?? []);
  return [kpis[code].name, ...rest].map(say).join(" · ");
}

function written(path: readonly string[], value: unknown, spoken: Spoken): string {
  const { say, language, setup, daySeconds } = spoken;
  const code = path.at(-1) ?? "";
  if (value === null) return say(msg("reports.kpiCommand.noData"));
  if (typeof value !== "number") {
    return path.length === 1 && code === "at"
      ? wallTime(new Date(String(value)), setup.programme.timeZone)
      : String(value);
  }
  return /WorkingSeconds$/.test(code)
    ? formatDuration(value, { daySeconds, wall: false }, { language })
    : formatNumber(value, language);
}

/** Codes, values and names, nested ones behind their parent: `onTimeResolution`, `86.2% (3,982 of 4,723)`, `Answered on time`. */
export function kpiRows(
  value: unknown,
  spoken: Spoken,
  by: KpiDimension | null,
  path: readonly string[] = [],
): KpiRow[] {
  const { say, language, setup } = spoken;
  if (typeof value !== "object" || value === null) {
    return [[path.join("."), written(path, value, spoken), nameOf(path, spoken)]];
  }
  // Those without a code stand for cases without entity, pillar …
  if (Array.isArray(value))
    return value.flatMap(({ code, including, ...group }: { code: string; including?: readonly string[] }): KpiRow[] => {
      const name = by === null ? undefined : recordsOf[by](setup).get(code)?.name;
      const shown = code || say(msg("reports.kpiCommand.none"));
      return [
        ["", "", ""],
        ...(name === undefined ? [] : [[shown, "", say(name)] as const]),
        ...(including === undefined ? [] : [[`${shown}.including`, including.join(", "), ""] as const]),
        ...kpiRows(group, spoken, by, [shown]),
      ];
    });
  const { numerator, denominator, rate, ...more } = value as Record<string, unknown>;
  const rows = Object.entries(more).flatMap(([code, inner]) =>
    kpiRows(inner, spoken, by, code === "groups" ? [] : [...path, code]),
  );
  if (typeof denominator !== "number") return rows;
  const share = typeof rate === "number" ? formatPercent(rate, language) : say(msg("reports.kpiCommand.noData"));
  // Of seconds only the share says anything.
  const told = path.includes("pauseShare")
    ? share
    : say(
        msg("reports.kpiCommand.share", {
          share,
          numerator: formatNumber(Number(numerator), language),
          denominator: formatNumber(denominator, language),
        }),
      );
  return [[path.join("."), told, nameOf(path, spoken)], ...rows];
}
