/** In the place of a page that is not there, or not for whoever asks. */

import React from "react";
import { msg } from "../../engine/text/msg.js";
import { adminRoot, EmptyState, LinkButton, Page, useText } from "../../platform/ui/kit.js";

const words = {
  title: msg("office.notFound.thereIsNothingHere"),
  hint: msg("office.notFound.theAddressMayBeWrong"),
  home: msg("office.notFound.home"),
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
