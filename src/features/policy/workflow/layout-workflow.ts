/** Where the states of a workflow stand and how the ways between them run: along the line of reading, by dagre. */
import { Graph, layout } from "@dagrejs/dagre";
import { type ActionView, type StateView, targetsOf, type WorkflowView } from "./workflow-model.js";

/** In this and more states possible: told at the state that it leads to, or the lines would hide everything else. */
const manySources = 4;
/** Names of actions at one way; how many more there are is said. */
export const maxNamed = 4;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedState {
  readonly state: StateView;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Actions that lead here from many states. */
  readonly gathered: readonly ActionView[];
  /** Actions that leave the case in this state. */
  readonly staying: readonly ActionView[];
}

export interface PlacedWay {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly actions: readonly ActionView[];
  /** Null: drawn only when one looks at one of its ends. */
  readonly points: readonly Point[] | null;
  /** Middle of its label. */
  readonly label: Point | null;
}

export interface PlacedWorkflow {
  readonly states: readonly PlacedState[];
  readonly ways: readonly PlacedWay[];
}

const stateWidth = 216;
const lineHeight = 26;
const letterWidth = 7.4;
const labelPadding = 44;

const isGathered = (action: ActionView): boolean => action.from.length >= manySources;

function waysBetween({
  states,
  actions,
}: WorkflowView): Map<string, { from: string; to: string; actions: ActionView[] }> {
  const known = new Set(states.map(({ code }) => code));
  const ways = new Map<string, { from: string; to: string; actions: ActionView[] }>();
  for (const action of actions) {
    for (const from of action.from) {
      for (const to of targetsOf(action)) {
        if (from === to || !known.has(from) || !known.has(to)) continue;
        const id = `${from}>${to}`;
        const way = ways.get(id) ?? { from, to, actions: [] };
        way.actions.push(action);
        ways.set(id, way);
      }
    }
  }
  return ways;
}

function stateHeight(state: StateView, gathered: number, staying: number, name: string): number {
  const nameLines = Math.max(1, Math.ceil((name.length * 8.2) / (stateWidth - 32)));
  const lines = 1 + state.starts.length + state.timers.length + gathered + (staying > 0 ? 1 : 0) + 1;
  return 20 + nameLines * 24 + lines * lineHeight;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function labelSize(actions: readonly ActionView[], say: (action: ActionView) => string): Size {
  const names = actions.slice(0, maxNamed).map(say);
  const lines = names.length + (actions.length > maxNamed ? 1 : 0);
  const longest = Math.max(0, ...names.map((name) => name.length));
  return { width: Math.min(240, longest * letterWidth + labelPadding), height: lines * lineHeight + 6 };
}

/**
 * @param direction `rtl`: from the right to the left
 * @param say what a state or action is called in the reader's language
 */
export function layoutWorkflow(
  workflow: WorkflowView,
  direction: "ltr" | "rtl",
  say: (one: StateView | ActionView) => string,
): PlacedWorkflow {
  const graph = new Graph({ directed: true });
  graph.setGraph({ rankdir: direction === "rtl" ? "RL" : "LR", nodesep: 28, edgesep: 12, ranksep: 36 });
  graph.setDefaultEdgeLabel(() => ({}));
  const ways = [...waysBetween(workflow).entries()];
  // Whatever somebody named a state, dagre is given a number.
  const numbers = new Map(workflow.states.map(({ code }, i) => [code, i]));
  const id = (code: string): string => `state-${numbers.get(code)}`;
  const states = workflow.states.map((state) => {
    const gathered = workflow.actions.filter(
      (action) =>
        isGathered(action) &&
        targetsOf(action).some((to) => to === state.code) &&
        action.from.some((from) => from !== state.code),
    );
    const staying = workflow.actions.filter(
      (action) => action.from.includes(state.code) && action.ways.some(({ to }) => to === null || to === state.code),
    );
    const height = stateHeight(state, gathered.length, staying.length, say(state));
    graph.setNode(id(state.code), { width: stateWidth, height });
    return { state, gathered, staying, height };
  });
  const drawn = new Map<string, readonly ActionView[]>();
  for (const [way, { from, to, actions }] of ways) {
    const own = actions.filter((action) => !isGathered(action));
    if (own.length > 0) {
      drawn.set(way, own);
      graph.setEdge(id(from), id(to), { ...labelSize(own, say), labelpos: "c", weight: 2 });
    }
  }
  // What has no line of its own still stands behind the states that lead to it.
  for (const [, { from, to }] of ways) {
    const alone = (graph.inEdges(id(to)) ?? []).length === 0;
    if (alone) graph.setEdge(id(from), id(to), { width: 0, height: 0, weight: 0 });
  }
  layout(graph);
  return {
    states: states.map(({ state, gathered, staying, height }) => {
      const { x = 0, y = 0 } = graph.node(id(state.code));
      return { state, gathered, staying, x: x - stateWidth / 2, y: y - height / 2, width: stateWidth, height };
    }),
    ways: ways.map(([way, { from, to, actions }]) => {
      const own = drawn.get(way);
      if (own === undefined) return { id: way, from, to, actions, points: null, label: null };
      const { points = [], x = 0, y = 0 } = graph.edge(id(from), id(to));
      return { id: way, from, to, actions: own, points, label: { x, y } };
    }),
  };
}

/** More would be a picture that nobody reads and that takes seconds to lay out: the tables tell all of it. */
const maxStates = 80;
const maxWays = 400;

export function canBeDrawn({ states, actions }: WorkflowView): boolean {
  const ways = actions.reduce((sum, action) => sum + action.from.length * targetsOf(action).length, 0);
  return states.length <= maxStates && ways <= maxWays;
}

/** A line through these points, round at each of them. */
export function pathThrough(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return "";
  const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
  const at = ({ x, y }: Point): string => `${Math.round(x * 10) / 10},${Math.round(y * 10) / 10}`;
  let path = `M ${at(first)}`;
  rest.forEach((point, i) => {
    const next = rest[i + 1];
    path += next === undefined ? ` L ${at(point)}` : ` Q ${at(point)} ${at(middle(point, next))}`;
  });
  return path;
}
