/** Asks which cells of the grid are copied, and onto which rows and types. */

import React, { useState } from "react";
import type { TypeGrid } from "../../../engine/rules/sla-grid.js";
import type { CellChange } from "../../../engine/rules/write-sla-grid.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Checkbox, Field, FormDialog, Select, useText } from "../../../platform/ui/kit.js";
import { type CopiedRows, copiedCells, rowsOf } from "./grid-copies.js";

const words = {
  ontoTypes: msg("policy-sla-grid.gridCopyDialog.ontoTypes"),
  sameRow: msg("policy-sla-grid.gridCopyDialog.sameRow"),
  sameRows: msg("policy-sla-grid.gridCopyDialog.sameRows"),
  changes: pattern("policy-sla-grid.gridCopyDialog.changes"),
};

interface CopyCellsProps {
  readonly from: TypeGrid;
  readonly types: readonly TypeGrid[];
  /** The row that it begins with, by its place. */
  readonly row: number;
  readonly onClose: () => void;
  readonly onCopy: (changes: readonly CellChange[]) => Promise<void>;
}

const all = "all";

function toggled<T>(chosen: readonly T[], one: T, isOn: boolean): readonly T[] {
  const others = chosen.filter((other) => other !== one);
  return isOn ? [...others, one] : others;
}

export function GridCopyDialog({ from, types, row, onClose, onCopy }: CopyCellsProps) {
  const { t } = useText();
  const [what, setWhat] = useState(String(row));
  const [pillars, setPillars] = useState<readonly (string | null)[]>([]);
  const [others, setOthers] = useState<readonly string[]>([]);
  const [asked, setAsked] = useState(false);
  const line = what === all ? undefined : from.pillars[Number(what)];
  const rows: CopiedRows = line === undefined ? all : { pillar: line.code };
  const isOneRow = line !== undefined && from.pillars.length > 1;
  const ontoPillars = isOneRow ? pillars.filter((code) => code !== line.code) : [];
  const ontoTypes = types.filter(({ type }) => others.includes(type));
  const changes = copiedCells({ from, rows, ontoPillars, ontoTypes });
  const gaps = rowsOf(from, rows).filter(({ rule }) => rule === null).length;
  const isAimed = ontoPillars.length + ontoTypes.length > 0;
  const stopped = isAimed ? msg("policy-sla-grid.gridCopyDialog.same") : msg("policy-sla-grid.gridCopyDialog.choose");
  return (
    <FormDialog
      title={t(pattern("policy-sla-grid.gridCopyDialog.copyCellsOf"), { type: t(from.name) })}
      action={msg("policy-sla-grid.gridCopyDialog.copy")}
      fields={[]}
      onClose={onClose}
      onSend={async () => {
        setAsked(true);
        if (changes.length === 0) return;
        await onCopy(changes);
      }}
    >
      {() => (
        <>
          {from.pillars.length > 1 && (
            <Select
              label={msg("policy-sla-grid.gridCopyDialog.what")}
              value={what}
              choices={[
                ...from.pillars.map((one, i) => ({
                  value: String(i),
                  label: t(pattern("policy-sla-grid.gridCopyDialog.row"), { pillar: t(one.name) }),
                })),
                { value: all, label: msg("policy-sla-grid.gridCopyDialog.all") },
              ]}
              onChange={setWhat}
            />
          )}
          {isOneRow && (
            <Field group label={msg("policy-sla-grid.gridCopyDialog.ontoRows")}>
              {from.pillars
                .filter((one) => one !== line)
                .map((one) => (
                  <Checkbox
                    key={String(one.code)}
                    label={one.name}
                    checked={pillars.includes(one.code)}
                    onChange={(isOn) => setPillars(toggled(pillars, one.code, isOn))}
                  />
                ))}
            </Field>
          )}
          {types.length > 1 && (
            <Field group label={words.ontoTypes} help={isOneRow ? words.sameRow : words.sameRows}>
              {types
                .filter(({ type }) => type !== from.type)
                .map(({ type, name }) => (
                  <Checkbox
                    key={type}
                    label={name}
                    checked={others.includes(type)}
                    onChange={(isOn) => setOthers(toggled(others, type, isOn))}
                  />
                ))}
            </Field>
          )}
          {gaps > 0 && <p className="small muted">{t(pattern("policy-sla-grid.gridCopyDialog.gaps"), { n: gaps })}</p>}
          <p role="status" className={asked && changes.length === 0 ? "field-fault" : "small"}>
            {changes.length > 0 ? t(words.changes, { n: changes.length }) : t(stopped)}
          </p>
        </>
      )}
    </FormDialog>
  );
}
