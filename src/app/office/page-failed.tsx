/** In the place of a page that is not there: what happened, and the way to load it again. */
import React from "react";
import { Button, NoticeBox, Page, useText, type Words } from "../../platform/ui/kit.js";

const words = { again: { en: "Load again", ar: "إعادة التحميل" } };

export function PageFailed({ title, hint }: { title: Words; hint: Words }) {
  const { t } = useText();
  return (
    <Page title={title}>
      <NoticeBox
        tone="danger"
        actions={
          <Button kind="primary" icon="refresh" onClick={() => window.location.reload()}>
            {t(words.again)}
          </Button>
        }
      >
        <p>{t(hint)}</p>
      </NoticeBox>
    </Page>
  );
}
