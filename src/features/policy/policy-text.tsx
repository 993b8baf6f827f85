/** The definition as text, for whoever writes JSON by hand. */

import React from "react";
import { JsonEditor } from "../../platform/ui/kit.js";
import type { PolicyFault } from "./policy-part.js";

const words = {
  label: { en: "Definition (JSON)", ar: "التعريف (JSON)" },
  help: {
    en: "Saved in the draft and checked while you write. Nothing is in force until it is published.",
    ar: "يُحفظ في المسودة ويُفحص أثناء الكتابة، ولا يسري شيء قبل النشر.",
  },
};

interface PolicyTextProps {
  readonly text: string;
  /** Left out: it may only be looked at. */
  readonly onChange?: ((text: string) => void) | undefined;
  readonly faults: readonly PolicyFault[];
  /** The place to be shown. */
  readonly at?: string | undefined;
}

export function PolicyText({ text, onChange, faults, at }: PolicyTextProps) {
  return (
    <JsonEditor
      label={words.label}
      help={onChange ? words.help : undefined}
      readOnly={onChange === undefined}
      rows={28}
      value={text}
      onChange={(next) => onChange?.(next)}
      faults={faults}
      at={at}
    />
  );
}
