/** What a desk is narrowed down to: mine or all, and a few codes; all of it in the address. */

import React from "react";
import type { NamedCode } from "../../engine/lifecycle/held-sweep.js";
import type { ActionAnswer } from "../../platform/admin/resource-view.js";
import { Button, type Filter, FilterBar, useAddress, useText, useView } from "../../platform/ui/kit.js";
import type { CaseChoices } from "../cases/list/search-cases.js";
import { ViewChips } from "../cases/list/view-chips.js";

const words = {
  whose: { en: "Whose cases", ar: "معاملات من" },
  all: { en: "All of the entity", ar: "كل معاملات الجهة" },
  mine: { en: "Taken by me", ar: "تولّيتها" },
  importance: { en: "Importance", ar: "مستوى الأهمية" },
  sector: { en: "Sector", ar: "القطاع" },
  pillar: { en: "Pillar", ar: "المحور" },
  type: { en: "Type", ar: "النوع" },
};

type Pick = (choices: CaseChoices) => readonly NamedCode[];
const picks: readonly (readonly [name: "type" | "pillar" | "importance" | "sector", pick: Pick])[] = [
  ["type", ({ types }) => types],
  ["pillar", ({ pillars }) => pillars],
  ["importance", ({ importance }) => importance],
  ["sector", ({ sectors }) => sectors],
];

export function DeskFilters({ programme }: { programme: NamedCode }) {
  const { t } = useText();
  const [query, setQuery] = useAddress();
  const { view } = useView<ActionAnswer>("resources/cases/actions/choices");
  const choices = ((view?.view ?? []) as readonly CaseChoices[]).find((one) => one.programme.code === programme.code);
  const filters = picks.flatMap(([name, pick]): Filter[] => {
    const found = choices === undefined ? [] : pick(choices);
    const asked = query[`filters.${name}`];
    if (found.length < 2 && !asked) return [];
    return [
      {
        name: `filters.${name}`,
        label: words[name],
        choices: found.map(({ code, name: label }) => ({ value: code, label })),
      },
    ];
  });
  const mine = query["filters.assignee"] === "me";
  return (
    <div className="desk-filters">
      <ViewChips screen="desk" />
      <div className="desk-filters-line">
        <fieldset className="presets" aria-label={t(words.whose)}>
          <Button small kind="quiet" pressed={!mine} onClick={() => setQuery({ "filters.assignee": null })}>
            {t(words.all)}
          </Button>
          <Button small kind="quiet" pressed={mine} onClick={() => setQuery({ "filters.assignee": "me" })}>
            {t(words.mine)}
          </Button>
        </fieldset>
        <FilterBar filters={filters} />
      </div>
    </div>
  );
}
