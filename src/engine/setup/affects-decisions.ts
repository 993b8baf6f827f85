/**
 * Which edits of the set-up change what is decided: who answers, who hears of delays, what rules can find. Where a programme
 * wants a second person for policy, these take one as well; a name, an address or a text does not.
 */

/** An edit of one row, with values by the columns of its form. */
export interface EditedRow {
  readonly act: "create" | "update" | "retire" | "restore" | "remove" | "merge";
  readonly table: string;
  readonly values?: Readonly<Record<string, unknown>>;
  /** What stood in these columns. */
  readonly before?: Readonly<Record<string, unknown>>;
}

/** Read by people, in every table. */
const words = ["code", "nameAr", "nameEn", "sortOrder"];

/** Columns of each table that are read by people only, or that govern what one person may do at once. */
const readOnlyByPeople: Readonly<Record<string, readonly string[]>> = {
  entities: ["email", "phone", "kind", "level"],
  application_types: ["purposeAr", "purposeEn"],
  programmes: [
    ...["defaultLanguage", "secondFactor", "secondPerson", "attachmentsMost", "attachmentMegabytes", "attachmentKinds"],
    ...["receiptsMost", "publicPages", "bulkMostCases", "exportMostRows", "exportMostPersonal", "replayMostCases"],
    ...["similarFromPercent", "sweepHoldPercent", "sweepHoldLeast", "takeUnscanned", "lowRatingMost"],
  ],
};

/** Tables whose rows officials choose from while they write, or read: nothing is decided by one of them. */
const textsOnly: ReadonlySet<string> = new Set(["reply_templates", "closing_reasons", "instructions"]);

type Field = Readonly<Record<string, unknown>>;

/** The extra fields of a type without what they are called. */
function withoutNames(fields: unknown): unknown {
  if (!Array.isArray(fields)) return fields;
  return fields.map((field: Field) => {
    const { name: _, choices, ...kept } = field;
    if (!Array.isArray(choices)) return kept;
    return { ...kept, choices: choices.map(({ name: __, ...choice }: Field) => choice) };
  });
}

const comparable = (column: string, value: unknown): string =>
  JSON.stringify((column === "fields" ? withoutNames(value) : value) ?? null);

/** The columns of an edit that change a decision. */
function decidingColumns({ table, values = {}, before = {} }: EditedRow): string[] {
  const harmless = new Set([...words, ...(readOnlyByPeople[table] ?? [])]);
  return Object.keys(values).filter(
    (column) => !harmless.has(column) && comparable(column, values[column]) !== comparable(column, before[column]),
  );
}

/** Whether an edit changes what is decided. */
export function affectsDecisions(edit: EditedRow): boolean {
  if (textsOnly.has(edit.table)) return false;
  return edit.act !== "update" || decidingColumns(edit).length > 0;
}
