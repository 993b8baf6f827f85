/** A screen that breaks takes nothing else with it, and says so in words. */
import React, { Component, type ReactNode } from "react";
import { PageFailed } from "./page-failed.js";

const words = {
  title: { en: "This page could not be shown", ar: "تعذّر عرض هذه الصفحة" },
  hint: {
    en: "Nothing is lost on the server. Load the page again; tell the operation room if it stays so.",
    ar: "لم يُفقد شيء على الخادم. أعد تحميل الصفحة، وأبلغ غرفة العمليات إن تكرر ذلك.",
  },
};

export class ErrorBoundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };
  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }
  override render(): ReactNode {
    return this.state.broken ? <PageFailed {...words} /> : this.props.children;
  }
}
