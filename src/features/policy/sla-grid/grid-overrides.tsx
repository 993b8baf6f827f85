/** Exceptions from the grid of service levels: the rules that ask for more than a cell can say. */

import React from "react";
import { msg } from "../../../engine/text/msg.js";
import { Button, EmptyState, Table, useAddress, useText } from "../../../platform/ui/kit.js";
import { budgetWords } from "../rules/budget-words.js";
import type { OverrideRule } from "./grid-drafts.js";

const words = {
  title: msg("policy-sla-grid.gridOverrides.exceptions"),
  firstResponse: msg("policy-sla-grid.gridOverrides.firstResponse"),
  resolution: msg("policy-sla-grid.gridOverrides.resolution"),
};

export function GridOverrides({ rules, mayEdit }: { rules: readonly OverrideRule[]; mayEdit: boolean }) {
  const { t } = useText();
  const [, setQuery] = useAddress();
  return (
    <section className="stack sla-panel" aria-labelledby="grid-exceptions">
      <h2 className="panel-title" id="grid-exceptions">
        {t(words.title)}
      </h2>
      <p className="muted">{t(msg("policy-sla-grid.gridOverrides.rulesThatAskForMore"))}</p>
      <Table
        caption={words.title}
        rows={rules}
        rowKey={(rule) => rule.id}
        empty={<EmptyState title={msg("policy-sla-grid.gridOverrides.none")} icon="check" />}
        columns={[
          { key: "name", label: msg("policy-sla-grid.gridOverrides.rule"), cell: (rule) => <bdi>{t(rule.title)}</bdi> },
          { key: "when", label: msg("policy-sla-grid.gridOverrides.when"), cell: (rule) => <bdi>{t(rule.when)}</bdi> },
          { key: "first", label: words.firstResponse, cell: (rule) => t(budgetWords(rule.outcome.firstResponse)) },
          { key: "resolution", label: words.resolution, cell: (rule) => t(budgetWords(rule.outcome.resolution)) },
        ]}
      />
      <div>
        <Button kind="quiet" icon="rules" onClick={() => setQuery({ part: "rules" })}>
          {t(mayEdit ? msg("policy-sla-grid.gridOverrides.edit") : msg("policy-sla-grid.gridOverrides.look"))}
        </Button>
      </div>
    </section>
  );
}
