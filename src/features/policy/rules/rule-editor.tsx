/** One rule, opened: its name, when it holds, what it then decides, examples, the law behind it. */

import React, { useCallback, useEffect, useRef } from "react";
import type { PolicyVocabulary } from "../../../engine/explain/policy-vocabulary.js";
import { msg } from "../../../engine/text/msg.js";
import { type Bilingual, inLanguage, perLanguage } from "../../../engine/text/text.js";
import { Bidi, Button, Icon, Select, TextPair, useText } from "../../../platform/ui/kit.js";
import type { PolicyPartProps } from "../policy-part.js";
import { ExampleEditor } from "../replay/example-editor.js";
import { followingExamples, proposedExample } from "../replay/propose-example.js";
import { ConditionBuilder } from "./condition-builder.js";
import { conditionWords } from "./condition-words.js";
import { OutcomeEditor } from "./outcome-editor.js";
import { faultAt, faultsWithoutField } from "./place-faults.js";
import { type RuleSetView, type RuleView, withBasis, withLegalBasis, withParams, withRule } from "./rule-model.js";

const ruleBasisWords = {
  draft: msg("policy-rules.ruleBasis.draft"),
  replaced: msg("policy-rules.ruleBasis.replaced"),
  withdrawn: msg("policy-rules.ruleBasis.withdrawn"),
  issued: { en: "", ar: "" },
};

interface RuleBasisProps extends Pick<PolicyPartProps, "onChange"> {
  readonly set: RuleSetView;
  readonly rule: RuleView;
  readonly vocabulary: PolicyVocabulary;
  /** What is wrong at a place of the rule: `/basis/0`. */
  readonly wrong: (place: string) => Bilingual | null;
}

type Cited = PolicyVocabulary["instructions"][number];

function Citations({ set, rule, vocabulary, wrong, onChange }: RuleBasisProps) {
  const { t } = useText();
  const codes = rule.basis;
  const known = new Map(vocabulary.instructions.map((one) => [one.code, one]));
  const label = (one: Cited): Bilingual =>
    perLanguage((language) => `${one.number} · ${inLanguage(one.name, language)}`);
  const choices = vocabulary.instructions
    .filter(({ code, state }) => state === "issued" && !codes.includes(code))
    .map((one) => ({ value: one.code, label: label(one) }));
  return (
    <>
      {codes.length > 0 && (
        <ul className="citations">
          {codes.map((code, at) => {
            const one = known.get(code);
            const name = one === undefined ? code : t(label(one));
            const state = t(one === undefined ? msg("policy-rules.ruleBasis.unknown") : ruleBasisWords[one.state]);
            const fault = wrong(Array.isArray(rule.raw.basis) ? `/basis/${at}` : "/basis");
            return (
              <li key={code} className="citation">
                <Icon name="document" size={16} />
                <span>
                  <Bidi>{name}</Bidi> {state !== "" && <span className="muted">({state})</span>}
                  {fault && <span className="fault small"> {t(fault)}</span>}
                </span>
                {onChange && (
                  <Button
                    kind="quiet"
                    small
                    icon="close"
                    label={msg("policy-rules.ruleBasis.remove", { what: name })}
                    onClick={() =>
                      onChange(
                        withBasis(
                          set,
                          rule,
                          codes.filter((other) => other !== code),
                        ),
                      )
                    }
                  />
                )}
              </li>
            );
          })}
        </ul>
      )}
      {onChange && choices.length > 0 && (
        <Select
          label={msg("policy-rules.ruleBasis.cite")}
          required={false}
          value=""
          choices={[{ value: "", label: msg("policy-rules.ruleBasis.choose") }, ...choices]}
          onChange={(code) => code !== "" && onChange(withBasis(set, rule, [...codes, code]))}
        />
      )}
    </>
  );
}

/** What a rule rests on: instructions of the register, chosen, and the law in words. */
function RuleBasis(props: RuleBasisProps) {
  const { t } = useText();
  const { set, rule, wrong, onChange } = props;
  const basis = rule.legalBasis ?? { en: "", ar: "" };
  if (onChange === undefined && rule.legalBasis === null && rule.raw.basis === undefined) return null;
  return (
    <section className="stack-small">
      <h3>{t(msg("policy-rules.ruleBasis.basis"))}</h3>
      <Citations {...props} />
      {onChange ? (
        <div className="outcome-line">
          <TextPair
            labels={{ ar: msg("policy-rules.ruleBasis.basisAr"), en: msg("policy-rules.ruleBasis.basisEn") }}
            required={false}
            value={basis}
            faultOf={(one) => wrong(`/legalBasis/${one}`)}
            onChange={(text, one) => onChange(withLegalBasis(set, rule, { ...basis, [one]: text }))}
          />
        </div>
      ) : (
        rule.legalBasis !== null && <p>{t(basis)}</p>
      )}
    </section>
  );
}

const words = {
  en: msg("policy-rules.ruleEditor.en"),
  ar: msg("policy-rules.ruleEditor.ar"),
};

interface RuleEditorProps extends Pick<PolicyPartProps, "onChange" | "faults" | "vocabulary"> {
  readonly set: RuleSetView;
  readonly rule: RuleView;
  /** Rules that are asked before this one and would take what they hold for. */
  readonly above: readonly RuleView[];
  readonly onEditText: () => void;
  /** It was just added: whoever did goes on with its name. */
  readonly isFresh?: boolean;
}

/** What no field of the editor shows. */
function FaultList({ faults }: { faults: PolicyPartProps["faults"] }) {
  const { t } = useText();
  if (faults.length === 0) return null;
  return (
    <ul className="rule-faults">
      {faults.map(({ field, reason, severity }) => (
        <li key={field + reason.en} className={severity === "error" ? "rule-error" : "rule-warning"}>
          <Icon name={severity === "error" ? "alert" : "info"} size={16} />
          <span>{t(reason)}</span>
        </li>
      ))}
    </ul>
  );
}

export function RuleEditor({ set, rule, above, onChange, faults, vocabulary, onEditText, isFresh }: RuleEditorProps) {
  const { t } = useText();
  const names = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Behind the dialog that asked for the name, which gives the focus back when it closes.
    if (isFresh) setTimeout(() => names.current?.querySelector("input")?.focus());
  }, [isFresh]);
  const at = `/rules/${rule.index}`;
  const wrong = useCallback((place: string) => faultAt(faults, `${at}${place}`), [faults, at]);
  const wrongCondition = useCallback((place: string) => wrongAt(faults, `${at}/conditions`, place), [faults, at]);
  const beside = faultsWithoutField(faults, at, ["title", "conditions", "event", "examples", "legalBasis", "basis"]);
  const may = onChange !== undefined;
  return (
    <div className="rule-editor stack">
      <FaultList faults={beside} />
      {may && (
        <div className="outcome-line" ref={names}>
          <TextPair
            labels={words}
            value={rule.title}
            faultOf={(one) => wrong(`/title/${one}`)}
            onChange={(text, one) => onChange(withRule(set, rule.index, { title: { ...rule.title, [one]: text } }))}
          />
        </div>
      )}
      <section>
        <h3>{t(msg("policy-rules.ruleEditor.when"))}</h3>
        {may ? (
          <ConditionBuilder
            conditions={rule.conditions}
            vocabulary={vocabulary}
            faultAt={wrongCondition}
            onEditText={onEditText}
            onChange={(conditions) =>
              onChange(
                withRule(set, rule.index, {
                  conditions,
                  examples: followingExamples(rule, conditions, above, vocabulary),
                }),
              )
            }
          />
        ) : (
          <p>{t(conditionWords(rule.conditions, vocabulary))}</p>
        )}
      </section>
      <section>
        <h3>{t(msg("policy-rules.ruleEditor.decides"))}</h3>
        <OutcomeEditor
          set={set.set}
          params={rule.params}
          vocabulary={vocabulary}
          faultAt={(place) => wrongAt(faults, `${at}/event/params`, place)}
          onChange={may ? (params) => onChange(withParams(set, rule, params)) : undefined}
        />
      </section>
      <section>
        <h3>{t(msg("policy-rules.ruleEditor.examples"))}</h3>
        <ExampleEditor
          examples={rule.examples}
          vocabulary={vocabulary}
          faultAt={(place) => wrong(`/examples${place}`)}
          conditions={rule.conditions}
          propose={() => proposedExample(rule.conditions, above, vocabulary)}
          onChange={may ? (examples) => onChange(withRule(set, rule.index, { examples })) : undefined}
        />
      </section>
      <RuleBasis set={set} rule={rule} vocabulary={vocabulary} wrong={wrong} onChange={onChange} />
      <p className="small muted">
        {t(msg("policy-rules.ruleEditor.id"))} <bdi dir="ltr">{rule.id}</bdi>
      </p>
    </div>
  );
}

/** What is wrong at a place or below it; at the whole, only what is said of the whole. */
function wrongAt(faults: PolicyPartProps["faults"], root: string, place: string): Bilingual | null {
  if (place !== "") return faultAt(faults, `${root}${place}`);
  return faults.find(({ field, severity }) => severity === "error" && isWhole(field, root))?.reason ?? null;
}

/** A group of conditions, or the outcome as a whole: what has no field of its own. */
const isWhole = (field: string, root: string): boolean =>
  field === root || (field.startsWith(`${root}/`) && /\/(all|any|not)$/.test(field));
