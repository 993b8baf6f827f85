/** The committee's digest as it would read now: nothing is stored or sent. */
import { can } from "../../domain/permissions.js";
import { Problem } from "../../domain/problems.js";
import type { Language } from "../../domain/text.js";
import { definePage } from "../guard/define-page.js";
import { programmesWhere } from "../guard/may.js";
import { readIn } from "../official.js";

export interface DigestView {
  readonly programme: string;
  readonly programmes: readonly string[];
  readonly language: Language;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

export const digestPage = definePage({
  name: "digest",
  label: { en: "Committee digest", ar: "موجز اللجنة" },
  group: "operation",
  icon: "chart",
  order: 60,
  component: "Digest",
  // A focal point's digest is of another kind and comes by mail; this one is of the whole programme.
  access: (official) => programmesWhere(official, "digest.read").length > 0,
  query: ["programme", "language"],
  async read({ services, official, now, query }): Promise<DigestView> {
    const programmes = programmesWhere(official, "digest.read");
    const programme = query.programme ?? programmes[0] ?? "";
    if (!can(official.actor, "digest.read", { programme })) {
      throw new Problem("not-found", { en: "There is no such programme here.", ar: "لا يوجد برنامج كهذا هنا." });
    }
    const language = query.language === "ar" || query.language === "en" ? query.language : readIn(official);
    const { subject, html, text } = await services.digests.preview({ name: "committee", at: now, language, programme });
    return { programme, programmes, language, subject, html, text };
  },
});
