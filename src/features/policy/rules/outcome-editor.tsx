/** What a rule decides, by choice; a table by what the set decides. */

import React, { type ComponentType } from "react";
import { isRecord } from "../../../engine/is-record.js";
import type { RuleSetName } from "../../../engine/rules/rule-set.js";
import { msg } from "../../../engine/text/msg.js";
import { type Choice, Field, Select, TextField, useText } from "../../../platform/ui/kit.js";
import { RawJson } from "../raw-json.js";
import { factNamed } from "./condition-words.js";
import { outcomeWords, routeWords } from "./outcome-words.js";
import type { Json } from "./rule-model.js";
import { StepEditor } from "./step-editor.js";
import type { OutcomeProps } from "./targets-editor.js";
import { TargetsEditor } from "./targets-editor.js";
import { SingleValue } from "./value-control.js";

const words = {
  entity: msg("policy-rules.outcomeEditor.entity"),
  leaveOpen: msg("policy-rules.outcomeEditor.leaveOpen"),
  yes: msg("policy-rules.outcomeEditor.yes"),
  no: msg("policy-rules.outcomeEditor.no"),
};

const one = "entity:";

function RouteEditor({ params, onChange, faultAt, vocabulary }: OutcomeProps) {
  const to = typeof params.to === "string" ? params.to : "";
  const isOne = to.startsWith(one);
  const plain = (Object.keys(routeWords) as (keyof typeof routeWords)[]).map((value) => ({
    value,
    label: routeWords[value],
  }));
  return (
    <div className="outcome-line">
      <Select
        label={msg("policy-rules.outcomeEditor.to")}
        value={isOne ? one : to}
        empty={to === "" ? msg("policy-rules.outcomeEditor.choose") : undefined}
        choices={[...plain, { value: one, label: msg("policy-rules.outcomeEditor.oneEntity") }]}
        fault={isOne ? null : faultAt("/to")}
        onChange={(chosen) => onChange({ ...params, to: chosen })}
      />
      {isOne && (
        <Field label={words.entity} fault={faultAt("/to")}>
          <SingleValue
            fact={factNamed(vocabulary, "entity")}
            value={to.slice(one.length)}
            label={words.entity}
            onChange={(code) => onChange({ ...params, to: `${one}${String(code ?? "")}` })}
          />
        </Field>
      )}
    </div>
  );
}

const open = "\u0000open";
const unknown = "\u0000unknown";
const codeOf = (params: Json, name: string): string =>
  !(name in params) ? open : params[name] === null ? unknown : String(params[name]);

/** With a key set, or taken out where it is left open. */
function withKey(params: Json, name: string, chosen: string): Json {
  const { [name]: _, ...rest } = params;
  if (chosen === open) return rest;
  const value = chosen === unknown ? null : name === "confidential" ? chosen === "true" : chosen;
  return name in params ? { ...params, [name]: value } : { ...params, [name]: value };
}

function ClassificationEditor({ params, onChange, faultAt, vocabulary }: OutcomeProps) {
  const keys = ["pillar", "importance"] as const;
  const choices = (name: string): Choice[] => [
    { value: open, label: words.leaveOpen },
    ...(factNamed(vocabulary, name)?.values ?? [])
      .filter(({ retired, code }) => !retired || params[name] === code)
      .map(({ code, name: label }) => ({ value: code, label })),
    ...(params[name] === null ? [{ value: unknown, label: msg("policy-rules.outcomeEditor.unknown") }] : []),
  ];
  return (
    <div className="outcome-line">
      {keys.map((name) => (
        <Select
          key={name}
          label={factNamed(vocabulary, name)?.label ?? name}
          value={codeOf(params, name)}
          choices={choices(name)}
          fault={faultAt(`/${name}`)}
          onChange={(chosen) => onChange(withKey(params, name, chosen))}
        />
      ))}
      <Select
        label={msg("policy-rules.outcomeEditor.confidential")}
        value={codeOf(params, "confidential")}
        choices={[
          { value: open, label: words.leaveOpen },
          { value: "true", label: words.yes },
          { value: "false", label: words.no },
        ]}
        fault={faultAt("/confidential")}
        onChange={(chosen) => onChange(withKey(params, "confidential", chosen))}
      />
    </div>
  );
}

function QualityEditor({ params, onChange, faultAt }: OutcomeProps) {
  return (
    <div className="outcome-line">
      <Select
        label={msg("policy-rules.outcomeEditor.review")}
        value={String(params.review)}
        choices={[
          { value: "true", label: words.yes },
          { value: "false", label: words.no },
        ]}
        fault={faultAt("/review")}
        onChange={(chosen) => onChange({ ...params, review: chosen === "true" })}
      />
      <TextField
        label={msg("policy-rules.outcomeEditor.reason")}
        help={msg("policy-rules.outcomeEditor.reasonHelp")}
        dir="ltr"
        value={typeof params.reason === "string" ? params.reason : ""}
        fault={faultAt("/reason")}
        onChange={(reason) => onChange({ ...params, reason })}
      />
    </div>
  );
}

const editors: Readonly<Record<RuleSetName, ComponentType<OutcomeProps>>> = {
  routing: RouteEditor,
  classification: ClassificationEditor,
  quality: QualityEditor,
  sla: TargetsEditor,
  escalation: StepEditor,
};

/** @param onChange left out: it may only be looked at */
export function OutcomeEditor({
  set,
  params,
  onChange,
  faultAt,
  vocabulary,
}: Omit<OutcomeProps, "params" | "onChange"> & {
  readonly set: RuleSetName;
  readonly params: unknown;
  readonly onChange?: ((params: Json) => void) | undefined;
}) {
  const { t } = useText();
  const Editor = editors[set];
  if (!isRecord(params) || Editor === undefined) return <RawJson value={params} />;
  if (onChange === undefined) return <p>{t(outcomeWords(set, params, vocabulary))}</p>;
  const fault = faultAt("");
  return (
    <>
      {fault && <p className="field-fault">{t(fault)}</p>}
      <Editor params={params} onChange={onChange} faultAt={faultAt} vocabulary={vocabulary} />
    </>
  );
}
