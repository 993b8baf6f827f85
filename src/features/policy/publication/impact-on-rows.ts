/** Rows of the set-up as a change-set would leave them: what is wrong with each, and what still refers to what goes away. */

import { columnName } from "../../../engine/setup/column-names.js";
import type { RowTable } from "../../../engine/setup/tables/setup-registry.js";
import { msg } from "../../../engine/text/msg.js";
import { inLanguage, perLanguage } from "../../../engine/text/text.js";
import { faultsAfter } from "../../setup/apply-setup-edits.js";
import { isSame, type SetupEdit } from "../../setup/edited-rows.js";
import { namingsOf } from "../../setup/named-in-definitions.js";
import { listAddress, pageAddress } from "../../setup/office-addresses.js";
import { placeWords } from "../../setup/place-words.js";
import { flatRow, rowsOf, tableOf } from "../../setup/tables/setup-tables.js";
import { definitionsOf, error, type Finding, type ImpactInput, nameIn } from "./impact-input.js";
import type { Steps } from "./plan-steps.js";

/** Rows that somebody changed, or that are gone, since the edit was written. */
export function movedOn({ before, steps }: ImpactInput): Finding[] {
  return steps.edits.flatMap((edit): Finding[] => {
    const { table, code } = edit;
    const row = rowsOf(before, table).get(code);
    const { one } = tableOf(table);
    if (edit.act === "create")
      return row === undefined ? [] : [error(msg("policy-publication.impactOnRows.theCodeIsTaken", { code, one }))];
    const name = nameIn(before, table, code);
    if (row === undefined) return [error(msg("policy-publication.impactOnRows.thereIsNoAnyMore", { one, code }))];
    if (edit.act !== "update") return [];
    const now = flatRow(table, row);
    const other = Object.keys(edit.before).filter((column) => !isSame(edit.before[column], now[column]));
    if (other.length === 0) return [];
    return [
      error(
        msg("policy-publication.impactOnRows.somebodyChangedTheMeanwhileTake", { one, name }),
        listAddress(table.replaceAll("_", "-"), { programme: before.programme.code }),
      ),
    ];
  });
}

/** What the very checks of a form say of each row as it would be. */
export function rowErrors({ before, after, steps, calendars, definitions }: ImpactInput): Finding[] {
  const planned = { setup: after, before, definitions, calendars };
  return steps.edits.flatMap((edit): Finding[] => {
    const name = nameIn(after, edit.table, edit.code);
    const { one } = tableOf(edit.table);
    const adds = edit.act === "create" ? { table: edit.table, code: edit.code } : undefined;
    return faultsAfter(edit, planned).map(({ reason }) => ({
      ...error(
        perLanguage(
          (language) => `${inLanguage(one, language)} ${inLanguage(name, language)}: ${inLanguage(reason, language)}`,
        ),
      ),
      adds,
    }));
  });
}

const retired = (steps: Steps): Extract<SetupEdit, { act: "retire" }>[] =>
  steps.edits.filter((edit): edit is Extract<SetupEdit, { act: "retire" }> => edit.act === "retire");

/** Rows in use that would refer to one that is not. */
export function leftBehind({ after, steps }: ImpactInput): Finding[] {
  const gone = new Set(retired(steps).map(({ table, code }) => `${table}/${code}`));
  const of = (table: RowTable, code: string, column: string, target: string, id: string | null): Finding[] => {
    if (id === null || !gone.has(`${target}/${id}`)) return [];
    const row = rowsOf(after, table).get(code);
    if (row === undefined || row.retired === true) return [];
    const [name, to, { one }] = [nameIn(after, table, code), nameIn(after, target as RowTable, id), tableOf(table)];
    const called = columnName(column);
    return [error(msg("policy-publication.impactOnRows.isRetiredButTheStill", { to, one, name, called }))];
  };
  return [
    ...[...after.services.values()].flatMap(({ code, entity }) => of("services", code, "entity", "entities", entity)),
    ...[...after.entities.values()].flatMap(({ code, parent, sector }) => [
      ...of("entities", code, "parent", "entities", parent),
      ...of("entities", code, "sector", "sectors", sector),
    ]),
  ];
}

/** Rules and workflows that name what goes away. */
export function namings({ after, steps }: ImpactInput): Finding[] {
  const definitions = definitionsOf(after);
  return retired(steps).flatMap(({ table, code }) =>
    namingsOf(definitions, table, code).flatMap((naming): Finding[] => {
      if (naming.how === "example") return [];
      const blocks = naming.how === "decides" || table === "keyword_lists";
      const [place, name] = [placeWords(naming.source, naming.title), nameIn(after, table, code)];
      const { kind, name: of } = naming.source;
      const words = blocks
        ? msg("policy-publication.impactOnRows.decidesForWhichIsRetired", { place, name })
        : naming.how === "cites"
          ? msg("policy-publication.impactOnRows.citesWhichIsWithdrawn", { place, name })
          : msg("policy-publication.impactOnRows.asksForWhichIsRetired", { place, name });
      const link = pageAddress("policy", { programme: after.programme.code, kind, name: of });
      return [{ severity: blocks ? "error" : "warning", words, link }];
    }),
  );
}
