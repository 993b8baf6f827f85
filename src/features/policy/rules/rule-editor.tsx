/** One rule, opened: its name, when it holds, what it then decides, examples, the law behind it. */

import React, { useCallback, useEffect, useRef } from "react";
import { msg } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { Icon, TextPair, useText } from "../../../platform/ui/kit.js";
import type { PolicyPartProps } from "../policy-part.js";
import { ExampleEditor } from "../replay/example-editor.js";
import { followingExamples, proposedExample } from "../replay/propose-example.js";
import { ConditionBuilder } from "./condition-builder.js";
import { conditionWords } from "./condition-words.js";
import { OutcomeEditor } from "./outcome-editor.js";
import { faultAt, faultsBeside } from "./place-faults.js";
import { RuleBasis } from "./rule-basis.js";
import { type RuleSetView, type RuleView, withParams, withRule } from "./rule-model.js";

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
  const beside = faultsBeside(faults, at, ["title", "conditions", "event", "examples", "legalBasis", "basis"]);
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

/** Of the place itself where it is the whole; else of it and of what stands below. */
function wrongAt(faults: PolicyPartProps["faults"], root: string, place: string): Bilingual | null {
  if (place !== "") return faultAt(faults, `${root}${place}`);
  return faults.find(({ field, severity }) => severity === "error" && isWhole(field, root))?.reason ?? null;
}

/** A group of conditions, or the outcome as a whole: what has no field of its own. */
const isWhole = (field: string, root: string): boolean =>
  field === root || (field.startsWith(`${root}/`) && /\/(all|any|not)$/.test(field));
