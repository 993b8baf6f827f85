/** Replays of what is opened, asked for again while one is running. */

import { useCallback, useEffect, useRef, useState } from "react";
import type { PolicyVocabulary } from "../../../engine/explain/policy-vocabulary.js";
import type { ReplayDetail, ReplayView } from "../../../engine/replay/replay-view.js";
import { type ProblemBody, problemOf, send } from "../../../platform/ui/kit.js";

/** Moments travel as text. */
type OnWire<View> = {
  [Key in keyof View]: View[Key] extends Date ? string : View[Key] extends Date | null ? string | null : View[Key];
};
export type ReplayOnWire = OnWire<ReplayView>;
export type ReplayDetailOnWire = OnWire<ReplayDetail>;

interface Replays {
  readonly runs: readonly ReplayOnWire[];
  readonly run: ReplayDetailOnWire | null;
  /** Of a change-set, whose page knows no words of facts. */
  readonly vocabulary?: PolicyVocabulary;
}

/** What is replayed, as a page is asked for it: the same object as long as it asks for the same. */
export interface ReplayedThing {
  readonly page: "pages/policy" | "pages/change-set";
  readonly asked: object;
}

const pollMs = 1500;
export const isRunning = ({ state }: Pick<ReplayOnWire, "state">): boolean =>
  state === "waiting" || state === "running";

/** @param run the one whose findings are shown */
export function useReplays({ page, asked }: ReplayedThing, run: string | undefined) {
  const [found, setFound] = useState<Replays | null>(null);
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  const number = useRef(0);
  const look = useCallback(
    async (timed: boolean) => {
      number.current += 1;
      const n = number.current;
      try {
        const answer = await send<Replays>(page, { ...asked, do: "replays", run }, { timed });
        if (n !== number.current) return;
        setFound(answer);
        setProblem(null);
      } catch (error) {
        if (n === number.current) setProblem(problemOf(error));
      }
    },
    [page, asked, run],
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
