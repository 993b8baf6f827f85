/** `diwan explain`: loads a case with the versions that decided it, and says why in words. */

import { type Actor, can } from "../../../engine/access/permissions.js";
import { compileCalendar, type WorkingCalendar } from "../../../engine/calendar/working-calendar.js";
import { explainCase, explanationLines } from "../../../engine/explain/explain-case.js";
import type { ExplainedSection } from "../../../engine/explain/explained-section.js";
import { parseReference } from "../../../engine/lifecycle/case-reference.js";
import { languages } from "../../../engine/text/languages.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Language } from "../../../engine/text/text.js";
import type { Database } from "../../../platform/db/query.js";
import type { ActiveSetup } from "../../setup/active-setup.js";
import { decisionsOfCase, eventsOfCase } from "../case-event-queries.js";
import { caseByReference } from "../case-queries.js";

export interface ExplainRequest {
  readonly reference: string;
  readonly language: Language;
  readonly now: Date;
  /** Rules with their identifiers: for people who may open them. */
  readonly ruleCodes: boolean;
}

interface ExplainParts {
  readonly db: Database;
  readonly active: Pick<ActiveSetup, "fresh" | "calendarDefinition" | "workflowDefinition" | "ruleSetDefinition">;
}

/** The explanation in sections, for screens. Problem not-found. Whoever calls has asked whether the reader may see the case. */
async function explainSections(
  { db, active }: ExplainParts,
  { reference: typed, ...asked }: ExplainRequest,
): Promise<ExplainedSection[]> {
  const reference = parseReference(typed);
  const loaded = reference === null ? null : await caseByReference(db, reference);
  if (loaded === null) {
    throw new Problem("not-found", msg("cases-page.explainCase.thereIsNoCase", { reference: typed }));
  }
  const { theCase } = loaded;
  const [setup, workflow, events, decided] = await Promise.all([
    active.fresh(theCase.programme),
    active.workflowDefinition(theCase.workflow.versionId),
    eventsOfCase(db, theCase.id),
    decisionsOfCase(db, theCase.id),
  ]);
  const decisions = await Promise.all(
    decided.map(async (decision) => ({ ...decision, definition: await active.ruleSetDefinition(decision.versionId) })),
  );
  const calendars = new Map<number, WorkingCalendar>();
  for (const { calendarVersionId: id } of theCase.clocks) {
    if (!calendars.has(id)) calendars.set(id, compileCalendar(await active.calendarDefinition(id)));
  }
  const calendarOf = (versionId: number): WorkingCalendar => {
    const calendar = calendars.get(versionId);
    if (calendar === undefined) throw new Error(`calendar version ${versionId} was not loaded`);
    return calendar;
  };
  return explainCase({ theCase, decisions, events, setup, workflow, calendarOf, ...asked });
}

/** Sections of the explanation, in all languages; the same sections in the same order. */
export type ExplainedCase = Readonly<Record<Language, readonly ExplainedSection[]>>;

/** A service that explains a case to somebody who may read it. Problem not-found, also where they may not. */
export function createExplainTo(
  parts: ExplainParts,
): (a: { reference: string; actor: Actor; now: Date }) => Promise<ExplainedCase> {
  return async ({ reference, actor, now }) => {
    const parsed = parseReference(reference);
    const theCase = parsed === null ? undefined : (await caseByReference(parts.db, parsed))?.theCase;
    const setup = theCase === undefined ? undefined : await parts.active.fresh(theCase.programme);
    if (theCase === undefined || !can(actor, "case.read", { case: theCase, entities: setup?.entities ?? new Map() })) {
      throw new Problem("not-found", msg("cases-page.explainCase.caseNotFound"));
    }
    const { programme } = theCase;
    const ruleCodes = can(actor, "configuration.read", { programme });
    const explained = languages().map(async (language) => [
      language,
      await explainSections(parts, { reference, language, now, ruleCodes }),
    ]);
    return Object.fromEntries(await Promise.all(explained)) as ExplainedCase;
  };
}

/** A service that gives the lines of the explanation, for people at the machine. Problem not-found. */
export function createExplain(
  parts: ExplainParts,
): (a: Omit<ExplainRequest, "ruleCodes">) => Promise<readonly string[]> {
  return async (a) => explanationLines(await explainSections(parts, { ...a, ruleCodes: true }));
}
