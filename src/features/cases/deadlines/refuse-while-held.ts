/** An act enforces what fell due before it. Many at once would do what the operation room is being asked about. */

import { Problem } from "../../../engine/text/problems.js";
import type { Database } from "../../../platform/db/query.js";
import { programmesHeld } from "./held-sweep-store.js";

/** Problem not-now where the sweep of one of the programmes holds and was not released. */
export async function refuseWhileHeld(db: Database, programmes: readonly string[]): Promise<void> {
  const held = await programmesHeld(db);
  if (!held.some((programme) => programmes.includes(programme))) return;
  throw new Problem("not-now", {
    en: "The sweep of deadlines holds until the operation room lets it go on: act on many cases at once after that. Single cases can be worked on.",
    ar: "تطبيق المواعيد متوقف حتى تسمح به غرفة العمليات، فأجّل الإجراءات الجماعية إلى ما بعد ذلك. يمكن العمل على المعاملات منفردة.",
  });
}
