/** The committee's digest as it would read now, or as its letter read: nothing is stored or sent. */

import { can } from "../../engine/access/permissions.js";
import { asLanguage } from "../../engine/text/languages.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import type { Language } from "../../engine/text/text.js";
import { definePage } from "../../platform/admin/define-page.js";
import { programmesWhere } from "../../platform/admin/may.js";
import { readIn } from "../../platform/admin/official.js";

export interface DigestView {
  readonly programme: string;
  readonly programmes: readonly string[];
  readonly language: Language;
  /** The moment of the letter whose figures these are (ISO); null: they are of now. */
  readonly at: string | null;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** No letter is older. */
const firstLetter = new Date("2000-01-01T00:00:00Z");

/** The moment that a letter's link names; null where it names none at which a letter can have been written. */
function momentOf(text: string | undefined, now: Date): Date | null {
  const at = new Date(text ?? "");
  return at >= firstLetter && at <= now ? at : null;
}

export const digestPage = definePage({
  name: "digest",
  label: msg("reports.digestPage.committeeDigest"),
  group: "operation",
  icon: "chart",
  order: 60,
  component: "Digest",
  // A focal point's digest is of another kind and comes by mail; this one is of the whole programme.
  access: (official) => programmesWhere(official, "digest.read").length > 0,
  query: ["programme", "language", "at"],
  async read({ services, official, now, query }): Promise<DigestView> {
    const programmes = programmesWhere(official, "digest.read");
    const programme = query.programme ?? programmes[0] ?? "";
    if (!can(official.actor, "digest.read", { programme })) {
      throw new Problem("not-found", msg("reports.digestPage.programmeNotFound"));
    }
    const language = asLanguage(query.language) ?? readIn(official);
    const then = momentOf(query.at, now);
    const asked = { name: "committee", at: then ?? now, language, programme };
    const { subject, html, text } = await services.digests.preview(asked);
    return { programme, programmes, language, at: then?.toISOString() ?? null, subject, html, text };
  },
});
