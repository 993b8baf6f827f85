/** Below a list in which hardly any case has the words: those with words that differ by one letter. */

import React from "react";
import type { FoundCase } from "../../../engine/search/case-search.js";
import { msg } from "../../../engine/text/msg.js";
import type { ActionAnswer } from "../../../platform/admin/resource-view.js";
import { Panel, Table, type TableColumn, useText, useView, withQuery } from "../../../platform/ui/kit.js";
import { caseAddress } from "../page/case-address.js";

const words = {
  title: msg("cases-list.nearCases.title"),
};

interface NearCasesProps {
  readonly search: string;
  readonly shown: readonly string[];
  readonly columns: readonly TableColumn<FoundCase>[];
}

export function NearCases({ search, shown, columns }: NearCasesProps) {
  const { t } = useText();
  const { view } = useView<ActionAnswer>(withQuery("resources/cases/actions/near", { search }));
  const found = ((view?.view ?? []) as readonly FoundCase[]).filter(({ reference }) => !shown.includes(reference));
  if (found.length === 0) return null;
  return (
    <>
      <p className="small muted">{t(msg("cases-list.nearCases.hint"))}</p>
      <Panel title={words.title} flush>
        <Table
          caption={words.title}
          columns={columns}
          rows={found}
          rowKey={({ reference }) => reference}
          rowName={({ reference }) => reference}
          href={({ reference }) => caseAddress(reference)}
        />
      </Panel>
    </>
  );
}
