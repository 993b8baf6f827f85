/** The keyboard of a desk: up and down, and a letter for each act of the row that has the focus. */
import type { RefObject } from "react";
import { useNavigate } from "react-router-dom";
import type { DeskDeed, DeskRow } from "../../engine/measures/desk-row.js";
import { deedKeys, useShortcuts, withQuery } from "../../platform/ui/kit.js";
import { useRowKeys } from "../cases/list/use-row-keys.js";
import { caseAddress } from "../cases/page/case-address.js";
import { takeAtOnce } from "./desk-rows.js";

/** For the element that holds the rows (`data-row` names the case). */
export function useDeskKeys(rows: readonly DeskRow[], onActed: () => void): RefObject<HTMLDivElement> {
  const navigate = useNavigate();
  const list = useRowKeys();
  const start = (deed: DeskDeed) => (): boolean => {
    const row = document.activeElement?.closest<HTMLElement>("[data-row]");
    if (!row || !list.current?.contains(row)) return false;
    const found = rows.find(({ reference }) => reference === row.dataset.row);
    const act = found?.acts.find((one) => one.deed === deed);
    if (found === undefined || act === undefined) return false;
    if (act.atOnce) void takeAtOnce(found, act).then(onActed);
    else navigate(withQuery(caseAddress(found.reference), { do: act.action }));
    return true;
  };
  const deeds = rows.flatMap(({ acts }) => acts.flatMap(({ deed }) => deed ?? []));
  useShortcuts(deedKeys(deeds, start));
  return list;
}
