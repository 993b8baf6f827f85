/** What whoever takes an action is asked: fields in their order, each of a kind, required or not, with its choices. */

import React, { useState } from "react";
import { msg, pattern } from "../../../engine/text/msg.js";
import { fieldTypeTitles } from "../../../engine/workflow/workflow-titles.js";
import { Announce, Button, Checkbox, Field, NumberField, Select, TextPair, useText } from "../../../platform/ui/kit.js";
import type { ActionPart } from "./action-ways.js";
import { fieldCodeFrom, inOrder, withMember } from "./edit-workflow.js";
import { actionAt, type FieldView, faultsWithin, membersOf } from "./workflow-model.js";
import { FaultLines } from "./workflow-tables.js";
import { fieldWords } from "./workflow-words.js";

const words = {
  moved: pattern("policy-workflow.actionFields.moved"),
  choiceEn: msg("policy-workflow.actionFields.choiceEn"),
  newField: { ar: "", en: "" },
};

const kindChoices = Object.entries(fieldTypeTitles).map(([value, label]) => ({ value, label }));

interface OneProps {
  readonly field: FieldView;
  readonly raw: Readonly<Record<string, unknown>>;
  readonly readOnly: boolean;
  readonly onChange: (raw: Readonly<Record<string, unknown>>) => void;
}

function Choices({ field, raw, readOnly, onChange }: OneProps) {
  const { t } = useText();
  const all: readonly unknown[] = Array.isArray(raw.choices) ? raw.choices : [];
  const put = (choices: readonly unknown[]) => onChange(withMember(raw, "choices", choices));
  const rename = (i: number, name: object) =>
    put(all.map((one, j) => (j === i ? withMember(one, "name", { ...membersOf(membersOf(one).name), ...name }) : one)));
  return (
    <Field label={msg("policy-workflow.actionFields.choices")} group>
      {(field.choices ?? []).map((choice, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two choices may have one code until that is corrected.
        <div key={i} className="line-row">
          <TextPair
            labels={{ ar: msg("policy-workflow.actionFields.choiceAr"), en: words.choiceEn }}
            disabled={readOnly}
            value={choice.name}
            onChange={(text, language) => rename(i, { [language]: text })}
          />
          {!readOnly && (
            <Button
              small
              kind="quiet"
              icon="trash"
              label={msg("policy-workflow.actionFields.removeChoice")}
              onClick={() => put(all.filter((_, j) => j !== i))}
            />
          )}
        </div>
      ))}
      {!readOnly && (
        <Button
          small
          icon="plus"
          onClick={() => {
            const codes = (field.choices ?? []).map(({ code }) => code);
            put([...all, { code: fieldCodeFrom(`choice ${codes.length + 1}`, codes), name: { ar: "", en: "" } }]);
          }}
        >
          {t(msg("policy-workflow.actionFields.addChoice"))}
        </Button>
      )}
    </Field>
  );
}

function OneField({ field, raw, readOnly, onChange }: OneProps) {
  const name = membersOf(raw.name);
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  const known = kindChoices.some(({ value }) => value === field.type);
  const setKind = (type: string) => {
    // What only another kind may say would be a fault at a place that is no longer in sight.
    const kept = type === "text" ? raw : withMember(withMember(raw, "maxLength", undefined), "minLetters", undefined);
    const rest =
      type === "choice" ? withMember(kept, "choices", kept.choices ?? []) : withMember(kept, "choices", undefined);
    onChange(withMember(rest, "type", type));
  };
  return (
    <>
      <div className="line-row">
        <TextPair
          labels={{ ar: msg("policy-workflow.actionFields.nameAr"), en: msg("policy-workflow.actionFields.nameEn") }}
          disabled={readOnly}
          value={{ ar: text(name.ar), en: text(name.en) }}
          onChange={(typed, language) => onChange(withMember(raw, "name", { ...name, [language]: typed }))}
        />
      </div>
      <div className="line-row">
        <Select
          label={msg("policy-workflow.actionFields.kind")}
          value={field.type}
          disabled={readOnly}
          choices={known ? kindChoices : [{ value: field.type, label: fieldWords(field.type) }, ...kindChoices]}
          onChange={setKind}
        />
        {field.type === "text" && (
          <NumberField
            label={msg("policy-workflow.actionFields.letters")}
            required={false}
            min={1}
            disabled={readOnly}
            value={field.minLetters}
            onChange={(least) => onChange(withMember(raw, "minLetters", least ?? undefined))}
          />
        )}
        {field.type === "text" && (
          <NumberField
            label={msg("policy-workflow.actionFields.length")}
            required={false}
            min={1}
            disabled={readOnly}
            value={field.maxLength}
            onChange={(most) => onChange(withMember(raw, "maxLength", most ?? undefined))}
          />
        )}
        <Checkbox
          label={msg("policy-workflow.actionFields.required")}
          disabled={readOnly}
          checked={field.required}
          onChange={(required) => onChange(withMember(raw, "required", required))}
        />
      </div>
      {field.type === "choice" && <Choices {...{ field, raw, readOnly, onChange }} />}
    </>
  );
}

export function ActionFields({ raw, action, faults, readOnly, onChange }: ActionPart) {
  const { t } = useText();
  const [said, setSaid] = useState("");
  const all = membersOf(raw.fields);
  const codes = Object.keys(all);
  const put = (fields: object) => onChange(withMember(raw, "fields", fields));
  const move = (field: FieldView, step: number) => {
    const at = codes.indexOf(field.code);
    const other = codes[at + step];
    if (other === undefined) return;
    const order = codes.map((code, i) => (i === at ? other : i === at + step ? field.code : code));
    put(inOrder(all, order));
    setSaid(t(words.moved, { name: t(field.name), n: at + step + 1, of: codes.length }));
  };
  const add = () => {
    const code = fieldCodeFrom("field", codes);
    put(withMember(all, code, { name: words.newField, type: "text", required: true }));
  };
  return (
    <Field label={msg("policy-workflow.actionFields.whatIsAskedFor")} group>
      <Announce>{said}</Announce>
      {action.fields.length === 0 && <p className="muted">{t(msg("policy-workflow.actionFields.none"))}</p>}
      {action.fields.map((field, i) => {
        const name = t(field.name) || t(msg("policy-workflow.actionFields.unnamed"));
        return (
          <div key={field.code} className="flow-field">
            <div className="flow-field-body">
              <FaultLines faults={faultsWithin(faults, `${actionAt(action.code)}/fields/${field.code}`)} />
              <OneField
                field={field}
                raw={membersOf(all[field.code])}
                readOnly={readOnly}
                onChange={(next) => put(withMember(all, field.code, next))}
              />
            </div>
            {!readOnly && (
              <div className="flow-field-acts">
                <Button
                  small
                  kind="quiet"
                  icon="up"
                  label={t(pattern("policy-workflow.actionFields.up"), { name })}
                  disabled={i === 0}
                  onClick={() => move(field, -1)}
                />
                <Button
                  small
                  kind="quiet"
                  icon="down"
                  label={t(pattern("policy-workflow.actionFields.down"), { name })}
                  disabled={i === action.fields.length - 1}
                  onClick={() => move(field, 1)}
                />
                <Button
                  small
                  kind="quiet"
                  icon="trash"
                  label={t(pattern("policy-workflow.actionFields.remove"), { name })}
                  onClick={() => put(withMember(all, field.code, undefined))}
                />
              </div>
            )}
          </div>
        );
      })}
      {!readOnly && (
        <Button small icon="plus" onClick={add}>
          {t(msg("policy-workflow.actionFields.add"))}
        </Button>
      )}
    </Field>
  );
}
