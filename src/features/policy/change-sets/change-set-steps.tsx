/** The steps of a change-set that need a word or a second thought. */

import React from "react";
import { msg, pattern } from "../../../engine/text/msg.js";
import { listed } from "../../../engine/text/text.js";
import { send } from "../../../platform/ui/kit.js";
import type { Checked } from "../drafts/publish-dialog.js";
import { type Step, StepDialog } from "../drafts/steps.js";
import type { OpenedSet } from "./change-set-content.js";

const decides = msg("policy-change-sets.changeSetSteps.decides");
const words = {
  submit: pattern("policy-change-sets.changeSetSteps.submit"),
  discard: {
    title: pattern("policy-change-sets.changeSetSteps.discard"),
    action: msg("policy-change-sets.changeSetSteps.discardAction"),
    hint: msg("policy-change-sets.changeSetSteps.discardHint"),
  },
  sendBack: {
    title: pattern("policy-change-sets.changeSetSteps.sendBack"),
    label: msg("policy-change-sets.changeSetSteps.note"),
    help: msg("policy-change-sets.changeSetSteps.noteHelp"),
  },
  approve: {
    label: msg("policy-change-sets.changeSetSteps.approveReason"),
    help: msg("policy-change-sets.changeSetSteps.approveHelp"),
    warnings: pattern("policy-change-sets.changeSetSteps.warnings"),
  },
};

/** How an edit stands in the list of what changes; all else is a change of what is there. */
const cameBy: Readonly<Partial<Record<OpenedSet["listed"][number]["act"], "added" | "removed">>> = {
  create: "added",
  restore: "added",
  retire: "removed",
};

const checkedSet = (set: OpenedSet): Checked => ({
  faults: set.findings
    .filter(({ severity }) => severity !== "info")
    .map(({ severity, words: reason }) => ({
      field: "",
      reason,
      severity: severity === "error" ? severity : "warning",
    })),
  differences: [
    ...set.listed.map(({ act, words: what, details }) => ({
      kind: cameBy[act] ?? ("changed" as const),
      what,
      details,
    })),
    ...set.drafts.map(({ title, changes }) => ({ kind: "changed" as const, what: title, details: changes })),
  ],
});

interface StepProps {
  readonly step: Step;
  readonly set: OpenedSet;
  readonly onClose: () => void;
  readonly onReload: () => void;
  readonly onDone: (step: Step) => Promise<void>;
}

export function ChangeSetStep({ step, set, onClose, onReload, onDone }: StepProps) {
  const { id, revision, title } = set;
  const movesCases = set.listed.some(({ edit }) => "cases" in edit && edit.cases !== undefined);
  return (
    <StepDialog
      step={step}
      name={title}
      of={set}
      words={{
        ...words,
        decides: movesCases ? listed([decides, msg("policy-change-sets.changeSetSteps.moves")], " ") : decides,
      }}
      check={async () => checkedSet(set)}
      send={(said) => send("pages/change-set", { do: step, id, revision, ...said })}
      onClose={onClose}
      onDone={() => onDone(step)}
      onReload={onReload}
    />
  );
}
