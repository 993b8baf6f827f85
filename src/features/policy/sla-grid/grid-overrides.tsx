/** Exceptions from the grid of service levels: the rules that ask for more than a cell can say. */
import React from "react";
import { Button, EmptyState, Table, useAddress, useText } from "../../../platform/ui/kit.js";
import { budgetWords } from "../rules/budget-words.js";
import type { OverrideRule } from "./grid-drafts.js";

const words = {
  title: { en: "Exceptions", ar: "الاستثناءات" },
  hint: {
    en: "Rules that ask for more than type, pillar and importance. They win over the cells where they hold.",
    ar: "قواعد تشترط أكثر من النوع والمحور والأهمية، وتسبق الخانات حيث تنطبق.",
  },
  none: { en: "There are no exceptions", ar: "لا توجد استثناءات" },
  name: { en: "Rule", ar: "القاعدة" },
  when: { en: "When", ar: "متى" },
  firstResponse: { en: "First response", ar: "أول رد" },
  resolution: { en: "Resolution", ar: "الحل" },
  edit: { en: "Add or change exceptions", ar: "إضافة استثناء أو تعديله" },
  look: { en: "The rules behind the cells", ar: "القواعد خلف الخانات" },
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
