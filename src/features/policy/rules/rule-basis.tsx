/** What a rule rests on: instructions of the register, chosen, and the law in words. */

import React from "react";
import type { PolicyVocabulary } from "../../../engine/explain/policy-vocabulary.js";
import { msg } from "../../../engine/text/msg.js";
import { type Bilingual, inLanguage, perLanguage } from "../../../engine/text/text.js";
import { Bidi, Button, Icon, Select, TextPair, useText } from "../../../platform/ui/kit.js";
import type { PolicyPartProps } from "../policy-part.js";
import { type RuleSetView, type RuleView, withBasis, withLegalBasis } from "./rule-model.js";

const words = {
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
            const state = t(one === undefined ? msg("policy-rules.ruleBasis.unknown") : words[one.state]);
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

export function RuleBasis(props: RuleBasisProps) {
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
