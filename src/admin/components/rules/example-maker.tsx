/** One press puts the tried case as an example into the rule that decided it. What might say who somebody is stays out. */
import React from "react";
import type { PolicyVocabulary } from "../../../domain/explain/policy-vocabulary.js";
import type { Tried } from "../../../domain/replay/trial-view.js";
import { Button, toast, useText } from "../kit/kit.js";
import { isRecord } from "./condition-query.js";
import { factsWords } from "./condition-words.js";
import { mentionedFacts } from "./mentioned-facts.js";
import type { PolicyPartProps } from "./policy-parts.js";

const words = {
  make: { en: "Make an example of this", ar: "اجعل هذه مثالًا" },
  into: {
    en: "It goes into “{name}” and is run at every check.",
    ar: "يُضاف إلى «{name}» ويُشغَّل عند كل فحص.",
  },
  byDefault: {
    en: "An example belongs to a rule, and here the default decides.",
    ar: "المثال يتبع قاعدة، وهنا القيمة الافتراضية هي التي تقرر.",
  },
  there: { en: "“{name}” has this example already.", ar: "هذا المثال موجود في «{name}»." },
  done: { en: "The example is in the text.", ar: "أُضيف المثال إلى النص." },
};

/** Facts that the rules ask about and that are known; free texts of forms are left out: people write names there. */
export function exampleFacts(
  facts: Readonly<Record<string, unknown>>,
  definition: unknown,
  vocabulary: PolicyVocabulary,
): Record<string, unknown> {
  const mentioned = mentionedFacts(definition);
  const open = new Set(
    vocabulary.facts.filter(({ type, values }) => type === "string" && values === null).map(({ name }) => name),
  );
  return Object.fromEntries(
    vocabulary.facts.flatMap(({ name }) => {
      const value = facts[name];
      const known = value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);
      return known && mentioned.has(name) && !open.has(name) ? [[name, value]] : [];
    }),
  );
}

/** The definition with the example in the rule of that id; null where there is no such rule. */
export function withExample(definition: unknown, id: string, example: object): object | null {
  if (!isRecord(definition) || !Array.isArray(definition.rules)) return null;
  const { rules } = definition;
  if (!rules.some((rule) => isRecord(rule) && rule.id === id)) return null;
  return {
    ...definition,
    rules: rules.map((rule) =>
      isRecord(rule) && rule.id === id
        ? { ...rule, examples: [...(Array.isArray(rule.examples) ? rule.examples : []), example] }
        : rule,
    ),
  };
}

function hasExample(definition: unknown, id: string, facts: object): boolean {
  const rules = isRecord(definition) && Array.isArray(definition.rules) ? definition.rules : [];
  const rule = rules.find((one) => isRecord(one) && one.id === id);
  const examples = isRecord(rule) && Array.isArray(rule.examples) ? rule.examples : [];
  const text = (value: object) => JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  return examples.some(
    (one) => isRecord(one) && one.decides === true && isRecord(one.facts) && text(one.facts) === text(facts),
  );
}

export function ExampleMaker(props: PolicyPartProps & { facts: Readonly<Record<string, unknown>>; tried: Tried }) {
  const { definition, onChange, vocabulary, tried } = props;
  const { t } = useText();
  if (onChange === undefined) return null;
  const [rule] = tried.decided;
  if (rule === undefined) return <p className="small muted">{t(words.byDefault)}</p>;
  const facts = exampleFacts(props.facts, definition, vocabulary);
  const name = t(rule.title);
  if (hasExample(definition, rule.id, facts)) return <p className="small muted">{t(words.there, { name })}</p>;
  return (
    <div className="try-example">
      <Button
        icon="plus"
        onClick={() => {
          const next = withExample(definition, rule.id, { name: factsWords(facts, vocabulary), facts, decides: true });
          if (next === null) return;
          onChange(next);
          toast(words.done);
        }}
      >
        {t(words.make)}
      </Button>
      <span className="small muted">{t(words.into, { name })}</span>
    </div>
  );
}
