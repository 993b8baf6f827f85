/** What is sent and may be refused: one at a time, and nothing typed is lost. */

import { useRef, useState } from "react";
import type { Bilingual } from "../../../engine/text/text.js";
import { faultAt, type ProblemBody, problemOf } from "../api.js";
import { closeGoodNews } from "../toast.js";

export interface Sending {
  /** Something is on its way. */
  readonly busy: boolean;
  /** What stopped the last one: a refusal, a session that has ended, a server out of reach. */
  readonly problem: ProblemBody | null;
  /** Does it, and keeps what stopped it as `problem`; nothing while something is on its way. Resolves to whether it was done. */
  run(work: () => Promise<unknown>): Promise<boolean>;
  /** Shows what was found before anything was sent; null takes it away. */
  show(problem: ProblemBody | null): void;
  /** The reason at one place of what was sent (`/nameAr`), or below it; null: nothing is wrong there. */
  faultAt(pointer: string): Bilingual | null;
}

export function useSending(): Sending {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  // Two presses between two pictures are one.
  const running = useRef(false);
  return {
    busy,
    problem,
    async run(work) {
      if (running.current) return false;
      running.current = true;
      setBusy(true);
      setProblem(null);
      try {
        await work();
        return true;
      } catch (error) {
        closeGoodNews();
        setProblem(problemOf(error));
        return false;
      } finally {
        running.current = false;
        setBusy(false);
      }
    },
    show: setProblem,
    faultAt: (pointer) => faultAt(problem, pointer) ?? null,
  };
}
