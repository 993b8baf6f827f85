/** A part of a screen that says so when it breaks, while the rest of the screen goes on. */
import React, { type ReactNode } from "react";
import { Button } from "./buttons.js";
import { ErrorBoundary } from "./error-boundary.js";
import { NoticeBox } from "./pieces.js";
import { useText } from "./text.js";

const words = {
  broken: {
    en: "This part could not be shown. Everything else on the page works; nothing is lost on the server.",
    ar: "تعذّر عرض هذا الجزء. بقية الصفحة تعمل، ولم يُفقد شيء على الخادم.",
  },
  again: { en: "Show it again", ar: "عرض الجزء من جديد" },
};

function Broken({ again }: { again: () => void }) {
  const { t } = useText();
  return (
    <NoticeBox
      tone="danger"
      actions={
        <Button small icon="refresh" onClick={again}>
          {t(words.again)}
        </Button>
      }
    >
      <p>{t(words.broken)}</p>
    </NoticeBox>
  );
}

/** @param of which part is shown, where several take turns in one place */
export function Part({ of, children }: { of?: string; children: ReactNode }) {
  return (
    <ErrorBoundary of={of} instead={(again) => <Broken again={again} />}>
      {children}
    </ErrorBoundary>
  );
}
