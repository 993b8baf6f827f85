/** One text in both languages: a field each, the reader's own first. */

import React from "react";
import { directionOf, type StoredLanguage, storedLanguageOf } from "../../../engine/text/languages.js";
import { type Bilingual, inLanguage } from "../../../engine/text/text.js";
import type { Words } from "../boot.js";
import { languagesFirst } from "../language/languages-first.js";
import { useText } from "../language/text.js";
import { TextArea, TextField } from "./inputs.js";

interface TextPairProps {
  readonly labels: Readonly<Record<StoredLanguage, Words>>;
  /** Labels are read out and shown in what is empty only: for rows of many. */
  readonly bare?: boolean;
  readonly value: Bilingual;
  readonly onChange: (text: string, language: StoredLanguage) => void;
  readonly faultOf?: (language: StoredLanguage) => Words | null | undefined;
  /** `title`: the fields are called `titleAr` and `titleEn`. */
  readonly name?: string;
  /** Said once, at the first. */
  readonly help?: Words;
  /** Number of what says it for both, elsewhere. */
  readonly sharedHelp?: string;
  readonly required?: boolean | undefined;
  readonly disabled?: boolean;
  readonly maxLength?: number;
  /** Texts of several lines. */
  readonly rows?: number;
}

export function TextPair({ labels, bare, value, onChange, faultOf, name, help, rows, ...both }: TextPairProps) {
  const { language: own } = useText();
  return (
    <>
      {languagesFirst(own).map((language) => {
        const label = bare
          ? { ariaLabel: labels[language], placeholder: labels[language] }
          : { label: labels[language] };
        const field = {
          ...both,
          ...label,
          ...(name !== undefined && { name: `${name}${language === "ar" ? "Ar" : "En"}` }),
          ...(help !== undefined && language === storedLanguageOf(own) && { help }),
          lang: language,
          dir: directionOf(language),
          fault: faultOf?.(language) ?? null,
          value: inLanguage(value, language),
          onChange: (text: string) => onChange(text, language),
        };
        return rows === undefined ? (
          <TextField key={language} {...field} />
        ) : (
          <TextArea key={language} {...field} rows={rows} />
        );
      })}
    </>
  );
}
