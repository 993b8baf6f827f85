/** What whoever opened a rule set, workflow or calendar is told first: which text it is, and where its changes go. */

import React from "react";
import { msg, pattern } from "../../engine/text/msg.js";
import { LinkButton, NoticeBox, useText, withQuery } from "../../platform/ui/kit.js";
import { changeSetAddress } from "../setup/form/change-set-dialog.js";
import type { PolicyOpened } from "./policy.page.js";
import { OpenCasesNote } from "./workflow/open-cases-note.js";

const words = {
  notInForce: pattern("policy.policyNotices.notInForce"),
  looking: pattern("policy.policyNotices.looking"),
  inSet: pattern("policy.policyNotices.inSet"),
  asWithSet: pattern("policy.policyNotices.asWithSet"),
  elsewhere: pattern("policy.policyNotices.elsewhere"),
  toSet: msg("policy.policyNotices.toSet"),
};

interface PolicyNoticesProps {
  readonly view: PolicyOpened;
  /** A version that was asked for is shown, not the draft. */
  readonly looking: boolean;
  readonly isDraft: boolean;
}

export function PolicyNotices({ view, looking, isDraft }: PolicyNoticesProps) {
  const { t } = useText();
  const { opened, programme } = view;
  const { kind, name, shown, current, draft, versions } = opened;
  const asked = looking ? null : opened.changeSet;
  const toSet = (id: number) => <LinkButton to={changeSetAddress(programme, id)}>{t(words.toSet)}</LinkButton>;
  return (
    <>
      {kind === "workflow" && !looking && !isDraft && current !== null && (
        <OpenCasesNote key={current} programme={programme} name={name} title={opened.title} published />
      )}
      {versions.length === 0 && draft === null && !isDraft && (
        <NoticeBox title={msg("policy.policyNotices.ships")}>{t(msg("policy.policyNotices.shipsMore"))}</NoticeBox>
      )}
      {looking && shown !== null && (shown.id !== current || draft !== null) && (
        <NoticeBox
          tone="warning"
          title={t(shown.id === current ? words.looking : words.notInForce, { n: String(shown.version) })}
          actions={
            <LinkButton to={withQuery("/admin/pages/policy", { programme, kind, name })}>
              {t(draft === null ? msg("policy.policyNotices.toCurrent") : msg("policy.policyNotices.toDraft"))}
            </LinkButton>
          }
        />
      )}
      {!looking && draft !== null && draft.changeSet !== null && (
        <NoticeBox title={t(words.inSet, { name: draft.changeSet.title })} actions={toSet(draft.changeSet.id)} />
      )}
      {asked !== null && draft === null && (
        <NoticeBox
          title={t(asked.open ? pattern("policy.policyNotices.goesIntoSet") : words.asWithSet, { name: asked.title })}
          actions={toSet(asked.id)}
        />
      )}
      {asked !== null && draft !== null && (
        <NoticeBox tone="warning" title={t(words.elsewhere, { name: asked.title })} actions={toSet(asked.id)}>
          <p>
            {draft.changeSet !== null
              ? t(pattern("policy.policyNotices.inOther"), { name: draft.changeSet.title })
              : t(draft.state === "open" ? msg("policy.policyNotices.alone") : msg("policy.policyNotices.waits"))}
          </p>
        </NoticeBox>
      )}
    </>
  );
}
