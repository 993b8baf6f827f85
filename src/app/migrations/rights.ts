/**
 * What the running role may do with each table: exactly what services do, and no more. Who serves requests cannot alter what
 * was received, decided, recorded or published, whatever a bug or an intruder has it say. A table without a line here is one
 * that the role cannot touch, and `privileges.test.ts` names it.
 */
import {
  ownColumns,
  type RowTable,
  rowTables,
  snakeCase,
  storedNames,
} from "../../engine/setup/tables/setup-registry.js";
import { changingCaseColumns, changingClockColumns } from "../../features/cases/stored-columns.js";
import { dayColumnNames } from "../../features/reports/rollups/day-columns.js";

export interface Rights {
  /** Left out: rows are read. */
  readonly read?: false;
  /** Columns that a new row may say; `all` of them. */
  readonly insert?: "all" | readonly string[];
  /** Columns that may be changed afterwards. */
  readonly update?: readonly string[];
  readonly delete?: true;
}

const words = (text: string): string[] => text.split(" ");

/** Added to, and never altered or removed: the record, what was received, what was decided. */
const appended: Rights = { insert: "all" };
/** Not `tx`: who could choose which transaction an event is of could keep it out of every seal. */
const eventColumns = words("seq at type actor data previous_hash hash");

/** A row of the set-up. Its code and its programme are what everything else names it by. */
const setUp = (table: RowTable): Rights => ({
  insert: "all",
  update: [
    ...words("name_ar name_en sort_order retired_at"),
    ...ownColumns(table).flatMap(([name, column]) => storedNames(name, column).map(snakeCase)),
  ],
  delete: true,
});

/** Long work: who is at it, and how it ended. */
const claimed = (more: string): readonly string[] =>
  words(`state started_at finished_at claimed_by claimed_until ${more}`);

export const rightsOfTables: Readonly<Record<string, Rights>> = {
  // The record, and what it vouches for.
  case_events: { insert: ["case_id", ...eventColumns] },
  audit_events: { insert: ["stream", ...eventColumns] },
  seals: appended,
  seal_entries: appended,
  applications: appended,
  decisions: appended,
  enforcements: appended,
  cases: { insert: "all", update: changingCaseColumns },
  clocks: { insert: "all", update: changingClockColumns },
  // A version's text and who wrote and approved it are said once, when it is added.
  configuration_versions: {
    insert: "all",
    update: words("status reason published_at published_by retired_at warnings_reason"),
  },
  instruction_acknowledgements: appended,
  instruction_reminders: appended,
  digest_runs: appended,

  // Beside cases.
  // Who somebody is stays as it was received; how they want to hear, and that the address is theirs, is said later.
  applicants: {
    insert: "all",
    update: words("sms_consent_at contact_by email_stopped_at email_proven_at phone_proven_at number_wrong_at"),
  },
  asked_links: { insert: "all", delete: true },
  case_links: { insert: "all", update: words("expires_at revoked_at revoked_by used"), delete: true },
  contact_proofs: { insert: "all", update: words("tries proven_at expires_at"), delete: true },
  case_texts: { insert: "all", update: ["lexemes"] },
  messages: {
    insert: "all",
    update: words(
      "state next_attempt_at attempts claimed_until message_id sent_at last_error wording_fault gathered_into delivered_at failed_at segments gateway_id limits_waived failing_since held_at lapsed_at",
    ),
  },
  sms_opt_outs: { insert: "all", update: words("at by"), delete: true },
  sms_counts: { insert: "all", update: words("messages segments"), delete: true },
  sms_callbacks: { insert: "all", delete: true },
  // A staged file is bound to a case once, or goes; otherwise it stays as it was checked.
  attachments: { insert: "all", update: words("case_id event_seq"), delete: true },
  attachment_places: { insert: "all", delete: true },
  case_acts: { insert: "all", delete: true },
  case_news: { insert: "all", update: words("holder entity sector items last_seq at read_to seen") },
  case_drafts: { insert: "all", update: words("fields version tab counter updated_at"), delete: true },
  case_presence: { insert: "all", update: words("writing since seen_at gone tx"), delete: true },
  act_drafts: { insert: "all", update: words("locked expires_at"), delete: true },
  application_drafts: {
    insert: "all",
    update: words("typed done reference locked_code expires_at"),
    delete: true,
  },
  idempotency_keys: { insert: "all", delete: true },
  calls: { insert: "all", update: words("ended_at case_id recognised_by outcome opens_until") },
  call_drafts: {
    insert: "all",
    update: words(
      "typed version found updated_at seconds active_at in_front told sought_phone typed_phone taken_by taken_token taken_at",
    ),
    delete: true,
  },
  saved_views: { insert: "all", update: words("name query opens_home"), delete: true },
  search_backlog: { read: false },
  suggestion_matters: { insert: "all", delete: true },
  suggestion_words: { insert: "all", delete: true },

  // Sums that are made of the record, and can be made again.
  rollups: { insert: "all", update: words("state from_tx as_of after_id"), delete: true },
  rollup_cases: {
    insert: "all",
    update: words("confidential entity service type pillar importance channel governorate"),
    delete: true,
  },
  rollup_facts: { insert: "all", delete: true },
  rollup_days: { insert: "all", update: dayColumnNames, delete: true },
  rollup_parts: { insert: "all", update: words("n total"), delete: true },
  rollup_later: { insert: "all", update: ["at"], delete: true },
  own_kpi_alerts: {
    insert: "all",
    update: words("scope kpi condition value unit periods least set_at"),
    delete: true,
  },
  kpi_alert_states: { insert: "all", update: words("asked judged_to running") },
  kpi_alert_events: { insert: "all", update: ["ended"] },

  // The contact centre.
  call_backs: {
    insert: "all",
    update: words(
      "ready_at due_at promised_at wished_at note first_tried_at tries state outcome claimed_by claimed_at claimed_until done_at done_by",
    ),
  },
  call_back_tries: appended,
  survey_answers: appended,

  // Long work.
  bulk_runs: { insert: "all", update: claimed("told_at"), delete: true },
  bulk_items: { insert: "all", update: words("state told reason at") },
  exports: { insert: "all", update: claimed("rows bytes expires_at failure"), delete: true },
  workflow_migrations: { insert: "all", update: claimed("moved stayed reached failure confirmed_by") },
  case_moves: { insert: "all", update: claimed("moved failure") },
  recalculations: { insert: "all", delete: true },
  case_move_failures: { insert: "all", update: words("reason at"), delete: true },
  hand_overs: { insert: "all", update: words("reason finished_at cases"), delete: true },
  replay_runs: { insert: "all", update: claimed("after_id tally failure"), delete: true },
  // A trigger takes them along with their run, as the one who removes that.
  replay_changes: { insert: "all", delete: true },
  replay_bundles: appended,

  // The set-up, and drafts of it and of policy.
  configuration_revision: { update: ["revision"] },
  programmes: {
    insert: "all",
    update: words("name_ar name_en time_zone default_language calendar settings sort_order"),
  },
  ...Object.fromEntries(rowTables.map((table) => [table, setUp(table)])),
  instruction_files: { insert: "all", delete: true },
  policy_drafts: {
    insert: "all",
    update: words(
      "state revision title authors saved_at saved_by reason warnings_reason warnings_seen submitted_at submitted_by note returned_at returned_by closed_at closed_by change_set_id",
    ),
  },
  policy_changes: { insert: "all", update: words("definition based_on open") },
  setup_changes: { insert: "all", update: words("code edit words formerly open"), delete: true },

  // People, and how they sign in.
  users: { insert: "all", update: words("name language programme password_hash disabled_at") },
  seats: {
    insert: "all",
    update: words("title_ar title_en entity sector retired_at letters letters_by letters_at office_of"),
  },
  duty_days: { insert: "all", delete: true },
  seat_holders: { insert: "all", update: ["held_to"] },
  channel_keys: { insert: "all", update: ["revoked_at"] },
  channel_key_uses: { insert: "all", update: ["used_on"] },
  sessions: { insert: words("sid sess expire"), update: words("sess expire seen_at"), delete: true },
  session_epochs: { insert: "all", update: ["epoch"] },
  account_links: { insert: "all", update: words("used_at voided_at"), delete: true },
  sign_in_failures: { insert: "all", update: words("tries until"), delete: true },
  second_factors: { insert: "all", update: words("secret key created_at confirmed_at last_step"), delete: true },
  recovery_codes: { insert: "all", update: ["used_at"], delete: true },

  // The machinery.
  jobs: {
    insert: words("name cron time_zone"),
    update: words(
      "cron time_zone enabled last_slot last_started_at last_finished_at last_duration_ms last_error last_result",
    ),
  },
  cookie_keys: { insert: "all", update: words("first_at last_at") },
  wrong_clocks: {
    insert: "all",
    update: words("machine_at database_at seen_at since righted_at told_at"),
    delete: true,
  },
  held_sweeps: {
    insert: "all",
    update: words(
      "as_of database_at cases open_cases most letters escalated oldest_due_at released_at released_by reason released_until ended_at",
    ),
  },
  checkpoints: { insert: "all", update: words("position updated_at") },
  schema_migrations: {},
};

/** The queue's own tables: what pg-boss does at run time. It makes no queue then, and keeps no schedule. */
export const rightsOfQueue: Readonly<Record<string, Rights>> = {
  job: {
    insert: "all",
    update: words("state started_on retry_count completed_on output"),
    delete: true,
  },
  archive: { insert: "all", delete: true },
  queue: {},
  version: { update: words("maintained_on monitored_on") },
};

/** Sequences from which services take numbers themselves; those of identity columns need no right. */
export const sequences: readonly string[] = ["case_ids"];
