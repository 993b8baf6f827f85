/** In the place of a case that left the reader's reach: what became of it, and the way on. */

import React, { useEffect, useRef } from "react";
import { msg } from "../../../engine/text/msg.js";
import { adminRoot, LinkButton, NoticeBox, Page, useText } from "../../../platform/ui/kit.js";
import type { TrailPlace } from "./case-trail.js";
import { GoOn } from "./trail-nav.js";

/** `sent`: by what this official did, which `result` says in words. Else others did it, perhaps while something was being written here. */
export type Left =
  | { readonly by: "sent"; readonly result: string }
  | { readonly by: "others"; readonly writing: boolean };

function WaysOn() {
  const { t } = useText();
  const place = useRef<HTMLSpanElement>(null);
  // Where the form was whose button had the focus; people who work by keys go on by Enter.
  useEffect(() => {
    place.current?.querySelector("a")?.focus();
  }, []);
  return (
    <span ref={place} className="case-ways">
      <LinkButton to={adminRoot} kind="primary">
        {t(msg("cases-page.caseLeft.home"))}
      </LinkButton>
      <LinkButton to={`${adminRoot}/resources/cases`}>{t(msg("cases-page.caseLeft.list"))}</LinkButton>
    </span>
  );
}

/** Nothing of the case is asked for any more. */
export function CaseLeft({ title, left, place }: { title: string; left: Left; place: TrailPlace | null }) {
  const { t } = useText();
  return (
    <Page title={title}>
      <div className="case-left" role="status">
        <NoticeBox
          tone={left.by === "sent" ? "success" : "warning"}
          title={left.by === "sent" ? msg("cases-page.caseLeft.sent") : msg("cases-page.caseLeft.lost")}
          actions={place === null ? <WaysOn /> : <GoOn place={place} />}
        >
          {left.by === "sent" && <p>{left.result}</p>}
          <p>
            {t(left.by === "sent" ? msg("cases-page.caseLeft.sentHint") : msg("cases-page.caseLeft.lostHint"))}{" "}
            {left.by === "others" && left.writing && t(msg("cases-page.caseLeft.unsent"))}
          </p>
        </NoticeBox>
      </div>
    </Page>
  );
}
