/** A part of a screen that says so when it breaks, while the rest of the screen goes on. */

import React, { type ReactNode } from "react";
import { msg } from "../../engine/text/msg.js";
import { Button } from "./buttons.js";
import { ErrorBoundary } from "./error-boundary.js";
import { useText } from "./language/text.js";
import { NoticeBox } from "./pieces.js";

function Broken({ again }: { again: () => void }) {
  const { t } = useText();
  return (
    <NoticeBox
      tone="danger"
      actions={
        <Button small icon="refresh" onClick={again}>
          {t(msg("ui.part.again"))}
        </Button>
      }
    >
      <p>{t(msg("ui.part.broken"))}</p>
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
