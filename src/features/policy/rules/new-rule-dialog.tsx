/** A new rule begins with its name: its code is made of that and stays. */

import React, { useState } from "react";
import { msg } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { inLanguage, type Language, perLanguage } from "../../../engine/text/text.js";
import { Confirm, TextPair, useText } from "../../../platform/ui/kit.js";

const words = {
  stepLead: msg("policy-rules.newRuleDialog.stepLead"),
  en: msg("policy-rules.newRuleDialog.en"),
  ar: msg("policy-rules.newRuleDialog.ar"),
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
      title={isStep ? msg("policy-rules.newRuleDialog.step") : msg("policy-rules.newRuleDialog.newRule")}
      action={msg("policy-rules.newRuleDialog.add")}
      onClose={onClose}
      onConfirm={async () => {
        setAsked(true);
        if (isMissing("en") || isMissing("ar")) return;
        await onAdd(perLanguage((language) => inLanguage(title, language).trim()));
      }}
    >
      <p className="muted">{t(isStep ? words.stepLead : msg("policy-rules.newRuleDialog.lead"))}</p>
      <TextPair
        labels={words}
        maxLength={300}
        value={title}
        faultOf={(language) => (asked && isMissing(language) ? msg("policy-rules.newRuleDialog.missing") : null)}
        onChange={(text, language) => setTitle({ ...title, [language]: text })}
      />
    </Confirm>
  );
}
