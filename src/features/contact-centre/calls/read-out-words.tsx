/** Sentences that an agent reads out, and what was written, as it was written. */

import React from "react";
import { useText } from "../../../platform/ui/kit.js";
import type { ReadOut } from "./read-out-of.js";

export function ReadOutWords({ words }: { words: readonly ReadOut[] }) {
  const { t } = useText();
  return (
    <>
      {words.map(({ say, written }) => (
        <div key={say.en}>
          <p>{t(say)}</p>
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
