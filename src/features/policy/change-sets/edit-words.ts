/** An edit of a change-set in words: “Directorate X moves from A to B”. */

import { type RoleCode, roleNames } from "../../../engine/access/roles.js";
import { affectsDecisions } from "../../../engine/setup/affects-decisions.js";
import type { Seat, Setup } from "../../../engine/setup/setup.js";
import { incumbent } from "../../../engine/setup/setup-references.js";
import { ownColumns, type SetupTableName } from "../../../engine/setup/tables/setup-registry.js";
import { type Bilingual, quoted } from "../../../engine/text/text.js";
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

const nobody: Bilingual = { en: "nobody", ar: "لا أحد" };

function mappingWords({ to, except }: CaseMapping, setup: Setup): Bilingual[] {
  const target = entityName(setup, to);
  const others = Object.entries(except).map(([reference, code]): Bilingual => {
    const other = entityName(setup, code);
    return { en: `Case ${reference} goes to ${other.en}`, ar: `المعاملة ${reference} إلى ${other.ar}` };
  });
  return [
    { en: `Its open cases go to ${target.en}`, ar: `معاملاتها المفتوحة تنتقل إلى ${target.ar}` },
    ...(others.length > 10
      ? [
          ...others.slice(0, 10),
          { en: `and ${others.length - 10} more cases elsewhere`, ar: `و${others.length - 10} غيرها` },
        ]
      : others),
  ];
}

function movedWords(name: Bilingual, column: string, from: unknown, to: unknown, setup: Setup): Bilingual {
  const [was, is] = [valueWords(setup, column, from), valueWords(setup, column, to)];
  return {
    en: `${name.en} moves from ${was.en} to ${is.en}`,
    ar: `${name.ar}: نقل من ${was.ar} إلى ${is.ar}`,
  };
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
        words: { en: `New ${one.en} ${given.en} (${code})`, ar: `إضافة ${one.ar}: ${given.ar} (${code})` },
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
          words: { en: `The ${one.en} ${name.en}: ${only.en}`, ar: `${one.ar} ${name.ar}: ${only.ar}` },
          details: [],
        };
      return {
        words: { en: `Change of the ${one.en} ${name.en}`, ar: `تعديل ${one.ar} ${name.ar}` },
        details: changes,
      };
    }
    case "retire":
      return {
        words: { en: `The ${one.en} ${name.en} is retired`, ar: `إيقاف ${one.ar} ${name.ar}` },
        details: edit.cases === undefined ? [] : mappingWords(edit.cases, setup),
      };
    case "restore":
      return {
        words: { en: `The ${one.en} ${name.en} comes back into use`, ar: `إعادة ${one.ar} ${name.ar} إلى الاستخدام` },
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
        words: { en: `${name.en} is merged into ${into.en}`, ar: `دمج ${name.ar} في ${into.ar}` },
        details: [
          { en: `Services that go along: ${services}`, ar: `خدمات تنتقل معها: ${services}` },
          { en: `Entities below it that go along: ${below}`, ar: `جهات تابعة تنتقل معها: ${below}` },
          edit.seats === "move"
            ? {
                en: `Seats: ${seats}; focal points go along, heads only where there is none`,
                ar: `المقاعد: ${seats}؛ ينتقل ضباط الارتباط، والرؤساء فقط حيث لا رئيس`,
              }
            : { en: `Seats that end: ${seats}`, ar: `مقاعد تنتهي: ${seats}` },
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
  return { en: `${title.en} of ${at.en}`, ar: `${title.ar} في ${at.ar}` };
}

function seatWords(edit: SeatChange, setup: Setup, now: Date): Pick<EditInWords, "words" | "details"> {
  const seat = setup.seats.find(({ code }) => code === edit.code);
  const name = seatName(seat, edit.code, setup);
  const holder = seat === undefined ? null : incumbent(seat, now);
  const held: Bilingual = holder === null ? nobody : { en: holder.name, ar: holder.name };
  if (edit.act === "retire")
    return {
      words: { en: `The seat ${name.en} ends`, ar: `إنهاء المقعد ${name.ar}` },
      details: [{ en: `Held by ${held.en}`, ar: `يشغله ${held.ar}` }],
    };
  if (edit.act === "create") {
    const role = roleNames[edit.values.role as RoleCode] ?? { en: "seat", ar: "مقعد" };
    const title = quoted({ en: edit.values.titleEn ?? edit.code, ar: edit.values.titleAr ?? edit.code });
    const at = edit.values.entity ? entityName(setup, edit.values.entity) : null;
    const sits = edit.values.holder ?? null;
    return {
      words: {
        en: `New seat ${title.en}, ${role.en}${at === null ? "" : `, at ${at.en}`}`,
        ar: `مقعد جديد ${title.ar}، ${role.ar}${at === null ? "" : `، في ${at.ar}`}`,
      },
      details: [sits === null ? nobody : { en: `Held by ${sits}`, ar: `يشغله ${sits}` }],
    };
  }
  const { values, before } = edit;
  const placed = values.entity !== undefined ? "entity" : values.sector !== undefined ? "sector" : null;
  const changes =
    values.holder === undefined
      ? []
      : [
          {
            en: `Held by ${before.holder ?? nobody.en}, then by ${values.holder ?? nobody.en}`,
            ar: `يشغله ${before.holder ?? nobody.ar}، ثم ${values.holder ?? nobody.ar}`,
          },
        ];
  if (placed !== null)
    return {
      words: movedWords(
        { en: `The seat ${name.en}`, ar: `المقعد ${name.ar}` },
        placed,
        before[placed],
        values[placed],
        setup,
      ),
      details: changes,
    };
  return { words: { en: `The seat ${name.en}`, ar: `المقعد ${name.ar}` }, details: changes };
}

/** @param setup as it is before: rows are called by it */
export function editInWords(edit: ChangeEdit, setup: Setup, now: Date): EditInWords {
  if (isSeatChange(edit)) return { ...seatWords(edit, setup, now), decides: true };
  return { ...rowWords(edit, setup), decides: affectsDecisions(edit) };
}
