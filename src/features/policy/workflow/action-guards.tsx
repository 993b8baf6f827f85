/** What has to hold for an action, and what whoever is refused reads. */
import React from "react";
import type { PolicyVocabulary } from "../../../engine/explain/policy-vocabulary.js";
import { Button, Field, TextPair, useText } from "../../../platform/ui/kit.js";
import type { ActionPart } from "./action-ways.js";
import { ConditionField } from "./condition-field.js";
import { withMember } from "./edit-workflow.js";
import { actionAt, faultsWithin } from "./workflow-model.js";
import { FaultLines } from "./workflow-tables.js";

const words = {
  title: { en: "Conditions", ar: "الشروط" },
  help: {
    en: "All must hold. Whoever is refused reads the words of the first that does not: say what to do instead.",
    ar: "يجب أن تتحقق كلها. ومن يُرفض طلبه يقرأ نص أول شرط لم يتحقق: قل ما العمل بدلًا منه.",
  },
  when: { en: "Only if", ar: "فقط إذا" },
  otherwiseAr: { en: "Else one reads, in Arabic", ar: "وإلا يُقرأ بالعربية" },
  otherwiseEn: { en: "Else one reads, in English", ar: "وإلا يُقرأ بالإنجليزية" },
  add: { en: "Add a condition", ar: "إضافة شرط" },
  remove: { en: "Remove the condition", ar: "حذف الشرط" },
};

export function ActionGuards({
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
    <Field label={words.title} help={words.help} group>
      {action.guards.map((guard, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no names; those behind a removed one are drawn anew.
        <div key={`${i}/${action.guards.length}`} className="flow-branch">
          <FaultLines faults={faultsWithin(faults, `${actionAt(action.code)}/guards/${i}`)} />
          <ConditionField
            label={words.when}
            condition={guard.when}
            vocabulary={vocabulary}
            faults={faults}
            at={`${actionAt(action.code)}/guards/${i}/when`}
            readOnly={readOnly}
            onChange={(when) => change(i, withMember(all[i], "when", when))}
          />
          <div className="line-row">
            <TextPair
              labels={{ ar: words.otherwiseAr, en: words.otherwiseEn }}
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
                label={words.remove}
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
          {t(words.add)}
        </Button>
      )}
    </Field>
  );
}
