/** The steps of a change-set that want a word: handed in, approved or published, sent back, discarded. */

import React from "react";
import type { Pattern } from "../../../engine/text/msg.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { listed } from "../../../engine/text/text.js";
import { Bidi, NoticeBox, send, useText } from "../../../platform/ui/kit.js";
import { PublishDialog, type Said } from "../drafts/publish-dialog.js";
import { DiscardDialog, SendBackDialog } from "../rules/step-dialogs.js";
import type { OpenedSet } from "./change-set-content.js";

export type SetStep = "submit" | "publish" | "sendBack" | "discard";

const words = {
  submit: pattern("policy-change-sets.changeSetSteps.submit"),
  publish: pattern("policy-change-sets.changeSetSteps.publish"),
  approve: pattern("policy-change-sets.changeSetSteps.approve"),
  said: pattern("policy-change-sets.changeSetSteps.said"),
  warnings: pattern("policy-change-sets.changeSetSteps.warnings"),
  decides: msg("policy-change-sets.changeSetSteps.decides"),
};

/** How an edit stands in the list of what changes; all else is a change of what is there. */
const cameBy: Readonly<Partial<Record<OpenedSet["listed"][number]["act"], "added" | "removed">>> = {
  create: "added",
  restore: "added",
  retire: "removed",
};

interface StepProps {
  readonly step: SetStep;
  readonly set: OpenedSet;
  readonly onClose: () => void;
  readonly onReload: () => void;
  readonly onDone: (step: SetStep) => Promise<void>;
}

/** Whose cases move is said only where some do. */
function decidesOf({ listed: edits }: OpenedSet): Bilingual {
  const { decides } = words;
  if (!edits.some(({ edit }) => "cases" in edit && edit.cases !== undefined)) return decides;
  return listed([decides, msg("policy-change-sets.changeSetSteps.moves")], " ");
}

export function ChangeSetStep({ step, set, onClose, onReload, onDone }: StepProps) {
  const { t } = useText();
  const named = (text: Pattern<{ name: string }>) => t(text, { name: set.title });
  const ask = (act: SetStep, more: object = {}) =>
    send("pages/change-set", { do: act, id: set.id, revision: set.revision, ...more });
  const take = async (more: object = {}) => {
    await ask(step, more);
    await onDone(step);
  };
  if (step === "discard") {
    return (
      <DiscardDialog
        title={named(pattern("policy-change-sets.changeSetSteps.discard"))}
        action={msg("policy-change-sets.changeSetSteps.discardAction")}
        hint={msg("policy-change-sets.changeSetSteps.discardHint")}
        onClose={onClose}
        onConfirm={() => take()}
      />
    );
  }
  if (step === "sendBack") {
    return (
      <SendBackDialog
        title={named(pattern("policy-change-sets.changeSetSteps.sendBack"))}
        action={msg("policy-change-sets.changeSetSteps.sendBackAction")}
        label={msg("policy-change-sets.changeSetSteps.note")}
        help={msg("policy-change-sets.changeSetSteps.noteHelp")}
        onClose={onClose}
        onSend={(said) => take({ note: said })}
      />
    );
  }
  const approving = step === "publish" && set.state === "submitted";
  const explained = approving && set.warningsReason !== null ? (set.warningsSeen ?? []) : [];
  const faults = set.findings
    .filter(({ severity }) => severity !== "info")
    .map(
      ({ severity, words: reason }) =>
        ({ field: "", reason, severity: severity === "error" ? severity : "warning" }) as const,
    );
  const differences = [
    ...set.listed.map(({ act, words: what, details }) => ({
      kind: cameBy[act] ?? ("changed" as const),
      what,
      details,
    })),
    ...set.drafts.map(({ title, changes }) => ({ kind: "changed" as const, what: title, details: changes })),
  ];
  return (
    <PublishDialog
      title={named(approving ? words.approve : step === "publish" ? words.publish : words.submit)}
      submits={step === "submit"}
      {...(step === "publish" && { decides: decidesOf(set) })}
      {...(approving && {
        action: msg("policy-change-sets.changeSetSteps.approveAction"),
        reasonLabel: msg("policy-change-sets.changeSetSteps.approveReason"),
        reasonHelp: msg("policy-change-sets.changeSetSteps.approveHelp"),
        reasonMissing: msg("policy-change-sets.changeSetSteps.approveMissing"),
      })}
      explained={explained}
      reason={approving ? "" : (set.reason ?? "")}
      check={async () => ({ differences, faults })}
      publish={(said: Said) => ask(step, said)}
      onClose={onClose}
      onTop={() => {
        onClose();
        onReload();
      }}
      onPublished={() => onDone(step)}
    >
      {approving && (
        <NoticeBox tone="info" title={t(words.said, { who: set.submittedBy?.name ?? "" })}>
          <p>
            <Bidi>{set.reason}</Bidi>
          </p>
          {set.warningsReason && <p>{t(words.warnings, { why: set.warningsReason })}</p>}
        </NoticeBox>
      )}
    </PublishDialog>
  );
}
