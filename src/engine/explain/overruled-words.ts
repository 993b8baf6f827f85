/** Why a classification rule that decided does not hold, in words: alike for “Why?” and for a case that is tried. */
import type { OverruledBecause } from "../rules/settle-classification.js";
import type { Bilingual } from "../text/text.js";

export const overruledWords: Readonly<Record<OverruledBecause, Bilingual>> = {
  stated: {
    en: "another pillar came with the application, and it holds",
    ar: "ورد مع الطلب محور آخر، وهو المعتمد",
  },
  notRaised: {
    en: "another level came with the application, and in this programme rules do not raise it",
    ar: "ورد مع الطلب مستوى آخر، والقواعد في هذا البرنامج لا ترفعه",
  },
  notLowered: {
    en: "a higher level came with the application, and rules never lower it",
    ar: "ورد مع الطلب مستوى أعلى، والقواعد لا تخفّضه أبدًا",
  },
  unranked: {
    en: "another level came with the application, and neither of the two is higher",
    ar: "ورد مع الطلب مستوى آخر، وليس أي منهما أعلى من الآخر",
  },
};
