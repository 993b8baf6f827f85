/** Replays of what is opened, asked for again while one is running. */

import { useCallback, useEffect, useRef, useState } from "react";
import type { ReplayDetail, ReplayView } from "../../../engine/replay/replay-view.js";
import { type ProblemBody, problemOf, send } from "../../../platform/ui/kit.js";
import type { PolicyThing } from "../policy-part.js";

/** Moments travel as text. */
type OnWire<View> = {
  [Key in keyof View]: View[Key] extends Date ? string : View[Key] extends Date | null ? string | null : View[Key];
};
export type ReplayOnWire = OnWire<ReplayView>;
export type ReplayDetailOnWire = OnWire<ReplayDetail>;

interface Replays {
  readonly runs: readonly ReplayOnWire[];
  readonly run: ReplayDetailOnWire | null;
}

const pollMs = 1500;
export const isRunning = ({ state }: Pick<ReplayOnWire, "state">): boolean =>
  state === "waiting" || state === "running";

/**
 * @param changeSet by whose set-up the text is asked; null: the set-up in force
 * @param run the one whose findings are shown
 */
export function useReplays(
  thing: PolicyThing,
  { definition, changeSet }: { definition: unknown; changeSet: number | null },
  run: string | undefined,
) {
  const [found, setFound] = useState<Replays | null>(null);
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  const number = useRef(0);
  const { programme, kind, name } = thing;
  const look = useCallback(
    async (timed: boolean) => {
      number.current += 1;
      const n = number.current;
      try {
        const asked = { do: "replays", programme, kind, name, run, definition: definition ?? null, changeSet };
        const answer = await send<Replays>("pages/policy", asked, { timed });
        if (n !== number.current) return;
        setFound(answer);
        setProblem(null);
      } catch (error) {
        if (n === number.current) setProblem(problemOf(error));
      }
    },
    [programme, kind, name, run, definition, changeSet],
  );
  const load = useCallback(() => look(false), [look]);
  useEffect(() => {
    void load();
  }, [load]);
  const running = found?.runs.some(isRunning) === true;
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => void look(true), pollMs);
    return () => clearInterval(timer);
  }, [running, look]);
  return { found, problem, load };
}
