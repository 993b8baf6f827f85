/** A step of the ladder turned into one of another level. */
import type { Json } from "./rule-model.js";

const superior = (level: number): string => `entity.superior(${level})`;

/** Level 0 warns. Whom a case goes up to hears of it; whom it no longer goes up to does not. */
export function stepOfLevel(params: Json, level: number): Json {
  const before = params.kind === "escalation" ? [superior(Number(params.level))] : [];
  const told: readonly unknown[] = Array.isArray(params.tell) ? params.tell : [];
  const others = told.filter((one) => ![...before, superior(level)].includes(String(one)));
  return {
    ...params,
    kind: level === 0 ? "warning" : "escalation",
    level,
    tell: level === 0 ? others : [superior(level), ...others],
  };
}
