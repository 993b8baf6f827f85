/** What a text would suggest, tried beside the names of a service or an entity. */
import type { TriedMatter } from "../../engine/suggestions/matter.js";
import { msg } from "../../engine/text/msg.js";
import type { ActionDefinition, Call } from "../../platform/admin/define-resource.js";
import { programmeOf } from "../people/people-input.js";
import type { TriedRow } from "./suggestions.js";

/** More than intake takes of subject and description together. */
const longest = 12_000;
const mostNames = 200;

const textIn = (value: unknown, most = 200): string => (typeof value === "string" ? value.slice(0, most) : "");

function rowOf(table: TriedRow["table"], { input }: Call): TriedRow {
  const { nameAr, nameEn, code, entity, alsoCalled } = input;
  const names = Array.isArray(alsoCalled) ? alsoCalled.slice(0, mostNames) : [];
  return {
    table,
    code: textIn(code),
    name: { ar: textIn(nameAr), en: textIn(nameEn) },
    entity: textIn(entity),
    alsoCalled: names.map((name) => textIn(name)).filter((name) => name.trim() !== ""),
  };
}

/** By POST: a text that is pasted stands in no address. It is compared and not kept. */
export const trySuggestion = (table: TriedRow["table"]): ActionDefinition => ({
  kind: "resource",
  label: msg("intake.trySuggestion.label"),
  access: "configuration.read",
  run: async (call): Promise<{ readonly matters: readonly TriedMatter[] }> => ({
    matters: await call.services.publicPages.tryText({
      programme: programmeOf(call.input, call.official.actor, "configuration.read"),
      text: textIn(call.input.text, longest),
      row: rowOf(table, call),
      now: call.now,
    }),
  }),
});
