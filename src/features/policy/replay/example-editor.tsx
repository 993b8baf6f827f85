/** The examples of a rule where the rule is: facts by choice, and whether it should be the one that decides. */

import React, { useState } from "react";
import type { PolicyVocabulary } from "../../../engine/explain/policy-vocabulary.js";
import { isRecord } from "../../../engine/is-record.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { Badge, Button, Select, TextPair, useText } from "../../../platform/ui/kit.js";
import { RawJson } from "../raw-json.js";
import { factLabel, factNamed, factsWords } from "../rules/condition-words.js";
import { groupedFacts } from "../rules/fact-groups.js";
import type { Json } from "../rules/rule-model.js";
import { SingleValue, ValueList } from "../rules/value-control.js";

const words = {
  decides: msg("policy-replay.exampleEditor.decides"),
  not: msg("policy-replay.exampleEditor.not"),
  name: pattern("policy-replay.exampleEditor.nameIn"),
  addFact: msg("policy-replay.exampleEditor.addFact"),
  close: msg("policy-replay.exampleEditor.close"),
};

const nameOf = (name: unknown): Bilingual =>
  isRecord(name) ? { en: String(name.en ?? ""), ar: String(name.ar ?? "") } : { en: String(name), ar: String(name) };

interface OneProps {
  readonly example: Json;
  readonly onChange: (example: Json) => void;
  readonly vocabulary: PolicyVocabulary;
}

function FactRows({ example, onChange, vocabulary }: OneProps) {
  const { t } = useText();
  const facts: Json = isRecord(example.facts) ? example.facts : {};
  const set = (name: string, value: unknown) => onChange({ ...example, facts: { ...facts, [name]: value } });
  const unset = (name: string) => {
    const { [name]: _, ...rest } = facts;
    onChange({ ...example, facts: rest });
  };
  const free = vocabulary.facts.filter(({ name }) => !(name in facts));
  return (
    <>
      {Object.entries(facts).map(([name, value]) => {
        const fact = factNamed(vocabulary, name);
        const label = factLabel(vocabulary, name);
        const props = { fact, value, label, onChange: (next: unknown) => set(name, next) };
        return (
          <div className="example-fact" key={name}>
            <span>{t(label)}</span>
            <span className="cond-value">
              {fact === undefined ? (
                <RawJson value={value} />
              ) : fact.type === "strings" ? (
                <ValueList {...props} />
              ) : (
                <SingleValue {...props} mayBeUnknown />
              )}
            </span>
            <Button
              small
              kind="quiet"
              icon="trash"
              label={t(pattern("policy-replay.exampleEditor.removeFact"), { fact: t(label) })}
              onClick={() => unset(name)}
            />
          </div>
        );
      })}
      <select
        className="input select"
        aria-label={t(words.addFact)}
        value=""
        onChange={(event) => {
          const fact = factNamed(vocabulary, event.target.value);
          if (fact) set(fact.name, fact.type === "strings" ? [] : fact.type === "boolean" ? true : null);
        }}
      >
        <option value="">{t(words.addFact)}</option>
        {groupedFacts(free).map(({ label, facts: offered }) => (
          <optgroup key={label.en} label={t(label)}>
            {offered.map((fact) => (
              <option key={fact.name} value={fact.name}>
                {t(fact.label)}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      <p className="small muted">{t(msg("policy-replay.exampleEditor.others"))}</p>
    </>
  );
}

function OpenExample({ example, onChange, vocabulary }: OneProps) {
  const { t } = useText();
  const name = nameOf(example.name);
  return (
    <div className="stack-small">
      <div className="outcome-line">
        <TextPair
          labels={{
            ar: t(words.name, { language: t(msg("policy-replay.exampleEditor.arabic")) }),
            en: t(words.name, { language: t(msg("policy-replay.exampleEditor.english")) }),
          }}
          value={name}
          onChange={(text, language) => onChange({ ...example, name: { ...name, [language]: text } })}
        />
        <Select
          label={msg("policy-replay.exampleEditor.should")}
          value={String(example.decides)}
          choices={[
            { value: "true", label: words.decides },
            { value: "false", label: words.not },
          ]}
          onChange={(chosen) => onChange({ ...example, decides: chosen === "true" })}
        />
      </div>
      <FactRows example={example} onChange={onChange} vocabulary={vocabulary} />
    </div>
  );
}

interface ExamplesProps {
  readonly examples: readonly unknown[];
  readonly onChange?: ((examples: readonly unknown[]) => void) | undefined;
  /** Of the rule. */
  readonly conditions: unknown;
  /** Worked out from the conditions; null where none was found. */
  readonly propose: () => Json | null;
  readonly faultAt: (at: string) => Bilingual | null;
  readonly vocabulary: PolicyVocabulary;
}

export function ExampleEditor({ examples, onChange, conditions, propose, faultAt, vocabulary }: ExamplesProps) {
  const { t } = useText();
  const [opened, setOpened] = useState<number | null>(null);
  // Said beside the button, of these conditions alone: it goes as soon as they change.
  const [notFoundFor, setNotFoundFor] = useState<unknown>(null);
  const add = (example: Json) => {
    onChange?.([...examples, example]);
    setOpened(examples.length);
  };
  const whole = examples.length === 0 ? faultAt("") : null;
  const decided = examples.some((example) => isRecord(example) && example.decides === true);
  return (
    <div className="stack-small">
      {whole && <p className="field-fault">{t(whole)}</p>}
      {examples.length === 0 && !whole && <p className="muted">{t(msg("policy-replay.exampleEditor.none"))}</p>}
      {examples.map((example, at) => {
        const fault = faultAt(`/${at}`);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: an example is its place
          <div className="example-card" key={at}>
            {isRecord(example) ? (
              <div className="example-line">
                <span className="example-text">
                  <bdi>{t(nameOf(example.name))}</bdi>
                  <bdi className="small muted">{t(factsWords(example.facts, vocabulary))}</bdi>
                </span>
                <Badge
                  tone={example.decides === true ? "done" : "neutral"}
                  icon={example.decides === true ? "check" : "minus"}
                >
                  {t(example.decides === true ? words.decides : words.not)}
                </Badge>
                {onChange && (
                  <span className="row-acts">
                    <Button
                      small
                      icon={opened === at ? "check" : "edit"}
                      expanded={opened === at}
                      onClick={() => setOpened(opened === at ? null : at)}
                    >
                      {t(opened === at ? words.close : msg("policy-replay.exampleEditor.edit"))}
                    </Button>
                    <Button
                      small
                      kind="quiet"
                      icon="trash"
                      label={msg("policy-replay.exampleEditor.remove")}
                      onClick={() => {
                        setOpened(null);
                        onChange(examples.filter((_, i) => i !== at));
                      }}
                    />
                  </span>
                )}
              </div>
            ) : (
              <RawJson value={example} />
            )}
            {fault && <p className="field-fault">{t(fault)}</p>}
            {opened === at && onChange && isRecord(example) && (
              <OpenExample
                example={example}
                vocabulary={vocabulary}
                onChange={(next) => onChange(examples.map((one, i) => (i === at ? next : one)))}
              />
            )}
          </div>
        );
      })}
      <div role="status">
        {!decided && notFoundFor !== null && notFoundFor === conditions && (
          <p className="field-help">{t(msg("policy-replay.exampleEditor.notFound"))}</p>
        )}
      </div>
      {onChange && (
        <div className="row-acts">
          {!decided && (
            <Button
              small
              icon="check"
              onClick={() => {
                const example = propose();
                setNotFoundFor(example === null ? conditions : null);
                if (example) add(example);
              }}
            >
              {t(msg("policy-replay.exampleEditor.propose"))}
            </Button>
          )}
          <Button
            small
            kind="quiet"
            icon="plus"
            onClick={() => add({ name: { en: "", ar: "" }, facts: {}, decides: false })}
          >
            {t(msg("policy-replay.exampleEditor.add"))}
          </Button>
        </div>
      )}
    </div>
  );
}
