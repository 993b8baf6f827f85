/** The state of the machinery for people: what is well, what is not, and what to do about it. */

import { type Actor, can } from "../../engine/access/permissions.js";
import { civilDate, shiftDate } from "../../engine/calendar/civil-days.js";
import { confirmedUntil } from "../../engine/calendar/coverage.js";
import { dateWords } from "../../engine/calendar/date-words.js";
import { formatCount } from "../../engine/formatting/counted-nouns.js";
import { formatNumber } from "../../engine/formatting/numbers.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";
import { apart, listed, perLanguage } from "../../engine/text/text.js";
import { machineClockWords, maxApartMs } from "../../platform/clocks-apart.js";
import { wrongClocks } from "../../platform/db/clock-queries.js";
import { type DatabaseFault, databaseFaults } from "../../platform/db/connect.js";
import type { Database } from "../../platform/db/query.js";
import { errorWords } from "../../platform/error-summary.js";
import type { ScannerState } from "../../platform/files/virus-scanner.js";
import { storedJobs } from "../../platform/jobs/job-store.js";
import { heldSweeps } from "../cases/deadlines/held-sweep-store.js";
import {
  type DeliveryParts,
  heldMessages,
  lapsedMessages,
  mailServer,
  messages,
  smsGateway,
} from "./delivery-checks.js";
import { type Finding, type HealthCheck, type HealthState, type HealthView, wanting, well } from "./health-view.js";
import { addressCheck, dataFolderCheck, type InstallationParts, secondFactorCheck } from "./installation-checks.js";
import type { ListedKey } from "./key-status.js";
import { databaseFacts, newestSeal, oldestDue, queueDepth, ruleFaults } from "./operation-queries.js";
import { stuckCasesCheck } from "./stuck-cases.js";

export interface HealthParts extends InstallationParts, DeliveryParts {
  /** Names of those that this build has and the database has not. */
  readonly pendingMigrations: (db: Database) => Promise<readonly string[]>;
  /** When this instance last looked for tasks that are due; null where it does not look. */
  readonly schedulerTick: () => Date | null;
  /** How far this machine's clock is ahead of the database's, in milliseconds; null where they are not compared. */
  readonly clockAhead: () => number | null;
  /** What is wrong with the database as of a second ago. */
  readonly databaseFault: () => DatabaseFault | null;
  /** The virus scanner; null: there is none. */
  readonly scanner: { state(): Promise<ScannerState> } | null;
  /** Whether this instance knows the key of the seal. */
  readonly seals: boolean;
  /** The keys here, and those that are missing. */
  readonly keys: (now: Date) => Promise<readonly ListedKey[]>;
  readonly versions: { readonly diwan: string; readonly node: string };
}

export type Health = (a: { actor: Actor; now: Date }) => Promise<HealthView>;

const minute = 60_000;
const day = 86_400_000;
/** Each job waits in it once or twice at most while work is taken out. */
const maxWaiting = 50;
const calendarDays = { near: 60, late: 14 };

const n = (count: number): Bilingual => perLanguage((language) => formatNumber(count, language));

interface Look extends HealthParts {
  readonly now: Date;
  readonly programmes: readonly string[];
}

async function migrations({ db, pendingMigrations }: Look): Promise<Finding> {
  const missing = await pendingMigrations(db);
  if (missing.length === 0) return well(msg("operations.healthReport.allAreApplied"));
  return wanting(
    "late",
    msg("operations.healthReport.missing", { missing: listed(missing) }),
    msg("operations.healthReport.runDiwanMigrate"),
  );
}

/** What an administrator does about a database that cannot serve. */
const databaseAdvice: Readonly<Record<DatabaseFault, Bilingual>> = {
  away: msg("operations.healthReport.databaseAdviceAway"),
  refusing: msg("operations.healthReport.databaseAdviceRefusing"),
  "read-only": msg("operations.healthReport.databaseAdviceReadOnly"),
  full: msg("operations.healthReport.databaseAdviceFull"),
  busy: msg("operations.healthReport.databaseAdviceBusy"),
};

async function database({ db, databaseFault }: Look): Promise<Finding> {
  const fault = databaseFault();
  if (fault !== null) return wanting("late", databaseFaults[fault].short, databaseAdvice[fault]);
  const { bytes, connections } = await databaseFacts(db);
  const size = bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.round(bytes / 1e6)} MB`;
  return well(msg("operations.healthReport.itAnswersConnections", { size, connections }));
}

/** A clock that drifts is seen before it stops anything. */
const nearlyApartMs = maxApartMs / 3;

async function clocks({ db, clockAhead }: Look): Promise<Finding> {
  const wrong = await wrongClocks(db);
  if (wrong.length > 0) {
    const words = listed(wrong.map(machineClockWords), " ");
    const advice = msg("operations.healthReport.advice");
    return wanting("late", words, advice, { at: wrong[0]?.since ?? null });
  }
  const ahead = clockAhead();
  if (ahead === null) return well(msg("operations.healthReport.noMachineSaysThatIts"));
  const words = msg("operations.healthReport.thisMachinesClockAndThe", {
    time: formatCount(Math.round(Math.abs(ahead) / 100) / 10, "second"),
  });
  if (Math.abs(ahead) < nearlyApartMs) return well(words);
  return wanting("near", words, msg("operations.healthReport.checkTheTimeServiceNTP"));
}

async function queue({ db }: Look): Promise<Finding> {
  const { waiting, active, failed } = await queueDepth(db);
  const words = msg("operations.healthReport.waitingRunningFailed", { waiting, active, failed });
  const link = "/admin/resources/jobs";
  // By number and not by age: the queue notes the machine's time, and a simulated clock runs apart from it.
  if (waiting > maxWaiting) {
    const advice = msg("operations.healthReport.advice2");
    return wanting("late", words, advice, { link });
  }
  if (failed > 0) {
    const advice = msg("operations.healthReport.advice3");
    return wanting("near", words, advice, { link });
  }
  return well(words, { link });
}

async function schedulerTick({ db, schedulerTick: rung, now }: Look): Promise<Finding> {
  const here = rung();
  const jobs = await storedJobs(db);
  const last = jobs.reduce<Date | null>(
    (latest, { lastSlot }) => (lastSlot !== null && (latest === null || lastSlot > latest) ? lastSlot : latest),
    null,
  );
  const at = here ?? last;
  const link = "/admin/resources/jobs";
  const silent = at === null || Math.abs(now.getTime() - at.getTime()) > (here === null ? 10 : 1) * minute;
  if (!silent) return well(msg("operations.healthReport.itRings"), { at, link });
  const advice = msg("operations.healthReport.advice4");
  return wanting("late", msg("operations.healthReport.itHasFallenSilent"), advice, { at, link });
}

async function enforcement({ db, now, programmes }: Look): Promise<Finding> {
  const holding = (await heldSweeps(db)).filter(({ releasedAt }) => releasedAt === null);
  const own = holding.filter(({ programme }) => programmes.includes(programme));
  const link = "/admin/resources/jobs";
  if (own.length > 0) {
    const cases = own.reduce((sum, held) => sum + held.cases, 0);
    return wanting(
      "late",
      msg("operations.healthReport.theSweepHoldsCasesAre", { cases }),
      msg("operations.healthReport.seeAboveWhyAndLet"),
      { at: own[0]?.since ?? null },
    );
  }
  const oldest = await oldestDue(db, { now, except: holding.map(({ programme }) => programme) });
  if (oldest === null || now.getTime() - oldest.at.getTime() < 5 * minute) {
    return well(msg("operations.healthReport.nothingIsOverdueToBe"), { link });
  }
  const many = oldest.due >= 1000 ? "1,000+" : n(oldest.due);
  return wanting(
    now.getTime() - oldest.at.getTime() < 15 * minute ? "near" : "late",
    msg("operations.healthReport.casesWhoseDeadlineIsNot", { many }),
    msg("operations.healthReport.runTheJobEnforceDeadlines"),
    { at: oldest.at, link },
  );
}

async function virusScanner({ scanner, programmes, setupOf }: Look): Promise<Finding> {
  if (scanner === null) {
    return wanting(
      "off",
      msg("operations.healthReport.noneFilesAreCheckedAnd"),
      msg("operations.healthReport.setCLAMDSOCKETToWhereClamd"),
    );
  }
  const state = await scanner.state();
  if (state.kind === "answers") {
    return well(msg("operations.healthReport.itAnswers", { version: state.version }));
  }
  const setups = await Promise.all(programmes.map(setupOf));
  const taking = setups.filter(({ programme }) => programme.settings.takeUnscanned).map(({ programme }) => programme);
  const words =
    taking.length === 0
      ? msg("operations.healthReport.itIsAwayFilesHave")
      : msg("operations.healthReport.takenUnchecked", { names: listed(taking.map(({ name }) => name)) });
  const advice = msg("operations.healthReport.advice8");
  return wanting("late", words, advice, { at: state.since, link: "/admin/resources/programmes" });
}

async function seal({ db, now, seals }: Look): Promise<Finding> {
  const last = await newestSeal(db);
  const link = "/admin/pages/audit-verify";
  if (last !== null && now.getTime() - last.sealedAt.getTime() < 2 * day) {
    return well(msg("operations.healthReport.seal", { number: last.number }), { at: last.sealedAt, link });
  }
  const words =
    last === null
      ? msg("operations.healthReport.nothingIsSealedYet")
      : msg("operations.healthReport.theLastSealIsNumber", { number: last.number });
  const advice = seals ? msg("operations.healthReport.advice9") : msg("operations.healthReport.advice10");
  return wanting(last === null && seals ? "near" : "late", words, advice, { at: last?.sealedAt ?? null, link });
}

async function keys({ keys: keysAt, now }: Look): Promise<Finding> {
  const missing = (await keysAt(now)).filter(({ state, uses }) => state === "missing" && uses.some(lasts));
  if (missing.length === 0) return well(msg("operations.healthReport.allThatAreNeededAre"));
  const told = missing.map(
    ({ variable, id, fingerprint }) => `${variable} ${fingerprint === null ? "?" : `${id ?? ""}#${fingerprint}`}`,
  );
  return wanting(
    // Without a key of sessions people cannot sign in; one of seals is missed when the record is verified.
    missing.some(({ variable }) => variable === "SESSION_SECRET") ? "late" : "near",
    msg("operations.healthReport.missingHere", { told: listed(told.map(apart)) }),
    msg("operations.healthReport.addThemBehindTheFirst"),
  );
}
/** Cookies are over by tomorrow, and anybody who has one signs in again. */
const lasts = ({ what }: ListedKey["uses"][number]): boolean => what !== "cookies";

async function rules({ db, now, programmes }: Look): Promise<Finding> {
  const faults = await ruleFaults(db, { programmes, since: new Date(now.getTime() - day), limit: 5 });
  if (faults.length === 0) return well(msg("operations.healthReport.noFaultInTheLast"));
  const named = faults.map(
    ({ ruleSet, ruleId, cases }) => `${ruleSet}${ruleId === null ? "" : ` ${ruleId}`} (${cases})`,
  );
  return wanting(
    "late",
    msg("operations.healthReport.faultsInTheLastDay", { named: listed(named) }),
    msg("operations.healthReport.theSafeDefaultDecidedThese"),
    { link: "/admin/resources/messages?filters.template=operation-room-alert" },
  );
}

async function calendars({ now, programmes, setupOf }: Look): Promise<Finding> {
  const covers: { name: Bilingual; until: string; state: HealthState }[] = [];
  for (const programme of programmes) {
    const { calendar, programme: own } = await setupOf(programme);
    const today = civilDate(now, own.timeZone);
    const until = confirmedUntil(calendar.definition, today);
    const state: HealthState =
      until < shiftDate(today, calendarDays.late)
        ? "late"
        : until < shiftDate(today, calendarDays.near)
          ? "near"
          : "good";
    covers.push({ name: calendar.definition.name, until, state });
  }
  const words = listed(
    covers.map(({ name, until }) => msg("operations.healthReport.confirmedUntil", { name, until: dateWords(until) })),
    " ",
  );
  const link = "/admin/pages/calendar";
  const worst = (["late", "near"] as const).find((state) => covers.some((cover) => cover.state === state));
  if (worst === undefined) return well(words, { link });
  return wanting(worst, words, msg("operations.healthReport.confirmOrAddTheDays"), { link });
}

const checks: readonly {
  readonly id: string;
  readonly title: Bilingual;
  readonly look: (look: Look) => Promise<Finding>;
}[] = [
  { id: "database", title: msg("operations.healthReport.database"), look: database },
  { id: "data-folder", title: msg("operations.installationChecks.dataFolder"), look: dataFolderCheck },
  { id: "migrations", title: msg("operations.healthReport.migrations"), look: migrations },
  { id: "clocks", title: msg("operations.healthReport.clocks"), look: clocks },
  { id: "bell", title: msg("operations.healthReport.scheduler"), look: schedulerTick },
  { id: "queue", title: msg("operations.healthReport.queue"), look: queue },
  { id: "enforcement", title: msg("operations.healthReport.enforcementOfDeadlines"), look: enforcement },
  { id: "messages", title: msg("operations.healthReport.messages"), look: messages },
  { id: "held-messages", title: msg("operations.healthReport.heldMessages"), look: heldMessages },
  { id: "lapsed-messages", title: msg("operations.healthReport.lapsedMessages"), look: lapsedMessages },
  { id: "mail-server", title: msg("operations.healthReport.mailServer"), look: mailServer },
  { id: "sms-gateway", title: msg("operations.healthReport.smsGateway"), look: smsGateway },
  { id: "address", title: msg("operations.installationChecks.address"), look: addressCheck },
  {
    id: "second-factor",
    title: msg("operations.installationChecks.twoSteps"),
    look: (look) => secondFactorCheck(look, look.programmes),
  },
  { id: "virus-scanner", title: msg("operations.healthReport.virusScanner"), look: virusScanner },
  { id: "rules", title: msg("operations.healthReport.rules"), look: rules },
  { id: "stuck-cases", title: msg("operations.stuckCases.title"), look: stuckCasesCheck },
  { id: "seal", title: msg("operations.healthReport.sealOfTheRecord"), look: seal },
  { id: "keys", title: msg("operations.healthReport.keys"), look: keys },
  { id: "calendars", title: msg("operations.healthReport.calendars"), look: calendars },
];

/** One check that cannot be made is a finding, and hides none of the others. */
async function made(look: Look, { id, title, look: ask }: (typeof checks)[number]): Promise<HealthCheck> {
  const {
    at = null,
    link = null,
    groups = [],
    ...found
  } = await ask(look).catch((error: unknown) =>
    wanting(
      "late",
      msg("operations.healthReport.thisCouldNotBeChecked"),
      msg("operations.healthReport.whatWasSaid", { error: errorWords(error) }),
    ),
  );
  return { id, title, ...found, at: at?.toISOString() ?? null, link, groups };
}

/** A service that answers with the state of the machinery. Problem forbidden. */
export function createHealthReport(parts: HealthParts): Health {
  return async ({ actor, now }) => {
    if (!can(actor, "health.read")) {
      throw new Problem("forbidden", msg("operations.healthReport.theStateOfTheSystem"));
    }
    const seats = actor.kind === "user" ? actor.seats : [];
    const look = { ...parts, now, programmes: [...new Set(seats.map(({ programme }) => programme))].sort() };
    const found = [];
    for (const check of checks) found.push(await made(look, check));
    const { version } = await databaseFacts(parts.db).catch(() => ({ version: "?" }));
    return {
      at: now.toISOString(),
      checks: found,
      versions: [
        { name: msg("operations.healthReport.diwan"), version: parts.versions.diwan },
        { name: { en: "Node.js", ar: "Node.js" }, version: parts.versions.node },
        { name: { en: "PostgreSQL", ar: "PostgreSQL" }, version },
      ],
    };
  };
}
