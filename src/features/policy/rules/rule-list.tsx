/** Rules in the order in which they are asked: each with what it asks and decides, moved by its handle, by arrow keys or by buttons. */

import React, { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { Announce, Badge, Icon, useText } from "../../../platform/ui/kit.js";
import type { PolicyPartProps } from "../policy-part.js";
import { StepButton, useMoving } from "../use-moving.js";
import { conditionWords } from "./condition-words.js";
import { outcomeWords } from "./outcome-words.js";
import { faultsUnder } from "./place-faults.js";
import type { RuleSetView, RuleView } from "./rule-model.js";

const words = {
  up: pattern("policy-rules.ruleList.up"),
  down: pattern("policy-rules.ruleList.down"),
  fresh: msg("policy-rules.ruleList.fresh"),
  changed: msg("policy-rules.ruleList.changed"),
};

export type Standing = "fresh" | "changed" | null;

interface RuleListProps extends Pick<PolicyPartProps, "faults" | "vocabulary"> {
  readonly set: RuleSetView;
  readonly label: Bilingual;
  readonly opened: string | null;
  readonly onOpen: (id: string | null) => void;
  /** From one place of the order to another; left out: nothing is moved. */
  readonly onMove?: ((from: number, to: number) => void) | undefined;
  /** What changed against the version in force. */
  readonly standingOf: (rule: RuleView) => Standing;
  readonly editor: (rule: RuleView, place: number) => ReactNode;
  readonly acts: (rule: RuleView, place: number) => ReactNode;
  /** What decides when none of them does. */
  readonly last?: ReactNode;
}

function RowState({ rule, standing, faults }: { rule: RuleView; standing: Standing; faults: RuleListProps["faults"] }) {
  const { t } = useText();
  const found = faultsUnder(faults, `/rules/${rule.index}`);
  const errors = found.filter(({ severity }) => severity === "error").length;
  const warnings = found.length - errors;
  return (
    <>
      {standing && (
        <Badge tone="waiting" icon={standing === "fresh" ? "plus" : "edit"}>
          {t(words[standing])}
        </Badge>
      )}
      {errors > 0 && <Badge tone="late">{t(pattern("policy-rules.ruleList.errors"), { n: errors })}</Badge>}
      {warnings > 0 && (
        <Badge tone="near" icon="info">
          {t(pattern("policy-rules.ruleList.warnings"), { n: warnings })}
        </Badge>
      )}
    </>
  );
}

export function RuleList(props: RuleListProps) {
  const { set, label, opened, onOpen, faults, vocabulary, standingOf, editor, acts, last } = props;
  const { t, number } = useText();
  const [said, setSaid] = useState("");
  /** Whose handle or button keeps the focus after its row has moved. */
  const focused = useRef<string | null>(null);
  const titleOf = (rule: RuleView) => t(rule.title) || t(msg("policy-rules.ruleList.untitled"));
  const all = set.rules.length;
  const move =
    props.onMove &&
    ((from: number, to: number) => {
      const rule = set.rules[from];
      if (rule === undefined) return;
      props.onMove?.(from, to);
      setSaid(t(pattern("policy-rules.ruleList.moved"), { title: titleOf(rule), n: to + 1, all: all }));
    });
  const { list, dragged, handleProps } = useMoving(all, move);
  useLayoutEffect(() => {
    if (focused.current === null) return;
    const key = focused.current;
    focused.current = null;
    list.current?.querySelector<HTMLElement>(`[data-focus="${CSS.escape(key)}"]`)?.focus();
  });
  const keep = (rule: RuleView, what: string) => {
    focused.current = `${what}/${rule.index}`;
  };
  return (
    <>
      <ol className={dragged ? "rule-list rule-dragging" : "rule-list"} aria-label={t(label)} ref={list}>
        {set.rules.map((rule, place) => {
          const isOpen = opened === rule.id;
          const place_ = { title: titleOf(rule), n: number(place + 1), all: number(all) };
          const handle = handleProps(place);
          const className = [
            "rule-row",
            isOpen && "rule-open",
            dragged?.from === place && "rule-lifted",
            dragged?.before === place && "rule-before",
            dragged?.before === all && place === all - 1 && "rule-after",
          ];
          return (
            <li key={rule.index} data-place={place} data-rule={rule.id} className={className.filter(Boolean).join(" ")}>
              <div className="rule-line">
                {move && (
                  <button
                    type="button"
                    className="rule-handle"
                    data-focus={`handle/${rule.index}`}
                    aria-label={t(pattern("policy-rules.ruleList.handle"), place_)}
                    {...handle}
                    onKeyDown={(event) => {
                      if (event.key.startsWith("Arrow")) keep(rule, "handle");
                      handle.onKeyDown(event);
                    }}
                  >
                    <Icon name="menu" size={18} />
                  </button>
                )}
                <span className="rule-number" aria-hidden="true">
                  {number(place + 1)}
                </span>
                <div className="rule-text">
                  <button
                    type="button"
                    className="rule-name"
                    aria-expanded={isOpen}
                    onClick={() => onOpen(isOpen ? null : rule.id)}
                  >
                    <Icon name={isOpen ? "up" : "down"} size={16} />
                    <bdi>{titleOf(rule)}</bdi>
                  </button>
                  <p className="rule-when">
                    <bdi>{t(conditionWords(rule.conditions, vocabulary))}</bdi>
                  </p>
                  <p className="rule-then">
                    <Icon name="forward" size={16} />
                    <bdi>{t(outcomeWords(set.set, rule.params, vocabulary))}</bdi>
                  </p>
                </div>
                <div className="rule-side">
                  <RowState rule={rule} standing={standingOf(rule)} faults={faults} />
                  {move && (
                    <span className="rule-acts">
                      {(["up", "down"] as const).map((way) => (
                        <span key={way} data-way={way} className="rule-step">
                          <StepButton
                            focusKey={`${way}/${rule.index}`}
                            label={t(words[way], { title: titleOf(rule) })}
                            icon={way}
                            disabled={way === "up" ? place === 0 : place === all - 1}
                            onClick={() => {
                              keep(rule, way);
                              move(place, way === "up" ? place - 1 : place + 1);
                            }}
                          />
                        </span>
                      ))}
                      {acts(rule, place)}
                    </span>
                  )}
                </div>
              </div>
              {isOpen && editor(rule, place)}
            </li>
          );
        })}
        {last && <li className="rule-row rule-last">{last}</li>}
      </ol>
      <Announce>{said}</Announce>
    </>
  );
}
