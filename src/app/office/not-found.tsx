/** In the place of a page that is not there, or not for whoever asks. */
import React from "react";
import { adminRoot, EmptyState, LinkButton, Page, useText } from "../../platform/ui/kit.js";

const words = {
  title: { en: "There is nothing here", ar: "لا يوجد شيء هنا" },
  hint: {
    en: "The address may be wrong, or what stood here is not yours to see.",
    ar: "قد يكون العنوان غير صحيح، أو أن ما تبحث عنه خارج صلاحيتك.",
  },
  home: { en: "To the home page", ar: "إلى الصفحة الرئيسية" },
};

export function NotFound() {
  const { t } = useText();
  return (
    <Page title={words.title}>
      <EmptyState
        icon="search"
        title={words.hint}
        action={
          <LinkButton to={adminRoot} kind="primary">
            {t(words.home)}
          </LinkButton>
        }
      />
    </Page>
  );
}
