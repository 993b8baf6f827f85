/** What a file of cases can tell: one table, with what each column shows and who may ask for it. */

import { type Actor, can } from "../../../engine/access/permissions.js";
import type { Named } from "../../../engine/search/case-search.js";
import type { PersonalData } from "../../../engine/text/mask-personal.js";
import { msg } from "../../../engine/text/msg.js";
import { type Bilingual, inLanguage, type Language } from "../../../engine/text/text.js";
import type { StateKind } from "../../../engine/workflow/workflow-definition.js";

/** A case as the file knows it. */
export interface ExportedCase {
  readonly reference: string;
  readonly programme: Named;
  readonly type: Named;
  readonly channel: Named;
  readonly state: Named & { readonly kind: StateKind };
  readonly subject: string;
  readonly description: string | null;
  readonly sector: Named | null;
  readonly entity: Named | null;
  readonly service: Named | null;
  readonly governorate: Named | null;
  readonly category: Named | null;
  readonly pillar: Named | null;
  readonly importance: Named | null;
  readonly confidential: boolean;
  readonly escalationLevel: number;
  readonly assignee: string | null;
  readonly receivedAt: Date;
  readonly dueAt: Date | null;
  readonly late: boolean | null;
  readonly firstResponseAt: Date | null;
  readonly resolvedAt: Date | null;
  readonly closedAt: Date | null;
  /** Working time from receipt to the answer, in seconds. */
  readonly workingSeconds: number | null;
  readonly transfers: number;
  readonly reopened: number;
  readonly rating: number | null;
  /** An agent of the contact centre took it down; else the applicant gave it on the web. */
  readonly ratedByPhone: boolean;
  readonly repeats: boolean;
  /** Null: it repeats none, or one that is not for whoever asks. */
  readonly duplicateOf: string | null;
  readonly answer: string | null;
  /** Null: none, or not for whoever asks. */
  readonly applicant: PersonalData | null;
}

/** `duration` is a number of seconds. */
export type CellKind = "text" | "number" | "moment" | "duration";
export type Cell = string | number | Date | null;

export interface ExportColumn {
  readonly code: string;
  readonly label: Bilingual;
  readonly kind: CellKind;
  /** Characters that it is wide. */
  readonly width: number;
  /** Asked for unless somebody says otherwise. */
  readonly usual: boolean;
  /** Says who the applicant is. */
  readonly personal: boolean;
  readonly of: (row: ExportedCase, language: Language) => Cell;
}

type Options = Partial<Pick<ExportColumn, "kind" | "width" | "usual" | "personal">>;

function column(code: string, label: Bilingual, of: ExportColumn["of"], options: Options = {}): ExportColumn {
  const { kind = "text", width = 18, usual = true, personal = false } = options;
  return { code, label, kind, width, usual, personal, of };
}

const name =
  (pick: (row: ExportedCase) => Named | null): ExportColumn["of"] =>
  (row, language) =>
    inLanguage(pick(row)?.name, language) ?? null;
const yesNo = (value: boolean | null, language: Language): string | null =>
  value === null
    ? null
    : inLanguage(value ? msg("cases-export.exportColumns.yes") : msg("cases-export.exportColumns.no"), language);

const repeated = ({ repeats }: ExportedCase, language: Language): string | null =>
  repeats ? inLanguage(msg("cases-export.exportColumns.anotherCase"), language) : null;

const ratingBy = ({ rating, ratedByPhone }: ExportedCase, language: Language): string | null =>
  rating === null
    ? null
    : inLanguage(
        ratedByPhone ? msg("cases-export.exportColumns.byPhone") : msg("cases-export.exportColumns.byWeb"),
        language,
      );

const moment: Options = { kind: "moment", width: 18 };
const number: Options = { kind: "number", width: 10 };
const more: Options = { usual: false };
const personal: Options = { personal: true, usual: false, width: 24 };

/** In the order in which they stand in the file. */
export const exportColumns: readonly ExportColumn[] = [
  column("reference", msg("cases-export.exportColumns.reference"), (row) => row.reference, { width: 15 }),
  column(
    "programme",
    msg("cases-export.exportColumns.programme"),
    name((row) => row.programme),
    more,
  ),
  column(
    "type",
    msg("cases-export.exportColumns.type"),
    name((row) => row.type),
    { width: 12 },
  ),
  column("subject", msg("cases-export.exportColumns.subject"), (row) => row.subject, { width: 44 }),
  column("description", msg("cases-export.exportColumns.whatTheApplicantWrote"), (row) => row.description, {
    usual: false,
    width: 60,
  }),
  column(
    "state",
    msg("cases-export.exportColumns.state"),
    name((row) => row.state),
  ),
  column(
    "sector",
    msg("cases-export.exportColumns.sector"),
    name((row) => row.sector),
  ),
  column(
    "entity",
    msg("cases-export.exportColumns.entity"),
    name((row) => row.entity),
    { width: 32 },
  ),
  column(
    "service",
    msg("cases-export.exportColumns.service"),
    name((row) => row.service),
    { usual: false, width: 28 },
  ),
  column(
    "pillar",
    msg("cases-export.exportColumns.pillar"),
    name((row) => row.pillar),
    { width: 22 },
  ),
  column(
    "importance",
    msg("cases-export.exportColumns.importance"),
    name((row) => row.importance),
    { width: 13 },
  ),
  column(
    "channel",
    msg("cases-export.exportColumns.channel"),
    name((row) => row.channel),
    more,
  ),
  column(
    "governorate",
    msg("cases-export.exportColumns.governorate"),
    name((row) => row.governorate),
    more,
  ),
  column(
    "category",
    msg("cases-export.exportColumns.categoryOfTheApplicant"),
    name((row) => row.category),
    more,
  ),
  column("assignee", msg("cases-export.exportColumns.takenBy"), (row) => row.assignee, { width: 22 }),
  column("receivedAt", msg("cases-export.exportColumns.received"), (row) => row.receivedAt, moment),
  column("dueAt", msg("cases-export.exportColumns.due"), (row) => row.dueAt, moment),
  column("late", msg("cases-export.exportColumns.late"), (row, language) => yesNo(row.late, language), { width: 9 }),
  column("firstResponseAt", msg("cases-export.exportColumns.firstResponse"), (row) => row.firstResponseAt, {
    ...moment,
    usual: false,
  }),
  column("resolvedAt", msg("cases-export.exportColumns.answered"), (row) => row.resolvedAt, moment),
  column("closedAt", msg("cases-export.exportColumns.closed"), (row) => row.closedAt, { ...moment, usual: false }),
  column("workingTime", msg("cases-export.exportColumns.workingTimeToTheAnswer"), (row) => row.workingSeconds, {
    kind: "duration",
    width: 16,
  }),
  column("escalation", msg("cases-export.exportColumns.levelOfEscalation"), (row) => row.escalationLevel, number),
  column("transfers", msg("cases-export.exportColumns.transfers"), (row) => row.transfers, { ...number, usual: false }),
  column("reopened", msg("cases-export.exportColumns.reopened"), (row) => row.reopened, { ...number, usual: false }),
  column("rating", msg("cases-export.exportColumns.rating"), (row) => row.rating, number),
  column("ratingBy", msg("cases-export.exportColumns.ratingBy"), ratingBy, { width: 12 }),
  column(
    "duplicateOf",
    msg("cases-export.exportColumns.repeats"),
    (row, language) => row.duplicateOf ?? repeated(row, language),
    {
      usual: false,
      width: 15,
    },
  ),
  column(
    "confidential",
    msg("cases-export.exportColumns.confidential"),
    (row, language) => yesNo(row.confidential, language),
    more,
  ),
  column("answer", msg("cases-export.exportColumns.lastAnswer"), (row) => row.answer, { usual: false, width: 60 }),
  column("applicantName", msg("cases-export.exportColumns.applicant"), (row) => row.applicant?.name ?? null, personal),
  column(
    "nationalNumber",
    msg("cases-export.exportColumns.nationalNumber"),
    (row) => row.applicant?.nationalNumber ?? null,
    personal,
  ),
  column("phone", msg("cases-export.exportColumns.telephone"), (row) => row.applicant?.phone ?? null, personal),
  column("email", msg("cases-export.exportColumns.eMail"), (row) => row.applicant?.email ?? null, personal),
];

/** Whether some seat of the actor reads personal data; of which cases is asked case by case. */
function mayAskPersonal(actor: Actor): boolean {
  if (actor.kind !== "user") return false;
  return actor.seats.some(({ programme, entity, sector }) =>
    can(actor, "personal.read", { programme, entity, sector }),
  );
}

/** The columns that the actor may ask for. */
export function columnsFor(actor: Actor): readonly ExportColumn[] {
  const personalToo = mayAskPersonal(actor);
  return exportColumns.filter((one) => personalToo || !one.personal);
}
