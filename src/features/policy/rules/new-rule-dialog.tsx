/** A new rule begins with its name: its code is made of that and stays. */
import React, { useState } from "react";
import type { Bilingual } from "../../../engine/text/text.js";
import { Confirm, TextPair, useText } from "../../../platform/ui/kit.js";

const words = {
  title: { en: "New rule", ar: "قاعدة جديدة" },
  lead: {
    en: "It is asked first until you move it. To change only a part of what a rule decides today, copy that rule instead: the rest stays as it is. Nothing is in force before the draft is published.",
    ar: "تُسأل أولًا إلى أن تحركها. ولتغيير جزء مما تقرره قاعدة قائمة انسخ تلك القاعدة بدلًا من ذلك، فيبقى الباقي كما هو. ولا يسري شيء قبل نشر المسودة.",
  },
  step: { en: "New step", ar: "خطوة جديدة" },
  stepLead: {
    en: "It is taken wherever its conditions hold, beside the others. Nothing is in force before the draft is published.",
    ar: "تُتخذ حيث تنطبق شروطها إلى جانب غيرها، ولا يسري شيء قبل نشر المسودة.",
  },
  en: { en: "Name in English", ar: "الاسم بالإنجليزية" },
  ar: { en: "Name in Arabic", ar: "الاسم بالعربية" },
  add: { en: "Add", ar: "إضافة" },
  missing: { en: "Give it a name.", ar: "أدخل اسمًا." },
} as const satisfies Record<string, Bilingual>;

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
  const isMissing = (language: "en" | "ar") => title[language].trim() === "";
  return (
    <Confirm
      title={isStep ? words.step : words.title}
      action={words.add}
      onClose={onClose}
      onConfirm={async () => {
        setAsked(true);
        if (isMissing("en") || isMissing("ar")) return;
        await onAdd({ en: title.en.trim(), ar: title.ar.trim() });
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
