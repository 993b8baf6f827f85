/** One action of the workflow as a form. What the form does not know of an action stays as it was written. */

import React, { useState } from "react";
import type { PolicyVocabulary } from "../../../engine/explain/policy-vocabulary.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { withEffectSet, withFieldsOf } from "../../../engine/workflow/effect-fields.js";
import { effectTitles } from "../../../engine/workflow/effects.js";
import { Button, Checkbox, Dialog, Field, Select, TextPair, useText } from "../../../platform/ui/kit.js";
import type { PolicyFault } from "../policy-part.js";
import { ActionFields } from "./action-fields.js";
import { FormPreview } from "./action-form.js";
import { type ActionPart, ActionWays, CodeBoxes } from "./action-ways.js";
import { ConditionField } from "./condition-field.js";
import { codeFrom, putAction, rawAction, taken, withMember } from "./edit-workflow.js";
import { type ActionView, actionAt, faultsWithin, membersOf, readAction, type WorkflowView } from "./workflow-model.js";
import { FaultLines } from "./workflow-tables.js";
import { actingPerformers, effectWords, performerWords } from "./workflow-words.js";

const actionGuardsWords = {
  help: msg("policy-workflow.actionEditor.actionGuardsWordsHelp"),
  otherwiseAr: msg("policy-workflow.actionEditor.actionGuardsWordsOtherwiseAr"),
  otherwiseEn: msg("policy-workflow.actionEditor.actionGuardsWordsOtherwiseEn"),
};

/** What has to hold for an action, and what people read whom it refuses. */
function ActionGuards({
  raw,
  action,
  faults,
  readOnly,
  onChange,
  vocabulary,
}: ActionPart & { vocabulary: PolicyVocabulary }) {
  const { t } = useText();
  const all: readonly unknown[] = Array.isArray(raw.guards) ? raw.guards : [];
  const put = (guards: readonly unknown[]) => onChange(withMember(raw, "guards", guards));
  const change = (i: number, guard: unknown) => put(all.map((one, j) => (j === i ? guard : one)));
  return (
    <Field label={msg("policy-workflow.actionEditor.actionGuardsWordsTitle")} help={actionGuardsWords.help} group>
      {action.guards.map((guard, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no names; those behind a removed one are drawn anew.
        <div key={`${i}/${action.guards.length}`} className="flow-branch">
          <FaultLines faults={faultsWithin(faults, `${actionAt(action.code)}/guards/${i}`)} />
          <ConditionField
            label={msg("policy-workflow.actionEditor.actionGuardsWordsWhen")}
            condition={guard.when}
            vocabulary={vocabulary}
            faults={faults}
            at={`${actionAt(action.code)}/guards/${i}/when`}
            readOnly={readOnly}
            onChange={(when) => change(i, withMember(all[i], "when", when))}
          />
          <div className="line-row">
            <TextPair
              labels={{ ar: actionGuardsWords.otherwiseAr, en: actionGuardsWords.otherwiseEn }}
              disabled={readOnly}
              value={guard.otherwise}
              onChange={(text, language) =>
                change(i, withMember(all[i], "otherwise", { ...guard.otherwise, [language]: text }))
              }
            />
            {!readOnly && (
              <Button
                small
                kind="quiet"
                icon="trash"
                label={msg("policy-workflow.actionEditor.actionGuardsWordsRemove")}
                onClick={() => put(all.filter((_, j) => j !== i))}
              />
            )}
          </div>
        </div>
      ))}
      {!readOnly && (
        <Button
          small
          icon="plus"
          onClick={() =>
            put([
              ...all,
              { when: { fact: "confidential", operator: "equal", value: false }, otherwise: { ar: "", en: "" } },
            ])
          }
        >
          {t(msg("policy-workflow.actionEditor.actionGuardsWordsAdd"))}
        </Button>
      )}
    </Field>
  );
}

const words = {
  add: msg("policy-workflow.actionEditor.add"),
  edit: pattern("policy-workflow.actionEditor.edit"),
  needName: msg("policy-workflow.actionEditor.needName"),
  effectsHelp: msg("policy-workflow.actionEditor.effectsHelp"),
};

const fresh = { name: { ar: "", en: "" }, from: [], to: null, by: [], fields: {}, effects: [], guards: [] };
const lives = { usual: undefined, yes: true, no: false } as const;

interface ActionEditorProps {
  readonly definition: unknown;
  readonly workflow: WorkflowView;
  /** Null: a new one. */
  readonly action: ActionView | null;
  readonly faults: readonly PolicyFault[];
  readonly vocabulary: PolicyVocabulary;
  /** Left out: it is only looked at. */
  readonly onSet: ((definition: object, code: string) => void) | undefined;
  readonly onClose: () => void;
}

export function ActionEditor({ definition, workflow, action, faults, vocabulary, onSet, onClose }: ActionEditorProps) {
  const { t } = useText();
  const [raw, setRaw] = useState<Readonly<Record<string, unknown>>>(
    action === null ? fresh : rawAction(definition, action.code),
  );
  const [asked, setAsked] = useState(false);
  const readOnly = onSet === undefined;
  const name = membersOf(raw.name);
  const typed = (value: unknown) => (typeof value === "string" ? value : "");
  const [ar, en] = [typed(name.ar), typed(name.en)];
  const code = action?.code ?? codeFrom(en, taken(definition, "actions"), "action");
  const view = readAction(code, raw);
  const part = { raw, action: view, faults, readOnly, onChange: setRaw };
  const setEffect = (effect: string, on: boolean) => {
    const next = withMember(raw, "effects", withEffectSet(view.effects, effect, on));
    setRaw(on ? withMember(next, "fields", withFieldsOf(effect, membersOf(raw.fields))) : next);
  };
  const setBy = (one: string, on: boolean) =>
    setRaw(withMember(raw, "by", on ? [...view.by, one] : view.by.filter((other) => other !== one)));
  const life = view.signOfLife === null ? "usual" : view.signOfLife ? "yes" : "no";
  const at = actionAt(code);
  const inSections = ["from", "to", "fields", "guards", "by", "effects"].map((section) => `${at}/${section}`);
  const general = faultsWithin(faults, at).filter(
    ({ field }) => !inSections.some((section) => field === section || field.startsWith(`${section}/`)),
  );
  const set = () => {
    setAsked(true);
    if (ar.trim() === "" || en.trim() === "") return;
    onSet?.(putAction(definition, code, raw), code);
  };
  return (
    <Dialog wide title={action === null ? words.add : t(words.edit, { name: t(action.name) })} onClose={onClose}>
      <form
        noValidate
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          set();
        }}
      >
        <FaultLines faults={general} />
        <div className="line-row">
          <TextPair
            labels={{ ar: msg("policy-workflow.actionEditor.nameAr"), en: msg("policy-workflow.actionEditor.nameEn") }}
            help={msg("policy-workflow.actionEditor.nameHelp")}
            required
            disabled={readOnly}
            faultOf={(language) => (asked && typed(name[language]).trim() === "" ? words.needName : null)}
            value={{ ar, en }}
            onChange={(text, language) => setRaw(withMember(raw, "name", { ...name, [language]: text }))}
          />
        </div>
        <ActionWays {...part} workflow={workflow} vocabulary={vocabulary} />
        <Field label={msg("policy-workflow.actionEditor.by")} help={msg("policy-workflow.actionEditor.byHelp")} group>
          <FaultLines faults={faultsWithin(faults, `${at}/by`)} />
          <CodeBoxes
            all={actingPerformers}
            chosen={view.by}
            say={performerWords}
            readOnly={readOnly}
            onChange={setBy}
          />
        </Field>
        <Field label={msg("policy-workflow.actionEditor.effects")} help={words.effectsHelp} group>
          <FaultLines faults={faultsWithin(faults, `${at}/effects`)} />
          <CodeBoxes
            all={Object.keys(effectTitles)}
            chosen={view.effects}
            say={effectWords}
            readOnly={readOnly}
            onChange={setEffect}
          />
        </Field>
        <ActionFields {...part} />
        <Checkbox
          label={msg("policy-workflow.actionEditor.files")}
          disabled={readOnly}
          checked={view.attachments}
          onChange={(on) => setRaw(withMember(raw, "attachments", on ? true : undefined))}
        />
        <ActionGuards {...part} vocabulary={vocabulary} />
        <Select
          label={msg("policy-workflow.actionEditor.life")}
          help={msg("policy-workflow.actionEditor.lifeHelp")}
          value={life}
          disabled={readOnly}
          choices={[
            { value: "usual", label: msg("policy-workflow.actionEditor.lifeUsual") },
            { value: "yes", label: msg("policy-workflow.actionEditor.lifeYes") },
            { value: "no", label: msg("policy-workflow.actionEditor.lifeNo") },
          ]}
          onChange={(value) => setRaw(withMember(raw, "signOfLife", lives[value as keyof typeof lives]))}
        />
        <FormPreview action={view} />
        <p className="muted">
          <bdi>{t(pattern("policy-workflow.actionEditor.code"), { code })}</bdi>
        </p>
        <div className="form-actions">
          {!readOnly && (
            <Button type="submit" kind="primary">
              {t(msg("policy-workflow.actionEditor.set"))}
            </Button>
          )}
          <Button onClick={onClose}>{t(msg("policy-workflow.actionEditor.cancel"))}</Button>
        </div>
      </form>
    </Dialog>
  );
}
