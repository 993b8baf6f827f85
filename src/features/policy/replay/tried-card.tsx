/** What one text decides for a case that is tried: the outcome, the rules with their conditions, and what came close. */
import React from "react";
import { overruledWords } from "../../../engine/explain/overruled-words.js";
import type { PolicyVocabulary } from "../../../engine/explain/policy-vocabulary.js";
import type { TracedCondition, Tried } from "../../../engine/replay/trial-view.js";
import type { RuleSetName } from "../../../engine/rules/rule-set.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { Icon, NoticeBox, useText, type Words } from "../../../platform/ui/kit.js";
import { conditionWords, factNamed, valueWords } from "../rules/condition-words.js";
import { outcomeWords } from "../rules/outcome-words.js";

const words = {
  decides: { en: "Decides", ar: "القرار" },
  byRule: { en: "By the rule “{name}”", ar: "بالقاعدة «{name}»" },
  overruledRule: {
    en: "The rule “{name}” applies, and is overruled as said above",
    ar: "تنطبق القاعدة «{name}»، ولا يُعمل بها كما ذُكر أعلاه",
  },
  byDefault: {
    en: "No rule holds: the default decides.",
    ar: "لا تنطبق أي قاعدة: يُعمل بالقيمة الافتراضية.",
  },
  near: { en: "What came close", ar: "ما كاد يقرر" },
  missed: { en: "“{name}” would need: {condition}", ar: "«{name}» يلزمها: {condition}" },
  before: { en: "“{name}” holds too; another comes before it", ar: "«{name}» تنطبق أيضًا، وتسبقها غيرها" },
  any: { en: "one of these:", ar: "واحد مما يلي:" },
  all: { en: "all of these:", ar: "كل ما يلي:" },
  not: { en: "none of this:", ar: "لا شيء مما يلي:" },
  holds: { en: "holds", ar: "متحقق" },
  fails: { en: "does not hold", ar: "غير متحقق" },
  untold: { en: "could not be told", ar: "تعذّر تحديده" },
  fault: { en: "A rule is at fault and was passed over: {why}", ar: "في إحدى القواعد خلل فجرى تجاوزها: {why}" },
  nothing: { en: "Nothing", ar: "لا شيء" },
  stated: { en: "{fact}: it came with the application.", ar: "{fact}: ورد مع الطلب." },
  raised: {
    en: "{fact}: “{level}” came with the application; the rule “{name}” raises it.",
    ar: "{fact}: ورد مع الطلب «{level}»، وترفعه القاعدة «{name}».",
  },
  overruled: { en: "The rule “{name}” is overruled", ar: "القاعدة «{name}» لا يُعمل بها" },
  overruledWhy: { en: "It says “{what}”; {why}.", ar: "تقول «{what}»؛ {why}." },
  goesTo: { en: "The case goes to {entity}.", ar: "تذهب المعاملة إلى {entity}." },
  waits: {
    en: "It waits to be placed by a person: no entity that is in use is named.",
    ar: "تنتظر أن يوجّهها شخص: لم تُحدد جهة قيد الاستخدام.",
  },
  byHand: {
    en: "It waits to be placed by a person, as this programme wants of every application. Suggested: {entity}.",
    ar: "تنتظر أن يوجّهها شخص، كما يريد هذا البرنامج لكل طلب. الجهة المقترحة: {entity}.",
  },
} as const satisfies Record<string, Bilingual>;

function Condition({ condition, vocabulary }: { condition: TracedCondition; vocabulary: PolicyVocabulary }) {
  const { t } = useText();
  const { kind, holds, members } = condition;
  const [icon, verdict] =
    holds === null
      ? (["alert", words.untold] as const)
      : holds
        ? (["check", words.holds] as const)
        : (["close", words.fails] as const);
  const { fact, operator, value } = condition;
  const said = kind === "fact" ? conditionWords({ all: [{ fact, operator, value }] }, vocabulary) : words[kind];
  return (
    <li className={`tried-condition ${holds === true ? "tried-holds" : "tried-fails"}`}>
      <span className="tried-line">
        <Icon name={icon} size={14} />
        <span>
          <bdi>{t(said)}</bdi> <span className="unseen">({t(verdict)})</span>
        </span>
      </span>
      {members.length > 0 && (
        <ul>
          {members.map((member, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: members have no names and keep their order
            <Condition key={i} condition={member} vocabulary={vocabulary} />
          ))}
        </ul>
      )}
    </li>
  );
}

function outcomeLines(set: string, outcome: unknown, vocabulary: PolicyVocabulary): Bilingual[] {
  const name = set as RuleSetName;
  if (!Array.isArray(outcome)) return [outcomeWords(name, outcome, vocabulary)];
  return outcome.length === 0 ? [words.nothing] : outcome.map((step) => outcomeWords(name, step, vocabulary));
}

type Classified = Extract<Tried["becomes"], { kind: "classification" }>;

/** What the application states beside the rules: what holds of it, what was raised, and each rule that is overruled. */
function Stated({ tried, becomes, vocabulary }: { tried: Tried; becomes: Classified; vocabulary: PolicyVocabulary }) {
  const { t } = useText();
  const titleOf = (id: string | null): string => {
    const found = tried.decided.find((rule) => rule.id === id);
    return found === undefined ? (id ?? "") : t(found.title);
  };
  const fact = (name: string) => factNamed(vocabulary, name);
  const said = (name: string, code: unknown): string => t(valueWords(fact(name), code));
  const label = (name: string): string => t(fact(name)?.label ?? name);
  const held = (["pillar", "importance"] as const).filter((key) => becomes[`${key}By`] === "applicant");
  return (
    <>
      {held.map((key) => (
        <p key={key} className="small">
          {t(words.stated, { fact: label(key) })}
        </p>
      ))}
      {becomes.importanceBy === "raised" && (
        <p className="small">
          {t(words.raised, {
            fact: label("importance"),
            level: said("importance", becomes.stated),
            name: titleOf(becomes.raisedBy),
          })}
        </p>
      )}
      {becomes.overruled.map(({ key, ruleId, says, because }) => (
        <NoticeBox key={key} tone="warning" title={t(words.overruled, { name: titleOf(ruleId) })}>
          <p>
            {t(words.overruledWhy, {
              what: `${label(key)}: ${said(key, says)}`,
              why: t(overruledWords[because]),
            })}
          </p>
        </NoticeBox>
      ))}
    </>
  );
}

function Placed({
  becomes,
  vocabulary,
}: {
  becomes: Extract<Tried["becomes"], { kind: "routing" }>;
  vocabulary: PolicyVocabulary;
}) {
  const { t } = useText();
  const name = (code: string): string => t(valueWords(factNamed(vocabulary, "entity"), code));
  const { entity, suggested } = becomes;
  const line =
    entity !== null
      ? t(words.goesTo, { entity: name(entity) })
      : suggested !== null
        ? t(words.byHand, { entity: name(suggested) })
        : t(words.waits);
  return <p className="small">{line}</p>;
}

/** What becomes of the case: of a classification all three, with what the application states. */
const outcomeOf = ({ outcome, becomes }: Tried): unknown =>
  becomes?.kind === "classification"
    ? { pillar: becomes.pillar, importance: becomes.importance, confidential: becomes.confidential }
    : outcome;

export function TriedCard(a: { title: Words; tried: Tried; set: string; vocabulary: PolicyVocabulary }) {
  const { t } = useText();
  const { tried, vocabulary } = a;
  const overruled = tried.becomes?.kind === "classification" ? tried.becomes.overruled.map(({ ruleId }) => ruleId) : [];
  return (
    <section className="tried-card">
      <h3>{t(a.title)}</h3>
      <ul className="tried-outcome">
        {outcomeLines(a.set, outcomeOf(tried), vocabulary).map((line) => (
          <li key={line.en}>
            <bdi>{t(line)}</bdi>
          </li>
        ))}
      </ul>
      {tried.becomes?.kind === "classification" && (
        <Stated tried={tried} becomes={tried.becomes} vocabulary={vocabulary} />
      )}
      {tried.becomes?.kind === "routing" && <Placed becomes={tried.becomes} vocabulary={vocabulary} />}
      {tried.faults.map(({ ruleId, message }) => (
        <NoticeBox key={`${ruleId}${message}`} tone="danger" title={t(words.fault, { why: message })} />
      ))}
      {tried.decided.length === 0 && <p className="small muted">{t(words.byDefault)}</p>}
      {tried.decided.map(({ id, title, conditions }) => (
        <div key={id} className="tried-rule">
          <p className="small">
            <strong>{t(overruled.includes(id) ? words.overruledRule : words.byRule, { name: t(title) })}</strong>
          </p>
          {conditions !== null && (
            <ul className="tried-conditions">
              {(conditions.kind === "all" ? conditions.members : [conditions]).map((condition, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no names and keep their order
                <Condition key={i} condition={condition} vocabulary={vocabulary} />
              ))}
            </ul>
          )}
        </div>
      ))}
      {tried.near.length > 0 && (
        <details>
          <summary>{t(words.near)}</summary>
          <ul className="bullets small">
            {tried.near.map(({ id, title, missed }) => (
              <li key={id}>
                {missed === null
                  ? t(words.before, { name: t(title) })
                  : t(words.missed, { name: t(title), condition: t(conditionWords({ all: [missed] }, vocabulary)) })}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
