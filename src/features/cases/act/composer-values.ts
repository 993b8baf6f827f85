/** What was filled in with an action, before it is sent. */
import type { OfferedField } from "../../../engine/lifecycle/views/case-view.js";

export type FieldValue = string | readonly string[];

/** What is sent of what was typed: nothing that is empty. */
export function sentFields(
  fields: readonly OfferedField[],
  typed: Readonly<Record<string, FieldValue>>,
): Readonly<Record<string, FieldValue>> {
  return Object.fromEntries(
    fields.flatMap(({ name }): [string, FieldValue][] => {
      const value = typed[name];
      return value === undefined || value.length === 0 ? [] : [[name, value]];
    }),
  );
}

/** Required fields in which nothing stands. */
export const missingFields = (
  fields: readonly OfferedField[],
  typed: Readonly<Record<string, FieldValue>>,
): readonly string[] =>
  fields
    .filter(({ name, required }) => {
      const value = typed[name] ?? "";
      return required && (typeof value === "string" ? value.trim() : value).length === 0;
    })
    .map(({ name }) => name);

/** By what an act is known again whose answer was lost, as this browser keeps it meanwhile: without the applicant's code. */
export function rememberedAct(
  { fields, attachments }: { fields: Readonly<Record<string, unknown>>; attachments: readonly string[] },
  secret: string | null,
): string {
  return JSON.stringify([Object.fromEntries(Object.entries(fields).filter(([name]) => name !== secret)), attachments]);
}
