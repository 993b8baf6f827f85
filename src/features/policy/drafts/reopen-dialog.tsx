/** Going back to a version, or taking what an upgrade offers: a draft with what it says, its reason begun. */
import React from "react";
import { Confirm, send, useText } from "../../../platform/ui/kit.js";
import type { VersionOnWire } from "../versions/version-line.js";

const words = {
  again: { en: "Go back to version {n}?", ar: "العودة إلى النسخة {n}؟" },
  offer: { en: "Open version {n} as a draft?", ar: "فتح النسخة {n} كمسودة؟" },
  hint: {
    en: "A draft begins with what it says. It is checked and published like any other; nothing is in force before.",
    ar: "تبدأ مسودة بما تقوله هذه النسخة، ثم تُفحص وتُنشر كأي مسودة، ولا يسري شيء قبل ذلك.",
  },
  action: { en: "Open the draft", ar: "فتح المسودة" },
  reason: { en: "Back to version {n}", ar: "العودة إلى النسخة {n}" },
  offerReason: { en: "From the upgrade, version {n}", ar: "من تحديث النظام، النسخة {n}" },
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
      title={t(offered ? words.offer : words.again, { n })}
      action={words.action}
      onClose={onClose}
      onConfirm={async () => {
        const reason = t(offered ? words.offerReason : words.reason, { n });
        await send("pages/policy", { do: "reopen", version: version.id, reason, changeSet });
        onOpened();
      }}
    >
      <p>{t(words.hint)}</p>
    </Confirm>
  );
}
