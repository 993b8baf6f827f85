/** What the page of a case asks for, other than the composer: itself, its story, why, templates, who else has it open. */
import { timelineParts } from "../../../engine/explain/timeline-window.js";
import { isLanguage } from "../../../engine/text/languages.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { ActionDefinition, Call, Row } from "../../../platform/admin/define-resource.js";
import { readsCases } from "../../../platform/admin/may.js";
import type { Services } from "../../../platform/services.js";
import { badAct } from "../act/composer-actions.js";

const referenceOf = (call: Call): string => String(call.record?.id ?? "");
const cases = (call: { services: Services }): Services["cases"] => call.services.cases;

/** `{ template, language }`; without a language the applicant's. It is a POST because it is asked with a body, and changes nothing. */
async function fill(call: Call): Promise<unknown> {
  const { template, language = null } = call.input;
  if (typeof template !== "string" || template === "") {
    throw badAct("/template", msg("cases.casesResource.sayWhichTemplate"));
  }
  if (language !== null && !isLanguage(language)) {
    throw badAct("/language", msg("cases.casesResource.theLanguageIsArOr"));
  }
  const { official, now } = call;
  const asked = { reference: referenceOf(call), template, actor: official.actor, now };
  return cases(call).fillTemplate({ ...asked, ...(language !== null && { language }) });
}

/** `?part=conversation&before=120`: what happened before what the page shows. */
function earlier(call: Call): Promise<unknown> {
  const part = timelineParts.find((one) => one === call.query.part);
  const before = Number(call.query.before);
  if (part === undefined) throw badAct("/part", msg("cases.casesResource.sayWhichPart"));
  if (!Number.isSafeInteger(before) || before < 1) throw badAct("/before", msg("cases.casesResource.sayBeforeWhich"));
  return cases(call).timeline({ reference: referenceOf(call), actor: call.official.actor, part, before });
}

const isEvent = (value: unknown): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value < 2 ** 31;
const badSeen = (): Problem => {
  const reason = msg("cases-page.presenceAction.badSeen");
  return new Problem("invalid-input", reason, [{ field: "/seen", reason }]);
};

/**
 * Who has a case open: a sign of life every few seconds, answered with who else is there.
 * `{ writing }`, or `{ leaving: true }` on the way out. `seen`: the last event of the case that is before their eyes; what is
 * news up to there is none any more, and `news` says whether it was.
 */
async function beat(call: Call): Promise<unknown> {
  const { writing = false, leaving = false, seen } = call.input;
  const { presence, news } = call.services;
  const who = { caseId: (call.record as Row).caseId as number, userId: call.official.userId };
  if (leaving === true) {
    await presence.leave(who);
    return { others: [] };
  }
  if (seen !== undefined && !isEvent(seen)) throw badSeen();
  const others = await presence.beat({ ...who, writing: writing === true, now: call.now });
  return { others, news: seen === undefined ? false : await news.seen({ ...who, upTo: seen }) };
}

export const casePageActions = {
  page: {
    kind: "record",
    label: msg("cases.casesResource.actionsPageLabel"),
    access: readsCases,
    needs: "nothing",
    read: (call) => cases(call).page({ reference: referenceOf(call), actor: call.official.actor, now: call.now }),
  },
  timeline: {
    kind: "record",
    label: msg("cases.casesResource.actionsTimelineLabel"),
    access: readsCases,
    needs: "nothing",
    query: ["part", "before"],
    read: earlier,
  },
  why: {
    kind: "record",
    label: msg("cases.casesResource.actionsWhyLabel"),
    access: readsCases,
    needs: "nothing",
    read: (call) => cases(call).why({ reference: referenceOf(call), actor: call.official.actor, now: call.now }),
  },
  presence: {
    kind: "record",
    label: msg("cases-page.presenceAction.presenceActionLabel"),
    access: readsCases,
    needs: "reach",
    run: beat,
  },
  templates: {
    kind: "record",
    label: msg("cases.casesResource.actionsTemplatesLabel"),
    access: readsCases,
    needs: "nothing",
    read: async (call) => ({
      templates: await cases(call).replyTemplates({
        reference: referenceOf(call),
        actor: call.official.actor,
        now: call.now,
      }),
    }),
  },
  fill: {
    kind: "record",
    label: msg("cases.casesResource.actionsFillLabel"),
    access: readsCases,
    needs: "nothing",
    run: fill,
  },
  endLinks: {
    kind: "record",
    label: msg("cases.casesResource.actionsEndLinksLabel"),
    access: "case.act",
    run: async (call) => {
      const by = { actor: call.official.actor };
      return {
        ended: await call.services.applicantLinks.revoke({ reference: referenceOf(call), by, now: call.now }),
      };
    },
  },
  unmask: {
    kind: "record",
    label: msg("cases.casesResource.actionsUnmaskLabel"),
    access: "personal.read",
    run: (call) =>
      cases(call).readApplicant({
        reference: referenceOf(call),
        actor: call.official.actor,
        unmask: true,
        now: call.now,
      }),
  },
} as const satisfies Readonly<Record<string, ActionDefinition>>;
