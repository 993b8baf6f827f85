/** What the checks say of what is written, a moment after it was: the newest question wins, an older one is given up. */

import { useEffect, useState } from "react";
import { type ProblemBody, problemOf, send } from "../../../platform/ui/kit.js";
import type { PolicyOpened } from "../policy.page.js";
import type { PolicyThing } from "../policy-part.js";

export type Checked = PolicyOpened["opened"]["checked"];
const waitMs = 600;

export interface LiveCheck {
  /** What the checks said of the definition a moment ago. */
  readonly checked: Checked;
  /** It is being looked at. */
  readonly running: boolean;
  readonly problem: ProblemBody | null;
}

/**
 * @param known what the server said of `original` when the page was read
 * @param definition undefined while there is nothing to be checked
 * @param changeSet by whose set-up it is checked; null: the set-up in force
 */
export function useLiveCheck(
  thing: PolicyThing,
  a: { original: string; known: Checked; definition: unknown; changeSet: number | null },
): LiveCheck {
  const { original, known, definition, changeSet } = a;
  const text = definition === undefined ? null : JSON.stringify(definition);
  const [found, setFound] = useState<{ text: string; checked: Checked } | null>(null);
  const [running, setRunning] = useState(false);
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  const { programme, kind, name } = thing;
  useEffect(() => {
    if (text === null || text === original || text === found?.text) return setRunning(false);
    const asked = new AbortController();
    setRunning(true);
    const timer = setTimeout(() => {
      const body = { do: "check", programme, kind, name, definition: JSON.parse(text), changeSet };
      send<Checked>("pages/policy", body, { signal: asked.signal })
        .then((checked) => {
          if (asked.signal.aborted) return;
          setFound({ text, checked });
          setProblem(null);
          setRunning(false);
        })
        .catch((error: unknown) => {
          if (asked.signal.aborted) return;
          setProblem(problemOf(error));
          setRunning(false);
        });
    }, waitMs);
    return () => {
      clearTimeout(timer);
      asked.abort();
    };
  }, [text, original, found, programme, kind, name, changeSet]);
  const checked = text === original || found === null ? known : found.checked;
  return { checked, running, problem };
}
