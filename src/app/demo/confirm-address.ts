/** Applicants of the demo who confirm their address: those who replied or rated pressed the button that their receipt led to. */

import { randomBytes } from "node:crypto";
import sql from "sql-template-tag";
import { applicantKeys } from "../../engine/applicant/applicant-keys.js";
import { keyRing } from "../../engine/text/key-ring.js";
import { createMessageLinks } from "../../features/cases/follow/message-links.js";
import { type Database, query } from "../../platform/db/query.js";
import type { Services } from "../../platform/services.js";

async function receiptTo(db: Database, reference: string): Promise<number | null> {
  const statement = sql`select m.id from messages m join cases c on c.id = m.receiver_case
    where c.reference = ${reference} and m.template = 'applicant-received' order by m.id limit 1`;
  return (await query<{ id: number }>(db, statement))[0]?.id ?? null;
}

/** By the services, as from a letter; nothing where nobody was sent one, or it is done. */
export function confirmingAddresses(d: {
  db: Database;
  services: Pick<Services, "applicantLinks" | "setup">;
}): (a: { reference: string; now: Date }) => Promise<void> {
  // The letters of the demo leave nobody's house: no key of an installation is needed, and no link of theirs outlives this.
  const keys = applicantKeys(keyRing(randomBytes(32).toString("hex")));
  const links = createMessageLinks({ db: d.db, keys: () => keys, setupOf: d.services.setup.of });
  return async ({ reference, now }) => {
    const id = await receiptTo(d.db, reference);
    const link = id === null ? null : await links.forMessage({ id, way: "email", now });
    if (link?.purpose === "prove") await d.services.applicantLinks.proveByLink({ reference, link: link.token, now });
  };
}
