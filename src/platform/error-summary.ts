/**
 * What may be written down of an unexpected error: logged, stored, or told. Messages of the database and of parsers
 * repeat the values they choke on, which may be an applicant's: of those only the kind, the code and the place.
 */

interface DatabaseError {
  readonly code?: unknown;
  readonly constraint?: unknown;
}

/** The driver's own error, also where others were wrapped around it; null for an error of another origin. */
function databaseError(error: Error): DatabaseError | null {
  const seen = new Set<unknown>();
  for (let e: unknown = error; e instanceof Error && !seen.has(e); ) {
    seen.add(e);
    const { parent, original, code, cause } = e as Error & { parent?: unknown; original?: unknown; code?: unknown };
    const inner = parent ?? original;
    if (inner !== undefined) return inner as DatabaseError;
    if (/^[0-9A-Z]{5}$/.test(String(code)) || e.name.startsWith("Sequelize")) return e as DatabaseError;
    e = cause;
  }
  return null;
}

/** Lines of the stack, without the message that stands above them. */
function placesOf({ stack = "", message }: Error): string[] {
  const frames = message === "" ? stack : stack.slice(Math.max(0, stack.indexOf(message)) + message.length);
  return frames
    .split("\n")
    .filter((line) => line.startsWith("    at "))
    .slice(0, 8)
    .map((line) => line.trim());
}

/** For the log, as the field `error`. */
export function errorSummary(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { kind: typeof error };
  const database = databaseError(error);
  const repeatsValues = database !== null || error instanceof SyntaxError;
  return {
    kind: error.name,
    ...(!repeatsValues && { message: error.message }),
    errorCode: (database ?? (error as DatabaseError)).code,
    constraint: database?.constraint,
    at: placesOf(error),
  };
}

/** In one line, for people: `the cupboard is locked`, or `SequelizeUniqueConstraintError 23505 users_email_key`. */
export function errorWords(error: unknown): string {
  const { kind, message, errorCode, constraint } = errorSummary(error);
  if (typeof message === "string" && message !== "") return message;
  return [kind === "error" ? "database error" : kind, errorCode, constraint]
    .filter((part) => part !== undefined)
    .map(String)
    .join(" ");
}
