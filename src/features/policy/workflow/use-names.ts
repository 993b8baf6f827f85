/** What states and actions of a workflow are called; of one that is not there, its code. */
import { useMemo } from "react";
import type { Bilingual } from "../../../engine/text/text.js";
import type { WorkflowView } from "./workflow-model.js";

const plain = (code: string): Bilingual => ({ en: code, ar: code });

export function useNames(workflow: WorkflowView): {
  readonly stateName: (code: string) => Bilingual;
  readonly actionName: (code: string) => Bilingual;
} {
  return useMemo(() => {
    const states = new Map(workflow.states.map(({ code, name }) => [code, name]));
    const actions = new Map(workflow.actions.map(({ code, name }) => [code, name]));
    return {
      stateName: (code) => states.get(code) ?? plain(code),
      actionName: (code) => actions.get(code) ?? plain(code),
    };
  }, [workflow]);
}
