/** What the composer of a case asks for: the act itself, drafts, the letter as it will look, whether an act was done. */

import { isRecord } from "../../../engine/is-record.js";
import type { CasePageView } from "../../../engine/lifecycle/views/case-view.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Bilingual } from "../../../engine/text/text.js";
import type { Call, ResourceDefinition } from "../../../platform/admin/define-resource.js";
import { readsCases } from "../../../platform/admin/may.js";
import type { Services } from "../../../platform/services.js";
import type { DraftFields } from "./case-drafts.js";
import type { PerformedAction } from "./perform-action.js";

const referenceOf = (call: Call): string => String(call.record?.id ?? "");
const cases = (call: Call): Services["cases"] => call.services.cases;

export function badAct(field: string, reason: Bilingual): Problem {
  return new Problem("invalid-input", reason, [{ field, reason }]);
}

/** What a browser makes an act's key and a window's name of. */
const madeUp = /^[\w-]{8,64}$/;

/** The key of an act, where one was sent. */
export function actKeyOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "string" && madeUp.test(value)) return value;
  throw badAct("/actKey", msg("cases-act.composerActions.sendAKeyOfTo"));
}

function actionOf(call: Call): string {
  const { action } = call.input;
  if (typeof action === "string" && action !== "" && action.length <= 100) return action;
  throw badAct("/action", msg("cases-act.composerActions.sayWhichAction"));
}

const isText = (value: unknown): value is string => typeof value === "string";

function draftFields(value: unknown): DraftFields | null {
  if (value === null) return null;
  const texts =
    isRecord(value) && Object.values(value).every((one) => isText(one) || (Array.isArray(one) && one.every(isText)));
  if (texts) return value as DraftFields;
  throw badAct("/fields", msg("cases-act.composerActions.sendTheFieldsAsAn"));
}

const isCount = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) < 2 ** 31;

function keep(call: Call): Promise<unknown> {
  const { fields, tab, counter, based } = call.input;
  if (!isText(tab) || !madeUp.test(tab)) throw badAct("/tab", msg("cases-act.composerActions.nameTheWindow"));
  if (!isCount(counter)) throw badAct("/counter", msg("cases-act.composerActions.sendAWholeNumber"));
  if (!isCount(based)) throw badAct("/based", msg("cases-act.composerActions.sendAWholeNumber"));
  return cases(call).keepDraft({
    reference: referenceOf(call),
    action: actionOf(call),
    fields: draftFields(fields),
    tab,
    counter,
    based,
    actor: call.official.actor,
    now: call.now,
  });
}

/** An act that is still being written: `{ action, fields }`. */
function writtenOf(call: Call) {
  const { fields = {} } = call.input;
  if (!isRecord(fields)) throw badAct("/fields", msg("cases-act.composerActions.sendTheFieldsAsAn2"));
  const { official, now } = call;
  return { reference: referenceOf(call), action: actionOf(call), fields, actor: official.actor, now };
}

type Draft = Awaited<ReturnType<Services["cases"]["drafts"]>>[number];

/** What the page of a case shows after an act, so that it need not ask again. */
export interface ShownAfterAct {
  readonly page: CasePageView;
  /** As they travel: moments are texts. */
  readonly drafts: readonly (Omit<Draft, "updatedAt"> & { readonly updatedAt: string })[];
}

/** `shown`: only for the person who asked for it; null when it can no longer be read, or could not be. */
export type PerformedView = PerformedAction & { readonly shown?: ShownAfterAct | null };

/** Ids of files that were sent before. Whose they are, the service knows. */
function attachmentsOf(sent: unknown): string[] {
  if (sent === undefined) return [];
  if (Array.isArray(sent) && sent.length <= 100 && sent.every((id) => typeof id === "string")) return sent;
  throw badAct("/attachments", msg("cases-act.composerActions.sendTheFilesIdsAs"));
}

/** By the services that answer `page` and `drafts`, with their own look at who asks. The act is done, whatever becomes of this. */
async function shownTo(call: Call): Promise<ShownAfterAct | null> {
  const service = cases(call);
  const asked = { reference: referenceOf(call), actor: call.official.actor };
  try {
    const [page, drafts] = await Promise.all([service.page({ ...asked, now: call.now }), service.drafts(asked)]);
    return { page, drafts: drafts.map((draft) => ({ ...draft, updatedAt: draft.updatedAt.toISOString() })) };
  } catch {
    // The browser asks for the page itself then, whose answer says what is wrong.
    return null;
  }
}

/** `{ action, fields, expectedSeq, actKey, attachments, show }`. Problems: see `cases.perform`; a conflict says what happened since. */
async function perform(call: Call): Promise<PerformedView> {
  const { action, fields = {}, expectedSeq, show = false } = call.input;
  if (typeof action !== "string" || action === "")
    throw badAct("/action", msg("cases-act.composerActions.sayWhichAction"));
  if (!isRecord(fields)) throw badAct("/fields", msg("cases-act.composerActions.sendTheFieldsAsAn2"));
  if (!Number.isSafeInteger(expectedSeq)) {
    throw badAct("/expectedSeq", msg("cases-act.composerActions.sendTheNumberOfThe"));
  }
  if (typeof show !== "boolean") throw badAct("/show", msg("cases-act.composerActions.sendTrueOrFalse"));
  const { official, now } = call;
  const actKey = actKeyOf(call.input.actKey);
  const attachments = attachmentsOf(call.input.attachments);
  const performed = await cases(call).perform({
    reference: referenceOf(call),
    action,
    fields,
    actor: official.actor,
    now,
    expectedSeq: expectedSeq as number,
    ...(actKey !== undefined && { actKey }),
    attachments,
  });
  if (!show) return performed;
  return { ...performed, shown: performed.gone ? null : await shownTo(call) };
}

/** Which entities it is likely for, by what the applicant wrote, the likeliest first. It decides nothing. */
async function suggestedTo(call: Call): Promise<{ readonly entities: readonly string[] }> {
  const { actor, userId } = call.official;
  const { head, text } = await cases(call).page({ reference: referenceOf(call), actor, now: call.now });
  const matters = await call.services.publicPages.suggest({
    programme: head.programme.code,
    subject: text.subject,
    description: text.description,
    language: text.language,
    address: `official ${userId}`,
    now: call.now,
  });
  return { entities: [...new Set(matters.map(({ entity }) => entity))] };
}

export const composerActions: NonNullable<ResourceDefinition["actions"]> = {
  perform: {
    kind: "record",
    label: msg("cases-act.composerActions.composerActionsPerformLabel"),
    access: readsCases,
    needs: "nothing",
    run: perform,
    leaves: (performed) => (performed as PerformedView).gone === true,
  },
  drafts: {
    kind: "record",
    label: msg("cases-act.composerActions.composerActionsDraftsLabel"),
    access: readsCases,
    needs: "nothing",
    read: async (call) => ({
      drafts: await cases(call).drafts({ reference: referenceOf(call), actor: call.official.actor }),
    }),
  },
  draft: {
    kind: "record",
    label: msg("cases-act.composerActions.composerActionsDraftLabel"),
    access: readsCases,
    needs: "nothing",
    run: keep,
  },
  preview: {
    kind: "record",
    label: msg("cases-act.composerActions.composerActionsPreviewLabel"),
    access: readsCases,
    needs: "nothing",
    run: (call) => cases(call).previewLetter(writtenOf(call)),
  },
  suggested: {
    kind: "record",
    label: msg("cases-act.composerActions.suggestedLabel"),
    access: "case.act",
    needs: "nothing",
    read: suggestedTo,
  },
  deadlines: {
    kind: "record",
    label: msg("cases-act.composerActions.deadlinesLabel"),
    access: readsCases,
    needs: "nothing",
    run: async (call) => ({ deadlines: await cases(call).foreseeDeadlines(writtenOf(call)) }),
  },
  performed: {
    kind: "resource",
    label: msg("cases-act.composerActions.composerActionsPerformedLabel"),
    access: readsCases,
    query: ["key"],
    read: async (call) => ({
      act: await cases(call).actDone({
        ...{ actor: call.official.actor, actKey: actKeyOf(call.query.key) ?? "", now: call.now },
      }),
    }),
  },
};
