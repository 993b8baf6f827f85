/** Which other rows of the shown KPIs hold a KPI for a role that is chosen: a role is shown it by one row. Said while it is typed. */

import React from "react";
import { Link } from "react-router-dom";
import { roleCodes, roleNames } from "../../../engine/access/roles.js";
import { msg } from "../../../engine/text/msg.js";
import type { ListAnswer } from "../../../platform/admin/resource-view.js";
import { NoticeBox, useText, useView, withQuery } from "../../../platform/ui/kit.js";
import { isRetired } from "./column-value.js";
import { recordAddress } from "./setup-list.js";

const resource = "shown-kpis";

interface BesideProps {
  readonly programme: string;
  readonly kpi: string;
  readonly audiences: readonly unknown[];
  /** The row of the form; null: a new one. */
  readonly id: string | null;
}

export function ShownBeside({ programme, kpi, audiences, id }: BesideProps) {
  const { t, list } = useText();
  const { view } = useView<ListAnswer>(withQuery(`resources/${resource}/actions/list`, { "filters.kpi": kpi }));
  const chosen = roleCodes.filter((role) => audiences.includes(role));
  const beside = (view?.records ?? []).flatMap((record) => {
    const theirs = record.values.audiences;
    const shared = chosen.filter((role) => Array.isArray(theirs) && theirs.includes(role));
    const isOther = record.id !== id && record.programme === programme && !isRetired(record);
    return isOther && shared.length > 0 ? [{ record, shared }] : [];
  });
  if (beside.length === 0) return null;
  return (
    <NoticeBox tone="warning" title={msg("setup.shownKpis.heldBeside")}>
      <ul className="plain-list">
        {beside.map(({ record, shared }) => (
          <li key={record.id}>
            {list(shared.map((role) => t(roleNames[role])))}:{" "}
            <Link to={recordAddress(resource, record.id, "edit")}>
              <bdi>{t(record.title)}</bdi>
            </Link>
          </li>
        ))}
      </ul>
    </NoticeBox>
  );
}
