/** Rows of the database as a file tells them: names instead of codes, and of applicants what this person may read. */

import { type Actor, can } from "../../../engine/access/permissions.js";
import type { Named } from "../../../engine/search/case-search.js";
import type { Labelled, Setup } from "../../../engine/setup/setup.js";
import type { Policies } from "../../setup/policies.js";
import type { ExportedCase } from "./export-columns.js";
import type { ExportRow } from "./export-rows.js";

const surely = (records: ReadonlyMap<string, Labelled> | undefined, code: string): Named => ({
  code,
  name: records?.get(code)?.name ?? { en: code, ar: code },
});
const maybe = (records: ReadonlyMap<string, Labelled> | undefined, code: string | null): Named | null =>
  code === null ? null : surely(records, code);

function answerOf(data: string | null): string | null {
  if (data === null) return null;
  const { answer } = JSON.parse(data) as { answer?: unknown };
  return typeof answer === "string" ? answer : null;
}

export async function exportedCases(
  policies: Policies,
  a: { rows: readonly ExportRow[]; setups: ReadonlyMap<string, Setup>; actor: Actor },
): Promise<ExportedCase[]> {
  const { workflowOf } = await policies.pin(
    a.rows.map(({ workflowVersionId }) => ({ workflow: { versionId: workflowVersionId }, clocks: [] })),
  );
  return a.rows.map((row) => {
    const setup = a.setups.get(row.programme);
    const { state, stateKind, programme, entity, sector, confidential } = row;
    const subject = {
      case: { programme, entity, sector, confidential },
      ...(setup && { entities: setup.entities }),
    };
    return {
      ...row,
      programme: { code: programme, name: setup?.programme.name ?? { en: programme, ar: programme } },
      type: surely(setup?.types, row.type),
      channel: surely(setup?.channels, row.channel),
      state: {
        code: state,
        name: workflowOf(row.workflowVersionId).states[state]?.name ?? { en: state, ar: state },
        kind: stateKind,
      },
      sector: maybe(setup?.sectors, sector),
      entity: maybe(setup?.entities, entity),
      service: maybe(setup?.services, row.service),
      governorate: maybe(setup?.governorates, row.governorate),
      category: maybe(setup?.categories, row.category),
      pillar: maybe(setup?.pillars, row.pillar),
      importance: maybe(setup?.importanceLevels, row.importance),
      late: row.breached,
      answer: answerOf(row.answered),
      applicant: can(a.actor, "personal.read", subject) ? row.applicant : null,
    };
  });
}
