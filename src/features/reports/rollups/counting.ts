/** In which way a programme's cases are counted. */
import { createHash } from "node:crypto";
import type { Policy } from "../../../engine/setup/policy.js";

/** Counted up with each change of what facts are: then everything is counted anew. */
const edition = 8;

/** What decides how cases are counted, beside the cases. */
export interface Counting {
  readonly zone: string;
  readonly window: number;
  readonly levels: readonly number[];
  readonly countedBy: string;
}

export function countingOf({ setup }: Policy): Counting {
  const { timeZone, settings } = setup.programme;
  const levels = [...new Set(settings.ladder.map(({ level }) => level))].sort((a, b) => a - b);
  const window = settings.reopenWindowDays * 86_400;
  const decides = { edition, timeZone, levels, window, calendar: setup.calendar?.versionId ?? null };
  const countedBy = createHash("sha256").update(JSON.stringify(decides)).digest("hex");
  return { zone: timeZone, window, levels, countedBy };
}
