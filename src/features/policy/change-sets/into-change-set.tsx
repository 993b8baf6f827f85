/** The button that takes a policy into a change-set: a draft begins there at once, or the one that is open goes along. */

import React, { useRef, useState } from "react";
import type { ChosenSet } from "../../../engine/setup/sets-of-forms.js";
import { msg } from "../../../engine/text/msg.js";
import { Button, send, useText } from "../../../platform/ui/kit.js";
import { ChangeSetDialog } from "../../setup/form/change-set-dialog.js";
import type { OpenDraft } from "../drafts/policy-drafts.js";
import type { EditedPolicy } from "../drafts/use-policy-draft.js";
import type { PolicyThing } from "../policy-part.js";

const words = {
  move: msg("policy-change-sets.intoChangeSet.move"),
  moveTitle: msg("policy-change-sets.intoChangeSet.moveTitle"),
  moveAction: msg("policy-change-sets.intoChangeSet.moveAction"),
  goes: msg("policy-change-sets.intoChangeSet.goes"),
};

interface IntoChangeSetProps {
  readonly thing: PolicyThing;
  /** Null: nobody has written anything yet. */
  readonly draft: OpenDraft | null;
  /** The version in force that a new draft stands on; null where none is. */
  readonly current: number | null;
  readonly edited: EditedPolicy;
  /** The set that is meant; null: none in particular. */
  readonly first: number | null;
  /** It is there, or was refused because somebody was faster: the page is another. */
  readonly onPut: () => void;
}

export function IntoChangeSet({ thing, draft, current, edited, first, onPut }: IntoChangeSetProps) {
  const { t } = useText();
  const [asking, setAsking] = useState(false);
  const refused = useRef(false);
  const put = async (changeSet: ChosenSet): Promise<number> => {
    const body =
      draft === null
        ? { do: "begin", ...thing, definition: edited.definition, basedOn: current, changeSet }
        : { do: "intoSet", ...edited.seen, changeSet };
    return (await send<{ changeSet: number }>("pages/policy", body)).changeSet;
  };
  const ask = async () => {
    refused.current = false;
    // What was typed last goes along.
    if (await edited.settle()) setAsking(true);
  };
  return (
    <>
      <Button icon="layers" onClick={() => void ask()}>
        {t(draft === null ? msg("policy-change-sets.intoChangeSet.gather") : words.move)}
      </Button>
      {asking && (
        <ChangeSetDialog
          programme={thing.programme}
          title={draft === null ? msg("policy-change-sets.intoChangeSet.gatherTitle") : words.moveTitle}
          action={draft === null ? msg("policy-change-sets.intoChangeSet.gatherAction") : words.moveAction}
          put={put}
          first={first}
          onRefused={() => {
            refused.current = true;
            return false;
          }}
          onClose={() => {
            setAsking(false);
            // What it was refused for stands in the page then.
            if (refused.current) onPut();
          }}
          onPut={() => {
            setAsking(false);
            onPut();
          }}
        >
          {() => <p>{t(draft === null ? msg("policy-change-sets.intoChangeSet.begins") : words.goes)}</p>}
        </ChangeSetDialog>
      )}
    </>
  );
}
