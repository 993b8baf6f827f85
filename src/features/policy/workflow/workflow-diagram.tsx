/**
 * The states of a workflow and the ways between them. Everything in it can be reached by keyboard, and all that it says is
 * in the tables beside it; the canvas itself runs from the left to the right, what stands in it in the reader's direction.
 */

import { MarkerType, ReactFlow, ReactFlowProvider, useReactFlow } from "@xyflow/react";
import React, { useEffect, useMemo, useRef } from "react";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Button, useText } from "../../../platform/ui/kit.js";
import type { PolicyFault } from "../policy-part.js";
import { DiagramContext, edgeTypes, nodeTypes, type Selected, type StateNode, type WayEdge } from "./diagram-pieces.js";
import {
  canBeDrawn,
  layoutWorkflow,
  type PlacedState,
  type PlacedWay,
  type PlacedWorkflow,
} from "./layout-workflow.js";
import type { ActionView, StateView, WorkflowView } from "./workflow-model.js";

const words = {
  label: msg("policy-workflow.workflowDiagram.diagramOfTheWorkflow"),
  farther: msg("policy-workflow.workflowDiagram.farther"),
};

/** The library's own descriptions are English; ours are in the labels. */
const noDescriptions = {
  "node.a11yDescription.default": "",
  "node.a11yDescription.keyboardDisabled": "",
  "edge.a11yDescription.default": "",
};

/** Whether a way leaves or reaches what is chosen. */
function isNear({ from, to, actions }: PlacedWay, selected: Selected | null): boolean {
  if (selected === null) return false;
  if (selected.list === "states") return from === selected.code || to === selected.code;
  return actions.some(({ code }) => code === selected.code);
}

interface DiagramProps {
  readonly workflow: WorkflowView;
  readonly selected: Selected | null;
  readonly onSelect: (selected: Selected) => void;
  readonly faults: readonly PolicyFault[];
  readonly cases: ReadonlyMap<string, number> | null;
  readonly standing?: string | null;
}

function Toolbar({ states }: Pick<PlacedWorkflow, "states">) {
  const { t } = useText();
  const { zoomIn, zoomOut, fitBounds } = useReactFlow();
  const showAll = () => {
    const [x, y] = [Math.min(...states.map((one) => one.x)), Math.min(...states.map((one) => one.y))];
    const width = Math.max(...states.map((one) => one.x + one.width)) - x;
    const height = Math.max(...states.map((one) => one.y + one.height)) - y;
    void fitBounds({ x, y, width, height }, { padding: 0.04 });
  };
  return (
    <div className="flow-tools">
      <p className="muted">{t(msg("policy-workflow.workflowDiagram.statesAreBoxesActionsThe"))}</p>
      <div className="row-acts">
        <Button small icon="plus" label={msg("policy-workflow.workflowDiagram.nearer")} onClick={() => void zoomIn()} />
        <Button small icon="minus" label={words.farther} onClick={() => void zoomOut()} />
        <Button small icon="grid" disabled={states.length === 0} onClick={showAll}>
          {t(msg("policy-workflow.workflowDiagram.whole"))}
        </Button>
      </div>
    </div>
  );
}

/** Shows where the simulated case stands, each time that it moves. */
function Follow({ placed }: { placed: PlacedState | undefined }) {
  const { setCenter, getZoom } = useReactFlow();
  const at = placed === undefined ? null : `${placed.x},${placed.y}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: it follows the case, not every look of the diagram.
  useEffect(() => {
    if (placed === undefined) return;
    const zoom = Math.max(getZoom(), 0.7);
    void setCenter(placed.x + placed.width / 2, placed.y + placed.height / 2, { zoom });
  }, [at]);
  return null;
}

/** At a size that can be read, from where cases start. */
function firstLook({ states }: PlacedWorkflow, box: HTMLElement, dir: "ltr" | "rtl") {
  const first = states.find(({ state }) => state.starts.includes("initial")) ?? states[0];
  const edge =
    dir === "rtl" ? Math.max(...states.map(({ x, width }) => x + width)) : Math.min(...states.map(({ x }) => x));
  const x = dir === "rtl" ? box.clientWidth - edge - lookMargin : lookMargin - edge;
  const y = box.clientHeight / 2 - (first === undefined ? 0 : first.y + first.height / 2);
  return { x: states.length === 0 ? 0 : x, y, zoom: 1 };
}
const lookMargin = 24;

function Canvas({ workflow, selected, onSelect, faults, cases, standing = null }: DiagramProps) {
  const { t, dir } = useText();
  const canvas = useRef<HTMLDivElement>(null);
  const placed = useMemo(
    () => layoutWorkflow(workflow, dir, (one: StateView | ActionView) => t(one.name)),
    [workflow, dir, t],
  );
  const state = useMemo(
    () => ({
      selected,
      onSelect,
      faults,
      cases,
      standing,
      actionNames: new Map(workflow.actions.map((action) => [action.code, action])),
    }),
    [selected, onSelect, faults, cases, standing, workflow],
  );
  const nodes = useMemo(
    () =>
      placed.states.map(
        (one): StateNode => ({
          id: one.state.code,
          type: "state",
          position: { x: one.x, y: one.y },
          width: one.width,
          height: one.height,
          data: { placed: one },
        }),
      ),
    [placed],
  );
  const edges = useMemo(() => {
    const names = new Map(placed.states.map(({ state }) => [state.code, t(state.name)]));
    const nameOf = (code: string) => names.get(code) ?? code;
    return placed.ways.flatMap((way): WayEdge[] => {
      const near = isNear(way, selected);
      if (way.points === null && !near) return [];
      const color = near ? "#0b5d4e" : "#8b8576";
      return [
        {
          id: way.id,
          type: "way",
          source: way.from,
          target: way.to,
          ariaLabel: t(pattern("policy-workflow.workflowDiagram.way"), { from: nameOf(way.from), to: nameOf(way.to) }),
          data: { way, near },
          zIndex: 0,
          markerEnd: { type: MarkerType.ArrowClosed, color, width: 18, height: 18, markerUnits: "userSpaceOnUse" },
        },
      ];
    });
  }, [placed, selected, t]);
  return (
    <DiagramContext.Provider value={state}>
      <Toolbar states={placed.states} />
      {/* biome-ignore lint/a11y/useSemanticElements: it is no set of fields. */}
      <div ref={canvas} className="flow-canvas" dir="ltr" role="group" aria-label={t(words.label)}>
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onInit={(flow) => {
            const box = canvas.current;
            if (box !== null) void flow.setViewport(firstLook(placed, box, dir));
          }}
          minZoom={0.15}
          maxZoom={1.6}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          disableKeyboardA11y
          ariaLabelConfig={noDescriptions}
          zoomOnScroll={false}
          preventScrolling={false}
          proOptions={{ hideAttribution: true }}
        />
        <Follow placed={placed.states.find((one) => one.state.code === standing)} />
      </div>
    </DiagramContext.Provider>
  );
}

export function WorkflowDiagram(props: DiagramProps) {
  const { t } = useText();
  if (!canBeDrawn(props.workflow)) return <p className="muted">{t(msg("policy-workflow.workflowDiagram.tooLarge"))}</p>;
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  );
}
