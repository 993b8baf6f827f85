/** The state of the machinery for people: what is well, what is not, and what to do about it. */

import { type Actor, can } from "../../engine/access/permissions.js";
import { civilDate, shiftDate } from "../../engine/calendar/civil-days.js";
import { confirmedUntil } from "../../engine/calendar/coverage.js";
import type { Setup } from "../../engine/setup/setup.js";
import { Problem } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";
import { machineClockWords, maxApartMs } from "../../platform/clocks-apart.js";
import { wrongClocks } from "../../platform/db/clock-queries.js";
import { type DatabaseFault, databaseFaults } from "../../platform/db/connect.js";
import type { Database } from "../../platform/db/query.js";
import { errorWords } from "../../platform/error-summary.js";
import type { ScannerState } from "../../platform/files/virus-scanner.js";
import { storedJobs } from "../../platform/jobs/job-store.js";
import { heldSweeps } from "../cases/deadlines/held-sweep-store.js";
import type { HealthCheck, HealthState, HealthView } from "./health-view.js";
import type { ListedKey } from "./key-status.js";
import { databaseFacts, newestSeal, oldestDue, outboxState, queueDepth, ruleFaults } from "./operation-queries.js";

export interface HealthParts {
  readonly db: Database;
  readonly setupOf: (programme: string) => Promise<Setup>;
  /** When this instance's bell last rang; null where no bell rings. */
  /** Names of those that this build has and the database has not. */
  readonly pendingMigrations: (db: Database) => Promise<readonly string[]>;
  readonly schedulerTick: () => Date | null;
  /** How far this machine's clock is ahead of the database's, in milliseconds; null where nobody compares them. */
  readonly clockAhead: () => number | null;
  /** What is wrong with the database as of a second ago. */
  readonly databaseFault: () => DatabaseFault | null;
  /** Whether letters leave. */
  readonly sends: boolean;
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

/** A code, date or size, in its own direction inside an Arabic sentence. */
const apart = (text: string): string => `\u2066${text}\u2069`;
const n = (count: number): string => count.toLocaleString("en-GB");

type Finding = Omit<HealthCheck, "id" | "title" | "link" | "at"> & {
  readonly at?: Date | null;
  readonly link?: string;
};

const well = (words: Bilingual, more: { at?: Date | null; link?: string } = {}): Finding => ({
  state: "good",
  words,
  advice: null,
  ...more,
});
const wanting = (
  state: HealthState,
  words: Bilingual,
  advice: Bilingual,
  more: { at?: Date | null; link?: string } = {},
): Finding => ({ state, words, advice, ...more });

interface Look extends HealthParts {
  readonly now: Date;
  readonly programmes: readonly string[];
}

async function migrations({ db, pendingMigrations }: Look): Promise<Finding> {
  const missing = await pendingMigrations(db);
  if (missing.length === 0) return well({ en: "All are applied.", ar: "جميعها مطبّقة." });
  return wanting(
    "late",
    { en: `Missing: ${missing.join(", ")}`, ar: `ناقصة: ${missing.join("، ")}` },
    { en: "Run: diwan migrate", ar: "شغّل الأمر: diwan migrate" },
  );
}

/** What an administrator does about a database that cannot serve. */
const databaseAdvice: Readonly<Record<DatabaseFault, Bilingual>> = {
  away: { en: "See whether the database server runs and answers.", ar: "تحقق من أن خادم قاعدة البيانات يعمل ويستجيب." },
  refusing: {
    en: "Put the user and password of DATABASE_URL right, and restart.",
    ar: "صحّح اسم المستخدم وكلمة المرور في DATABASE_URL ثم أعد التشغيل.",
  },
  "read-only": {
    en: "Lead DATABASE_URL to the server that takes changes, or let this one take them: nothing is stored meanwhile.",
    ar: "وجّه DATABASE_URL إلى الخادم الذي يقبل التعديل، أو اسمح لهذا الخادم به؛ فلا يُحفظ شيء في هذه الأثناء.",
  },
  full: {
    en: "Make room on the disk of the database: nothing is stored meanwhile. Delete none of its files.",
    ar: "وفّر مساحة على قرص قاعدة البيانات؛ فلا يُحفظ شيء في هذه الأثناء. لا تحذف أيًا من ملفاتها.",
  },
  busy: {
    en: "See what holds its connections, memory and locks.",
    ar: "تحقق مما يشغل اتصالاتها وذاكرتها وأقفالها.",
  },
};

async function database({ db, databaseFault }: Look): Promise<Finding> {
  const fault = databaseFault();
  if (fault !== null) return wanting("late", databaseFaults[fault].short, databaseAdvice[fault]);
  const { bytes, connections } = await databaseFacts(db);
  const size = bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.round(bytes / 1e6)} MB`;
  return well({
    en: `It answers; ${size}, ${n(connections)} connections.`,
    ar: `تستجيب؛ الحجم ${apart(size)} وعدد الاتصالات ${n(connections)}.`,
  });
}

/** A clock that drifts is seen before it stops anything. */
const nearlyApartMs = maxApartMs / 3;

async function clocks({ db, clockAhead }: Look): Promise<Finding> {
  const wrong = await wrongClocks(db);
  if (wrong.length > 0) {
    const said = wrong.map(machineClockWords);
    const words = { en: said.map(({ en }) => en).join(" "), ar: said.map(({ ar }) => ar).join(" ") };
    const advice = {
      en: "Correct the clock. Nothing has to be restarted: the instance goes on by itself within seconds.",
      ar: "صحّح الساعة. لا حاجة إلى إعادة التشغيل؛ تتابع النسخة عملها تلقائيًا خلال ثوانٍ.",
    };
    return wanting("late", words, advice, { at: wrong[0]?.since ?? null });
  }
  const ahead = clockAhead();
  if (ahead === null) return well({ en: "No machine says that its clock is wrong.", ar: "لا يوجد خادم ساعته خاطئة." });
  const seconds = (Math.abs(ahead) / 1000).toFixed(1);
  const words = {
    en: `This machine's clock and the database's are ${seconds} seconds apart.`,
    ar: `الفرق بين ساعة هذا الخادم وساعة قاعدة البيانات ${apart(seconds)} ثانية.`,
  };
  if (Math.abs(ahead) < nearlyApartMs) return well(words);
  return wanting("near", words, {
    en: "Check the time service (NTP) on both machines: from a minute on this instance stands still.",
    ar: "تحقق من خدمة الوقت (NTP) على الجهازين: إذا بلغ الفرق دقيقة تتوقف هذه النسخة عن العمل.",
  });
}

async function queue({ db }: Look): Promise<Finding> {
  const { waiting, active, failed } = await queueDepth(db);
  const words = {
    en: `${n(waiting)} waiting, ${n(active)} running, ${n(failed)} failed.`,
    ar: `بانتظار التنفيذ: ${n(waiting)}، قيد التنفيذ: ${n(active)}، أخفقت: ${n(failed)}.`,
  };
  const link = "/admin/resources/jobs";
  // By number and not by age: the queue notes the machine's time, and a simulated clock runs apart from it.
  if (waiting > maxWaiting) {
    const advice = {
      en: "Work is not taken out of the queue: see whether an instance runs, and its log.",
      ar: "لا تُسحب المهام من الطابور: تحقق من أن نسخة من النظام تعمل ومن سجلها.",
    };
    return wanting("late", words, advice, { link });
  }
  if (failed > 0) {
    const advice = {
      en: "See in the jobs which one failed and why.",
      ar: "اطّلع في المهام على المهمة التي أخفقت وسببها.",
    };
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
  if (!silent) return well({ en: "It rings.", ar: "يعمل بانتظام." }, { at, link });
  const advice = {
    en: "Restart the instance; deadlines are not watched meanwhile.",
    ar: "أعد تشغيل النظام؛ فالمواعيد لا تُراقب في هذه الأثناء.",
  };
  return wanting("late", { en: "It has fallen silent.", ar: "توقف عن العمل." }, advice, { at, link });
}

async function enforcement({ db, now, programmes }: Look): Promise<Finding> {
  const holding = (await heldSweeps(db)).filter(({ releasedAt }) => releasedAt === null);
  const own = holding.filter(({ programme }) => programmes.includes(programme));
  const link = "/admin/resources/jobs";
  if (own.length > 0) {
    const cases = own.reduce((sum, held) => sum + held.cases, 0);
    return wanting(
      "late",
      { en: `The sweep holds: ${n(cases)} cases are late.`, ar: `توقف تطبيق المواعيد: ${n(cases)} معاملة متأخرة.` },
      {
        en: "See above why, and let it go on when it is right.",
        ar: "انظر السبب أعلاه، واسمح بالاستئناف إذا كان صحيحًا.",
      },
      { at: own[0]?.since ?? null },
    );
  }
  const oldest = await oldestDue(db, { now, except: holding.map(({ programme }) => programme) });
  if (oldest === null || now.getTime() - oldest.at.getTime() < 5 * minute) {
    return well({ en: "Nothing is overdue to be enforced.", ar: "لا مواعيد متأخرة عن التطبيق." }, { link });
  }
  const many = oldest.due >= 1000 ? "1,000+" : n(oldest.due);
  return wanting(
    now.getTime() - oldest.at.getTime() < 15 * minute ? "near" : "late",
    {
      en: `Cases whose deadline is not yet enforced: ${many}, confidential ones not counted.`,
      ar: `معاملات لم يُطبّق موعدها بعد: ${many}، دون السرّية.`,
    },
    { en: "Run the job “Enforce deadlines” now.", ar: "شغّل مهمة «تطبيق المواعيد» الآن." },
    { at: oldest.at, link },
  );
}

async function messages({ db, now, programmes, sends }: Look): Promise<Finding> {
  const { pending, overdue, failed, anyFailed } = await outboxState(db, {
    programmes,
    since: new Date(now.getTime() - 15 * minute),
  });
  const words = {
    en: `${n(pending)} on their way, ${n(failed)} failed.`,
    ar: `قيد الإرسال: ${n(pending)}، تعذّر إرسالها: ${n(failed)}.`,
  };
  const link = "/admin/resources/messages?filters.state=failed";
  if (overdue > 0 && sends) {
    const advice = {
      en: "Letters wait for longer than a quarter of an hour: see whether the mail server answers.",
      ar: "تنتظر رسائل منذ أكثر من ربع ساعة: تحقق من استجابة خادم البريد.",
    };
    return wanting("late", words, advice, { link: "/admin/resources/messages?filters.state=pending" });
  }
  if (anyFailed && failed === 0) {
    const advice = {
      en: "Letters about confidential cases failed; they are not counted. Those who handle them look with: diwan mail --as EMAIL.",
      ar: "تعذّر إرسال رسائل عن معاملات سرّية، وهي لا تُحتسب. يطّلع عليها معالجوها بالأمر: \u2066diwan mail --as EMAIL\u2069.",
    };
    return wanting("near", words, advice);
  }
  if (failed > 0) {
    const advice = {
      en: "See why they failed, mend the address, and send them again.",
      ar: "اطّلع على سبب الإخفاق وصحّح العنوان ثم أعد الإرسال.",
    };
    return wanting("near", words, advice, { link });
  }
  return well(words, { link: "/admin/resources/messages" });
}

async function mailServer({ sends }: Look): Promise<Finding> {
  if (sends) return well({ en: "Set up: letters leave.", ar: "مضبوط: تُرسل الرسائل." });
  return wanting(
    "off",
    { en: "None: letters are kept and can be read here.", ar: "غير مضبوط: تُحفظ الرسائل ويمكن قراءتها هنا." },
    { en: "Set SMTP_URL to let them leave.", ar: "اضبط المتغير SMTP_URL لكي تُرسل." },
    { link: "/admin/resources/messages" },
  );
}

async function virusScanner({ scanner, programmes, setupOf }: Look): Promise<Finding> {
  if (scanner === null) {
    return wanting(
      "off",
      { en: "None: files are checked, and not for viruses.", ar: "غير مضبوط: تُفحص الملفات، لكن ليس من الفيروسات." },
      { en: "Set CLAMD_SOCKET to where clamd listens.", ar: "اضبط المتغير CLAMD_SOCKET على موضع استماع clamd." },
    );
  }
  const state = await scanner.state();
  if (state.kind === "answers") {
    return well({ en: `It answers: ${state.version}.`, ar: `يستجيب: ${apart(state.version)}.` });
  }
  const setups = await Promise.all(programmes.map(setupOf));
  const taking = setups.filter(({ programme }) => programme.settings.takeUnscanned).map(({ programme }) => programme);
  const words =
    taking.length === 0
      ? { en: "It is away; files have to wait.", ar: "لا يستجيب؛ لا تُستلم الملفات في هذه الأثناء." }
      : {
          en: `It is away; files are taken unchecked in: ${taking.map(({ name }) => name.en).join(", ")}.`,
          ar: `لا يستجيب؛ تُستلم الملفات دون فحص في: ${taking.map(({ name }) => name.ar).join("، ")}.`,
        };
  const advice = {
    en: "Start clamd, and see whether this instance reaches it at CLAMD_SOCKET. Whether files are taken meanwhile is a setting of the programme.",
    ar: "شغّل clamd وتحقق من وصول النظام إليه على الموضع المضبوط في CLAMD_SOCKET. استلام الملفات في هذه الأثناء إعداد من إعدادات البرنامج.",
  };
  return wanting("late", words, advice, { at: state.since, link: "/admin/resources/programmes" });
}

async function seal({ db, now, seals }: Look): Promise<Finding> {
  const last = await newestSeal(db);
  const link = "/admin/pages/audit-verify";
  if (last !== null && now.getTime() - last.sealedAt.getTime() < 2 * day) {
    return well({ en: `Seal ${last.number}.`, ar: `الختم رقم ${last.number}.` }, { at: last.sealedAt, link });
  }
  const words =
    last === null
      ? { en: "Nothing is sealed yet.", ar: "لم يُختم شيء بعد." }
      : { en: `The last seal is number ${last.number}.`, ar: `آخر ختم رقمه ${last.number}.` };
  const advice = seals
    ? { en: "Run the job “Seal the record of the day”.", ar: "شغّل مهمة «ختم سجل اليوم»." }
    : { en: "Set SEAL_KEY: without it nothing is sealed.", ar: "اضبط المتغير SEAL_KEY؛ فبدونه لا يُختم شيء." };
  return wanting(last === null && seals ? "near" : "late", words, advice, { at: last?.sealedAt ?? null, link });
}

async function keys({ keys: listed, now }: Look): Promise<Finding> {
  const missing = (await listed(now)).filter(({ state, uses }) => state === "missing" && uses.some(lasts));
  if (missing.length === 0) return well({ en: "All that are needed are here.", ar: "جميع المفاتيح اللازمة موجودة." });
  const told = missing.map(
    ({ variable, id, fingerprint }) => `${variable} ${fingerprint === null ? "?" : `${id ?? ""}#${fingerprint}`}`,
  );
  return wanting(
    // Without a key of sessions people cannot sign in; one of seals is missed when the record is verified.
    missing.some(({ variable }) => variable === "SESSION_SECRET") ? "late" : "near",
    { en: `Missing here: ${told.join(", ")}.`, ar: `مفاتيح غير موجودة هنا: ${told.map(apart).join("، ")}.` },
    {
      en: "Add them behind the first key and restart; “diwan keys status” says what needs them. Where a key is lost, remove the second factors that it locked (People).",
      ar: "أضفها بعد المفتاح الأول وأعد التشغيل؛ والأمر \u2066diwan keys status\u2069 يبين ما يحتاج إليها. وإن فُقد مفتاح فأزل التحقق بخطوتين لمن حُفظ به (صفحة الأشخاص).",
    },
  );
}
/** Cookies are over by tomorrow, and anybody who has one signs in again. */
const lasts = ({ what }: ListedKey["uses"][number]): boolean => what !== "cookies";

async function rules({ db, now, programmes }: Look): Promise<Finding> {
  const faults = await ruleFaults(db, { programmes, since: new Date(now.getTime() - day), limit: 5 });
  if (faults.length === 0) return well({ en: "No fault in the last day.", ar: "لا أخطاء خلال اليوم الأخير." });
  const named = faults.map(
    ({ ruleSet, ruleId, cases }) => `${ruleSet}${ruleId === null ? "" : ` ${ruleId}`} (${cases})`,
  );
  return wanting(
    "late",
    { en: `Faults in the last day: ${named.join(", ")}.`, ar: `أخطاء خلال اليوم الأخير: ${named.join("، ")}.` },
    {
      en: "The safe default decided these cases: mend the rule and publish it.",
      ar: "عولجت هذه المعاملات بالقيمة الاحتياطية: صحّح القاعدة وانشرها.",
    },
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
  const words = {
    en: covers.map(({ name, until }) => `${name.en}: days are confirmed until ${until}.`).join(" "),
    ar: covers.map(({ name, until }) => `${name.ar}: الأيام مؤكدة حتى ${apart(until)}.`).join(" "),
  };
  const link = "/admin/pages/calendar";
  const worst = (["late", "near"] as const).find((state) => covers.some((cover) => cover.state === state));
  if (worst === undefined) return well(words, { link });
  return wanting(
    worst,
    words,
    { en: "Confirm or add the days that follow.", ar: "أكّد الأيام التالية أو أضفها." },
    { link },
  );
}

const checks: readonly {
  readonly id: string;
  readonly title: Bilingual;
  readonly look: (look: Look) => Promise<Finding>;
}[] = [
  { id: "database", title: { en: "Database", ar: "قاعدة البيانات" }, look: database },
  { id: "migrations", title: { en: "Migrations", ar: "ترحيلات قاعدة البيانات" }, look: migrations },
  { id: "clocks", title: { en: "Clocks", ar: "الساعات" }, look: clocks },
  { id: "bell", title: { en: "Scheduler", ar: "المجدول" }, look: schedulerTick },
  { id: "queue", title: { en: "Queue", ar: "طابور المهام" }, look: queue },
  { id: "enforcement", title: { en: "Enforcement of deadlines", ar: "تطبيق المواعيد" }, look: enforcement },
  { id: "messages", title: { en: "Messages", ar: "الرسائل" }, look: messages },
  { id: "mail-server", title: { en: "Mail server", ar: "خادم البريد" }, look: mailServer },
  { id: "virus-scanner", title: { en: "Virus scanner", ar: "فاحص الفيروسات" }, look: virusScanner },
  { id: "rules", title: { en: "Rules", ar: "القواعد" }, look: rules },
  { id: "seal", title: { en: "Seal of the record", ar: "ختم السجل" }, look: seal },
  { id: "keys", title: { en: "Keys", ar: "المفاتيح" }, look: keys },
  { id: "calendars", title: { en: "Calendars", ar: "التقاويم" }, look: calendars },
];

/** One check that cannot be made is a finding, and hides none of the others. */
async function made(look: Look, { id, title, look: ask }: (typeof checks)[number]): Promise<HealthCheck> {
  const {
    at = null,
    link = null,
    ...found
  } = await ask(look).catch((error: unknown) =>
    wanting(
      "late",
      { en: "This could not be checked.", ar: "تعذّر إجراء هذا الفحص." },
      { en: `What was said: ${errorWords(error)}`, ar: `ما ورد: ${errorWords(error)}` },
    ),
  );
  return { id, title, ...found, at: at?.toISOString() ?? null, link };
}

/** A service that answers with the state of the machinery. Problem forbidden. */
export function createHealthReport(parts: HealthParts): Health {
  return async ({ actor, now }) => {
    if (!can(actor, "health.read")) {
      throw new Problem("forbidden", {
        en: "The state of the system is for the operation room and auditors.",
        ar: "حالة النظام متاحة لغرفة العمليات والمدققين.",
      });
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
        { name: { en: "Diwan", ar: "ديوان" }, version: parts.versions.diwan },
        { name: { en: "Node.js", ar: "Node.js" }, version: parts.versions.node },
        { name: { en: "PostgreSQL", ar: "PostgreSQL" }, version },
      ],
    };
  };
}
