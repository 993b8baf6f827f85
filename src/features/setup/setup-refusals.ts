/** How an edit of the set-up is refused, in words. */

import { type RoleCode, roleNames } from "../../engine/access/roles.js";
import { dayNumberOf } from "../../engine/calendar/civil-date.js";
import { dateWords } from "../../engine/calendar/date-words.js";
import { attachmentKindNames } from "../../engine/files/attachment-types.js";
import { formatMoment } from "../../engine/formatting/moments.js";
import { type EntityKind, entityKinds } from "../../engine/setup/entity-kinds.js";
import type { Setup } from "../../engine/setup/setup.js";
import type { SetupTableName } from "../../engine/setup/tables/setup-registry.js";
import { ownTable } from "../../engine/text/inherited-names.js";
import { msg } from "../../engine/text/msg.js";
import { type FieldFault, Problem } from "../../engine/text/problems.js";
import { type Bilingual, inLanguage, listed, perLanguage, quoted } from "../../engine/text/text.js";
import type { SetupChange, SetupEvent } from "./setup-history.js";
import { type FileRow, tableOf } from "./tables/setup-tables.js";
import type { SetupUse } from "./uses-of-setup.js";

const nameOf = (table: SetupTableName, row: FileRow): Bilingual => {
  return msg("setup.setupRefusals.rowNamed", { one: tableOf(table).one, name: quoted(row.name as Bilingual) });
};
const faultsOf = (uses: readonly SetupUse[]): FieldFault[] =>
  uses.map(({ words }, i) => ({ field: `/uses/${i}`, reason: words }));

export const refusals = {
  mayNotEdit: (programme: string): Problem =>
    new Problem("forbidden", msg("setup.setupRefusals.onlyTheOperationRoomOf", { programme })),
  mayNotRead: (programme: string): Problem =>
    new Problem("forbidden", msg("setup.setupRefusals.onlyTheOperationRoomAnd", { programme })),
  noProgramme: (programme: string): Problem =>
    new Problem("not-found", msg("setup.setupRefusals.thereIsNoProgramme", { programme })),
  noRow: (table: SetupTableName, code: string, programme: string): Problem =>
    new Problem("not-found", msg("setup.setupRefusals.thereIsNoIn", { one: tableOf(table).one, code, programme })),
  invalid: (faults: readonly FieldFault[]): Problem =>
    new Problem("invalid-input", msg("setup.setupRefusals.nothingWasSaved", { faultsCount: faults.length }), faults),
  codeTaken: (code: string): FieldFault => ({
    field: "/code",
    reason: msg("setup.setupRefusals.theCodeIsTakenChoose", { code }),
  }),
  codeFixed: {
    field: "/code",
    reason: msg("setup.setupRefusals.codeFixedReason"),
  } satisfies FieldFault,
  /** A programme whose settings want a second person: screens offer a change-set by the fault's place. */
  needsChangeSet: (): Problem => {
    const reason = msg("setup.setupRefusals.thisChangesWhatIsDecided");
    return new Problem("not-now", reason, [{ field: "/changeSet", reason }]);
  },
  /** Whoever could switch it off alone could publish alone. */
  secondPersonStays: {
    field: "/secondPerson",
    reason: msg("setup.setupRefusals.secondPersonStaysReason"),
  } satisfies FieldFault,
  notSeen: (name: string): FieldFault => ({
    field: `/${name}`,
    reason: msg("setup.setupRefusals.itIsNotKnownWhat"),
  }),
  conflict: (faults: readonly FieldFault[]): Problem =>
    new Problem("conflict", msg("setup.setupRefusals.somebodyElseChangedThisWhile"), faults),
  stillNeeded: (table: SetupTableName, row: FileRow, uses: readonly SetupUse[]): Problem => {
    const name = nameOf(table, row);
    return new Problem(
      "not-now",
      msg("setup.setupRefusals.isStillNeededSoIt", {
        name,
        join: perLanguage((language) => uses.map(({ words }) => inLanguage(words, language)).join(" ")),
      }),
      faultsOf(uses),
    );
  },
  everUsed: (table: SetupTableName, row: FileRow, uses: readonly SetupUse[]): Problem => {
    const name = nameOf(table, row);
    return new Problem("not-now", msg("setup.setupRefusals.wasUsedSoItCannot", { name }), faultsOf(uses));
  },
};

type Named = { readonly name?: Bilingual; readonly level?: number; readonly role?: RoleCode };

/** One of a list: a step of the ladder, a field by its name, a role, a word. */
function memberWords(field: string, member: unknown): Bilingual {
  if (typeof member === "object" && member !== null) {
    const { name, level, role } = member as Named;
    if (name !== undefined) return name;
    if (role !== undefined) {
      const title = roleNames[role];
      return msg("setup.setupRefusals.level", { level: String(level), title });
    }
  }
  const text = String(member);
  const names = ownTable<Bilingual>(
    field === "secondFactor" ? roleNames : field === "attachmentKinds" ? attachmentKindNames : {},
  );
  return names[text] ?? { en: text, ar: text };
}

function listWords(field: string, members: readonly unknown[]): Bilingual {
  if (members.length === 0) return msg("setup.setupRefusals.anEmptyList");
  const most = 8;
  const words = members.slice(0, most).map((member) => memberWords(field, member));
  const more = members.length - words.length;
  const named = quoted(listed(words));
  return more > 0 ? msg("setup.setupRefusals.andMore", { named, more }) : named;
}

/** A value in a sentence. */
function shown(field: string, value: unknown): Bilingual {
  if (Array.isArray(value)) return listWords(field, value);
  if (value === null || value === undefined || value === "") return msg("setup.setupRefusals.empty");
  if (typeof value === "boolean") return value ? msg("setup.setupRefusals.yes") : msg("setup.setupRefusals.no");
  if (dayNumberOf(value) !== null) return dateWords(String(value));
  const text = typeof value === "string" ? value : typeof value === "number" ? String(value) : JSON.stringify(value);
  const short = text.length > 120 ? `${text.slice(0, 117)}…` : text;
  return quoted({ en: short, ar: short });
}

/** A code of another row by its name. */
function named(field: string, value: unknown, { entities, sectors }: Setup): Bilingual | null {
  const rows = field === "sector" ? sectors : field === "parent" || field === "entity" ? entities : null;
  const code = typeof value === "string" ? value : "";
  const name = rows?.get(code)?.name ?? (field === "kind" ? entityKinds[code as EntityKind] : undefined);
  return name === undefined ? null : quoted(name);
}

/** Each column that is not as it was loaded: what it was, what it is, who changed it and when. */
export function conflictFaults(
  changed: readonly SetupChange[],
  history: readonly SetupEvent[],
  setup: Setup,
): FieldFault[] {
  const { timeZone } = setup.programme;
  return changed.map(({ field, from, to }) => {
    const event = history.find(({ changes }) => changes.some((change) => change.field === field));
    const [was, is] = [from, to].map((value) => named(field, value, setup) ?? shown(field, value)) as [
      Bilingual,
      Bilingual,
    ];
    const by =
      event === undefined
        ? { en: "", ar: "" }
        : msg("setup.setupRefusals.by", {
            part: perLanguage((language) => inLanguage(event.part, language) ?? event.who),
            at: perLanguage((language) => formatMoment(event.at, language, timeZone)),
          });
    return {
      field: `/${field}`,
      reason: msg("setup.setupRefusals.itWasAndIsNow", { was, is, by }),
    };
  });
}
