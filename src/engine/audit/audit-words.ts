/** What a change of configuration, people, permissions or machinery says to a person. */

import { setNames } from "../explain/explain-decision.js";
import { isJobName, jobOf } from "../jobs/job-definitions.js";
import type { RuleSetName } from "../rules/rule-set.js";
import { columnName } from "../setup/column-names.js";
import {
  declarationOf,
  inSentence,
  type SetupTableName,
  setupRegistry,
  setupTableNames,
} from "../setup/tables/setup-registry.js";
import { ownTable } from "../text/inherited-names.js";
import { filled, msg, type Pattern, pattern } from "../text/msg.js";
import { apart, type Bilingual, inLanguage, perLanguage } from "../text/text.js";
import type { AuditType } from "./audit-types.js";

/** What the fields of a recorded change are called: as the forms call them that write it. */
type Labels = Readonly<Record<string, Bilingual>>;

/** By what the type of an event begins with. */
const labelsByPart: Readonly<Record<string, Labels>> = ownTable<Labels>({
  user: {
    name: msg("people.usersResource.name"),
    email: msg("people.usersResource.eMail"),
    language: msg("people.usersResource.language"),
  },
  seat: {
    ar: msg("people.seatForm.titleAr"),
    en: msg("people.seatForm.titleEn"),
    entity: msg("people.seatForm.entity"),
    sector: msg("people.seatForm.sector"),
    letters: msg("people.seatsResource.letters"),
  },
  job: {
    cron: msg("operations.jobsResource.cronExpression"),
    timeZone: msg("operations.jobsResource.timeZone"),
    enabled: msg("operations.jobsResource.switchedOn"),
  },
});

const isTable = (table: unknown): table is SetupTableName =>
  typeof table === "string" && Object.hasOwn(setupRegistry, table);

function columnLabel(table: SetupTableName, field: string): Bilingual | null {
  const column = Object.entries(declarationOf(table).columns).find(([name]) => name === field)?.[1];
  if (column !== undefined) return column.label;
  const name = columnName(field);
  // What has no name is shown as it is recorded.
  return name.ar === field ? null : { en: name.en.charAt(0).toUpperCase() + name.en.slice(1), ar: name.ar };
}

/** Null: nothing names it, and it is shown as it is recorded. */
export function changedField(type: string, table: unknown, field: string): Bilingual | null {
  const [part = ""] = type.split(".");
  if (part === "setup" && isTable(table)) return columnLabel(table, field);
  const labels = labelsByPart[part];
  return labels !== undefined && Object.hasOwn(labels, field) ? (labels[field] ?? null) : null;
}

export interface AuditFact {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Name of the account it tells of, if it tells of one. */
  readonly person: string | null;
  /** What the version that it tells of calls itself, where it has a name for people. */
  readonly called?: Bilingual | null;
}

export interface AuditChange {
  /** As it is recorded. */
  readonly field: string;
  /** As the form calls it; null: it has no name for people. */
  readonly label: Bilingual | null;
  readonly from: string | null;
  readonly to: string | null;
}

type Data = AuditFact["data"];
type Sayer = (data: Data, person: string, called: Bilingual | null) => Bilingual;

const textOf = (value: unknown): string =>
  value === null || value === undefined ? "—" : typeof value === "object" ? JSON.stringify(value) : String(value);
/** A number of what was recorded; 0 where none was. */
const counted = (value: unknown): number => (Number.isFinite(Number(value)) ? Number(value) : 0);
const of = (data: Data, ...names: string[]): string => {
  const found = names.map((name) => data[name]).find((value) => value !== undefined && value !== null);
  return apart(textOf(found));
};

/** Sentences about one thing that is named by a field of the data. */
const thing =
  (sentence: Pattern<{ name: string }>, ...names: string[]): Sayer =>
  (data) =>
    filled(sentence, { name: of(data, ...names) });
/** A name in both languages, as it was recorded; null where only a code was. */
function bilingualOf(value: unknown): Bilingual | null {
  const { ar, en } = record(value);
  return typeof ar === "string" && typeof en === "string" ? { ar: apart(ar), en: apart(en) } : null;
}
const job =
  (sentence: Pattern<{ name: Bilingual }>): Sayer =>
  (data) => {
    const name = textOf(data.job);
    return filled(sentence, { name: isJobName(name) ? jobOf[name].title : { ar: apart(name), en: apart(name) } });
  };
const somebody =
  (sentence: Pattern<{ name: string }>): Sayer =>
  (_, name) =>
    filled(sentence, { name });

const kinds: Readonly<Record<string, Bilingual>> = {
  rules: msg("audit.auditWords.kindsRules"),
  workflow: msg("audit.auditWords.kindsWorkflow"),
  calendar: msg("audit.auditWords.kindsCalendar"),
  message: msg("audit.auditWords.kindsMessage"),
  digest: msg("audit.auditWords.kindsDigest"),
};

/** Tables of the set-up, as lists of them are headed. */
const tables: Readonly<Record<string, Bilingual>> = Object.fromEntries(
  setupTableNames.map((table) => [table, inSentence(declarationOf(table).many)]),
);

/** By what somebody looked for an applicant. */
const soughtBy: Readonly<Record<string, Bilingual>> = {
  name: msg("audit.auditWords.soughtByName"),
  phone: msg("audit.auditWords.soughtByPhone"),
  email: msg("audit.auditWords.soughtByEmail"),
  nationalNumber: msg("audit.auditWords.soughtByNationalNumber"),
};

const sought: Sayer = (data) => {
  const by = soughtBy[String(data.by)] ?? { en: of(data, "by"), ar: of(data, "by") };
  const found = Array.isArray(data.found) ? data.found.length : 0;
  return msg("audit.auditWords.lookedForAnApplicantBy", { by, data: of(data, "sought"), found });
};

/** What was done to one row of a table. */
const row =
  (sentence: Pattern<{ table: Bilingual; code: string }>): Sayer =>
  (data) => {
    const other = of(data, "table");
    return filled(sentence, {
      table: tables[String(data.table)] ?? { en: other, ar: other },
      code: of(data, "code"),
    });
  };

/** What of the policy it is about: “workflow Complaint”. */
function policyWords(data: Data, called: Bilingual | null): Bilingual {
  const kind = kinds[String(data.kind)] ?? { en: textOf(data.kind), ar: textOf(data.kind) };
  const code = textOf(data.name);
  const name = (data.kind === "rules" && setNames[String(data.name) as RuleSetName]) ||
    called || { en: code, ar: code };
  // Many a workflow is called “workflow of …” already.
  const what = (word: string, named: string) => (named.startsWith(word) ? apart(named) : `${word} ${apart(named)}`);
  return perLanguage((language) => what(inLanguage(kind, language), inLanguage(name, language)));
}

const version =
  (act: Bilingual): Sayer =>
  (data, _, called) => {
    const what = policyWords(data, called);
    const number = textOf(data.version);
    return msg("audit.auditWords.version", { act, what, number });
  };

const draft =
  (act: Bilingual): Sayer =>
  (data, _, called) =>
    msg("audit.auditWords.draft", { act, what: policyWords(data, called) });

const seat =
  (sentence: Pattern<{ who: string; seat: string }>): Sayer =>
  (data, who) =>
    filled(sentence, { who, seat: of(data, "seat", "code") });

const said: Readonly<Record<AuditType, Sayer>> = {
  "configuration.published": version(msg("audit.auditWords.saidConfigurationPublished")),
  "configuration.retired": version(msg("audit.auditWords.saidConfigurationRetired")),
  "configuration.drafted": version(msg("audit.auditWords.saidConfigurationDrafted")),
  "configuration.opened": draft(msg("audit.auditWords.saidConfigurationOpened")),
  "configuration.discarded": draft(msg("audit.auditWords.saidConfigurationDiscarded")),
  "configuration.submitted": draft(msg("audit.auditWords.saidConfigurationSubmitted")),
  "configuration.taken-back": draft(msg("audit.auditWords.saidConfigurationTakenBack")),
  "configuration.sent-back": draft(msg("audit.auditWords.saidConfigurationSentBack")),
  "configuration.into-set": draft(msg("audit.auditWords.saidConfigurationIntoSet")),
  "change-set.opened": thing(pattern("audit.auditWords.saidChangeSetOpened"), "title"),
  "change-set.discarded": thing(pattern("audit.auditWords.saidChangeSetDiscarded"), "title"),
  "change-set.submitted": thing(pattern("audit.auditWords.saidChangeSetSubmitted"), "title"),
  "change-set.taken-back": thing(pattern("audit.auditWords.saidChangeSetTakenBack"), "title"),
  "change-set.sent-back": thing(pattern("audit.auditWords.saidChangeSetSentBack"), "title"),
  "change-set.published": thing(pattern("audit.auditWords.saidChangeSetPublished"), "title"),
  "setup.seeded": thing(pattern("audit.auditWords.saidSetupSeeded"), "programme"),
  "setup.created": row(pattern("audit.auditWords.saidSetupCreated")),
  "setup.changed": row(pattern("audit.auditWords.saidSetupChanged")),
  "setup.removed": row(pattern("audit.auditWords.saidSetupRemoved")),
  "setup.retired": row(pattern("audit.auditWords.saidSetupRetired")),
  "setup.restored": row(pattern("audit.auditWords.saidSetupRestored")),
  "users.seeded": (data) => {
    const count = Array.isArray(data.users) ? data.users.length : 0;
    return msg("audit.auditWords.accountsLoadedFromFiles", { count });
  },
  "seats.seeded": (data) => {
    const count = Array.isArray(data.seats) ? data.seats.length : 0;
    return msg("audit.auditWords.seatsLoadedFromFiles", { count });
  },
  "user.created": somebody(pattern("audit.auditWords.saidUserCreated")),
  "user.edited": somebody(pattern("audit.auditWords.saidUserEdited")),
  "user.language-set": somebody(pattern("audit.auditWords.saidUserLanguageSet")),
  "account.signed-in": somebody(pattern("audit.auditWords.saidAccountSignedIn")),
  "account.sessions-ended": somebody(pattern("audit.auditWords.saidAccountSessionsEnded")),
  "account.signed-out": somebody(pattern("audit.auditWords.saidAccountSignedOut")),
  "account.sign-in-failed": somebody(pattern("audit.auditWords.saidAccountSignInFailed")),
  "account.throttled": (data, person) =>
    data.userId === undefined
      ? msg("audit.auditWords.tooManyAttemptsToSign")
      : msg("audit.auditWords.tooManyAttemptsOnThe", { person }),
  "account.link-sent": somebody(pattern("audit.auditWords.saidAccountLinkSent")),
  "account.link-used": somebody(pattern("audit.auditWords.saidAccountLinkUsed")),
  "account.second-factor-added": somebody(pattern("audit.auditWords.saidAccountSecondFactorAdded")),
  "account.second-factor-removed": somebody(pattern("audit.auditWords.saidAccountSecondFactorRemoved")),
  "account.recovery-code-used": somebody(pattern("audit.auditWords.saidAccountRecoveryCodeUsed")),
  "account.recovery-codes-renewed": somebody(pattern("audit.auditWords.saidAccountRecoveryCodesRenewed")),
  "user.disabled": somebody(pattern("audit.auditWords.saidUserDisabled")),
  "user.enabled": somebody(pattern("audit.auditWords.saidUserEnabled")),
  "user.password-set": somebody(pattern("audit.auditWords.saidUserPasswordSet")),
  "seat.held": seat(pattern("audit.auditWords.saidSeatHeld")),
  "seat.created": seat(pattern("audit.auditWords.saidSeatCreated")),
  "seat.moved": seat(pattern("audit.auditWords.saidSeatMoved")),
  "seat.office-set": seat(pattern("audit.auditWords.saidSeatOffice")),
  "seat.renamed": seat(pattern("audit.auditWords.saidSeatRenamed")),
  "seat.retired": seat(pattern("audit.auditWords.saidSeatRetired")),
  "seat.extended": seat(pattern("audit.auditWords.saidSeatExtended")),
  "seat.left": seat(pattern("audit.auditWords.saidSeatLeft")),
  "seat.letters-chosen": seat(pattern("audit.auditWords.saidSeatLettersChosen")),
  "duty.added": seat(pattern("audit.auditWords.saidDutyAdded")),
  "duty.removed": seat(pattern("audit.auditWords.saidDutyRemoved")),
  "key.issued": (data) =>
    msg("audit.auditWords.keyIssuedForChannel", { data: of(data, "label"), data2: of(data, "channel") }),
  "key.revoked": (data) =>
    msg("audit.auditWords.keyOfChannelRevoked", { data: of(data, "label"), data2: of(data, "channel") }),
  "applicant.sought": sought,
  "call.taken-over": (data, person) => msg("audit.auditWords.saidCallTakenOver", { person, phone: of(data, "phone") }),
  "message.resent": thing(pattern("audit.auditWords.saidMessageResent"), "messageId"),
  "message.tested": thing(pattern("audit.auditWords.saidMessageTested"), "name"),
  "job.edited": job(pattern("audit.auditWords.saidJobEdited")),
  "bulk.started": (data) =>
    msg("audit.auditWords.carriedOutOnCasesAt", {
      data: bilingualOf(data.actionName) ?? of(data, "action"),
      cases: counted(data.cases),
    }),
  "workflow.migration-started": (data) =>
    msg("audit.auditWords.casesOfTheWorkflowMoved", {
      cases: counted(data.cases),
      data: of(data, "workflow"),
      version: textOf(data.version),
      data2: of(data, "reason"),
    }),
  "workflow.migration-confirmed": (data) =>
    msg("audit.auditWords.moveConfirmed", {
      data: of(data, "workflow"),
      version: textOf(data.version),
      askedBy: textOf(data.askedBy),
    }),
  "workflow.migration-cancelled": (data) =>
    msg("audit.auditWords.moveOfCasesOfThe", { data: of(data, "workflow"), version: textOf(data.version) }),
  "export.made": (data) =>
    msg("audit.auditWords.casesExported", {
      rows: counted(data.rows),
      format: textOf(data.format),
      personalReason:
        data.personalReason === undefined
          ? ""
          : msg("audit.auditWords.withPersonalData", { data: of(data, "personalReason") }),
    }),
  "export.fetched": (data) => msg("audit.auditWords.aFileWithCasesDownloaded", { rows: counted(data.rows) }),
  "instruction.acknowledged": (data) =>
    msg("audit.auditWords.theEntityAcknowledgedTheInstruction", { data: of(data, "entity"), data2: of(data, "code") }),
  "instruction.reminded": (data) =>
    msg("audit.auditWords.entitiesRemindedOfTheInstruction", {
      entities: counted(data.entities),
      data: of(data, "code"),
    }),
  "sweep.held": (data) =>
    msg("audit.auditWords.theSweepOfDeadlinesHolds", {
      cases: counted(data.cases),
      openCases: counted(data.openCases),
    }),
  "sweep.released": (data) =>
    msg("audit.auditWords.heldSweepOfCasesReleased", { cases: counted(data.cases), data: of(data, "reason") }),
  "sweep.resumed": (data) => msg("audit.auditWords.theHeldSweepOfCases", { cases: counted(data.cases) }),
  "job.asked": job(pattern("audit.auditWords.saidJobAsked")),
};

/** One sentence: what was done to what. Of a type without a sentence: its name and what it names. */
export function auditSentence({ type, data, person, called = null }: AuditFact): Bilingual {
  const who = apart(person ?? textOf(data.email ?? data.name ?? data.userId));
  if (Object.hasOwn(said, type)) return said[type as AuditType](data, who, called);
  const subject = person === null ? of(data, "code", "seat", "name", "email", "programme") : who;
  return { en: `${apart(type)}: ${subject}`, ar: `${apart(type)}: ${subject}` };
}

const record = (value: unknown): Data =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Data) : {};

/**
 * From what to what, field by field, of data that says so: `{from: {a}, to: {a}}`, `{before, after}`, `{changes: [{field, from, to}]}` or
 * `{changes: {a: {from, to}}}` (also `[from, to]`).
 */
export function auditChanges({ type, data }: Pick<AuditFact, "type" | "data">): AuditChange[] {
  const shown = (value: unknown): string | null => (value === undefined || value === null ? null : textOf(value));
  const change = (field: string, from: unknown, to: unknown): AuditChange => ({
    field,
    label: changedField(type, data.table, field),
    from: shown(from),
    to: shown(to),
  });
  const said = data.changes ?? data.changed;
  if (Array.isArray(said)) {
    return said
      .map(record)
      .flatMap((one) => (typeof one.field === "string" ? [change(one.field, one.from, one.to)] : []));
  }
  const listed = record(said);
  if (Object.keys(listed).length > 0) {
    return Object.entries(listed).map(([field, one]) => {
      const [from, to] = Array.isArray(one) ? one : [record(one).from, record(one).to];
      return change(field, from, to);
    });
  }
  const [from, to] = [record(data.from ?? data.before), record(data.to ?? data.after)];
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  return names
    .filter((field) => JSON.stringify(from[field]) !== JSON.stringify(to[field]))
    .map((field) => change(field, from[field], to[field]));
}
