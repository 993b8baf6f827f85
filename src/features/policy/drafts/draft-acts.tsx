/** What can be done with the draft of a policy now. */

import React from "react";
import { msg } from "../../../engine/text/msg.js";
import { Button, useText } from "../../../platform/ui/kit.js";
import type { PolicyOpened } from "../policy.page.js";
import type { DraftStep } from "./draft-dialogs.js";
import type { EditedPolicy } from "./use-policy-draft.js";

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
  const why = unsaved ? msg("policy-drafts.draftActs.unsaved") : null;
  return (
    <>
      {may("discard") && (
        <Button kind="quiet" icon="trash" onClick={() => onStep("discard")}>
          {t(msg("policy-drafts.draftActs.discard"))}
        </Button>
      )}
      {may("takeBack") && (
        <Button icon="restore" onClick={onTakeBack}>
          {t(msg("policy-drafts.draftActs.takeBack"))}
        </Button>
      )}
      {may("sendBack") && (
        <Button icon="reply" onClick={() => onStep("sendBack")}>
          {t(msg("policy-drafts.draftActs.sendBack"))}
        </Button>
      )}
      {may("submit") && (
        <Button kind="primary" icon="send" why={why} onClick={() => onStep("submit")}>
          {t(msg("policy-drafts.draftActs.submit"))}
        </Button>
      )}
      {may("publish") && (
        <Button kind="primary" icon="check" why={why} onClick={() => onStep("publish")}>
          {t(
            draft.state === "submitted" && !draft.mine
              ? msg("policy-drafts.draftActs.approve")
              : msg("policy-drafts.draftActs.publish"),
          )}
        </Button>
      )}
    </>
  );
}
