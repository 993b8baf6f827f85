/** What stands in the diagram: a box a state, a line a way with the actions that take it. */

import {
  BaseEdge,
  type Edge,
  EdgeLabelRenderer,
  type EdgeProps,
  getBezierPath,
  Handle,
  type Node,
  type NodeProps,
  Position,
  useReactFlow,
} from "@xyflow/react";
import React, { createContext, useContext } from "react";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Icon, useText } from "../../../platform/ui/kit.js";
import type { PolicyFault } from "../policy-part.js";
import { budgetWords } from "../rules/budget-words.js";
import { maxNamed, type PlacedState, type PlacedWay, pathThrough } from "./layout-workflow.js";
import { type ActionView, actionAt, faultsOfState, faultsWithin } from "./workflow-model.js";
import { sides, sidesOf, stateKinds, unknownKind } from "./workflow-words.js";

const words = {
  initial: msg("policy-workflow.diagramPieces.initial"),
  triage: msg("policy-workflow.diagramPieces.triage"),
  faults: pattern("policy-workflow.diagramPieces.faults"),
  more: pattern("policy-workflow.diagramPieces.more"),
};

export type Selected = { readonly list: "states" | "actions"; readonly code: string };

export interface DiagramState {
  readonly selected: Selected | null;
  readonly onSelect: (selected: Selected) => void;
  readonly faults: readonly PolicyFault[];
  /** Open cases by state; null while nobody knows. */
  readonly cases: ReadonlyMap<string, number> | null;
  /** Where the simulated case stands. */
  readonly standing: string | null;
  readonly actionNames: ReadonlyMap<string, ActionView>;
}
export const DiagramContext = createContext<DiagramState | null>(null);
function useDiagram(): DiagramState {
  const state = useContext(DiagramContext);
  if (state === null) throw new Error("outside of a diagram");
  return state;
}

function Sides({ by }: { by: readonly string[] }) {
  const { t } = useText();
  return (
    <>
      {sidesOf(by).map((side) => (
        <span key={side} title={t(sides[side].label)}>
          <Icon name={sides[side].icon} size={14} />
          <span className="unseen">{t(sides[side].label)}: </span>
        </span>
      ))}
    </>
  );
}

const isSelected = (selected: Selected | null, list: Selected["list"], code: string): boolean =>
  selected?.list === list && selected.code === code;

function ActionButton({ action, children }: { action: ActionView; children?: React.ReactNode }) {
  const { t } = useText();
  const { selected, onSelect, faults } = useDiagram();
  const found = faultsWithin(faults, actionAt(action.code)).length;
  return (
    <button
      type="button"
      className={`flow-action nodrag nopan${found > 0 ? " flow-faulty" : ""}`}
      aria-pressed={isSelected(selected, "actions", action.code)}
      onClick={() => onSelect({ list: "actions", code: action.code })}
    >
      <Sides by={action.by} />
      <bdi>{children ?? t(action.name)}</bdi>
      {found > 0 && (
        <>
          <Icon name="alert" size={14} />
          <span className="unseen">{t(words.faults, { n: found })}</span>
        </>
      )}
    </button>
  );
}

export type StateNode = Node<{ readonly placed: PlacedState }, "state">;

function StateBox({ data: { placed } }: NodeProps<StateNode>) {
  const { t, dir } = useText();
  const { selected, onSelect, faults, cases, standing, actionNames } = useDiagram();
  const { setCenter, getZoom } = useReactFlow();
  const { state, gathered, staying } = placed;
  const kind = state.kind === null ? null : stateKinds[state.kind];
  const found = faultsOfState(faults, state).length;
  const count = cases?.get(state.code) ?? 0;
  const chosen = isSelected(selected, "states", state.code);
  const look = `flow-state flow-${state.kind ?? "unknown"}${chosen ? " flow-chosen" : ""}${found > 0 ? " flow-faulty" : ""}${standing === state.code ? " flow-standing" : ""}`;
  return (
    <div className={look} dir={dir}>
      <Handle type="target" position={dir === "rtl" ? Position.Right : Position.Left} isConnectable={false} />
      <button
        type="button"
        className="flow-name nodrag nopan"
        aria-pressed={chosen}
        onFocus={(event) => {
          // Whoever comes by keyboard sees where they are.
          if (!event.currentTarget.matches(":focus-visible")) return;
          void setCenter(placed.x + placed.width / 2, placed.y + placed.height / 2, { zoom: getZoom() });
        }}
        onClick={() => onSelect({ list: "states", code: state.code })}
      >
        <bdi>{t(state.name)}</bdi>
      </button>
      <p className="flow-line">
        <Icon name={kind?.icon ?? "question"} size={14} />
        <span>{t(kind?.label ?? unknownKind)}</span>
      </p>
      {state.starts.map((start) => (
        <p key={start} className="flow-line">
          <Icon name="forward" size={14} />
          <span>{t(words[start])}</span>
        </p>
      ))}
      {state.timers.map((timer) => (
        <p key={timer.at} className="flow-line">
          <Icon name="clock" size={14} />
          <span>
            {t(pattern("policy-workflow.diagramPieces.timer"), {
              time: t(budgetWords(timer.after)),
              action: t(actionNames.get(timer.action)?.name ?? timer.action),
            })}
          </span>
        </p>
      ))}
      {staying.length > 0 && (
        <p className="flow-line">
          <Icon name="refresh" size={14} />
          <span>{t(pattern("policy-workflow.diagramPieces.staying"), { n: staying.length })}</span>
        </p>
      )}
      {gathered.map((action) => (
        <ActionButton key={action.code} action={action}>
          {t(pattern("policy-workflow.diagramPieces.gathered"), { action: t(action.name), n: action.from.length })}
        </ActionButton>
      ))}
      {cases !== null && count > 0 && (
        <p className="flow-line flow-count">
          <Icon name="folder" size={14} />
          <span>{t(pattern("policy-workflow.diagramPieces.cases"), { n: count })}</span>
        </p>
      )}
      {found > 0 && (
        <p className="flow-line flow-fault">
          <Icon name="alert" size={14} />
          <span>{t(words.faults, { n: found })}</span>
        </p>
      )}
      <Handle type="source" position={dir === "rtl" ? Position.Left : Position.Right} isConnectable={false} />
    </div>
  );
}

export type WayEdge = Edge<{ readonly way: PlacedWay; readonly near: boolean }, "way">;

function Way(props: EdgeProps<WayEdge>) {
  const { t, dir } = useText();
  const { data, markerEnd } = props;
  if (data === undefined) return null;
  const { way, near } = data;
  const path = way.points === null ? getBezierPath(props)[0] : pathThrough(way.points);
  return (
    <>
      <BaseEdge
        path={path}
        className={near ? "flow-way flow-near" : "flow-way"}
        {...(markerEnd ? { markerEnd } : {})}
      />
      {way.label !== null && (
        <EdgeLabelRenderer>
          <div
            className={near ? "flow-label flow-near" : "flow-label"}
            dir={dir}
            style={{ transform: `translate(-50%, -50%) translate(${way.label.x}px, ${way.label.y}px)` }}
          >
            {way.actions.slice(0, maxNamed).map((action) => (
              <ActionButton key={action.code} action={action} />
            ))}
            {way.actions.length > maxNamed && (
              <span className="flow-more">{t(words.more, { n: way.actions.length - maxNamed })}</span>
            )}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  );
}

export const nodeTypes = { state: StateBox };
export const edgeTypes = { way: Way };
