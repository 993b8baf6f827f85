/** Letters and text messages of a data folder that may be a copy: the original sends them too, and each would come twice. */
import type { ApplicantWay } from "../../engine/letters/applicant-ways.js";
import type { Standing } from "../../platform/db/folder-place.js";
import type { Database } from "../../platform/db/query.js";
import { countDue } from "../../platform/mail/message-store.js";

type Deliver<Report> = (a: { now: Date; limit?: number }) => Promise<Report>;

/**
 * A run of the outbox: sends where the folder is the real one, keeps in a copy, and lets everything wait while no one has said which it is.
 * Asked at each run, so that no one has to restart anything.
 */
export function whileUnsure<Report extends object>(
  d: { db: Database; way: ApplicantWay; standing: () => Standing; nothing: Report },
  runs: { readonly send: Deliver<Report>; readonly keep: Deliver<Report> },
): Deliver<Report & { readonly waiting?: number }> {
  return async (a) => {
    const standing = d.standing();
    if (standing === "unsure") return { ...d.nothing, waiting: await countDue(d.db, d.way, a.now) };
    return standing === "copy" ? runs.keep(a) : runs.send(a);
  };
}
