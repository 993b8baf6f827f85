/** Where an action is possible and where it leads: to one state, nowhere, or along branches by what the case is. */

import React from "react";
import type { PolicyVocabulary } from "../../../engine/explain/policy-vocabulary.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { withEffectSet, withFieldsOf } from "../../../engine/workflow/effect-fields.js";
import { effectTitles } from "../../../engine/workflow/effects.js";
import type { Words } from "../../../platform/ui/boot.js";
import { Button, Checkbox, Field, Select, useText } from "../../../platform/ui/kit.js";
import type { PolicyFault } from "../policy-part.js";
import { ConditionField } from "./condition-field.js";
import { withMember } from "./edit-workflow.js";
import { type ActionView, actionAt, faultsWithin, membersOf, type WorkflowView } from "./workflow-model.js";
import { FaultLines } from "./workflow-tables.js";
import { effectWords } from "./workflow-words.js";

interface CodeBoxesProps {
  readonly all: readonly string[];
  readonly chosen: readonly string[];
  readonly say: (code: string) => Words;
  readonly readOnly: boolean;
  readonly onChange: (code: string, on: boolean) => void;
}

/** What is chosen and not known stays in sight. */
export function CodeBoxes({ all, chosen, say, readOnly, onChange }: CodeBoxesProps) {
  const shown = [...all, ...chosen.filter((code) => !all.includes(code))];
  return (
    <div className="flow-boxes">
      {shown.map((code) => (
        <Checkbox
          key={code}
          label={say(code)}
          disabled={readOnly}
          checked={chosen.includes(code)}
          onChange={(on) => onChange(code, on)}
        />
      ))}
    </div>
  );
}

/** What is edited of an action: the raw value, and how it reads. */
export interface ActionPart {
  readonly raw: Readonly<Record<string, unknown>>;
  readonly action: ActionView;
  readonly faults: readonly PolicyFault[];
  readonly readOnly: boolean;
  readonly onChange: (raw: Readonly<Record<string, unknown>>) => void;
}

const staysValue = "";
const branchesValue = "*";

export function ActionWays({
  raw,
  action,
  faults,
  readOnly,
  onChange,
  workflow,
  vocabulary,
}: ActionPart & { workflow: WorkflowView; vocabulary: PolicyVocabulary }) {
  const { t } = useText();
  const comma = t(msg("policy-workflow.actionWays.text"));
  const at = actionAt(action.code);
  const states = workflow.states.map(({ code, name }) => ({ value: code, label: name }));
  const withUnknown = (code: string | null) =>
    code === null || code === "" || states.some(({ value }) => value === code)
      ? states
      : [...states, { value: code, label: code }];
  const setFrom = (code: string, on: boolean) =>
    onChange(withMember(raw, "from", on ? [...action.from, code] : action.from.filter((one) => one !== code)));
  const branches: readonly unknown[] = Array.isArray(raw.to) ? raw.to : [];
  const setTo = (to: unknown) => onChange(withMember(raw, "to", to));
  const putAt = (i: number, branch: unknown) => branches.map((one, j) => (j === i ? branch : one));
  const moveUp = (i: number) => setTo(branches.map((_, j) => branches[j === i - 1 ? i : j === i ? i - 1 : j]));
  const setBranch = (i: number, branch: unknown) => setTo(putAt(i, branch));
  const setEffect = (i: number, effect: string, on: boolean) => {
    const chosen = withEffectSet(action.ways[i]?.effects ?? [], effect, on);
    const branch = withMember(branches[i], "effects", chosen.length === 0 ? undefined : chosen);
    const next = withMember(raw, "to", putAt(i, branch));
    onChange(on ? withMember(next, "fields", withFieldsOf(effect, membersOf(raw.fields))) : next);
  };
  const only = action.branches ? branchesValue : (action.ways[0]?.to ?? staysValue);
  const choose = (value: string) => {
    if (value === staysValue) return setTo(null);
    if (value !== branchesValue) return setTo(value);
    const first = action.ways[0]?.to ?? workflow.states[0]?.code ?? "";
    return setTo([{ when: { fact: "importance", operator: "equal", value: null }, to: first }, { to: first }]);
  };
  const unknown = action.from.filter((code) => !states.some(({ value }) => value === code));
  return (
    <>
      <Field label={msg("policy-workflow.actionWays.from")} group>
        <FaultLines faults={faultsWithin(faults, `${at}/from`)} />
        <div className="flow-boxes">
          {[...states, ...unknown.map((code) => ({ value: code, label: code }))].map(({ value, label }) => (
            <Checkbox
              key={value}
              label={label}
              disabled={readOnly}
              checked={action.from.includes(value)}
              onChange={(on) => setFrom(value, on)}
            />
          ))}
        </div>
      </Field>
      <FaultLines faults={faultsWithin(faults, `${at}/to`)} />
      <Select
        label={msg("policy-workflow.actionWays.to")}
        value={only}
        disabled={readOnly}
        choices={[
          { value: staysValue, label: msg("policy-workflow.actionWays.stays") },
          ...withUnknown(only === branchesValue ? null : only),
          { value: branchesValue, label: msg("policy-workflow.actionWays.branches") },
        ]}
        onChange={choose}
      />
      {action.branches && (
        <div className="flow-branches">
          <p className="field-help">{t(msg("policy-workflow.actionWays.first"))}</p>
          {action.ways.map((way, i) => {
            const last = i === action.ways.length - 1;
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: branches have no names; those behind a removed one are drawn anew.
              <div key={`${i}/${action.ways.length}`} className="flow-branch">
                {(!last || way.when !== undefined) && (
                  <ConditionField
                    label={msg("policy-workflow.actionWays.when")}
                    condition={way.when}
                    vocabulary={vocabulary}
                    faults={faults}
                    at={`${at}/to/${i}/when`}
                    readOnly={readOnly}
                    onChange={(when) => setBranch(i, withMember(branches[i], "when", when))}
                  />
                )}
                <div className="line-row">
                  <Select
                    label={last ? msg("policy-workflow.actionWays.else") : msg("policy-workflow.actionWays.whither")}
                    value={way.to ?? ""}
                    disabled={readOnly}
                    choices={withUnknown(way.to)}
                    onChange={(to) => setBranch(i, withMember(branches[i], "to", to))}
                  />
                  {!readOnly && !last && i > 0 && (
                    <Button
                      small
                      kind="quiet"
                      icon="up"
                      label={msg("policy-workflow.actionWays.moveUp")}
                      onClick={() => moveUp(i)}
                    />
                  )}
                  {!readOnly && !last && (
                    <Button
                      small
                      kind="quiet"
                      icon="trash"
                      label={msg("policy-workflow.actionWays.removeBranch")}
                      onClick={() => setTo(branches.filter((_, j) => j !== i))}
                    />
                  )}
                </div>
                <details>
                  <summary>
                    {way.effects.length === 0
                      ? t(msg("policy-workflow.actionWays.alsoNothing"))
                      : t(pattern("policy-workflow.actionWays.also"), {
                          effects: way.effects.map((one) => t(effectWords(one))).join(comma),
                        })}
                  </summary>
                  <CodeBoxes
                    all={Object.keys(effectTitles)}
                    chosen={way.effects}
                    say={effectWords}
                    readOnly={readOnly}
                    onChange={(effect, on) => setEffect(i, effect, on)}
                  />
                </details>
              </div>
            );
          })}
          {!readOnly && (
            <Button
              small
              icon="plus"
              onClick={() => {
                const to = membersOf(branches.at(-1)).to ?? "";
                const when = { fact: "importance", operator: "equal", value: null };
                setTo([...branches.slice(0, -1), { when, to }, ...branches.slice(-1)]);
              }}
            >
              {t(msg("policy-workflow.actionWays.addBranch"))}
            </Button>
          )}
        </div>
      )}
    </>
  );
}
