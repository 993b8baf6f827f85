/** A text of a letter in one language, with what is wrong in it at its place: a press puts the cursor there. */

import React, { type ReactNode } from "react";
import { directionOf } from "../../../engine/text/languages.js";
import { msg } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { fieldId, Tabs, TextArea, TextField, useText } from "../../../platform/ui/kit.js";
import type { PolicyFault } from "../policy-part.js";
import { offsetOf, type Spoken, spoken } from "./letter-model.js";

interface WordedFieldProps {
  /** JSON pointer of the text; its input is found by it. */
  readonly pointer: string;
  readonly label: Bilingual;
  readonly help?: Bilingual | undefined;
  readonly language: Spoken;
  readonly value: string;
  readonly required?: boolean;
  /** Rows; left out: one line. */
  readonly rows?: number;
  readonly faults: readonly PolicyFault[];
  readonly onChange?: ((text: string) => void) | undefined;
}

type TextInput = HTMLInputElement | HTMLTextAreaElement;
export const asInput = (element: HTMLElement | null): TextInput | null =>
  element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element : null;

export const inputOf = (pointer: string): TextInput | null => asInput(document.getElementById(fieldId(pointer)));

export function WordedField({ pointer, label, help, language, value, rows, faults, onChange, ...a }: WordedFieldProps) {
  const { t } = useText();
  const here = faults.filter(({ field }) => field === pointer);
  const [first] = here;
  const shared = {
    name: pointer,
    label,
    help,
    value,
    lang: language,
    dir: directionOf(language),
    fault: first !== undefined && first.at === undefined && first.severity === "error" ? first.reason : null,
    readOnly: onChange === undefined,
    onChange: (text: string) => onChange?.(text),
    ...(a.required === false ? { required: false } : {}),
  };
  const placed = here.filter(({ at, severity }) => at !== undefined || severity === "warning");
  return (
    <div className="worded-field">
      {rows === undefined ? <TextField {...shared} /> : <TextArea {...shared} rows={rows} />}
      {placed.length > 0 && (
        <ul className="worded-faults" aria-label={t(msg("policy-letters.wordedField.findings"))}>
          {placed.map(({ reason, at, severity }) => (
            <li key={reason.en} className={severity === "error" ? "worded-error" : "worded-warning"}>
              {at === undefined ? (
                <span>{t(reason)}</span>
              ) : (
                <button
                  type="button"
                  className="worded-fault"
                  onClick={() => {
                    const input = inputOf(pointer);
                    const offset = offsetOf(value, at);
                    input?.focus();
                    input?.setSelectionRange(offset, offset);
                  }}
                >
                  {t(reason)}
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

interface LanguageTabsProps {
  readonly current: Spoken;
  readonly faults: readonly PolicyFault[];
  readonly onChange: (language: Spoken) => void;
  readonly children: ReactNode;
}

/** The languages of a letter, each with the number of its errors. */
export function LanguageTabs({ current, faults, onChange, children }: LanguageTabsProps) {
  const isErrorIn = (language: Spoken, { field, severity }: PolicyFault) =>
    severity === "error" && field.endsWith(`/${language}`);
  return (
    <Tabs
      label={msg("policy-letters.wordedField.languages")}
      current={current}
      onChange={(id) => onChange(id === "en" ? "en" : "ar")}
      tabs={spoken.map((id) => ({
        id,
        label: id === "ar" ? msg("policy-letters.wordedField.ar") : msg("policy-letters.wordedField.en"),
        count: faults.filter((fault) => isErrorIn(id, fault)).length || null,
      }))}
    >
      <div key={current} className="letter-editor">
        {children}
      </div>
    </Tabs>
  );
}
