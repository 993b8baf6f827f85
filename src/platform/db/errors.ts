/** What the database's errors mean to us. */

interface DriverError {
  readonly code?: string;
  readonly constraint?: string;
  readonly parent?: DriverError;
  readonly original?: DriverError;
}

function driverError(error: unknown): DriverError {
  const e = (error ?? {}) as DriverError;
  return e.parent ?? e.original ?? e;
}

/** The name of the unique constraint that was violated, or null. */
export function uniqueViolation(error: unknown): string | null {
  const e = driverError(error);
  return e.code === "23505" ? (e.constraint ?? "") : null;
}

/** Whether an open case was to be placed with an entity that was retired at that very moment: it is worth deciding anew. */
export function placedTooLate(error: unknown): boolean {
  const e = driverError(error);
  return e.code === "23514" && e.constraint === "cases_entity_in_use";
}
