/**
 * Marks versions whose record says untruly that the checks warned: releases before December 2026 wrote the reason of a
 * change-set there, also where no check had warned. What is recorded is never rewritten; an event says that it is not so.
 * Calendars and service levels are left alone: of days that are not confirmed their own check warned, which no change-set showed.
 */

import type { Sequelize } from "sequelize";
import { appendAudit } from "../../../platform/audit/audit-store.js";
import { query } from "../../../platform/db/query.js";
import { inTransaction, type Tx } from "../../../platform/db/transaction.js";
import { correctedVersions } from "../../setup/version-queries.js";

interface Marked {
  readonly id: number;
  readonly programme: string;
  readonly kind: string;
  readonly name: string;
  readonly version: number;
}

const suspects = {
  name: "versions-maybe-unwarned",
  text: `select v.id, v.programme, v.kind, v.name, v.version from configuration_versions v
    where v.draft_id is not null and v.warnings_reason = v.reason
      and v.kind <> 'calendar' and (v.kind <> 'rules' or v.name <> 'sla') and v.id not in (${correctedVersions}) order by v.id`,
};
const publications = {
  name: "unwarned-change-sets",
  text: `select data from audit_events
    where stream = 'configuration' and type = 'change-set.published' and data like '%"warningsReason":null%' order by seq`,
};
/** Moments of the record are the database's here: who brings it up to date gives none. */
const clock = { name: "moment-of-the-database", text: "select date_trunc('milliseconds', clock_timestamp()) as now" };

const keyOf = ({ programme, kind, name, version }: Omit<Marked, "id">): string =>
  `${programme}/${kind}/${name}/${version}`;

/** What these change-sets published: none of their checks had warned, or a reason would be there. */
function publishedUnwarned(texts: readonly { readonly data: string }[]): Set<string> {
  const keys = texts.flatMap(({ data }): string[] => {
    try {
      const { programme, versions, warningsReason } = JSON.parse(data);
      if (warningsReason !== null || !Array.isArray(versions)) return [];
      return versions.map((version) => keyOf({ ...version, programme }));
    } catch {
      return [];
    }
  });
  return new Set(keys);
}

async function noteIn(owner: Sequelize, tx: Tx): Promise<number> {
  const suspected = await query<Marked>(owner, suspects, [], tx);
  if (suspected.length === 0) return 0;
  const unwarned = publishedUnwarned(await query<{ data: string }>(owner, publications, [], tx));
  const untrue = suspected.filter((version) => unwarned.has(keyOf(version)));
  const [{ now }] = (await query<{ now: Date }>(owner, clock, [], tx)) as [{ now: Date }];
  for (const { id: versionId, ...named } of untrue) {
    await appendAudit(tx, owner, {
      stream: "configuration",
      type: "configuration.corrected",
      actor: { kind: "system", job: "upgrade" },
      data: { ...named, versionId, untrue: "warningsReason" },
      at: now,
    });
  }
  return untrue.length;
}

/** Marks each once; how many there were. Under the boot lock. */
export const noteUntrueWarnings = (owner: Sequelize): Promise<number> =>
  inTransaction(owner, (tx) => noteIn(owner, tx));
