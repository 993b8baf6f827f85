/** Where what is typed is kept: on the server, or only here; and what another window of the same person did with it. */
import React from "react";
import { Button, Icon, NoticeBox, useText } from "../../../platform/ui/kit.js";
import type { DraftStatus } from "./draft-sync.js";
import type { CaseDraft } from "./use-case-draft.js";

const words = {
  keeping: { en: "Keeping the draft …", ar: "جارٍ حفظ المسودة …" },
  kept: { en: "Draft kept, not sent", ar: "المسودة محفوظة ولم تُرسل" },
  away: { en: "No connection: kept on this device, not sent", ar: "لا اتصال: النص محفوظ على هذا الجهاز ولم يُرسل" },
  awayHere: {
    en: "No connection: kept in this window only, not sent",
    ar: "لا اتصال: النص محفوظ في هذه النافذة فقط ولم يُرسل",
  },
  here: { en: "Kept in this window only, not sent", ar: "النص محفوظ في هذه النافذة فقط ولم يُرسل" },
  discard: { en: "Throw the draft away", ar: "التخلص من المسودة" },
  other: { en: "You went on with this in another window", ar: "واصلت الكتابة في نافذة أخرى" },
  otherHint: { en: "Newest there:", ar: "الأحدث هناك:" },
  take: { en: "Go on with that text", ar: "المتابعة بذلك النص" },
  ours: { en: "Go on with the text here", ar: "المتابعة بالنص الموجود هنا" },
  ended: {
    en: "In another window this was sent or thrown away",
    ar: "أُرسل هذا أو أُلغي في نافذة أخرى",
  },
  endedHint: {
    en: "Look at what happened before you send it from here as well.",
    ar: "راجع ما جرى قبل أن ترسله من هنا أيضًا.",
  },
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
