/** Going back to a version, or taking what an upgrade offers: a draft with what it says, its reason begun. */

import React from "react";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Confirm, send, useText } from "../../../platform/ui/kit.js";
import type { VersionOnWire } from "../versions/version-line.js";

const words = {
  offer: pattern("policy-drafts.reopenDialog.offer"),
  offerReason: pattern("policy-drafts.reopenDialog.offerReason"),
};

interface ReopenDialogProps {
  readonly version: VersionOnWire;
  /** Number of the change-set in which the draft begins; null: it stands by itself. */
  readonly changeSet: number | null;
  readonly onClose: () => void;
  readonly onOpened: () => void;
}

export function ReopenDialog({ version, changeSet, onClose, onOpened }: ReopenDialogProps) {
  const { t } = useText();
  const offered = version.status === "draft";
  const n = String(version.version);
  return (
    <Confirm
      title={t(offered ? words.offer : pattern("policy-drafts.reopenDialog.again"), { n })}
      action={msg("policy-drafts.reopenDialog.action")}
      onClose={onClose}
      onConfirm={async () => {
        const reason = t(offered ? words.offerReason : pattern("policy-drafts.reopenDialog.backToVersion"), { n });
        await send("pages/policy", { do: "reopen", version: version.id, reason, changeSet });
        onOpened();
      }}
    >
      <p>{t(msg("policy-drafts.reopenDialog.aDraftBeginsWithWhat"))}</p>
    </Confirm>
  );
}
