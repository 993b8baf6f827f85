/** What one state or action of the workflow says, beside the diagram: where from, where to, who, and what was found. */

import React from "react";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Button, type Fact, Facts, LinkButton, useText, withQuery } from "../../../platform/ui/kit.js";
import type { PolicyFault, PolicyThing } from "../policy-part.js";
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
import { FaultLines, KindBadge, useWhither } from "./workflow-tables.js";
import { effectWords, performerWords, stateKinds } from "./workflow-words.js";

const words = {
  state: msg("policy-workflow.selectedCard.state"),
  action: msg("policy-workflow.selectedCard.action"),
  code: msg("policy-workflow.selectedCard.code"),
  leaves: msg("policy-workflow.selectedCard.leaves"),
  stays: msg("policy-workflow.selectedCard.stays"),
  after: pattern("policy-workflow.selectedCard.after"),
  by: msg("policy-workflow.selectedCard.by"),
  asked: msg("policy-workflow.selectedCard.asked"),
  does: msg("policy-workflow.selectedCard.does"),
};

interface CardProps {
  readonly thing: PolicyThing;
  /** Codes of the application types that follow the workflow. */
  readonly types: readonly string[];
  readonly workflow: WorkflowView;
  readonly selected: Selected;
  readonly faults: readonly PolicyFault[];
  readonly cases: ReadonlyMap<string, number> | null;
  readonly mayEdit: boolean;
  readonly onSelect: (selected: Selected) => void;
  readonly onOpen: (selected: Selected) => void;
  readonly onRemove: (selected: Selected) => void;
}

function Links({
  list,
  codes,
  name,
  onSelect,
}: {
  list: Selected["list"];
  codes: readonly string[];
  name: (code: string) => string;
  onSelect: CardProps["onSelect"];
}) {
  if (codes.length === 0) return null;
  return (
    <ul className="flow-links">
      {codes.map((code) => (
        <li key={code}>
          <Button small kind="quiet" onClick={() => onSelect({ list, code })}>
            <bdi>{name(code)}</bdi>
          </Button>
        </li>
      ))}
    </ul>
  );
}

function StateCard({ state, ...props }: CardProps & { state: StateView }) {
  const { t, number, list } = useText();
  const { thing, types, workflow, cases, onSelect } = props;
  // Another workflow may name a state alike; where several types follow this one, the list cannot be told all of them.
  const [type] = types.length === 1 ? types : [];
  const { actionName } = useNames(workflow);
  const said = (code: string) => t(actionName(code));
  const from = workflow.actions.filter((action) => action.from.includes(state.code));
  const codes = (actions: readonly ActionView[]) => actions.map(({ code }) => code);
  const links = (actions: readonly ActionView[]) => (
    <Links list="actions" codes={codes(actions)} name={said} onSelect={onSelect} />
  );
  const count = cases?.get(state.code) ?? 0;
  const rows: (Fact | false)[] = [
    {
      label: msg("policy-workflow.selectedCard.kind"),
      value: (
        <>
          <KindBadge kind={state.kind} /> {state.kind !== null && t(stateKinds[state.kind].help)}
        </>
      ),
    },
    cases !== null && {
      label: msg("policy-workflow.selectedCard.cases"),
      value: (
        <span className="row-acts">
          {number(count)}
          {count > 0 && (
            <LinkButton
              small
              to={withQuery("/admin/resources/cases", {
                "filters.programme": thing.programme,
                "filters.type": type,
                "filters.state": state.code,
              })}
            >
              {t(msg("policy-workflow.selectedCard.showCases"))}
            </LinkButton>
          )}
        </span>
      ),
    },
    { label: words.leaves, value: links(from.filter((one) => targetsOf(one).some((to) => to !== state.code))) },
    {
      label: msg("policy-workflow.selectedCard.arrives"),
      value: links(
        workflow.actions.filter((one) => targetsOf(one).includes(state.code) && one.from.some((f) => f !== state.code)),
      ),
    },
    { label: words.stays, value: links(from.filter((one) => mayStay(one) || targetsOf(one).includes(state.code))) },
    state.timers.length > 0 && {
      label: msg("policy-workflow.selectedCard.timers"),
      value: list(
        state.timers.map((timer) => t(words.after, { time: t(budgetWords(timer.after)), action: said(timer.action) })),
      ),
    },
    { label: words.code, value: <code dir="ltr">{state.code}</code> },
  ];
  return <Facts rows={rows} />;
}

function ActionCard({ action, ...props }: CardProps & { action: ActionView }) {
  const { t } = useText();
  const { workflow, onSelect } = props;
  const { stateName } = useNames(workflow);
  const whither = useWhither(workflow);
  const comma = t(msg("policy-workflow.selectedCard.text"));
  return (
    <Facts
      rows={[
        {
          label: msg("policy-workflow.selectedCard.from"),
          value: <Links list="states" codes={action.from} name={(code) => t(stateName(code))} onSelect={onSelect} />,
        },
        { label: msg("policy-workflow.selectedCard.to"), value: whither(action).join(comma) },
        { label: words.by, value: action.by.map((one) => t(performerWords(one))).join(comma) },
        { label: words.asked, value: action.fields.map(({ name }) => t(name)).join(comma) },
        { label: words.does, value: action.effects.map((one) => t(effectWords(one))).join(comma) },
        { label: words.code, value: <code dir="ltr">{action.code}</code> },
      ]}
    />
  );
}

/** Nothing where what was chosen is no longer there. */
export function SelectedCard(props: CardProps) {
  const { t } = useText();
  const { workflow, selected, faults, mayEdit, onOpen, onRemove } = props;
  const state = selected.list === "states" ? workflow.states.find(({ code }) => code === selected.code) : undefined;
  const action = selected.list === "actions" ? workflow.actions.find(({ code }) => code === selected.code) : undefined;
  const chosen = state ?? action;
  if (chosen === undefined) return null;
  const found = state === undefined ? faultsWithin(faults, actionAt(chosen.code)) : faultsOfState(faults, state);
  return (
    <section className="flow-card" aria-live="polite">
      <header className="flow-card-head">
        <h3>
          <span className="muted">{t(state === undefined ? words.action : words.state)}</span>{" "}
          <bdi>{t(chosen.name)}</bdi>
        </h3>
        <div className="row-acts">
          <Button small icon={mayEdit ? "edit" : "eye"} onClick={() => onOpen(selected)}>
            {t(mayEdit ? msg("policy-workflow.selectedCard.edit") : msg("policy-workflow.selectedCard.show"))}
          </Button>
          {mayEdit && (
            <Button small kind="quiet" icon="trash" onClick={() => onRemove(selected)}>
              {t(msg("policy-workflow.selectedCard.remove"))}
            </Button>
          )}
        </div>
      </header>
      <FaultLines faults={found} />
      {state !== undefined && <StateCard {...props} state={state} />}
      {action !== undefined && <ActionCard {...props} action={action} />}
    </section>
  );
}
