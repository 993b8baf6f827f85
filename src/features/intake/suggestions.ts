/** What the public pages suggest an application to be about. It helps and never hinders: what goes wrong here ends in no suggestion. */
import type { Logger } from "pino";
import { publicChannel } from "../../engine/applicant/public-pages.js";
import type { Matter } from "../../engine/suggestions/matter.js";
import { suggestMatters } from "../../engine/suggestions/suggest-matters.js";
import { textStems } from "../../engine/suggestions/text-stems.js";
import { Problem } from "../../engine/text/problems.js";
import type { Language } from "../../engine/text/text.js";
import type { Database } from "../../platform/db/query.js";
import { errorSummary } from "../../platform/error-summary.js";
import type { Tries } from "../cases/act/applicant-tries.js";
import type { Policies } from "../setup/policies.js";
import { wordCountsOf } from "./word-count-store.js";

export interface Suggestions {
  /** At most five, the likeliest first; none where nothing is likely, where an address asked too often, and where it failed. Never a problem. */
  suggest(a: {
    readonly programme: string;
    readonly subject: string;
    readonly description: string;
    readonly language: Language;
    /** The address that asks. */
    readonly address: string;
    readonly now: Date;
  }): Promise<readonly Matter[]>;
}

export function createSuggestions(parts: {
  readonly db: Database;
  readonly policies: Pick<Policies, "fresh">;
  readonly tries: Pick<Tries, "count">;
  readonly log: Pick<Logger, "warn">;
}): Suggestions {
  const { db, policies, tries, log } = parts;
  return {
    async suggest({ programme, subject, description, language, address, now }) {
      try {
        await tries.count("suggestions from an address", { address, now });
        const policy = await policies.fresh(programme);
        const stems = textStems(`${subject} ${description}`).flat();
        const counts = stems.length === 0 ? null : await wordCountsOf(db, { programme, stems });
        const places = { sector: null, entity: null, service: null, governorate: null };
        const told = {
          ...places,
          programme,
          channel: publicChannel(policy.setup)?.code ?? "",
          language,
          subject,
          description,
          pillar: null,
          importance: null,
          category: null,
          anonymous: true,
          fields: {},
          receivedAt: now,
          imported: false,
        };
        return suggestMatters(told, policy, counts);
      } catch (error) {
        if (!(error instanceof Problem)) log.warn({ error: errorSummary(error) }, "no suggestion was made");
        return [];
      }
    },
  };
}
