/** An edit of a change-set in words: “Directorate X moves from A to B”. */

import { type RoleCode, roleNames } from "../../../engine/access/roles.js";
import { affectsDecisions } from "../../../engine/setup/affects-decisions.js";
import type { Seat, Setup } from "../../../engine/setup/setup.js";
import { incumbent } from "../../../engine/setup/setup-references.js";
import { ownColumns, type SetupTableName } from "../../../engine/setup/tables/setup-registry.js";
import { msg } from "../../../engine/text/msg.js";
import { type Bilingual, inLanguage, perLanguage, quoted } from "../../../engine/text/text.js";
import { tableOf } from "../../setup/tables/setup-tables.js";
import { type CaseMapping, type ChangeEdit, isSeatChange, type RowChange, type SeatChange } from "./change-edit.js";
import { columnChange, entityName, givenValues, rowName, valueWords } from "./values-in-words.js";

export interface EditInWords {
  readonly words: Bilingual;
  /** What else belongs to it, a line each. */
  readonly details: readonly Bilingual[];
  /** Whether it changes what is decided. */
  readonly decides: boolean;
}

const nobody: Bilingual = msg("policy-change-sets.editWords.nobody");

function mappingWords({ to, except }: CaseMapping, setup: Setup): Bilingual[] {
  const target = entityName(setup, to);
  const others = Object.entries(except).map(([reference, code]): Bilingual => {
    const other = entityName(setup, code);
    return msg("policy-change-sets.editWords.caseGoesTo", { reference, other });
  });
  return [
    msg("policy-change-sets.editWords.itsOpenCasesGoTo", { target }),
    ...(others.length > 10
      ? [
          ...others.slice(0, 10),
          msg("policy-change-sets.editWords.andMoreCasesElsewhere", { othersCount: others.length - 10 }),
        ]
      : others),
  ];
}

function movedWords(name: Bilingual, column: string, from: unknown, to: unknown, setup: Setup): Bilingual {
  const [was, is] = [valueWords(setup, column, from), valueWords(setup, column, to)];
  return msg("policy-change-sets.editWords.movesFromTo", { name, was, is });
}

/** The column that says where a row of the table is; undefined: rows of it are nowhere. */
const movedBy = (table: SetupTableName): string | undefined => ownColumns(table).find(([, { moves }]) => moves)?.[0];

function rowWords(edit: RowChange, setup: Setup): Pick<EditInWords, "words" | "details"> {
  const { table, code } = edit;
  const { one } = tableOf(table);
  const name = rowName(setup, table, code);
  switch (edit.act) {
    case "create": {
      const given = quoted({ en: String(edit.values.nameEn ?? code), ar: String(edit.values.nameAr ?? code) });
      return {
        words: msg("policy-change-sets.editWords.new", { one, given, code }),
        details: givenValues(setup, edit.values),
      };
    }
    case "update": {
      const column = movedBy(table);
      const moves = column !== undefined && column in edit.values;
      const others = Object.keys(edit.values).filter((one_) => !(moves && one_ === column));
      const changes = others.map((one_) => columnChange(setup, one_, edit.before[one_], edit.values[one_]));
      if (moves && column !== undefined)
        return { words: movedWords(name, column, edit.before[column], edit.values[column], setup), details: changes };
      const [only] = changes;
      if (changes.length === 1 && only !== undefined)
        return {
          words: msg("policy-change-sets.editWords.changeOfOneColumn", { one, name, change: only }),
          details: [],
        };
      return {
        words: msg("policy-change-sets.editWords.changeOfThe", { one, name }),
        details: changes,
      };
    }
    case "retire":
      return {
        words: msg("policy-change-sets.editWords.theIsRetired", { one, name }),
        details: edit.cases === undefined ? [] : mappingWords(edit.cases, setup),
      };
    case "restore":
      return {
        words: msg("policy-change-sets.editWords.theComesBackIntoUse", { one, name }),
        details: [],
      };
    case "merge": {
      const into = entityName(setup, edit.into);
      const count = (rows: Iterable<{ retired: boolean }>, of: (row: never) => unknown) =>
        [...rows].filter((row) => !row.retired && of(row as never) === code).length;
      const services = count(setup.services.values(), (row: { entity: string }) => row.entity);
      const below = count(setup.entities.values(), (row: { parent: string | null }) => row.parent);
      const seats = setup.seats.filter(({ entity }) => entity === code).length;
      return {
        words: msg("policy-change-sets.editWords.isMergedInto", { name, into }),
        details: [
          msg("policy-change-sets.editWords.servicesThatGoAlong", { services }),
          msg("policy-change-sets.editWords.entitiesBelowItThatGo", { below }),
          edit.seats === "move"
            ? msg("policy-change-sets.editWords.seatsFocalPointsGoAlong", { seats })
            : msg("policy-change-sets.editWords.seatsThatEnd", { seats }),
          ...mappingWords(edit.cases, setup),
        ],
      };
    }
  }
}

function seatName(seat: Seat | undefined, code: string, setup: Setup): Bilingual {
  if (seat === undefined) return quoted({ en: code, ar: code });
  const title = quoted(seat.title);
  if (seat.entity === null) return title;
  const at = entityName(setup, seat.entity);
  return msg("policy-change-sets.editWords.of", { title, at });
}

function seatWords(edit: SeatChange, setup: Setup, now: Date): Pick<EditInWords, "words" | "details"> {
  const seat = setup.seats.find(({ code }) => code === edit.code);
  const name = seatName(seat, edit.code, setup);
  const holder = seat === undefined ? null : incumbent(seat, now);
  const held: Bilingual = holder === null ? nobody : { en: holder.name, ar: holder.name };
  if (edit.act === "retire")
    return {
      words: msg("policy-change-sets.editWords.theSeatEnds", { name }),
      details: [msg("policy-change-sets.editWords.heldBy", { held })],
    };
  if (edit.act === "create") {
    const role = roleNames[edit.values.role as RoleCode] ?? msg("policy-change-sets.editWords.role");
    const title = quoted({ en: edit.values.titleEn ?? edit.code, ar: edit.values.titleAr ?? edit.code });
    const at = edit.values.entity ? entityName(setup, edit.values.entity) : null;
    const sits = edit.values.holder ?? null;
    return {
      words: msg("policy-change-sets.editWords.newSeat", {
        title,
        role,
        at: at === null ? "" : msg("policy-change-sets.editWords.at", { at }),
      }),
      details: [sits === null ? nobody : msg("policy-change-sets.editWords.heldBy2", { sits })],
    };
  }
  const { values, before } = edit;
  const placed = values.entity !== undefined ? "entity" : values.sector !== undefined ? "sector" : null;
  const changes =
    values.holder === undefined
      ? []
      : [
          msg("policy-change-sets.editWords.heldByThenBy", {
            holder: perLanguage((language) => before.holder ?? inLanguage(nobody, language)),
            holder2: perLanguage((language) => values.holder ?? inLanguage(nobody, language)),
          }),
        ];
  if (placed !== null)
    return {
      words: movedWords(
        msg("policy-change-sets.editWords.theSeat", { name }),
        placed,
        before[placed],
        values[placed],
        setup,
      ),
      details: changes,
    };
  return { words: msg("policy-change-sets.editWords.theSeat", { name }), details: changes };
}

/** @param setup as it is before: rows are called by it */
export function editInWords(edit: ChangeEdit, setup: Setup, now: Date): EditInWords {
  if (isSeatChange(edit)) return { ...seatWords(edit, setup, now), decides: true };
  return { ...rowWords(edit, setup), decides: affectsDecisions(edit) };
}
