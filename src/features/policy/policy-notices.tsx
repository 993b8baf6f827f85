/** What whoever opened a rule set, workflow or calendar is told first: which text it is, and where its changes go. */

import React from "react";
import { LinkButton, NoticeBox, useText, withQuery } from "../../platform/ui/kit.js";
import { changeSetAddress } from "../setup/form/change-set-dialog.js";
import type { PolicyOpened } from "./policy.page.js";

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
  asWithSet: {
    en: "This is how it would be with the change-set “{name}”, which waits for approval",
    ar: "هكذا سيكون مع مجموعة التغييرات «{name}» التي تنتظر الموافقة",
  },
  elsewhere: {
    en: "The open draft is not in the change-set “{name}”",
    ar: "المسودة المفتوحة ليست في مجموعة التغييرات «{name}»",
  },
  alone: {
    en: "So what that set adds cannot be named here yet. Put the draft into it: “Into a change-set …” above.",
    ar: "لذلك لا يمكن هنا استعمال ما تضيفه تلك المجموعة بعد. ضع المسودة فيها: «إلى مجموعة تغييرات …» أعلاه.",
  },
  waits: {
    en: "So what that set adds cannot be named here. The draft waits for approval by itself: take it back to put it there.",
    ar: "لذلك لا يمكن هنا استعمال ما تضيفه تلك المجموعة. المسودة تنتظر الموافقة وحدها: استعدها لتضعها فيها.",
  },
  inOther: {
    en: "It belongs to “{name}”. What is to go together is gathered in one change-set.",
    ar: "إنها تتبع «{name}». ما يجب أن يجري معًا يُجمع في مجموعة واحدة.",
  },
  toSet: { en: "Go to the change-set", ar: "الانتقال إلى مجموعة التغييرات" },
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
      {!looking && draft !== null && draft.changeSet !== null && (
        <NoticeBox title={t(words.inSet, { name: draft.changeSet.title })} actions={toSet(draft.changeSet.id)} />
      )}
      {asked !== null && draft === null && (
        <NoticeBox
          title={t(asked.open ? words.goesIntoSet : words.asWithSet, { name: asked.title })}
          actions={toSet(asked.id)}
        />
      )}
      {asked !== null && draft !== null && (
        <NoticeBox tone="warning" title={t(words.elsewhere, { name: asked.title })} actions={toSet(asked.id)}>
          <p>
            {draft.changeSet !== null
              ? t(words.inOther, { name: draft.changeSet.title })
              : t(draft.state === "open" ? words.alone : words.waits)}
          </p>
        </NoticeBox>
      )}
    </>
  );
}
