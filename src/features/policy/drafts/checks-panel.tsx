/** What the checks find while one writes: errors first, each with its rule and the way to its place. */

import React from "react";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Badge, Bidi, Button, EmptyState, LinkButton, Panel, ProblemBox, useText } from "../../../platform/ui/kit.js";
import type { PolicyFault } from "../policy-part.js";
import type { LiveCheck } from "./use-live-check.js";

const words = {
  sound: msg("policy-drafts.checksPanel.sound"),
  warning: msg("policy-drafts.checksPanel.warning"),
};

/** Errors before warnings, otherwise as they were found. */
const inOrder = (faults: readonly PolicyFault[]): PolicyFault[] => [
  ...faults.filter(({ severity }) => severity === "error"),
  ...faults.filter(({ severity }) => severity === "warning"),
];

/** The title of the rule in which a place lies, whatever the definition looks like. */
function ruleAt(definition: unknown, field: string) {
  const position = /^\/rules\/(\d+)/.exec(field)?.[1];
  const rules = (definition as { rules?: unknown } | null | undefined)?.rules;
  if (position === undefined || !Array.isArray(rules)) return null;
  const { title, id } = (rules[Number(position)] ?? {}) as { title?: { en?: unknown; ar?: unknown }; id?: unknown };
  if (typeof title?.en === "string" && typeof title.ar === "string") return { en: title.en, ar: title.ar };
  return typeof id === "string" ? id : null;
}

interface ChecksPanelProps {
  readonly check: LiveCheck;
  /** Undefined while it is no JSON. */
  readonly definition: unknown;
  readonly failing: number;
  readonly addressOf: (field: string) => string;
  readonly examplesAddress: string;
  /** Puts a rule that the checks propose into the definition; left out where it may only be looked at. */
  readonly onAdd?: ((rule: object) => void) | undefined;
}

export function ChecksPanel({ check, definition, failing, addressOf, examplesAddress, onAdd }: ChecksPanelProps) {
  const { t } = useText();
  const { checked, running, problem } = check;
  const faults = inOrder(checked.faults);
  const errors = faults.filter(({ severity }) => severity === "error").length;
  return (
    <Panel id="checks" title={msg("policy-drafts.checksPanel.checks")}>
      <ProblemBox problem={problem} />
      <p className="checks-state small muted" role="status">
        {definition === undefined
          ? t(msg("policy-drafts.checksPanel.broken"))
          : running
            ? t(msg("policy-drafts.checksPanel.running"))
            : t(pattern("policy-drafts.checksPanel.counts"), { errors: errors, warnings: faults.length - errors })}
      </p>
      {failing > 0 && (
        <p className="check-examples">
          <Badge tone="late" icon="close">
            {t(pattern("policy-drafts.checksPanel.failing"), { n: failing })}
          </Badge>
          <LinkButton small to={examplesAddress}>
            {t(msg("policy-drafts.checksPanel.examples"))}
          </LinkButton>
        </p>
      )}
      {faults.length === 0 && !running && definition !== undefined && <EmptyState icon="check" title={words.sound} />}
      {faults.length > 0 && (
        <ul className="checks">
          {faults.map(({ field, reason, severity, proposed }) => {
            const rule = ruleAt(definition, field);
            return (
              <li key={`${field} ${reason.en}`} className="check">
                <Badge tone={severity === "error" ? "late" : "near"} icon="alert">
                  {t(severity === "error" ? msg("policy-drafts.checksPanel.error") : words.warning)}
                </Badge>
                <div className="check-what">
                  {rule !== null && (
                    <span className="check-rule">
                      {t(msg("policy-drafts.checksPanel.rule"))} <Bidi>{t(rule)}</Bidi>
                    </span>
                  )}
                  <span>{t(reason)}</span>
                  <span className="check-acts">
                    {field !== "" && (
                      <LinkButton small to={addressOf(field)}>
                        {t(msg("policy-drafts.checksPanel.show"))}
                      </LinkButton>
                    )}
                    {proposed !== undefined && onAdd !== undefined && (
                      <Button small icon="plus" onClick={() => onAdd(proposed)}>
                        {t(msg("policy-drafts.checksPanel.add"))}
                      </Button>
                    )}
                  </span>
                </div>
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}
