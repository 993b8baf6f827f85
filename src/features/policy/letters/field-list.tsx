/** Fields to put into a text: a press writes one at the cursor of the text that was written in last. */

import React, { useEffect, useRef } from "react";
import type { LetterField } from "../../../engine/letters/letter-fields.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { fieldId, insertAt, useText } from "../../../platform/ui/kit.js";
import { insertionOf } from "./letter-model.js";
import { asInput, inputOf } from "./worded-field.js";

interface FieldListProps {
  readonly fields: readonly LetterField[];
  /** Pointer of the text that is written into until another one is entered. */
  readonly first: string;
  /** Pointer of the text in which parts may stand; null: in none. */
  readonly partsAt: string | null;
}

/** Id of the text that was entered last. */
function useLastEntered() {
  const last = useRef<string | null>(null);
  useEffect(() => {
    const entered = ({ target }: FocusEvent) => {
      if (target instanceof HTMLElement && target.id.startsWith(fieldId("/"))) last.current = target.id;
    };
    document.addEventListener("focusin", entered);
    return () => document.removeEventListener("focusin", entered);
  }, []);
  return last;
}

export function FieldList({ fields, first, partsAt }: FieldListProps) {
  const { t } = useText();
  const last = useLastEntered();
  const put = (field: LetterField) => {
    const entered = last.current === null ? null : asInput(document.getElementById(last.current));
    const input = field.form !== "text" && partsAt !== null ? inputOf(partsAt) : (entered ?? inputOf(first));
    if (input !== null) insertAt(input, insertionOf(field));
  };
  const group = (title: Bilingual, list: readonly LetterField[]) =>
    list.length > 0 && (
      <fieldset className="field-group">
        <legend>{t(title)}</legend>
        {list.map((field) => (
          <button
            key={field.name}
            type="button"
            className="field-chip"
            title={`{{${field.name}}}`}
            // The cursor stays where it is.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => put(field)}
          >
            {field.form === "text" && !field.always
              ? t(pattern("policy-letters.fieldList.maybe"), { label: t(field.label) })
              : t(field.label)}
          </button>
        ))}
      </fieldset>
    );
  const isPart = ({ form }: LetterField) => form === "part";
  return (
    <section className="field-list" aria-label={t(msg("policy-letters.fieldList.putInAField"))}>
      <p className="small muted">{t(msg("policy-letters.fieldList.help"))}</p>
      {group(
        msg("policy-letters.fieldList.texts"),
        fields.filter((field) => !isPart(field)),
      )}
      {partsAt !== null && group(msg("policy-letters.fieldList.parts"), fields.filter(isPart))}
    </section>
  );
}
