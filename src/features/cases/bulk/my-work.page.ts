/** One's own long work: bulk acts, files of cases, replays of drafts. Started elsewhere, watched and ended here. */

import { isRecord } from "../../../engine/is-record.js";
import type { BulkOffer, BulkPreview, BulkRunDetail, BulkRunView } from "../../../engine/lifecycle/views/bulk-view.js";
import type { ReplayView } from "../../../engine/replay/replay-view.js";
import { isLanguage } from "../../../engine/text/languages.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Bilingual, Language } from "../../../engine/text/text.js";
import { definePage } from "../../../platform/admin/define-page.js";
import { readListQuery } from "../../../platform/admin/list-query.js";
import type { Call } from "../../../platform/admin/resource-definition.js";
import { askedCases, caseSortOf, casesResource } from "../cases.resource.js";
import type { ExportChoices, ExportView } from "../export/export-view.js";

export interface MyWorkView {
  readonly runs: readonly BulkRunView[];
  readonly exports: readonly ExportView[];
  /** Runs over drafts of policy; none for people who may not read the configuration. */
  readonly replays: readonly ReplayView[];
  /** The run that the address names, with what was refused. */
  readonly run: BulkRunDetail | null;
}
export type BulkOfferView = BulkOffer;
export type BulkPreviewView = BulkPreview;
export type ExportChoicesView = ExportChoices;

function bad(field: string, reason: Bilingual): Problem {
  return new Problem("invalid-input", reason, [{ field, reason }]);
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** What the list of cases was set to, as its address says it: read by the same rules as the list itself. */
async function listOf({ official, now, services, input }: Call) {
  const query = input.query ?? {};
  if (!isRecord(query)) throw bad("/query", msg("cases-bulk.myWorkPage.sendTheFiltersAsAn"));
  const programme = official.actor.seats[0]?.programme;
  const timeZone = programme === undefined ? "UTC" : (await services.setup.of(programme)).programme.timeZone;
  const { filters, search, sort } = readListQuery(casesResource, query, timeZone);
  const { actor: _actor, now: _now, ...asked } = askedCases({ official, now, filters, search });
  return { ...asked, sort: caseSortOf(sort) };
}

const maxReferences = 2000;

function referencesOf(input: Call["input"]): readonly string[] {
  const { references } = input;
  const fits = (one: unknown): one is string => typeof one === "string" && one.length <= 20;
  if (Array.isArray(references) && references.length <= maxReferences && references.every(fits)) return references;
  throw bad("/references", msg("cases-bulk.myWorkPage.sendTheReferenceNumbersAs"));
}

function actOf({ input, official, now }: Call) {
  const { action, fields = {} } = input;
  if (typeof action !== "string" || action === "") throw bad("/action", msg("cases-bulk.myWorkPage.sayWhichAction"));
  if (!isRecord(fields)) throw bad("/fields", msg("cases-bulk.myWorkPage.sendTheFieldsAsAn"));
  return { actor: official.actor, now, references: referencesOf(input), action, fields };
}

const languageOf = (value: unknown): Language => {
  if (isLanguage(value)) return value;
  throw bad("/language", msg("cases-bulk.myWorkPage.chooseALanguage"));
};

export const myWorkPage = definePage({
  name: "my-work",
  label: msg("cases-bulk.myWorkPage.myExportsAndBulkActs"),
  group: "cases",
  icon: "list",
  order: 40,
  component: "MyWork",
  access: "case.read",
  query: ["run"],
  read: async ({ services, official, query, now }): Promise<MyWorkView> => {
    const { bulk, exports, replays } = services.work;
    const { actor } = official;
    const [runs, files, replayed, run] = await Promise.all([
      bulk.list({ actor, now }),
      exports.list({ actor }),
      replays.mine({ actor }),
      query.run === undefined ? null : bulk.one({ actor, id: query.run, now }),
    ]);
    return { runs, exports: files, replays: replayed, run };
  },
  acts: {
    /** `{ references }` or `{ query }` as in the address of the list. */
    "bulk-offer": async (call): Promise<BulkOfferView> =>
      call.services.work.bulk.offer({
        actor: call.official.actor,
        now: call.now,
        selection:
          call.input.references === undefined
            ? { asked: await listOf(call) }
            : { references: referencesOf(call.input) },
      }),
    /** `{ references, action, fields }`. */
    "bulk-preview": (call): Promise<BulkPreviewView> => call.services.work.bulk.preview(actOf(call)),
    /** With `id`, a number that the asker makes up, so that sending it twice starts one run. */
    "bulk-start": (call): Promise<BulkRunView> =>
      call.services.work.bulk.start({ ...actOf(call), id: textOf(call.input.id) }),
    "bulk-cancel": ({ services, official, now, input }): Promise<BulkRunDetail> =>
      services.work.bulk.cancel({ actor: official.actor, now, id: textOf(input.id) }),
    /** `{ id, run }`: all that the run forwarded, by a run of its own with the number `id`. */
    "bulk-take-back": ({ services, official, now, input }): Promise<BulkRunView> =>
      services.work.bulk.takeBack({ actor: official.actor, now, id: textOf(input.id), run: textOf(input.run) }),
    "replay-cancel": ({ services, official, now, input }): Promise<ReplayView> =>
      services.work.replays.cancel({ actor: official.actor, now, id: textOf(input.id) }),
    "export-choices": ({ services, official }): Promise<ExportChoicesView> =>
      services.work.exports.choices({ actor: official.actor }),
    /** `{ query, format, language, columns, reason }`. */
    "export-start": async (call): Promise<ExportView> => {
      const { sort: _sort, ...asked } = await listOf(call);
      const { format, columns, reason, language } = call.input;
      const { official, now } = call;
      const about = { format, columns, reason, language: languageOf(language) };
      return call.services.work.exports.start({ actor: official.actor, now, asked, ...about });
    },
    "export-cancel": ({ services, official, now, input }): Promise<ExportView> =>
      services.work.exports.cancel({ actor: official.actor, now, id: textOf(input.id) }),
    "export-remove": ({ services, official, input }): Promise<ExportView> =>
      services.work.exports.remove({ actor: official.actor, id: textOf(input.id) }),
  },
});
