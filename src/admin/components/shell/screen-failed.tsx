/** In the place of a screen that broke. */
import React from "react";
import { PageFailed } from "./page-failed.js";

const words = {
  title: { en: "This page could not be shown", ar: "تعذّر عرض هذه الصفحة" },
  hint: {
    en: "Nothing is lost on the server. Load the page again; tell the operation room if it stays so.",
    ar: "لم يُفقد شيء على الخادم. أعد تحميل الصفحة، وأبلغ غرفة العمليات إن تكرر ذلك.",
  },
};

export const ScreenFailed = () => <PageFailed {...words} />;
