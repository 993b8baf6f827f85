/** A screen that breaks takes nothing else with it, and says so in words. */
import React, { Component, type ReactNode } from "react";
import { Button, NoticeBox, Page, useText } from "../kit/kit.js";

const words = {
  title: { en: "This page could not be shown", ar: "تعذّر عرض هذه الصفحة" },
  hint: {
    en: "Nothing is lost on the server. Load the page again; tell the operation room if it stays so.",
    ar: "لم يُفقد شيء على الخادم. أعد تحميل الصفحة، وأبلغ غرفة العمليات إن تكرر ذلك.",
  },
  again: { en: "Load again", ar: "إعادة التحميل" },
};

function Broken() {
  const { t } = useText();
  return (
    <Page title={words.title}>
      <NoticeBox
        tone="danger"
        actions={
          <Button kind="primary" icon="refresh" onClick={() => window.location.reload()}>
            {t(words.again)}
          </Button>
        }
      >
        <p>{t(words.hint)}</p>
      </NoticeBox>
    </Page>
  );
}

export class ErrorBoundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };
  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }
  override render(): ReactNode {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}
