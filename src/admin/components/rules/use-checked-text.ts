/** A definition as text: what it says, and what the server finds in it when it is asked. */
import { useMemo, useState } from "react";
import type { PolicyOpened } from "../../pages/policy.js";
import { type ProblemBody, problemOf, send, toast } from "../kit/kit.js";

const words = {
  sound: { en: "No fault was found.", ar: "لم يُعثر على خطأ." },
};

export type CheckedText = PolicyOpened["opened"]["checked"];

/** @param thing whose version in force the text is compared with */
export function useCheckedText(thing: { programme: string; kind: string; name: string }, text: string) {
  const [found, setFound] = useState<CheckedText | null>(null);
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  const [busy, setBusy] = useState(false);
  /** Undefined while it is no JSON. */
  const definition = useMemo((): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  }, [text]);
  const ask = async (): Promise<CheckedText> => {
    const answer = await send<CheckedText>("pages/policy", { do: "check", ...thing, definition });
    setFound(answer);
    return answer;
  };
  return {
    definition,
    broken: definition === undefined,
    /** Of the text as it was asked about; null before, and after `forget`. */
    found,
    problem,
    busy,
    ask,
    /** The text has changed: what was found no longer holds. */
    forget: () => setFound(null),
    /** For whoever presses the button. */
    async check() {
      setBusy(true);
      setProblem(null);
      try {
        const { faults } = await ask();
        if (faults.every((fault) => fault.severity === "warning")) toast(words.sound);
      } catch (error) {
        setProblem(problemOf(error));
      }
      setBusy(false);
    },
  };
}
