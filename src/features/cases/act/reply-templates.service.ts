/** Templates that fit a case, and one of them filled in for it. Nothing is sent and nothing is changed by that. */

import { type Actor, can } from "../../../engine/access/permissions.js";
import { civilDate } from "../../../engine/calendar/civil-days.js";
import { formatDate } from "../../../engine/formatting/moments.js";
import { fillTemplate } from "../../../engine/letters/reply-template.js";
import type { TemplateField, TemplateValues } from "../../../engine/letters/template-names.js";
import type { Case } from "../../../engine/lifecycle/case.js";
import { parseReference } from "../../../engine/lifecycle/case-reference.js";
import type { ReplyTemplate, Setup } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import { type Bilingual, inLanguage, type Language } from "../../../engine/text/text.js";
import { answerDueAt, type CaseParts, caseNotShown } from "../case-parts.js";
import { caseByReference } from "../case-queries.js";

export interface OfferedTemplate {
  readonly code: string;
  readonly name: Bilingual;
  /** Field of the action that it is for. */
  readonly field: TemplateField;
}

export interface FilledTemplate {
  readonly text: string;
  readonly language: Language;
}

export interface TemplateAsked {
  readonly reference: string;
  readonly actor: Actor;
  readonly now: Date;
}

/** The case as the actor may read it, with the set-up of now. */
async function readable(parts: CaseParts, a: TemplateAsked): Promise<{ theCase: Case; setup: Setup }> {
  const reference = parseReference(a.reference);
  const loaded = reference === null ? null : await caseByReference(parts.db, reference);
  if (loaded === null) throw caseNotShown();
  const { theCase } = loaded;
  const { setup } = await parts.policies.fresh(theCase.programme);
  if (!can(a.actor, "case.read", { case: theCase, entities: setup.entities })) throw caseNotShown();
  return { theCase, setup };
}

function fitting({ theCase, setup }: { theCase: Case; setup: Setup }): ReplyTemplate[] {
  const { type } = theCase.application;
  return [...setup.replyTemplates.values()]
    .filter(({ retired, types }) => !retired && (types.length === 0 || types.includes(type)))
    .sort((a, b) => a.order - b.order);
}

function valuesOf(theCase: Case, setup: Setup, language: Language, { actor, now }: TemplateAsked): TemplateValues {
  const { timeZone, name } = setup.programme;
  const day = (at: Date): string => formatDate(civilDate(at, timeZone), language);
  const due = answerDueAt(theCase);
  return {
    reference: theCase.reference,
    subject: theCase.application.subject,
    entity: inLanguage(setup.entities.get(theCase.entity ?? "")?.name ?? name, language),
    service: inLanguage(setup.services.get(theCase.application.service ?? "")?.name, language) ?? null,
    dueDate: due && day(due),
    official: actor.kind === "user" ? actor.name : inLanguage(name, language),
    programme: inLanguage(name, language),
    today: day(now),
  };
}

/** Those in use for the case's type, in their order. Problem not-found, also for a case that is not the actor's. */
export async function offeredTemplates(parts: CaseParts, a: TemplateAsked): Promise<OfferedTemplate[]> {
  return fitting(await readable(parts, a)).map(({ code, name, field }) => ({ code, name, field }));
}

/**
 * The text of a template for this case, in the language that the applicant wrote in unless another is asked for.
 * Problems: not-found, invalid-input at `/template` when no such template is offered for the case.
 */
export async function filledTemplate(
  parts: CaseParts,
  a: TemplateAsked & { readonly template: string; readonly language?: Language | undefined },
): Promise<FilledTemplate> {
  const { theCase, setup } = await readable(parts, a);
  const template = fitting({ theCase, setup }).find(({ code }) => code === a.template);
  if (template === undefined) {
    const reason = msg("cases-act.replyTemplatesService.thisTemplateIsNotOffered");
    throw new Problem("invalid-input", reason, [{ field: "/template", reason }]);
  }
  const language = a.language ?? theCase.application.language;
  return { text: fillTemplate(template.body, language, valuesOf(theCase, setup, language, a)), language };
}
