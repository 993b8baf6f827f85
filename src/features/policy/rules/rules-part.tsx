/** The rules of a set, in order: first match wins, the default last. For routing, classification and quality. */

import React from "react";
import type { Bilingual } from "../../../engine/text/text.js";
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
  tab: { en: "Rules", ar: "القواعد" },
  first: {
    en: "Asked from the top; the first one that holds decides.",
    ar: "تُسأل من الأعلى، وأول قاعدة تنطبق هي التي تقرر.",
  },
  merge: {
    en: "Asked from the top; pillar, importance and confidentiality are each decided by the first rule that names it.",
    ar: "تُسأل من الأعلى، ويُقرَّر كل من المحور والأهمية والسرية بأول قاعدة منطبقة تذكره.",
  },
  otherwise: { en: "Otherwise", ar: "ما عدا ذلك" },
  add: { en: "Add a rule", ar: "إضافة قاعدة" },
  noRules: { en: "There are no rules", ar: "لا توجد قواعد" },
  noForm: {
    en: "This is not a rule set that can be shown. Mend it as text.",
    ar: "هذا ليس مجموعة قواعد يمكن عرضها. صحّحه كنص.",
  },
  unshown: {
    en: "Rules of another form, edited as text: {n}",
    ar: "قواعد بصيغة أخرى تُعدَّل كنص: {n}",
  },
  toText: { en: "Edit as text", ar: "تعديل كنص" },
} as const satisfies Record<string, Bilingual>;

/** Where the editor cannot go on: what is there has another form. */
export function NoForm() {
  const { t } = useText();
  const [, setQuery] = useAddress();
  return (
    <NoticeBox
      tone="warning"
      title={words.noForm}
      actions={<Button onClick={() => setQuery({ part: "text" })}>{t(words.toText)}</Button>}
    />
  );
}

export function UnshownRules({ set }: { set: RuleSetView }) {
  const { t, number } = useText();
  const [, setQuery] = useAddress();
  if (set.unshown.length === 0) return null;
  return (
    <NoticeBox
      tone="warning"
      title={t(words.unshown, { n: number(set.unshown.length) })}
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
        <p className="rule-otherwise">{t(words.otherwise)}</p>
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
        <p className="muted">{t(set.raw.mode === "merge" ? words.merge : words.first)}</p>
        {onChange && (
          <Button icon="plus" onClick={acts.add}>
            {t(words.add)}
          </Button>
        )}
      </div>
      <UnshownRules set={set} />
      {set.rules.length === 0 && <EmptyState title={words.noRules} icon="rules" />}
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
