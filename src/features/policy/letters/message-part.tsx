/** A letter in the programme's own words: a tab a language, fields to put in, findings at their place, and how it reads. */

import React, { useState } from "react";
import type { Bilingual } from "../../../engine/text/text.js";
import { Tabs, useText } from "../../../platform/ui/kit.js";
import type { PolicyPart, PolicyPartProps } from "../policy-part.js";
import { faultsUnder } from "../rules/place-faults.js";
import { NoForm } from "../rules/rules-part.js";
import { FieldList } from "./field-list.js";
import { LetterPreviews } from "./letter-look.js";
import { isMembers, type Members, type Spoken, spoken, textIn, withText } from "./letter-model.js";
import { WordedField } from "./worded-field.js";

const words = {
  tab: { en: "Letter", ar: "الرسالة" },
  lead: {
    en: "Write both languages. A line that begins with # is a heading, with - an item of a list; an empty line begins a paragraph.",
    ar: "اكتب النص باللغتين. السطر الذي يبدأ بـ # عنوان، وبـ - بند في قائمة، والسطر الفارغ يبدأ فقرة.",
  },
  languages: { en: "Language of the text", ar: "لغة النص" },
  ar: { en: "Arabic", ar: "العربية" },
  en: { en: "English", ar: "الإنجليزية" },
  name: { en: "Name on the ladder", ar: "الاسم في سلّم التصعيد" },
  subject: { en: "Subject", ar: "الموضوع" },
  preview: { en: "Line beside the subject", ar: "السطر المجاور للموضوع" },
  previewHelp: {
    en: "What telephones and mail programs show before the letter is opened.",
    ar: "ما تعرضه الهواتف وبرامج البريد قبل فتح الرسالة.",
  },
  body: { en: "Body", ar: "المتن" },
} as const satisfies Record<string, Bilingual>;

function MessageEditor({ letter, part }: { letter: Members; part: PolicyPartProps }) {
  const { t } = useText();
  const { faults, onChange, vocabulary, mayPublish } = part;
  const [language, setLanguage] = useState<Spoken>("ar");
  const fields = vocabulary.letter?.fields ?? [];
  const errorsIn = (one: Spoken) =>
    faults.filter(({ field, severity }) => severity === "error" && field.endsWith(`/${one}`)).length || null;
  const write = (member: string, optional = false) =>
    onChange && ((text: string) => onChange(withText(letter, member, language, text, optional)));
  const field = (member: "name" | "subject" | "preview" | "body") => ({
    pointer: `/${member}/${language}`,
    label: words[member],
    language,
    value: textIn(letter[member], language),
    faults: faultsUnder(faults, `/${member}/${language}`),
    onChange: write(member, member === "preview"),
  });
  return (
    <div className="stack">
      <p className="muted">{t(words.lead)}</p>
      <Tabs
        label={words.languages}
        current={language}
        onChange={(id) => setLanguage(id === "en" ? "en" : "ar")}
        tabs={spoken.map((id) => ({ id, label: words[id], count: errorsIn(id) }))}
      >
        <div key={language} className="letter-editor">
          <div className="stack">
            {vocabulary.letter?.named && <WordedField {...field("name")} />}
            <WordedField {...field("subject")} />
            <WordedField {...field("preview")} help={words.previewHelp} required={false} />
            <WordedField {...field("body")} rows={16} />
          </div>
          {onChange && <FieldList fields={fields} first={`/body/${language}`} partsAt={`/body/${language}`} />}
        </div>
      </Tabs>
      {mayPublish && <LetterPreviews {...part} />}
    </div>
  );
}

function MessagePart(part: PolicyPartProps) {
  const { definition } = part;
  return isMembers(definition) ? <MessageEditor letter={definition} part={part} /> : <NoForm />;
}

export const messagePart: PolicyPart = {
  id: "letter",
  label: words.tab,
  place: "editor",
  of: ({ kind }) => kind === "message",
  Component: MessagePart,
};
