/** A letter in the programme's own words: a tab a language, fields to put in, findings at their place, and how it reads. */

import React, { useState } from "react";
import { isSmsKind } from "../../../engine/letters/message-kinds.js";
import { msg } from "../../../engine/text/msg.js";
import { useText } from "../../../platform/ui/kit.js";
import type { PolicyPart, PolicyPartProps } from "../policy-part.js";
import { faultsUnder } from "../rules/place-faults.js";
import { NoForm } from "../rules/rules-part.js";
import { FieldList } from "./field-list.js";
import { LetterPreviews } from "./letter-look.js";
import { isMembers, type Members, type Spoken, textIn, withText } from "./letter-model.js";
import { LanguageTabs, WordedField } from "./worded-field.js";

const words = {
  name: msg("policy-letters.messagePart.nameOnTheLadder"),
  subject: msg("policy-letters.messagePart.subject"),
  preview: msg("policy-letters.messagePart.preview"),
  previewHelp: msg("policy-letters.messagePart.previewHelp"),
  body: msg("policy-letters.messagePart.body"),
  sms: msg("policy-letters.messagePart.sms"),
  smsHelp: msg("policy-letters.messagePart.smsHelp"),
  smsLead: msg("policy-letters.messagePart.smsLead"),
};

function MessageEditor({ letter, part }: { letter: Members; part: PolicyPartProps }) {
  const { t } = useText();
  const { faults, onChange, vocabulary, mayPublish } = part;
  const [language, setLanguage] = useState<Spoken>("ar");
  const fields = vocabulary.letter?.fields ?? [];
  const sms = vocabulary.letter?.sms === true;
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
      <p className="muted">{t(sms ? words.smsLead : msg("policy-letters.messagePart.lead"))}</p>
      <LanguageTabs current={language} faults={faults} onChange={setLanguage}>
        <div className="stack">
          {vocabulary.letter?.named && <WordedField {...field("name")} />}
          {sms ? (
            <WordedField {...field("body")} label={words.sms} help={words.smsHelp} rows={5} />
          ) : (
            <>
              <WordedField {...field("subject")} />
              <WordedField {...field("preview")} help={words.previewHelp} required={false} />
              <WordedField {...field("body")} rows={16} />
            </>
          )}
        </div>
        {onChange && <FieldList fields={fields} first={`/body/${language}`} partsAt={`/body/${language}`} />}
      </LanguageTabs>
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
  label: msg("policy-letters.messagePart.tab"),
  place: "editor",
  of: ({ kind, name }) => kind === "message" && !isSmsKind(name),
  Component: MessagePart,
};

export const smsPart: PolicyPart = {
  id: "sms",
  label: msg("policy-letters.messagePart.smsTab"),
  place: "editor",
  of: ({ kind, name }) => kind === "message" && isSmsKind(name),
  Component: MessagePart,
};
