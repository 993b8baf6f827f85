/** How an edit of the set-up is refused, in words. */

import { type RoleCode, roleNames } from "../../engine/access/roles.js";
import { attachmentKindNames } from "../../engine/files/attachment-types.js";
import { type EntityKind, entityKinds } from "../../engine/setup/entity-kinds.js";
import type { Setup } from "../../engine/setup/setup.js";
import type { SetupTableName } from "../../engine/setup/tables/setup-registry.js";
import { ownTable } from "../../engine/text/inherited-names.js";
import { type FieldFault, Problem } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";
import type { SetupChange, SetupEvent } from "./setup-history.js";
import { type FileRow, tableOf } from "./tables/setup-tables.js";
import type { SetupUse } from "./uses-of-setup.js";

const nameOf = (table: SetupTableName, row: FileRow): Bilingual => {
  const { one } = tableOf(table);
  const name = row.name as Bilingual;
  return { en: `The ${one.en} “${name.en}”`, ar: `${one.ar} «${name.ar}»` };
};
const listed = (uses: readonly SetupUse[]): FieldFault[] =>
  uses.map(({ words }, i) => ({ field: `/uses/${i}`, reason: words }));

export const refusals = {
  mayNotEdit: (programme: string): Problem =>
    new Problem("forbidden", {
      en: `Only the operation room of ${programme} may change its set-up.`,
      ar: `تعديل إعدادات ${programme} من صلاحية غرفة العمليات فقط.`,
    }),
  mayNotRead: (programme: string): Problem =>
    new Problem("forbidden", {
      en: `Only the operation room and the auditors of ${programme} may look into its set-up.`,
      ar: `الاطلاع على إعدادات ${programme} من صلاحية غرفة العمليات والمدققين فقط.`,
    }),
  noProgramme: (programme: string): Problem =>
    new Problem("not-found", {
      en: `There is no programme “${programme}”.`,
      ar: `لا يوجد برنامج بالرمز «${programme}».`,
    }),
  noRow: (table: SetupTableName, code: string, programme: string): Problem =>
    new Problem("not-found", {
      en: `There is no ${tableOf(table).one.en} ${code} in ${programme}.`,
      ar: `لا يوجد في ${programme} ما رمزه ${code} (${tableOf(table).one.ar}).`,
    }),
  invalid: (faults: readonly FieldFault[]): Problem =>
    new Problem(
      "invalid-input",
      {
        en: `Nothing was saved: ${faults.length === 1 ? "one entry needs" : `${faults.length} entries need`} mending.`,
        ar: `لم يُحفظ شيء: عدد الحقول التي تحتاج إلى تصحيح ${faults.length}.`,
      },
      faults,
    ),
  codeTaken: (code: string): FieldFault => ({
    field: "/code",
    reason: { en: `The code ${code} is taken. Choose another.`, ar: `الرمز ${code} مستخدم. اختر رمزًا آخر.` },
  }),
  codeFixed: {
    field: "/code",
    reason: {
      en: "A code never changes: cases and rules refer to it. Add a new row and retire this one.",
      ar: "لا يتغير الرمز أبدًا لأن المعاملات والقواعد تشير إليه. أضف سجلًا جديدًا وأوقف هذا.",
    },
  } satisfies FieldFault,
  /** A programme whose settings want a second person: screens offer a change-set by the fault's place. */
  needsChangeSet: (): Problem => {
    const reason = {
      en: "This changes what is decided, and this programme wants a second person for that. Put it into a change-set: somebody else approves it there.",
      ar: "هذا التعديل يغيّر ما يُقرَّر، ويلزم لذلك شخص ثانٍ في هذا البرنامج. ضعه في مجموعة تغييرات ليوافق عليها شخص آخر.",
    };
    return new Problem("not-now", reason, [{ field: "/changeSet", reason }]);
  },
  /** Whoever could switch it off alone could publish alone. */
  secondPersonStays: {
    field: "/secondPerson",
    reason: {
      en: "It is switched off at the machine (import-config), not by one person here.",
      ar: "لا يوقف شخص واحد هذا الشرط من هنا، بل يُوقف من الخادم نفسه (import-config).",
    },
  } satisfies FieldFault,
  notSeen: (name: string): FieldFault => ({
    field: `/${name}`,
    reason: {
      en: "It is not known what stood here when the form was opened. Open it again.",
      ar: "لا يُعرف ما كان هنا عند فتح النموذج. افتحه من جديد.",
    },
  }),
  conflict: (faults: readonly FieldFault[]): Problem =>
    new Problem(
      "conflict",
      {
        en: "Somebody else changed this while you were editing, so nothing was saved. Look at what changed, then save again.",
        ar: "عدّل شخص آخر هذا السجل أثناء تعديلك، فلم يُحفظ شيء. راجع ما تغيّر ثم احفظ من جديد.",
      },
      faults,
    ),
  stillNeeded: (table: SetupTableName, row: FileRow, uses: readonly SetupUse[]): Problem => {
    const name = nameOf(table, row);
    return new Problem(
      "not-now",
      {
        en: `${name.en} is still needed, so it stays in use. ${uses.map(({ words }) => words.en).join(" ")}`,
        ar: `${name.ar}: ما زالت الحاجة قائمة فيبقى قيد الاستخدام. ${uses.map(({ words }) => words.ar).join(" ")}`,
      },
      listed(uses),
    );
  },
  everUsed: (table: SetupTableName, row: FileRow, uses: readonly SetupUse[]): Problem => {
    const name = nameOf(table, row);
    return new Problem(
      "not-now",
      {
        en: `${name.en} was used, so it cannot be removed: retire it, and what was decided keeps its name.`,
        ar: `${name.ar}: سبق استخدامه فلا يمكن حذفه. أوقفه، ويبقى اسمه في ما تقرر.`,
      },
      listed(uses),
    );
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
      return { en: `level ${level}: ${title.en}`, ar: `المستوى ${level}: ${title.ar}` };
    }
  }
  const text = String(member);
  const names = ownTable<Bilingual>(
    field === "secondFactor" ? roleNames : field === "attachmentKinds" ? attachmentKindNames : {},
  );
  return names[text] ?? { en: text, ar: text };
}

function listWords(field: string, members: readonly unknown[]): Bilingual {
  if (members.length === 0) return { en: "an empty list", ar: "قائمة فارغة" };
  const most = 8;
  const words = members.slice(0, most).map((member) => memberWords(field, member));
  const more = members.length - words.length;
  return {
    en: `“${words.map(({ en }) => en).join(", ")}”${more > 0 ? ` and ${more} more` : ""}`,
    ar: `«${words.map(({ ar }) => ar).join("، ")}»${more > 0 ? ` وغيرها (${more})` : ""}`,
  };
}

/** A value in a sentence. */
function shown(field: string, value: unknown): Bilingual {
  if (Array.isArray(value)) return listWords(field, value);
  if (value === null || value === undefined || value === "") return { en: "empty", ar: "فارغًا" };
  if (typeof value === "boolean") return value ? { en: "yes", ar: "نعم" } : { en: "no", ar: "لا" };
  const text = typeof value === "string" ? value : typeof value === "number" ? String(value) : JSON.stringify(value);
  const short = text.length > 120 ? `${text.slice(0, 117)}…` : text;
  return { en: `“${short}”`, ar: `«${short}»` };
}

function moment(at: Date, timeZone: string): string {
  const options = { timeZone, dateStyle: "short", timeStyle: "short" } as const;
  return new Intl.DateTimeFormat("en-CA", { ...options, hourCycle: "h23" }).format(at).replace(", ", " ");
}

/** A code of another row by its name. */
function named(field: string, value: unknown, { entities, sectors }: Setup): Bilingual | null {
  const rows = field === "sector" ? sectors : field === "parent" || field === "entity" ? entities : null;
  const code = typeof value === "string" ? value : "";
  const name = rows?.get(code)?.name ?? (field === "kind" ? entityKinds[code as EntityKind] : undefined);
  return name === undefined ? null : { en: `“${name.en}”`, ar: `«${name.ar}»` };
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
        : {
            en: ` (${event.part?.en ?? event.who}, ${moment(event.at, timeZone)})`,
            ar: ` (${event.part?.ar ?? event.who}، ${moment(event.at, timeZone)})`,
          };
    return {
      field: `/${field}`,
      reason: { en: `It was ${was.en} and is now ${is.en}${by.en}.`, ar: `كان ${was.ar} وأصبح ${is.ar}${by.ar}.` },
    };
  });
}
