/** What can be done with the draft of a policy now. */

import React from "react";
import { msg } from "../../../engine/text/msg.js";
import { Button, useText } from "../../../platform/ui/kit.js";
import type { PolicyOpened } from "../policy.page.js";
import type { DraftStep } from "./draft-dialogs.js";
import type { EditedPolicy } from "./use-policy-draft.js";

const words = {
  submit: msg("policy-drafts.draftActs.submit"),
  publish: msg("policy-drafts.draftActs.publish"),
  approve: msg("policy-drafts.draftActs.approve"),
  sendBack: msg("policy-drafts.draftActs.sendBack"),
  takeBack: msg("policy-drafts.draftActs.takeBack"),
  discard: msg("policy-drafts.draftActs.discard"),
  unsaved: msg("policy-drafts.draftActs.unsaved"),
};

interface ActsProps {
  readonly opened: PolicyOpened["opened"];
  readonly edited: EditedPolicy;
  readonly onStep: (step: DraftStep) => void;
  readonly onTakeBack: () => void;
}

/** What can be done with the draft now; one of it is what one came for. */
export function DraftActs({ opened: { draft }, edited, onStep, onTakeBack }: ActsProps) {
  const { t } = useText();
  if (draft === null) return null;
  const may = (act: (typeof draft.acts)[number]) => draft.acts.includes(act);
  const unsaved = edited.conflict !== null || edited.definition === undefined || edited.status === "refused";
  const why = unsaved ? words.unsaved : null;
  return (
    <>
      {may("discard") && (
        <Button kind="quiet" icon="trash" onClick={() => onStep("discard")}>
          {t(words.discard)}
        </Button>
      )}
      {may("takeBack") && (
        <Button icon="restore" onClick={onTakeBack}>
          {t(words.takeBack)}
        </Button>
      )}
      {may("sendBack") && (
        <Button icon="reply" onClick={() => onStep("sendBack")}>
          {t(words.sendBack)}
        </Button>
      )}
      {may("submit") && (
        <Button kind="primary" icon="send" why={why} onClick={() => onStep("submit")}>
          {t(words.submit)}
        </Button>
      )}
      {may("publish") && (
        <Button kind="primary" icon="check" why={why} onClick={() => onStep("publish")}>
          {t(draft.state === "submitted" && !draft.mine ? words.approve : words.publish)}
        </Button>
      )}
    </>
  );
}
