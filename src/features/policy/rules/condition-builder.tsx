/** Conditions put together in the catalogue's own words: groups of all, any and none; facts, comparisons and values by choice. */

import React, { createContext, useContext, useMemo } from "react";
import {
  type ActionProps,
  type CombinatorSelectorProps,
  type FieldSelectorProps,
  type NotToggleProps,
  type OperatorSelectorProps,
  QueryBuilder,
  type RuleGroupType,
  type RuleType,
  type ValueEditorProps,
} from "react-querybuilder";
import type { PolicyVocabulary } from "../../../engine/explain/policy-vocabulary.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { Button, Checkbox, LinkButton, Select, useText } from "../../../platform/ui/kit.js";
import { RawJson } from "../raw-json.js";
import {
  conditionsOf,
  freshValue,
  operatorsOf,
  type QueryGroup,
  queryOf,
  unshown,
  withFittedValues,
} from "./condition-query.js";
import { factNamed, operatorWordsOf } from "./condition-words.js";
import { groupedFacts } from "./fact-groups.js";
import { SingleValue, ValueList } from "./value-control.js";

const words = {
  notInCatalogue: pattern("policy-rules.conditionBuilder.notInCatalogue"),
  all: msg("policy-rules.conditionBuilder.all"),
  any: msg("policy-rules.conditionBuilder.any"),
  removeRule: msg("policy-rules.conditionBuilder.removeRule"),
  removeGroup: msg("policy-rules.conditionBuilder.removeGroup"),
  finds: pattern("policy-rules.conditionBuilder.finds"),
};

interface Around {
  readonly vocabulary: PolicyVocabulary;
  /** What is wrong at a place below the conditions. */
  readonly faultAt: (at: string) => Bilingual | null;
}
const AroundContext = createContext<Around | null>(null);

function useAround(): Around {
  const around = useContext(AroundContext);
  if (around === null) throw new Error("A control of the builder stands outside of it.");
  return around;
}

const placeOf = (part: unknown): string => (part as { at?: string }).at ?? "\u0000";
/** As values begin: a date with none chosen, where other numbers begin with 0. */
const kindOf = (vocabulary: PolicyVocabulary) => (name: string) => {
  const fact = factNamed(vocabulary, name);
  return fact?.isDate ? "date" : fact?.type;
};

function FactSelector({ value, handleOnChange, rule }: FieldSelectorProps) {
  const { t } = useText();
  const { vocabulary } = useAround();
  if (value === unshown) return <RawJson value={rule.value} />;
  const known = factNamed(vocabulary, value ?? "") !== undefined;
  return (
    <select
      className="input select cond-fact"
      aria-label={t(msg("policy-rules.conditionBuilder.fact"))}
      value={value}
      onChange={(event) => handleOnChange(event.target.value)}
    >
      {!known && <option value={value}>{t(words.notInCatalogue, { name: value ?? "" })}</option>}
      {groupedFacts(vocabulary.facts).map(({ label, facts }) => (
        <optgroup key={label.en} label={t(label)}>
          {facts.map((fact) => (
            <option key={fact.name} value={fact.name}>
              {t(fact.label)}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}

function ComparisonSelector({ value, handleOnChange, field }: OperatorSelectorProps) {
  const { vocabulary } = useAround();
  if (field === unshown) return null;
  const offered = operatorsOf(factNamed(vocabulary, field));
  const fact = factNamed(vocabulary, field);
  const all = offered.includes(value ?? "") ? offered : [...offered, value ?? ""];
  return (
    <Select
      ariaLabel={msg("policy-rules.conditionBuilder.comparison")}
      value={value ?? ""}
      choices={all.map((name) => ({ value: name, label: operatorWordsOf(fact, name) ?? name }))}
      onChange={handleOnChange}
    />
  );
}

const isListed = (operator: string) => operator === "in" || operator === "notIn";

/** What a list of keywords finds, and the way to it. */
function KeywordHint({ code }: { code: unknown }) {
  const { t, list } = useText();
  const { vocabulary } = useAround();
  const found = vocabulary.keywordLists.find((one) => one.code === code);
  return (
    <span className="cond-hint small muted">
      {found && (
        <bdi>{t(words.finds, { words: list(found.words.slice(0, 8)) + (found.words.length > 8 ? " …" : "") })}</bdi>
      )}{" "}
      <LinkButton kind="quiet" small to="/admin/resources/keyword-lists">
        {t(msg("policy-rules.conditionBuilder.lists"))}
      </LinkButton>
    </span>
  );
}

function ValueEditor({ field, operator, value, handleOnChange, rule }: ValueEditorProps) {
  const { t } = useText();
  const { vocabulary, faultAt } = useAround();
  const fault = faultAt(placeOf(rule));
  const told = fault && (
    <p className="field-fault cond-fault" role="alert">
      {t(fault)}
    </p>
  );
  if (field === unshown) return told || null;
  const fact = factNamed(vocabulary, field);
  const asked = operator === "unknown" || operator === "known";
  const fits = isListed(operator) ? Array.isArray(value) : typeof value !== "object";
  const label = msg("policy-rules.conditionBuilder.value", { fact: fact?.label ?? field });
  const props = { fact, value, onChange: handleOnChange, label };
  return (
    <>
      {!asked && (
        <span className="cond-value">
          {fact === undefined || !fits ? (
            <RawJson value={value} />
          ) : isListed(operator) ? (
            <ValueList {...props} />
          ) : (
            <SingleValue {...props} />
          )}
        </span>
      )}
      {field === "keywords" && <KeywordHint code={value} />}
      {told}
    </>
  );
}

function CombinatorSelector({ value, handleOnChange }: CombinatorSelectorProps) {
  return (
    <Select
      ariaLabel={msg("policy-rules.conditionBuilder.combinator")}
      value={String(value)}
      choices={[
        { value: "all", label: words.all },
        { value: "any", label: words.any },
      ]}
      onChange={handleOnChange}
    />
  );
}

const NotToggle = ({ checked, handleOnChange }: NotToggleProps) => (
  <Checkbox label={msg("policy-rules.conditionBuilder.not")} checked={checked === true} onChange={handleOnChange} />
);

function Adder({ handleOnClick, text }: ActionProps & { text: Bilingual }) {
  const { t } = useText();
  return (
    <Button small kind="quiet" icon="plus" onClick={() => handleOnClick()}>
      {t(text)}
    </Button>
  );
}
const Remover = ({ handleOnClick, text }: ActionProps & { text: Bilingual }) => (
  <Button small kind="quiet" icon="trash" label={text} onClick={() => handleOnClick()} />
);
const AddRule = (props: ActionProps) => <Adder {...props} text={msg("policy-rules.conditionBuilder.addRule")} />;
const AddGroup = (props: ActionProps) => <Adder {...props} text={msg("policy-rules.conditionBuilder.addGroup")} />;
const RemoveRule = (props: ActionProps) => <Remover {...props} text={words.removeRule} />;
const RemoveGroup = (props: ActionProps) => <Remover {...props} text={words.removeGroup} />;

const controls = {
  fieldSelector: FactSelector,
  operatorSelector: ComparisonSelector,
  valueEditor: ValueEditor,
  combinatorSelector: CombinatorSelector,
  notToggle: NotToggle,
  addRuleAction: AddRule,
  addGroupAction: AddGroup,
  removeRuleAction: RemoveRule,
  removeGroupAction: RemoveGroup,
  valueSourceSelector: null,
  dragHandle: null,
};
const classes = {
  ruleGroup: "cond-group",
  header: "cond-head",
  body: "cond-body",
  rule: "cond-rule",
};

/** Where nothing is written yet. */
const none = { all: [] };

let made = 0;
/** Ids of what is added; browsers have no random ones where a page came without TLS. */
const newId = (): string => {
  made += 1;
  return `new-${made}`;
};

interface BuilderProps extends Around {
  readonly conditions: unknown;
  readonly onChange: (conditions: object) => void;
  /** Where conditions of a form that it cannot show are written. */
  readonly onEditText: () => void;
}

export function ConditionBuilder({ conditions, onChange, onEditText, vocabulary, faultAt }: BuilderProps) {
  const { t } = useText();
  const query = useMemo(() => queryOf(conditions ?? none), [conditions]);
  const around = useMemo(() => ({ vocabulary, faultAt }), [vocabulary, faultAt]);
  const fields = useMemo(() => vocabulary.facts.map(({ name, label }) => ({ name, label: t(label) })), [vocabulary, t]);
  if (query === null) return <RawJson value={conditions} onEditText={onEditText} />;
  // A comparison without a group says it itself.
  const fault = query.rules.some(({ at }) => at === "") ? null : faultAt("");
  const change = (next: RuleGroupType) => {
    const fitted = withFittedValues(query, next as unknown as QueryGroup, kindOf(vocabulary));
    const written = conditionsOf(fitted);
    if (JSON.stringify(written) !== JSON.stringify(conditions)) onChange(written);
  };
  return (
    <AroundContext.Provider value={around}>
      {fault && <p className="field-fault">{t(fault)}</p>}
      <div className="cond">
        <QueryBuilder
          query={query as unknown as RuleGroupType<RuleType>}
          onQueryChange={change}
          fields={fields}
          combinators={[
            { name: "all", label: t(words.all) },
            { name: "any", label: t(words.any) },
          ]}
          getOperators={(field) => operatorsOf(factNamed(vocabulary, field)).map((name) => ({ name, label: name }))}
          getDefaultField="type"
          getDefaultOperator={(field) => operatorsOf(factNamed(vocabulary, field))[0] ?? "equal"}
          getDefaultValue={(rule) => freshValue(kindOf(vocabulary)(rule.field), rule.operator)}
          controlElements={controls}
          controlClassnames={classes}
          accessibleDescriptionGenerator={() => ""}
          enableMountQueryChange={false}
          suppressStandardClassnames
          showNotToggle
          addRuleToNewGroups
          resetOnOperatorChange={false}
          idGenerator={newId}
          maxLevels={5}
        />
      </div>
    </AroundContext.Provider>
  );
}
