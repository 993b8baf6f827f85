/** Exceptions from the grid of service levels: the rules that ask for more than a cell can say. */

import React from "react";
import { msg } from "../../../engine/text/msg.js";
import { Button, EmptyState, Table, useAddress, useText } from "../../../platform/ui/kit.js";
import { budgetWords } from "../rules/budget-words.js";
import type { OverrideRule } from "./grid-drafts.js";

const words = {
  title: msg("policy-sla-grid.gridOverrides.exceptions"),
  hint: msg("policy-sla-grid.gridOverrides.rulesThatAskForMore"),
  none: msg("policy-sla-grid.gridOverrides.none"),
  name: msg("policy-sla-grid.gridOverrides.rule"),
  when: msg("policy-sla-grid.gridOverrides.when"),
  firstResponse: msg("policy-sla-grid.gridOverrides.firstResponse"),
  resolution: msg("policy-sla-grid.gridOverrides.resolution"),
  edit: msg("policy-sla-grid.gridOverrides.edit"),
  look: msg("policy-sla-grid.gridOverrides.look"),
};

export function GridOverrides({ rules, mayEdit }: { rules: readonly OverrideRule[]; mayEdit: boolean }) {
  const { t } = useText();
  const [, setQuery] = useAddress();
  return (
    <section className="stack sla-panel" aria-labelledby="grid-exceptions">
      <h2 className="panel-title" id="grid-exceptions">
        {t(words.title)}
      </h2>
      <p className="muted">{t(words.hint)}</p>
      <Table
        caption={words.title}
        rows={rules}
        rowKey={(rule) => rule.id}
        empty={<EmptyState title={words.none} icon="check" />}
        columns={[
          { key: "name", label: words.name, cell: (rule) => <bdi>{t(rule.title)}</bdi> },
          { key: "when", label: words.when, cell: (rule) => <bdi>{t(rule.when)}</bdi> },
          { key: "first", label: words.firstResponse, cell: (rule) => t(budgetWords(rule.outcome.firstResponse)) },
          { key: "resolution", label: words.resolution, cell: (rule) => t(budgetWords(rule.outcome.resolution)) },
        ]}
      />
      <div>
        <Button kind="quiet" icon="rules" onClick={() => setQuery({ part: "rules" })}>
          {t(mayEdit ? words.edit : words.look)}
        </Button>
      </div>
    </section>
  );
}
