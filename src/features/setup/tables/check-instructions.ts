/** Whether an instruction of the register says to whom it goes, and replaces what there is. */

import { canonicalText } from "../../../engine/audit/chain.js";
import { replacementOf } from "../../../engine/setup/instructions.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import type { FieldFault } from "../../../engine/text/problems.js";
import { checkReference, type Report } from "../setup-fault.js";
import type { SetupFiles } from "./setup-files.js";
import { type FileRow, type FlatRow, flatRow } from "./setup-tables.js";

type Row = SetupFiles["instructions"][number];

function checkAddressees(row: Row, i: number, { sectors, entities }: SetupFiles, report: Report): void {
  const { toAll, toSectors, toSubtrees, toEntities } = row;
  const chosen = toSectors.length + toSubtrees.length + toEntities.length > 0;
  if (!toAll && !chosen) {
    report("instructions", [i, "toAll"], msg("setup.checkInstructions.sayToWhomItGoes"));
  }
  if (toAll && chosen) {
    report("instructions", [i, "toAll"], msg("setup.checkInstructions.itGoesToAllEntities"));
  }
  const [sector, entity] = [msg("setup.checkInstructions.sector"), msg("setup.checkInstructions.entity")];
  const lists = [
    ["toSectors", toSectors, sectors, sector],
    ["toSubtrees", toSubtrees, entities, entity],
    ["toEntities", toEntities, entities, entity],
  ] as const;
  for (const [name, codes, rows, what] of lists) {
    codes.forEach((code, k) => {
      checkReference("instructions", [i, name, k], code, rows, what, report);
      if (codes.indexOf(code) < k)
        report("instructions", [i, name, k], msg("setup.checkInstructions.isThereTwice", { code }));
    });
  }
}

function checkReplaced(row: Row, i: number, rows: readonly Row[], report: Report): void {
  const { code, replaces } = row;
  if (replaces === null || replaces === undefined) return;
  const at = [i, "replaces"];
  if (!checkReference("instructions", at, replaces, rows, msg("setup.checkInstructions.instruction"), report)) return;
  const replaced = rows.find((other) => other.code === replaces);
  if (replaces === code) {
    report("instructions", at, msg("setup.checkInstructions.itCannotReplaceItself"));
  } else if (!replaced?.issuedAt) {
    report("instructions", at, msg("setup.checkInstructions.isADraftChangeIt", { replaces }));
  } else if (rows.some((other) => other !== row && other.replaces === replaces && other.issuedAt && !other.retired)) {
    report("instructions", at, msg("setup.checkInstructions.wasReplacedAlready", { replaces }));
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
  const reason = msg("setup.checkInstructions.itWasIssuedSoIts");
  const again = before.retired && row.retired !== true && replacementOf(before, { instructions }) !== null;
  return [
    ...changed.map((name) => ({ field: `/${name}`, reason })),
    ...(again
      ? [
          {
            field: "/replaces",
            reason: msg("setup.checkInstructions.anotherInstructionCameInIts"),
          },
        ]
      : []),
  ];
}
