/** Says that what is in sight may be old, because it could not be read again, and offers to try; what was typed stays where it is. */
import React, { useState } from "react";
import { Button, Icon, useOldViews, useText } from "../kit/kit.js";

const words = {
  old: {
    en: "What you see may be old: it could not be read again. What you typed stays.",
    ar: "قد يكون ما تراه قديمًا: تعذّرت قراءته من جديد. ما كتبته باقٍ.",
  },
  again: { en: "Read again", ar: "القراءة من جديد" },
};

export function OldViewsNotice() {
  const { t } = useText();
  const { any, readAgain } = useOldViews();
  const [busy, setBusy] = useState(false);
  const read = async () => {
    setBusy(true);
    await readAgain();
    setBusy(false);
  };
  return (
    <div role="status" className={any ? "connection old-views" : "unseen"}>
      {any && (
        <>
          <Icon name="alert" size={18} />
          <span>{t(words.old)}</span>
          <Button small icon="refresh" busy={busy} onClick={() => void read()}>
            {t(words.again)}
          </Button>
        </>
      )}
    </div>
  );
}
