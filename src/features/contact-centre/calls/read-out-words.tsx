/** Sentences that an agent reads out, in the language of the person on the line, and what was written, as it was written. */

import React from "react";
import { directionOf } from "../../../engine/text/languages.js";
import { type Bilingual, inLanguage, type Language } from "../../../engine/text/text.js";
import type { ReadOut } from "./read-out-of.js";

/** One paragraph of what is said, whatever language the agent works in. */
export function SaidWords({ say, language }: { say: readonly Bilingual[]; language: Language }) {
  return (
    <p lang={language} dir={directionOf(language)}>
      {say.map((one) => inLanguage(one, language)).join(" ")}
    </p>
  );
}

export function ReadOutWords({ words, language }: { words: readonly ReadOut[]; language: Language }) {
  return (
    <>
      {words.map(({ say, written }) => (
        <div key={say.en}>
          <SaidWords say={[say]} language={language} />
          {written !== null && (
            <blockquote dir="auto" className="call-written">
              {written}
            </blockquote>
          )}
        </div>
      ))}
    </>
  );
}
