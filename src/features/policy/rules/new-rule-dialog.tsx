/** A new rule begins with its name: its code is made of that and stays. */

import React, { useState } from "react";
import { msg } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { inLanguage, type Language, perLanguage } from "../../../engine/text/text.js";
import { Confirm, TextPair, useText } from "../../../platform/ui/kit.js";

const words = {
  title: msg("policy-rules.newRuleDialog.newRule"),
  lead: msg("policy-rules.newRuleDialog.lead"),
  step: msg("policy-rules.newRuleDialog.step"),
  stepLead: msg("policy-rules.newRuleDialog.stepLead"),
  en: msg("policy-rules.newRuleDialog.en"),
  ar: msg("policy-rules.newRuleDialog.ar"),
  add: msg("policy-rules.newRuleDialog.add"),
  missing: msg("policy-rules.newRuleDialog.missing"),
};

/** @param isStep of a set of which every rule that applies is taken, whatever its place */
export function NewRuleDialog({
  isStep,
  onClose,
  onAdd,
}: {
  isStep: boolean;
  onClose: () => void;
  onAdd: (title: Bilingual) => Promise<unknown>;
}) {
  const { t } = useText();
  const [title, setTitle] = useState<Bilingual>({ en: "", ar: "" });
  const [asked, setAsked] = useState(false);
  const isMissing = (language: Language) => inLanguage(title, language).trim() === "";
  return (
    <Confirm
      title={isStep ? words.step : words.title}
      action={words.add}
      onClose={onClose}
      onConfirm={async () => {
        setAsked(true);
        if (isMissing("en") || isMissing("ar")) return;
        await onAdd(perLanguage((language) => inLanguage(title, language).trim()));
      }}
    >
      <p className="muted">{t(isStep ? words.stepLead : words.lead)}</p>
      <TextPair
        labels={words}
        maxLength={300}
        value={title}
        faultOf={(language) => (asked && isMissing(language) ? words.missing : null)}
        onChange={(text, language) => setTitle({ ...title, [language]: text })}
      />
    </Confirm>
  );
}
