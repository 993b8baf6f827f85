/** In the place of a page that is not there: what happened, and the way to have it. */

import React from "react";
import { msg } from "../../engine/text/msg.js";
import { AskRoom, Button, NoticeBox, Page, useText, type Words } from "../../platform/ui/kit.js";

interface PageFailedProps {
  readonly title: Words;
  readonly hint: Words;
  /** Left out: the whole page has to be loaded again. */
  readonly onAgain?: () => void;
}

export function PageFailed({ title, hint, onAgain }: PageFailedProps) {
  const { t } = useText();
  return (
    <Page title={title}>
      <NoticeBox
        tone="danger"
        actions={
          <Button kind="primary" icon="refresh" onClick={onAgain ?? (() => window.location.reload())}>
            {t(onAgain === undefined ? msg("office.pageFailed.again") : msg("office.pageFailed.tryAgain"))}
          </Button>
        }
      >
        <p>{t(hint)}</p>
        <p>
          <AskRoom />
        </p>
      </NoticeBox>
    </Page>
  );
}
