/** In the place of a page that is not there, or not for whoever asks. */

import React from "react";
import { msg } from "../../engine/text/msg.js";
import { adminRoot, EmptyState, LinkButton, Page, useText } from "../../platform/ui/kit.js";

export function NotFound() {
  const { t } = useText();
  return (
    <Page title={msg("office.notFound.thereIsNothingHere")}>
      <EmptyState
        icon="search"
        title={msg("office.notFound.theAddressMayBeWrong")}
        action={
          <LinkButton to={adminRoot} kind="primary">
            {t(msg("office.notFound.home"))}
          </LinkButton>
        }
      />
    </Page>
  );
}
