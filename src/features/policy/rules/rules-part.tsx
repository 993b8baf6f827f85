/** The rules of a set, in order: first match wins, the default last. For routing, classification and quality. */

import React from "react";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Button, EmptyState, NoticeBox, useAddress, useText } from "../../../platform/ui/kit.js";
import { useShownPlace } from "../editor-place.js";
import type { PolicyPart, PolicyPartProps } from "../policy-part.js";
import { useRuleActs } from "../use-rule-acts.js";
import { OutcomeEditor } from "./outcome-editor.js";
import { outcomeWords } from "./outcome-words.js";
import { faultAt } from "./place-faults.js";
import { RuleEditor } from "./rule-editor.js";
import { RuleList } from "./rule-list.js";
import { type RuleSetView, viewOfSet } from "./rule-model.js";

const words = {
  tab: msg("policy-rules.rulesPart.tab"),
  merge: msg("policy-rules.rulesPart.merge"),
  toText: msg("policy-rules.rulesPart.toText"),
};

/** Where the editor cannot go on: what is there has another form. */
export function NoForm() {
  const { t } = useText();
  const [, setQuery] = useAddress();
  return (
    <NoticeBox
      tone="warning"
      title={msg("policy-rules.rulesPart.noForm")}
      actions={<Button onClick={() => setQuery({ part: "text" })}>{t(words.toText)}</Button>}
    />
  );
}

export function UnshownRules({ set }: { set: RuleSetView }) {
  const { t } = useText();
  const [, setQuery] = useAddress();
  if (set.unshown.length === 0) return null;
  return (
    <NoticeBox
      tone="warning"
      title={t(pattern("policy-rules.rulesPart.unshown"), { n: set.unshown.length })}
      actions={<Button onClick={() => setQuery({ part: "text" })}>{t(words.toText)}</Button>}
    />
  );
}

function Default({ set, part }: { set: RuleSetView; part: PolicyPartProps }) {
  const { t } = useText();
  const { onChange, faults, vocabulary } = part;
  return (
    <div className="rule-line">
      <div className="rule-text">
        <p className="rule-otherwise">{t(msg("policy-rules.rulesPart.otherwise"))}</p>
        {onChange ? (
          <OutcomeEditor
            set={set.set}
            params={set.default}
            vocabulary={vocabulary}
            faultAt={(place) => faultAt(faults, `/default${place}`)}
            onChange={(params) => onChange({ ...set.raw, default: params })}
          />
        ) : (
          <p className="rule-then">{t(outcomeWords(set.set, set.default, vocabulary))}</p>
        )}
      </div>
    </div>
  );
}

function RulesEditor({ set, part }: { set: RuleSetView; part: PolicyPartProps }) {
  const { t } = useText();
  const [query, setQuery] = useAddress();
  const { onChange, faults, vocabulary } = part;
  const acts = useRuleActs(set, part);
  useShownPlace(query.at, query.rule ? `[data-rule="${CSS.escape(query.rule)}"] .rule-name` : null);
  return (
    <>
      <div className="rules-head">
        <p className="muted">{t(set.raw.mode === "merge" ? words.merge : msg("policy-rules.rulesPart.first"))}</p>
        {onChange && (
          <Button icon="plus" onClick={acts.add}>
            {t(msg("policy-rules.rulesPart.add"))}
          </Button>
        )}
      </div>
      <UnshownRules set={set} />
      {set.rules.length === 0 && <EmptyState title={msg("policy-rules.rulesPart.noRules")} icon="rules" />}
      <RuleList
        set={set}
        label={words.tab}
        faults={faults}
        vocabulary={vocabulary}
        opened={query.rule ?? null}
        onOpen={(rule) => setQuery({ rule, at: null })}
        onMove={acts.move}
        standingOf={acts.standingOf}
        acts={acts.ofRule}
        last={<Default set={set} part={part} />}
        editor={(rule, place) => (
          <RuleEditor
            set={set}
            rule={rule}
            above={set.rules.slice(0, place)}
            onChange={onChange}
            faults={faults}
            vocabulary={vocabulary}
            onEditText={() => setQuery({ part: "text" })}
            isFresh={acts.fresh === rule.id}
          />
        )}
      />
      {acts.dialogs}
    </>
  );
}

function RulesPart(part: PolicyPartProps) {
  const set = viewOfSet(part.definition);
  return set === null ? <NoForm /> : <RulesEditor set={set} part={part} />;
}

const sets: readonly string[] = ["routing", "classification", "quality", "sla"];

export const rulesPart: PolicyPart = {
  id: "rules",
  label: words.tab,
  place: "editor",
  of: ({ kind, name }) => kind === "rules" && sets.includes(name),
  Component: RulesPart,
};
