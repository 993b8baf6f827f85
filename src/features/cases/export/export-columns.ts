/** What a file of cases can tell: one table, with what each column shows and who may ask for it. */

import { type Actor, can } from "../../../engine/access/permissions.js";
import type { Named } from "../../../engine/search/case-search.js";
import type { PersonalData } from "../../../engine/text/mask-personal.js";
import type { Bilingual, Language } from "../../../engine/text/text.js";
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

function column(code: string, en: string, ar: string, of: ExportColumn["of"], options: Options = {}): ExportColumn {
  const { kind = "text", width = 18, usual = true, personal = false } = options;
  return { code, label: { en, ar }, kind, width, usual, personal, of };
}

const name =
  (pick: (row: ExportedCase) => Named | null): ExportColumn["of"] =>
  (row, language) =>
    pick(row)?.name[language] ?? null;
const yesNo = (value: boolean | null, language: Language): string | null =>
  value === null ? null : language === "ar" ? (value ? "نعم" : "لا") : value ? "Yes" : "No";

const repeated = ({ repeats }: ExportedCase, language: Language): string | null =>
  repeats ? (language === "ar" ? "معاملة أخرى" : "another case") : null;

const moment: Options = { kind: "moment", width: 18 };
const number: Options = { kind: "number", width: 10 };
const more: Options = { usual: false };
const personal: Options = { personal: true, usual: false, width: 24 };

/** In the order in which they stand in the file. */
export const exportColumns: readonly ExportColumn[] = [
  column("reference", "Reference", "رقم المعاملة", (row) => row.reference, { width: 15 }),
  column(
    "programme",
    "Programme",
    "البرنامج",
    name((row) => row.programme),
    more,
  ),
  column(
    "type",
    "Type",
    "النوع",
    name((row) => row.type),
    { width: 12 },
  ),
  column("subject", "Subject", "الموضوع", (row) => row.subject, { width: 44 }),
  column("description", "What the applicant wrote", "نص الطلب", (row) => row.description, { usual: false, width: 60 }),
  column(
    "state",
    "State",
    "الحالة",
    name((row) => row.state),
  ),
  column(
    "sector",
    "Sector",
    "القطاع",
    name((row) => row.sector),
  ),
  column(
    "entity",
    "Entity",
    "الجهة",
    name((row) => row.entity),
    { width: 32 },
  ),
  column(
    "service",
    "Service",
    "الخدمة",
    name((row) => row.service),
    { usual: false, width: 28 },
  ),
  column(
    "pillar",
    "Pillar",
    "المحور",
    name((row) => row.pillar),
    { width: 22 },
  ),
  column(
    "importance",
    "Importance",
    "مستوى الأهمية",
    name((row) => row.importance),
    { width: 13 },
  ),
  column(
    "channel",
    "Channel",
    "القناة",
    name((row) => row.channel),
    more,
  ),
  column(
    "governorate",
    "Governorate",
    "المحافظة",
    name((row) => row.governorate),
    more,
  ),
  column(
    "category",
    "Category of the applicant",
    "فئة مقدم الطلب",
    name((row) => row.category),
    more,
  ),
  column("assignee", "Taken by", "تولّاها", (row) => row.assignee, { width: 22 }),
  column("receivedAt", "Received", "تاريخ الورود", (row) => row.receivedAt, moment),
  column("dueAt", "Due", "الموعد", (row) => row.dueAt, moment),
  column("late", "Late", "متأخرة", (row, language) => yesNo(row.late, language), { width: 9 }),
  column("firstResponseAt", "First response", "أول استجابة", (row) => row.firstResponseAt, { ...moment, usual: false }),
  column("resolvedAt", "Answered", "تاريخ الرد", (row) => row.resolvedAt, moment),
  column("closedAt", "Closed", "تاريخ الإغلاق", (row) => row.closedAt, { ...moment, usual: false }),
  column("workingTime", "Working time to the answer", "زمن الرد بساعات العمل", (row) => row.workingSeconds, {
    kind: "duration",
    width: 16,
  }),
  column("escalation", "Level of escalation", "درجة التصعيد", (row) => row.escalationLevel, number),
  column("transfers", "Transfers", "مرات التحويل", (row) => row.transfers, { ...number, usual: false }),
  column("reopened", "Reopened", "مرات إعادة الفتح", (row) => row.reopened, { ...number, usual: false }),
  column("rating", "Rating", "التقييم", (row) => row.rating, number),
  column("duplicateOf", "Repeats", "مكررة عن", (row, language) => row.duplicateOf ?? repeated(row, language), {
    usual: false,
    width: 15,
  }),
  column("confidential", "Confidential", "سرّية", (row, language) => yesNo(row.confidential, language), more),
  column("answer", "Last answer", "آخر رد", (row) => row.answer, { usual: false, width: 60 }),
  column("applicantName", "Applicant", "مقدم الطلب", (row) => row.applicant?.name ?? null, personal),
  column("nationalNumber", "National number", "الرقم الوطني", (row) => row.applicant?.nationalNumber ?? null, personal),
  column("phone", "Telephone", "الهاتف", (row) => row.applicant?.phone ?? null, personal),
  column("email", "E-mail", "البريد الإلكتروني", (row) => row.applicant?.email ?? null, personal),
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
