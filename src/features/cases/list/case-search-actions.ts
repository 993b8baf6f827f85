/** What finds cases beside their list: while somebody types, by who sent them, from another case. */

import { msg } from "../../../engine/text/msg.js";
import type { ActionDefinition, Call } from "../../../platform/admin/resource-definition.js";
import type { Services } from "../../../platform/services.js";
import { badAct } from "../act/composer-actions.js";
import { mostToLookAt } from "./next-to-do.js";

/** More leads to the list. */
const maxSuggested = 6;

const cases = (call: Call): Services["cases"] => call.services.cases;

async function suggested(call: Call, typed: unknown): Promise<unknown> {
  const { official, now } = call;
  const search = typeof typed === "string" ? typed.trim() : "";
  return search === ""
    ? []
    : cases(call).find({ actor: official.actor, now, search, sort: "match", offset: 0, limit: maxSuggested });
}

async function next(call: Call): Promise<unknown> {
  const { references, action = null } = call.input;
  const isList = Array.isArray(references) && references.length <= mostToLookAt;
  if (!isList || !references.every((one) => typeof one === "string")) {
    throw badAct("/references", msg("cases-list.caseSearchActions.sendReferences", { n: mostToLookAt }));
  }
  if (action !== null && typeof action !== "string")
    throw badAct("/action", msg("cases-act.composerActions.sayWhichAction"));
  return { next: await cases(call).nextToDo({ references, action, actor: call.official.actor, now: call.now }) };
}

export const caseSearchActions = {
  /** By POST what nobody wants in an address: digits that may become somebody's number. */
  suggest: {
    kind: "resource",
    label: msg("cases-list.caseSearchActions.caseSearchActionsSuggestLabel"),
    access: "case.read",
    query: ["search"],
    read: (call) => suggested(call, call.query.search),
    run: (call) => suggested(call, call.input.search),
  },
  /** `{ references, action }`: where the list leads after an act; in a body, as a list may be long. */
  next: {
    kind: "resource",
    label: msg("cases-list.caseSearchActions.next"),
    access: "case.read",
    run: next,
  },
  near: {
    kind: "resource",
    label: msg("cases-list.caseSearchActions.near"),
    access: "case.read",
    query: ["search"],
    read: (call) => cases(call).near({ actor: call.official.actor, now: call.now, search: call.query.search ?? "" }),
  },
  /** A POST, so that nobody's number stands in an address: it is on record. */
  applicant: {
    kind: "resource",
    label: msg("cases-list.caseSearchActions.caseSearchActionsApplicantLabel"),
    access: "personal.read",
    run: (call) =>
      cases(call).findApplicant({ applicant: call.input.applicant, actor: call.official.actor, now: call.now }),
  },
  related: {
    kind: "record",
    label: msg("cases-list.caseSearchActions.caseSearchActionsRelatedLabel"),
    access: "case.read",
    needs: "nothing",
    read: (call) =>
      cases(call).related({ reference: String(call.record?.id ?? ""), actor: call.official.actor, now: call.now }),
  },
} as const satisfies Readonly<Record<string, ActionDefinition>>;
