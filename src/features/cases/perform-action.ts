/** An official's act on a case by its workflow, and, for the page of the case that sent it, the case as it stands afterwards. */

import type { CasePageView } from "../../engine/lifecycle/case-view.js";
import type { ActionDefinition, Call } from "../../platform/admin/define-resource.js";
import type { Services } from "../../platform/services.js";
import type { PerformedAction } from "./act/perform-action.js";
import { actKeyOf, badAct, isRecord } from "./composer-actions.js";

type Draft = Awaited<ReturnType<Services["cases"]["drafts"]>>[number];

/** What the page of a case shows after an act, so that it need not ask again. */
export interface ShownAfterAct {
  readonly page: CasePageView;
  /** As they travel: moments are texts. */
  readonly drafts: readonly (Omit<Draft, "updatedAt"> & { readonly updatedAt: string })[];
}

/** `shown`: only for whoever asked for it; null when it can no longer be read, or could not be. */
export type PerformedView = PerformedAction & { readonly shown?: ShownAfterAct | null };

const referenceOf = (call: Call): string => String(call.record?.id ?? "");

/** Ids of files that were sent before. Whose they are, the service knows. */
function attachmentsOf(sent: unknown): string[] {
  if (sent === undefined) return [];
  if (Array.isArray(sent) && sent.length <= 100 && sent.every((id) => typeof id === "string")) return sent;
  throw badAct("/attachments", "Send the files' ids as a list.", "أرسل معرّفات الملفات في قائمة.");
}

/** By the services that answer `page` and `drafts`, with their own look at who asks. The act is done, whatever becomes of this. */
async function shownTo(call: Call): Promise<ShownAfterAct | null> {
  const { cases } = call.services;
  const asked = { reference: referenceOf(call), actor: call.official.actor };
  try {
    const [page, drafts] = await Promise.all([cases.page({ ...asked, now: call.now }), cases.drafts(asked)]);
    return { page, drafts: drafts.map((draft) => ({ ...draft, updatedAt: draft.updatedAt.toISOString() })) };
  } catch {
    // The browser asks for the page itself then, and is told by it what is wrong.
    return null;
  }
}

/** `{ action, fields, expectedSeq, actKey, attachments, show }`. Problems: see `cases.perform`; a conflict says what happened since. */
async function perform(call: Call): Promise<PerformedView> {
  const { action, fields = {}, expectedSeq, show = false } = call.input;
  if (typeof action !== "string" || action === "") throw badAct("/action", "Say which action.", "حدد الإجراء.");
  if (!isRecord(fields)) throw badAct("/fields", "Send the fields as an object.", "أرسل الحقول ككائن.");
  if (!Number.isSafeInteger(expectedSeq)) {
    throw badAct("/expectedSeq", "Send the number of the case's last step that you saw.", "أرسل رقم آخر خطوة رأيتها.");
  }
  if (typeof show !== "boolean") throw badAct("/show", "Send true or false.", "أرسل true أو false.");
  const { official, now } = call;
  const actKey = actKeyOf(call.input.actKey);
  const attachments = attachmentsOf(call.input.attachments);
  const performed = await call.services.cases.perform({
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

export const performAction: ActionDefinition = {
  kind: "record",
  label: { en: "Act", ar: "تنفيذ إجراء" },
  access: "case.read",
  needs: "nothing",
  run: perform,
  leaves: (performed) => (performed as PerformedView).gone === true,
};
