/**
 * Verifies the record beside the daily work, for people who look at a screen: it is started, goes on when they leave, and
 * its last result is there for whoever may see it, in every instance.
 */

import type { Logger } from "pino";
import { type Actor, can } from "../../engine/access/permissions.js";
import { describeFault, onlyKeysMissing } from "../../engine/audit/audit-fault.js";
import type { Coverage } from "../../engine/audit/coverage.js";
import { msg } from "../../engine/text/msg.js";
import { type FieldFault, Problem } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";
import { claimCheckpoint, datedCheckpoint, writeCheckpoint } from "../../platform/db/checkpoint-store.js";
import type { Database } from "../../platform/db/query.js";
import { errorSummary } from "../../platform/error-summary.js";
import type { MailedSeal } from "./check-seals.js";
import type { AuditReport } from "./verify.js";

export interface VerificationResult {
  readonly ok: boolean;
  /** Not proven for want of a key, and nothing altered; left out by versions of before. */
  readonly keyMissing?: boolean;
  readonly finishedAt: string;
  readonly by: string;
  readonly faults: readonly Bilingual[];
  readonly checked: { readonly seals: number; readonly chains: number; readonly events: number };
  /** Missing in a result that an earlier release left. */
  readonly covered?: Coverage;
  readonly lastSeal: { readonly number: number; readonly sealedAt: string } | null;
  readonly unsealed: { readonly events: number; readonly chains: number };
  readonly warning: Bilingual | null;
  /** How many mailed seals it was compared with. */
  readonly compared: number;
}

export interface VerificationState {
  readonly state: "never" | "running" | "done" | "failed";
  readonly startedAt: string | null;
  readonly by: string | null;
  /** So far, while it runs; `expected` is what the run before it found. */
  readonly checked: { readonly chains: number; readonly events: number };
  readonly expected: number | null;
  /** The last one that came to its end; while another runs too. */
  readonly last: VerificationResult | null;
}

export interface Verification {
  /** Problem forbidden. */
  state(a: { actor: Actor; now: Date }): Promise<VerificationState>;
  /**
   * Starts one and comes back at once; while one runs it is that one.
   * @param seals one a line as the letter says them: the number and the MAC
   * Problems: forbidden, invalid-input (faults at `/seals`).
   */
  start(a: { actor: Actor; seals: string; now: Date }): Promise<VerificationState>;
  /** Waits for what this instance runs: for a clean stop. */
  settled(): Promise<void>;
}

const name = "audit-verification";
/** A run says at least this often that it is alive; one that is silent was killed. */
const aliveMs = 2 * 60_000;
const betweenNotesMs = 1000;

interface Position {
  readonly state: "running" | "done" | "failed";
  readonly startedAt: string;
  readonly by: string;
  readonly checked: { readonly chains: number; readonly events: number };
  readonly expected: number | null;
  readonly last: VerificationResult | null;
}

function need(actor: Actor): string {
  if (actor.kind === "user" && can(actor, "audit.verify")) return actor.name;
  throw new Problem("forbidden", msg("audit.runVerification.theRecordIsVerifiedBy"));
}

/** Lines such as `12 3f9a…` (64 hexadecimal digits), in any order; blank lines are passed over. Problem invalid-input. */
export function readMailedSeals(text: string): MailedSeal[] {
  const faults: FieldFault[] = [];
  const seals: MailedSeal[] = [];
  const lines = text.split("\n");
  if (lines.length > 4000) {
    const reason = msg("audit.runVerification.atMostLines");
    throw new Problem("invalid-input", reason, [{ field: "/seals", reason }]);
  }
  for (const [i, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const [, number, mac] = /^\D*(\d{1,9})\D[^0-9a-fA-F]*([0-9a-fA-F]{64})\s*$/.exec(line.trim()) ?? [];
    if (number !== undefined && mac !== undefined) seals.push({ number: Number(number), mac: mac.toLowerCase() });
    else if (faults.length < 5)
      faults.push({
        field: "/seals",
        reason: msg("audit.runVerification.lineWriteTheNumberOf", { i: i + 1 }),
      });
  }
  if (faults.length === 0) return seals;
  throw new Problem("invalid-input", msg("audit.runVerification.someLinesAreNoSeals"), faults);
}

function resultOf(report: AuditReport, a: { by: string; at: Date; compared: number }): VerificationResult {
  return {
    ok: report.ok,
    keyMissing: onlyKeysMissing(report.faults),
    finishedAt: a.at.toISOString(),
    by: a.by,
    faults: report.faults.map(describeFault),
    checked: report.checked,
    covered: report.covered,
    lastSeal: report.lastSeal && { number: report.lastSeal.number, sealedAt: report.lastSeal.sealedAt.toISOString() },
    unsealed: { events: report.unsealed.events, chains: report.unsealed.chains },
    warning: report.warning,
    compared: a.compared,
  };
}

const nothing: VerificationState = {
  state: "never",
  startedAt: null,
  by: null,
  checked: { chains: 0, events: 0 },
  expected: null,
  last: null,
};

export function createVerification(d: {
  db: Database;
  log: Logger;
  /** For its notes of how far it is, while it runs. */
  now: () => Date;
  verify: (a: {
    seals: readonly MailedSeal[];
    progress: (checked: { chains: number; events: number }) => void;
  }) => Promise<AuditReport>;
}): Verification {
  let running: Promise<void> = Promise.resolve();

  async function read(now: Date): Promise<VerificationState> {
    const stored = await datedCheckpoint(d.db, name);
    if (stored === null) return nothing;
    const position = stored.position as Position;
    const silent = position.state === "running" && now.getTime() - stored.at.getTime() > aliveMs;
    return silent ? { ...position, state: "failed" } : position;
  }

  async function run(first: Position, seals: readonly MailedSeal[]): Promise<void> {
    let noted = performance.now();
    let noting: Promise<unknown> = Promise.resolve();
    const note = (position: Position) => {
      noting = noting.catch(() => undefined).then(() => writeCheckpoint(d.db, name, position, d.now()));
      return noting;
    };
    const progress = (checked: Position["checked"]) => {
      if (performance.now() - noted < betweenNotesMs) return;
      noted = performance.now();
      note({ ...first, checked }).catch(() => undefined);
    };
    try {
      const report = await d.verify({ seals, progress });
      const last = resultOf(report, { by: first.by, at: d.now(), compared: seals.length });
      await note({ ...first, state: "done", checked: report.checked, last });
    } catch (error) {
      d.log.error({ error: errorSummary(error) }, "verification failed");
      await writeCheckpoint(d.db, name, { ...first, state: "failed" }, d.now()).catch(() => undefined);
    }
  }

  return {
    async state({ actor, now }) {
      need(actor);
      return read(now);
    },
    async start({ actor, seals, now }) {
      const by = need(actor);
      const mailed = readMailedSeals(seals);
      const { last } = await read(now);
      const position: Position = {
        state: "running",
        startedAt: now.toISOString(),
        by,
        checked: { chains: 0, events: 0 },
        expected: last?.checked.events ?? null,
        last,
      };
      const staleBefore = new Date(now.getTime() - aliveMs);
      if (await claimCheckpoint(d.db, { name, position, at: now, staleBefore })) running = run(position, mailed);
      return read(now);
    },
    settled: () => running,
  };
}
