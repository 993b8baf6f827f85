/** Figures of a whole branch or programme, counted once in a while: they take long to count. */
import type { Kpi, KpiReport, KpiRequest } from "./kpi.js";

const maxKept = 500;

/**
 * `kpi` with a memory. A request with a later moment gets the figures of an earlier one if that is not long ago; who asks
 * meanwhile waits for the same answer. A failure is not kept.
 * @param keptMs how old they may be; their report says the moment that they were counted at
 */
export function keepFigures(kpi: Kpi, keptMs: number): Kpi {
  const kept = new Map<string, { readonly at: number; readonly report: Promise<KpiReport> }>();
  return (request: KpiRequest) => {
    const { at, ...question } = request;
    const key = JSON.stringify(question);
    const known = kept.get(key);
    const age = known === undefined ? Number.NaN : at.getTime() - known.at;
    if (known !== undefined && age >= 0 && age < keptMs) return known.report;
    if (kept.size >= maxKept) kept.clear();
    const report = kpi(request);
    kept.set(key, { at: at.getTime(), report });
    report.catch(() => kept.delete(key));
    return report;
  };
}
