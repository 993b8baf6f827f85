/** Where what is typed is kept: on the server, or only here; and what another window of the same person did with it. */

import React from "react";
import { msg } from "../../../engine/text/msg.js";
import { Button, Icon, NoticeBox, useText } from "../../../platform/ui/kit.js";
import type { DraftStatus } from "./draft-sync.js";
import type { CaseDraft } from "./use-case-draft.js";

const words = {
  keeping: msg("cases-act.draftLine.keeping"),
  kept: msg("cases-act.draftLine.kept"),
  away: msg("cases-act.draftLine.away"),
  awayHere: msg("cases-act.draftLine.awayHere"),
  here: msg("cases-act.draftLine.here"),
  discard: msg("cases-act.draftLine.discard"),
  other: msg("cases-act.draftLine.other"),
  otherHint: msg("cases-act.draftLine.otherHint"),
  take: msg("cases-act.draftLine.take"),
  ours: msg("cases-act.draftLine.ours"),
  ended: msg("cases-act.draftLine.ended"),
  endedHint: msg("cases-act.draftLine.endedHint"),
};

const icons: Readonly<Record<DraftStatus, string>> = {
  idle: "dot",
  keeping: "refresh",
  kept: "check",
  away: "alert",
  here: "alert",
};

export function DraftLine(a: { status: DraftStatus; onDevice: boolean; onDiscard: (() => void) | null }) {
  const { t } = useText();
  const { status, onDiscard } = a;
  return (
    <div className="draft-line">
      <span className={`draft-status draft-${status} small`} role="status">
        {status !== "idle" && (
          <>
            <Icon name={icons[status]} size={16} />
            <span>{t(status === "away" && !a.onDevice ? words.awayHere : words[status])}</span>
          </>
        )}
      </span>
      {onDiscard && (
        <Button small kind="quiet" icon="trash" onClick={onDiscard}>
          {t(words.discard)}
        </Button>
      )}
    </div>
  );
}

export function ElsewhereNotice({ draft }: { draft: CaseDraft }) {
  const { t } = useText();
  const { elsewhere } = draft;
  if (elsewhere === undefined) return null;
  const ours = (
    <Button small onClick={draft.keepOurs}>
      {t(words.ours)}
    </Button>
  );
  if (elsewhere === null) {
    return (
      <NoticeBox tone="warning" title={words.ended} actions={ours}>
        <p>{t(words.endedHint)}</p>
      </NoticeBox>
    );
  }
  const texts = Object.values(elsewhere.fields).filter((value): value is string => typeof value === "string");
  return (
    <NoticeBox
      tone="warning"
      title={words.other}
      actions={
        <>
          <Button small kind="primary" onClick={draft.takeTheirs}>
            {t(words.take)}
          </Button>
          {ours}
        </>
      }
    >
      <p className="small">{t(words.otherHint)}</p>
      {texts.map((text) => (
        <p key={text} className="prose changed-text" dir="auto">
          {text}
        </p>
      ))}
    </NoticeBox>
  );
}
