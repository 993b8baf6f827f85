/** Whether an instruction of the register says to whom it goes, and replaces what there is. */
import { canonicalText } from "../../../engine/audit/chain.js";
import { replacementOf } from "../../../engine/setup/instructions.js";
import type { Setup } from "../../../engine/setup/setup.js";
import type { FieldFault } from "../../../engine/text/problems.js";
import { checkReference, type Report } from "../setup-fault.js";
import type { SetupFiles } from "./setup-files.js";
import { type FileRow, type FlatRow, flatRow } from "./setup-tables.js";

type Row = SetupFiles["instructions"][number];

function checkAddressees(row: Row, i: number, { sectors, entities }: SetupFiles, report: Report): void {
  const { toAll, toSectors, toSubtrees, toEntities } = row;
  const chosen = toSectors.length + toSubtrees.length + toEntities.length > 0;
  if (!toAll && !chosen) {
    report(
      "instructions",
      [i, "toAll"],
      "Say to whom it goes: to all entities, or to sectors, branches or entities of your choice.",
      "حدد لمن توجَّه: لكل الجهات، أو لقطاعات أو فروع أو جهات تختارها.",
    );
  }
  if (toAll && chosen) {
    report(
      "instructions",
      [i, "toAll"],
      "It goes to all entities already: take the chosen ones out, or do not address all.",
      "هي موجهة إلى كل الجهات: أزل ما اخترته، أو لا توجهها إلى الجميع.",
    );
  }
  const lists = [
    ["toSectors", toSectors, sectors, "sector", "قطاع"],
    ["toSubtrees", toSubtrees, entities, "entity", "جهة"],
    ["toEntities", toEntities, entities, "entity", "جهة"],
  ] as const;
  for (const [name, codes, rows, en, ar] of lists) {
    codes.forEach((code, k) => {
      checkReference("instructions", [i, name, k], code, rows, en, ar, report);
      if (codes.indexOf(code) < k)
        report("instructions", [i, name, k], `${code} is there twice.`, `${code} مذكور مرتين.`);
    });
  }
}

function checkReplaced(row: Row, i: number, rows: readonly Row[], report: Report): void {
  const { code, replaces } = row;
  if (replaces === null || replaces === undefined) return;
  const at = [i, "replaces"];
  if (!checkReference("instructions", at, replaces, rows, "instruction", "تعليمات", report)) return;
  const replaced = rows.find((other) => other.code === replaces);
  if (replaces === code) {
    report("instructions", at, "It cannot replace itself.", "لا تحل التعليمات محل نفسها.");
  } else if (!replaced?.issuedAt) {
    report(
      "instructions",
      at,
      `${replaces} is a draft: change it instead of replacing it.`,
      `${replaces} مسودة: عدّلها بدلًا من إحلال غيرها محلها.`,
    );
  } else if (rows.some((other) => other !== row && other.replaces === replaces && other.issuedAt && !other.retired)) {
    report("instructions", at, `${replaces} was replaced already.`, `حلّت تعليمات أخرى محل ${replaces} من قبل.`);
  }
}

export function checkInstructions(files: SetupFiles, report: Report): void {
  files.instructions.forEach((row, i) => {
    checkAddressees(row, i, files, report);
    checkReplaced(row, i, files.instructions, report);
  });
}

/** What was issued stays as it is: every column that would change, but its place in lists. */
export function issuedFaults(row: FileRow, { instructions }: Pick<Setup, "instructions">): FieldFault[] {
  const before = instructions.get(row.code);
  if (before?.issuedAt == null) return [];
  const [was, is] = [before as unknown as FileRow, row].map((one) => flatRow("instructions", one)) as [
    FlatRow,
    FlatRow,
  ];
  const changed = Object.keys(is).filter(
    (name) => name !== "sortOrder" && canonicalText(is[name] ?? null) !== canonicalText(was[name] ?? null),
  );
  const reason = {
    en: "It was issued, so its words stay. Write a new instruction that replaces it.",
    ar: "صدرت هذه التعليمات فلا يتغير نصها. اكتب تعليمات جديدة تحل محلها.",
  };
  const again = before.retired && row.retired !== true && replacementOf(before, { instructions }) !== null;
  return [
    ...changed.map((name) => ({ field: `/${name}`, reason })),
    ...(again
      ? [
          {
            field: "/replaces",
            reason: {
              en: "Another instruction came in its place: it cannot come back beside it.",
              ar: "حلّت محلها تعليمات أخرى، فلا تعود إلى جانبها.",
            },
          },
        ]
      : []),
  ];
}
