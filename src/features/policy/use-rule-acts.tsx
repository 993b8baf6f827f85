/** Adding, copying and removing rules, and how each stands to the version in force. */

import React, { type ReactNode, useMemo, useState } from "react";
import { msg, pattern } from "../../engine/text/msg.js";
import { type Bilingual, inLanguage, type Language, perLanguage } from "../../engine/text/text.js";
import { Button, Confirm, problemOf, send, TextPair, toast, useAddress, useText } from "../../platform/ui/kit.js";
import type { PolicyPartProps } from "./policy-part.js";
import type { Standing } from "./rules/rule-list.js";
import {
  freshRule,
  newRuleId,
  prioritiesOf,
  type RuleSetView,
  type RuleView,
  viewOfSet,
  withAdded,
  withMoved,
  withoutRule,
} from "./rules/rule-model.js";

const words = {
  stepLead: msg("policy-rules.newRuleDialog.stepLead"),
  en: msg("policy-rules.newRuleDialog.en"),
  ar: msg("policy-rules.newRuleDialog.ar"),
};

/** @param isStep of a set of which every rule that applies is taken, whatever its place */
function NewRuleDialog({
  isStep,
  onClose,
  onAdd,
}: {
  isStep: boolean;
  onClose: () => void;
  onAdd: (title: Bilingual) => Promise<unknown>;
}) {
  const { t } = useText();
  const [title, setTitle] = useState<Bilingual>({ en: "", ar: "" });
  const [asked, setAsked] = useState(false);
  const isMissing = (language: Language) => inLanguage(title, language).trim() === "";
  return (
    <Confirm
      title={isStep ? msg("policy-rules.newRuleDialog.step") : msg("policy-rules.newRuleDialog.newRule")}
      action={msg("policy-rules.newRuleDialog.add")}
      onClose={onClose}
      onConfirm={async () => {
        setAsked(true);
        if (isMissing("en") || isMissing("ar")) return;
        await onAdd(perLanguage((language) => inLanguage(title, language).trim()));
      }}
    >
      <p className="muted">{t(isStep ? words.stepLead : msg("policy-rules.newRuleDialog.lead"))}</p>
      <TextPair
        labels={words}
        maxLength={300}
        value={title}
        faultOf={(language) => (asked && isMissing(language) ? msg("policy-rules.newRuleDialog.missing") : null)}
        onChange={(text, language) => setTitle({ ...title, [language]: text })}
      />
    </Confirm>
  );
}

export interface RuleActs {
  readonly add: () => void;
  /** Left out where nothing may be changed. */
  readonly move?: ((from: number, to: number) => void) | undefined;
  /** Buttons of a row. */
  readonly ofRule: (rule: RuleView, place: number) => ReactNode;
  readonly standingOf: (rule: RuleView) => Standing;
  /** Id of the rule that was added last. */
  readonly fresh: string | null;
  /** Whatever is being asked at the moment. */
  readonly dialogs: ReactNode;
}

/** @param placeOfNew where a new rule is asked; first, where it is left out */
export function useRuleActs(set: RuleSetView, part: PolicyPartProps, placeOfNew = 0): RuleActs {
  const { t } = useText();
  const [, setQuery] = useAddress();
  const [adding, setAdding] = useState(false);
  const [fresh, setFresh] = useState<string | null>(null);
  const [removing, setRemoving] = useState<RuleView | null>(null);
  const { onChange, thing, inForce } = part;
  const before = useMemo(
    () => new Map(viewOfSet(inForce)?.rules.map(({ id, raw }) => [id, JSON.stringify(raw)])),
    [inForce],
  );
  const priorities = useMemo(() => prioritiesOf(inForce), [inForce]);
  /** Codes of rules of every version so far, and of this draft. */
  const usedIds = async (): Promise<Set<string>> => {
    const { ids } = await send<{ ids: readonly string[] }>("pages/policy", { do: "ruleIds", ...thing });
    return new Set([...ids, ...set.rules.map(({ id }) => id)]);
  };
  const open = (id: string) => {
    setFresh(id);
    setQuery({ rule: id, at: null });
  };
  const addNamed = async (title: Bilingual) => {
    const id = newRuleId(title.en, await usedIds());
    onChange?.(withAdded(set, freshRule(set.set, id, title), placeOfNew, priorities));
    setAdding(false);
    open(id);
  };
  const copy = async (rule: RuleView, place: number) => {
    try {
      const title = msg("proposals.rules.copied", { title: rule.title });
      const id = newRuleId(rule.id, await usedIds());
      onChange?.(withAdded(set, { ...rule.raw, id, title }, place + 1, priorities));
      open(id);
    } catch (error) {
      toast(problemOf(error).detail, "danger");
    }
  };
  return {
    fresh,
    add: () => setAdding(true),
    move: onChange && ((from, to) => onChange(withMoved(set, from, to, priorities))),
    standingOf(rule) {
      const old = before.get(rule.id);
      if (inForce === null || old === JSON.stringify(rule.raw)) return null;
      return old === undefined ? "fresh" : "changed";
    },
    ofRule: (rule, place) => (
      <>
        <Button
          small
          kind="quiet"
          icon="copy"
          label={t(pattern("policy.useRuleActs.copy"), { title: t(rule.title) })}
          onClick={() => void copy(rule, place)}
        />
        <Button
          small
          kind="quiet"
          icon="trash"
          label={t(pattern("policy.useRuleActs.remove"), { title: t(rule.title) })}
          onClick={() => setRemoving(rule)}
        />
      </>
    ),
    dialogs: (
      <>
        {adding && (
          <NewRuleDialog isStep={set.set === "escalation"} onClose={() => setAdding(false)} onAdd={addNamed} />
        )}
        {removing && (
          <Confirm
            title={msg("policy.useRuleActs.removeTitle")}
            action={msg("policy.useRuleActs.removeAct")}
            kind="danger"
            onClose={() => setRemoving(null)}
            onConfirm={async () => {
              onChange?.(withoutRule(set, removing.index));
              setRemoving(null);
            }}
          >
            <p>{t(pattern("policy.useRuleActs.removeLead"), { title: t(removing.title) })}</p>
          </Confirm>
        )}
      </>
    ),
  };
}
