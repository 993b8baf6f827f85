/** How a text that is filled in later will read, in both languages. */
import React from "react";
import type { Bilingual } from "../../../engine/text/text.js";
import type { RecordAnswer } from "../../../platform/admin/resource-view.js";
import { languagesFirst, Panel, ProblemBox, Spinner, useText, useView } from "../../../platform/ui/kit.js";

const words = {
  title: { en: "How it reads", ar: "كيف يظهر" },
  example: {
    en: "With values of an example. The case puts its own in their place.",
    ar: "بقيم من مثال، وتحل محلها قيم المعاملة نفسها.",
  },
  languages: { ar: { en: "In Arabic", ar: "بالعربية" }, en: { en: "In English", ar: "بالإنجليزية" } },
};

export function RecordPreview({ resource, record }: { readonly resource: string; readonly record: string }) {
  const { t, language } = useText();
  const { view, problem } = useView<RecordAnswer>(`resources/${resource}/records/${record}/preview`);
  const filled = view?.view as Bilingual | undefined;
  return (
    <Panel title={words.title}>
      <p className="muted">{t(words.example)}</p>
      {problem && <ProblemBox problem={problem} />}
      {!problem && filled === undefined && <Spinner />}
      {filled && (
        <div className="letter-pair">
          {languagesFirst(language).map((one) => (
            <section key={one} className="letter-text" aria-label={t(words.languages[one])}>
              <h3>{t(words.languages[one])}</h3>
              <p lang={one} dir={one === "ar" ? "rtl" : "ltr"}>
                {filled[one]}
              </p>
            </section>
          ))}
        </div>
      )}
    </Panel>
  );
}
