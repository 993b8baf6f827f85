/** One press puts the tried case as an example into the rule that decided it. What might say who somebody is stays out. */

import React from "react";
import type { Tried } from "../../../engine/replay/trial-view.js";
import { Button, toast, useText } from "../../../platform/ui/kit.js";
import type { PolicyPartProps } from "../policy-part.js";
import { factsWords } from "../rules/condition-words.js";
import { exampleFacts, hasExample, withExample } from "./example-of-trial.js";

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
