/** A condition of a guard or a branch: put together by choice, in words where it is only looked at, as JSON where one wants to. */

import React, { useCallback, useState } from "react";
import type { PolicyVocabulary } from "../../../engine/explain/policy-vocabulary.js";
import { msg } from "../../../engine/text/msg.js";
import { Button, Field, readJson, TextArea, textFaults, useText, type Words } from "../../../platform/ui/kit.js";
import type { PolicyFault } from "../policy-part.js";
import { ConditionBuilder } from "../rules/condition-builder.js";
import { conditionWords } from "../rules/condition-words.js";

interface ConditionFieldProps {
  readonly label: Words;
  readonly condition: unknown;
  readonly vocabulary: PolicyVocabulary;
  readonly faults: readonly PolicyFault[];
  /** JSON pointer of the condition. */
  readonly at: string;
  readonly readOnly: boolean;
  readonly onChange: (condition: unknown) => void;
}

function AsText({ label, condition, onChange }: Pick<ConditionFieldProps, "label" | "condition" | "onChange">) {
  const [text, setText] = useState(() => JSON.stringify(condition ?? {}, null, 2));
  const [broken] = textFaults(text);
  return (
    <TextArea
      label={label}
      help={msg("policy-workflow.conditionField.help")}
      fault={broken?.reason ?? null}
      dir="ltr"
      rows={5}
      value={text}
      onChange={(next) => {
        setText(next);
        const said = readJson(next);
        if (said !== undefined) onChange(said);
      }}
    />
  );
}

export function ConditionField(props: ConditionFieldProps) {
  const { label, condition, vocabulary, faults, at, readOnly, onChange } = props;
  const { t } = useText();
  const [asText, setAsText] = useState(false);
  const faultAt = useCallback(
    (place: string) => faults.find(({ field }) => field === `${at}${place}`)?.reason ?? null,
    [faults, at],
  );
  if (readOnly) {
    return (
      <p>
        <strong>{t(label)}</strong> {t(conditionWords(condition, vocabulary))}
      </p>
    );
  }
  if (asText) {
    return (
      <>
        <AsText label={label} condition={condition} onChange={onChange} />
        <Button small kind="quiet" onClick={() => setAsText(false)}>
          {t(msg("policy-workflow.conditionField.byChoice"))}
        </Button>
      </>
    );
  }
  return (
    <Field label={label} group>
      <ConditionBuilder
        conditions={condition}
        vocabulary={vocabulary}
        faultAt={faultAt}
        onEditText={() => setAsText(true)}
        onChange={onChange}
      />
    </Field>
  );
}
