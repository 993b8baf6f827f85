/** A digest in the programme's own words: its title and introduction, its sections and their order, and how it reads now. */

import React, { useState } from "react";
import { msg } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { Tabs, useText } from "../../../platform/ui/kit.js";
import type { PolicyPart, PolicyPartProps } from "../policy-part.js";
import { faultAt } from "../rules/place-faults.js";
import { NoForm } from "../rules/rules-part.js";
import { FieldList } from "./field-list.js";
import { LetterPreviews } from "./letter-look.js";
import { isMembers, type Members, type Spoken, spoken, textIn, withText } from "./letter-model.js";
import { OrderedChoices } from "./ordered-choices.js";
import { WordedField } from "./worded-field.js";

const words = {
  ar: msg("policy-letters.digestPart.ar"),
  en: msg("policy-letters.digestPart.en"),
  subject: msg("policy-letters.digestPart.subject"),
  title: msg("policy-letters.digestPart.title"),
  introduction: msg("policy-letters.digestPart.introduction"),
  sections: msg("policy-letters.digestPart.sections"),
};

const sectionsOf = (digest: Members): readonly Members[] =>
  Array.isArray(digest.sections) ? digest.sections.filter(isMembers) : [];

function DigestEditor({ digest, part }: { digest: Members; part: PolicyPartProps }) {
  const { t } = useText();
  const { faults, onChange, vocabulary, mayPublish } = part;
  const [language, setLanguage] = useState<Spoken>("ar");
  const known = vocabulary.letter;
  const sections = sectionsOf(digest);
  const setSections = onChange && ((next: readonly Members[]) => onChange({ ...digest, sections: next }));
  const setSection = (name: string, next: Members) =>
    setSections?.(sections.map((one) => (one.section === name ? next : one)));
  const errorsIn = (one: Spoken) =>
    faults.filter(({ field, severity }) => severity === "error" && field.endsWith(`/${one}`)).length || null;
  const field = (member: "subject" | "title" | "introduction") => ({
    pointer: `/${member}/${language}`,
    label: words[member],
    language,
    value: textIn(digest[member], language),
    faults,
    onChange:
      onChange && ((text: string) => onChange(withText(digest, member, language, text, member === "introduction"))),
  });
  const ofSection = (name: string) => {
    const index = sections.findIndex(({ section }) => section === name);
    const section = sections[index];
    if (section === undefined) return null;
    const text = (member: "title" | "introduction", label: Bilingual, rows?: number) => (
      <WordedField
        pointer={`/sections/${index}/${member}/${language}`}
        label={label}
        language={language}
        required={false}
        {...(rows === undefined ? {} : { rows })}
        value={textIn(section[member], language)}
        faults={faults}
        onChange={onChange && ((said) => setSection(name, withText(section, member, language, said, true)))}
      />
    );
    const chosen = Array.isArray(section.figures) ? section.figures.map(String) : known?.figures.map((one) => one.name);
    return (
      <div className="section-more">
        {text("title", msg("policy-letters.digestPart.sectionTitle"))}
        {text("introduction", msg("policy-letters.digestPart.sectionIntroduction"), 2)}
        {known?.sections.find((one) => one.section === name)?.figures && (
          <OrderedChoices
            label={msg("policy-letters.digestPart.figures")}
            all={known.figures}
            chosen={chosen ?? []}
            onChange={setSections && ((figures) => setSection(name, { ...section, figures }))}
          />
        )}
      </div>
    );
  };
  const wrong = faultAt(
    faults.filter(({ field: at }) => !/\/(ar|en)$/.test(at)),
    "/sections",
  );
  return (
    <div className="stack">
      <p className="muted">{t(msg("policy-letters.digestPart.lead"))}</p>
      <Tabs
        label={msg("policy-letters.digestPart.languages")}
        current={language}
        onChange={(id) => setLanguage(id === "en" ? "en" : "ar")}
        tabs={spoken.map((id) => ({ id, label: words[id], count: errorsIn(id) }))}
      >
        <div key={language} className="letter-editor">
          <div className="stack">
            <WordedField {...field("subject")} />
            <WordedField {...field("title")} />
            <WordedField {...field("introduction")} rows={4} required={false} />
            <h3>{t(words.sections)}</h3>
            {wrong && (
              <p className="field-fault" role="alert">
                {t(wrong)}
              </p>
            )}
            <OrderedChoices
              label={words.sections}
              all={(known?.sections ?? []).map(({ section, label }) => ({ name: section, label }))}
              chosen={sections.map(({ section }) => String(section))}
              onChange={
                setSections &&
                ((names) =>
                  setSections(
                    names.map((name) => sections.find(({ section }) => section === name) ?? { section: name }),
                  ))
              }
              more={ofSection}
            />
          </div>
          {onChange && <FieldList fields={known?.fields ?? []} first={`/title/${language}`} partsAt={null} />}
        </div>
      </Tabs>
      {mayPublish && <LetterPreviews {...part} />}
    </div>
  );
}

function DigestPartView(part: PolicyPartProps) {
  const { definition } = part;
  return isMembers(definition) ? <DigestEditor digest={definition} part={part} /> : <NoForm />;
}

export const digestPart: PolicyPart = {
  id: "digest",
  label: msg("policy-letters.digestPart.tab"),
  place: "editor",
  of: ({ kind }) => kind === "digest",
  Component: DigestPartView,
};
