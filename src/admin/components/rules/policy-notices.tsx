/** What whoever opened a rule set, workflow or calendar is told first: which text it is, and where its changes go. */
import React from "react";
import type { PolicyOpened } from "../../pages/policy.js";
import { changeSetAddress, LinkButton, NoticeBox, useText, withQuery } from "../kit/kit.js";

const words = {
  notInForce: {
    en: "This is version {n}; another one is in force.",
    ar: "هذه النسخة {n}، والسارية نسخة أخرى.",
  },
  looking: {
    en: "This is version {n}, in force. A draft is open.",
    ar: "هذه النسخة {n} السارية. توجد مسودة مفتوحة.",
  },
  toCurrent: { en: "Show the one in force", ar: "عرض السارية" },
  toDraft: { en: "Go to the draft", ar: "الانتقال إلى المسودة" },
  ships: { en: "This is the text that ships.", ar: "هذا هو النص الأصلي." },
  shipsMore: {
    en: "It is what is sent, and an upgrade may better it. What you change becomes a draft; once published, the programme's own text is sent.",
    ar: "هو ما يُرسل، وقد تحسّنه التحديثات. ما تغيّره يصبح مسودة، وبعد نشرها يُرسل نص البرنامج.",
  },
  inSet: {
    en: "This draft belongs to the change-set “{name}” and is submitted and published with it",
    ar: "تتبع هذه المسودة مجموعة التغييرات «{name}» وتُقدَّم وتُنشر معها",
  },
  goesIntoSet: {
    en: "What you change here goes into the change-set “{name}”",
    ar: "ما تعدّله هنا يُضاف إلى مجموعة التغييرات «{name}»",
  },
  toSet: { en: "Go to the change-set", ar: "الانتقال إلى مجموعة التغييرات" },
};

interface PolicyNoticesProps {
  readonly view: PolicyOpened;
  /** A version that was asked for is shown, not the draft. */
  readonly looking: boolean;
  readonly isDraft: boolean;
  /** Into which what is written goes before there is a draft. */
  readonly changeSet: number | null;
}

export function PolicyNotices({ view, looking, isDraft, changeSet }: PolicyNoticesProps) {
  const { t } = useText();
  const { opened, programme } = view;
  const { kind, name, shown, current, draft, versions } = opened;
  const named = draft?.changeSet ?? opened.changeSet;
  return (
    <>
      {versions.length === 0 && draft === null && !isDraft && (
        <NoticeBox title={words.ships}>{t(words.shipsMore)}</NoticeBox>
      )}
      {looking && shown !== null && (shown.id !== current || draft !== null) && (
        <NoticeBox
          tone="warning"
          title={t(shown.id === current ? words.looking : words.notInForce, { n: String(shown.version) })}
          actions={
            <LinkButton to={withQuery("/admin/pages/policy", { programme, kind, name })}>
              {t(draft === null ? words.toCurrent : words.toDraft)}
            </LinkButton>
          }
        />
      )}
      {!looking && named !== null && (draft !== null || changeSet !== null) && (
        <NoticeBox
          title={t(draft?.changeSet ? words.inSet : words.goesIntoSet, { name: named?.title ?? "" })}
          actions={
            <LinkButton to={changeSetAddress(programme, draft?.changeSet?.id ?? changeSet ?? 0)}>
              {t(words.toSet)}
            </LinkButton>
          }
        />
      )}
    </>
  );
}
