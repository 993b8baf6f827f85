/** All that the diagram says, as tables: states and actions with what was found, each of them opened from here. */

import React from "react";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { Badge, Button, EmptyState, Icon, Panel, Table, useText } from "../../../platform/ui/kit.js";
import type { PolicyFault } from "../policy-part.js";
import { budgetWords } from "../rules/budget-words.js";
import type { Selected } from "./diagram-pieces.js";
import { useNames } from "./use-names.js";
import {
  type ActionView,
  actionAt,
  faultsOfState,
  faultsWithin,
  mayStay,
  type StateView,
  targetsOf,
  type WorkflowView,
} from "./workflow-model.js";
import { effectWords, performerWords, stateKinds, unknownKind } from "./workflow-words.js";

const words = {
  states: msg("policy-workflow.workflowTables.states"),
  actions: msg("policy-workflow.workflowTables.actions"),
  name: msg("policy-workflow.workflowTables.name"),
  kind: msg("policy-workflow.workflowTables.kind"),
  initial: msg("policy-workflow.workflowTables.initial"),
  triage: msg("policy-workflow.workflowTables.triage"),
  from: msg("policy-workflow.workflowTables.from"),
  depends: pattern("policy-workflow.workflowTables.depends"),
  or: msg("policy-workflow.workflowTables.or"),
  more: pattern("policy-workflow.workflowTables.more"),
  by: msg("policy-workflow.workflowTables.by"),
  guards: pattern("policy-workflow.workflowTables.guards"),
  acts: msg("policy-workflow.workflowTables.acts"),
  required: msg("policy-workflow.workflowTables.required"),
};

/** What was found, in words, each with a sign. */
export function FaultLines({ faults }: { faults: readonly PolicyFault[] }) {
  const { t } = useText();
  if (faults.length === 0) return null;
  return (
    <ul className="flow-faults">
      {faults.map(({ field, reason, severity }) => (
        <li key={field + reason.en} className={severity === "error" ? "field-fault" : "flow-warning"}>
          <Icon name="alert" size={16} />
          <span>{t(reason)}</span>
        </li>
      ))}
    </ul>
  );
}

export function KindBadge({ kind }: { kind: StateView["kind"] }) {
  const { t } = useText();
  if (kind === null) return <Badge tone="late">{t(unknownKind)}</Badge>;
  return <Badge icon={stateKinds[kind].icon}>{t(stateKinds[kind].label)}</Badge>;
}

interface TablesProps {
  readonly workflow: WorkflowView;
  readonly faults: readonly PolicyFault[];
  readonly cases: ReadonlyMap<string, number> | null;
  readonly selected: Selected | null;
  readonly mayEdit: boolean;
  readonly onSelect: (selected: Selected) => void;
  readonly onOpen: (selected: Selected) => void;
  readonly onAdd: (list: Selected["list"]) => void;
}

function Opening({ mayEdit, name, onOpen }: { mayEdit: boolean; name: Bilingual; onOpen: () => void }) {
  const { t } = useText();
  const what = t(mayEdit ? msg("policy-workflow.workflowTables.edit") : msg("policy-workflow.workflowTables.show"));
  return (
    <Button small icon={mayEdit ? "edit" : "eye"} label={`${what}: ${t(name)}`} onClick={onOpen}>
      {what}
    </Button>
  );
}

export function StatesTable({ workflow, faults, cases, selected, mayEdit, onSelect, onOpen, onAdd }: TablesProps) {
  const { t, number } = useText();
  const { actionName } = useNames(workflow);
  return (
    <Panel
      title={words.states}
      flush
      actions={
        mayEdit && (
          <Button icon="plus" small onClick={() => onAdd("states")}>
            {t(msg("policy-workflow.workflowTables.addState"))}
          </Button>
        )
      }
    >
      <Table
        caption={words.states}
        rows={workflow.states}
        rowKey={({ code }) => code}
        rowClass={({ code }) => (selected?.list === "states" && selected.code === code ? "row-chosen" : undefined)}
        onOpen={({ code }) => onSelect({ list: "states", code })}
        empty={<EmptyState title={msg("policy-workflow.workflowTables.noStates")} />}
        columns={[
          { key: "name", label: words.name, cell: ({ name }) => <bdi>{t(name)}</bdi> },
          { key: "kind", label: words.kind, cell: ({ kind }) => <KindBadge kind={kind} /> },
          {
            key: "begins",
            label: msg("policy-workflow.workflowTables.begins"),
            cell: (state) => (
              <>
                <ul className="plain-list">
                  {state.starts.map((start) => (
                    <li key={start}>{t(words[start])}</li>
                  ))}
                  {state.timers.map((timer) => (
                    <li key={timer.at}>
                      {t(pattern("policy-workflow.workflowTables.after"), {
                        time: t(budgetWords(timer.after)),
                        action: t(actionName(timer.action)),
                      })}
                    </li>
                  ))}
                </ul>
                <FaultLines faults={faultsOfState(faults, state)} />
              </>
            ),
          },
          ...(cases === null
            ? []
            : [
                {
                  key: "cases",
                  label: msg("policy-workflow.workflowTables.cases"),
                  narrow: true,
                  align: "end" as const,
                  cell: ({ code }: StateView) => number(cases.get(code) ?? 0),
                },
              ]),
          {
            key: "acts",
            label: words.acts,
            hideLabel: true,
            cell: ({ code, name }) => (
              <Opening mayEdit={mayEdit} name={name} onOpen={() => onOpen({ list: "states", code })} />
            ),
          },
        ]}
      />
    </Panel>
  );
}

/** In one line, as a sentence would say it. */
function Named({ names, most = 20 }: { names: readonly (Bilingual | string)[]; most?: number }) {
  const { t } = useText();
  const some = names.length > most + 1 ? names.slice(0, most) : names;
  const said = some.map((name) => t(name));
  if (some.length < names.length) said.push(t(words.more, { n: names.length - some.length }));
  return <bdi>{said.join(t(msg("policy-workflow.workflowTables.comma")))}</bdi>;
}

/** Where an action leads, in words. */
export function useWhither(workflow: WorkflowView): (action: ActionView) => readonly string[] {
  const { t } = useText();
  const { stateName } = useNames(workflow);
  return (action) => {
    const named = targetsOf(action).map((to) => t(stateName(to)));
    const all = mayStay(action) ? [...named, t(msg("policy-workflow.workflowTables.stays"))] : named;
    return action.branches && all.length > 1 ? [t(words.depends, { names: all.join(t(words.or)) })] : all;
  };
}

export function ActionsTable({ workflow, faults, selected, mayEdit, onSelect, onOpen, onAdd }: TablesProps) {
  const { t } = useText();
  const { stateName } = useNames(workflow);
  const whither = useWhither(workflow);
  return (
    <Panel
      title={words.actions}
      flush
      actions={
        mayEdit && (
          <Button icon="plus" small onClick={() => onAdd("actions")}>
            {t(msg("policy-workflow.workflowTables.addAction"))}
          </Button>
        )
      }
    >
      <Table
        caption={words.actions}
        rows={workflow.actions}
        rowKey={({ code }) => code}
        rowClass={({ code }) => (selected?.list === "actions" && selected.code === code ? "row-chosen" : undefined)}
        onOpen={({ code }) => onSelect({ list: "actions", code })}
        empty={<EmptyState title={msg("policy-workflow.workflowTables.noActions")} />}
        columns={[
          { key: "name", label: words.name, cell: ({ name }) => <bdi>{t(name)}</bdi> },
          { key: "from", label: words.from, cell: ({ from }) => <Named names={from.map(stateName)} most={3} /> },
          {
            key: "to",
            label: msg("policy-workflow.workflowTables.to"),
            cell: (action) => (
              <>
                <Named names={whither(action)} />
                <FaultLines faults={faultsWithin(faults, actionAt(action.code))} />
              </>
            ),
          },
          { key: "by", label: words.by, cell: ({ by }) => <Named names={by.map(performerWords)} /> },
          {
            key: "asked",
            label: msg("policy-workflow.workflowTables.asked"),
            hideOnPhone: true,
            cell: ({ fields }) => (
              <Named
                names={fields.map(({ name, required }) => (required ? `${t(name)} (${t(words.required)})` : name))}
              />
            ),
          },
          {
            key: "does",
            label: msg("policy-workflow.workflowTables.does"),
            hideOnPhone: true,
            cell: ({ effects, guards }) => (
              <Named
                names={[
                  ...effects.map(effectWords),
                  ...(guards.length > 0 ? [t(words.guards, { n: guards.length })] : []),
                ]}
              />
            ),
          },
          {
            key: "acts",
            label: words.acts,
            hideLabel: true,
            cell: ({ code, name }) => (
              <Opening mayEdit={mayEdit} name={name} onOpen={() => onOpen({ list: "actions", code })} />
            ),
          },
        ]}
      />
    </Panel>
  );
}
