/** What the applicant of a made-up case answered to the extra fields of its type, as conditions ask for it. */

import React from "react";
import type { VocabularyFact } from "../../../engine/explain/policy-vocabulary.js";
import type { WalkView } from "../../../engine/lifecycle/walk-view.js";
import { Field, faultAt, type ProblemBody, useText } from "../../../platform/ui/kit.js";
import { SingleValue } from "../rules/value-control.js";

const words = {
  asked: { en: "What the applicant answered", ar: "ما أجاب به مقدم الطلب" },
  more: { en: "Other fields of the application ({n})", ar: "حقول أخرى في الطلب ({n})" },
};

export type Answers = Readonly<Record<string, unknown>>;

interface WalkAnswersProps {
  readonly fields: WalkView["fields"];
  readonly facts: readonly VocabularyFact[];
  readonly answers: Answers;
  readonly problem: ProblemBody | null;
  readonly onChange: (answers: Answers) => void;
}

/** Those that conditions of this workflow ask for stand open; rules may ask for the others. */
export function WalkAnswers({ fields, facts, answers, problem, onChange }: WalkAnswersProps) {
  const { t } = useText();
  const inputs = (asked: boolean) =>
    fields.flatMap((field) => {
      const fact = facts.find(({ name }) => name === field.fact);
      if (fact === undefined || field.asked !== asked) return [];
      return [
        <Field key={fact.name} label={fact.label} fault={faultAt(problem, `/facts/${fact.name}`) ?? null}>
          <SingleValue
            fact={fact}
            label={fact.label}
            value={answers[fact.name] ?? null}
            mayBeUnknown
            onChange={(value) => onChange({ ...answers, [fact.name]: value })}
          />
        </Field>,
      ];
    });
  const [asked, others] = [inputs(true), inputs(false)];
  return (
    <>
      {asked.length > 0 && (
        <fieldset className="flow-answers">
          <legend>{t(words.asked)}</legend>
          <div className="try-facts">{asked}</div>
        </fieldset>
      )}
      {others.length > 0 && (
        <details className="flow-answers">
          <summary>{t(asked.length > 0 ? words.more : words.asked, { n: others.length })}</summary>
          <div className="try-facts">{others}</div>
        </details>
      )}
    </>
  );
}
