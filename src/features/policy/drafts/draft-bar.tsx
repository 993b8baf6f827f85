/** Where a draft stands: whose it is, when it was saved, what stops it, and what somebody else made of it meanwhile. */
import React from "react";
import { Badge, Bidi, Button, Icon, Moment, NoticeBox, ProblemBox, useText } from "../../../platform/ui/kit.js";
import { DifferenceList } from "../versions/difference-list.js";
import type { OpenDraft } from "./policy-drafts.js";
import type { SaveStatus } from "./policy-sync.js";
import type { DraftConflict, EditedPolicy } from "./use-policy-draft.js";

const words = {
  draft: { en: "Draft", ar: "مسودة" },
  waits: { en: "Waits for a second pair of eyes", ar: "بانتظار مراجعة شخص ثانٍ" },
  unbegun: { en: "Changed, not saved yet", ar: "معدّلة ولم تُحفظ بعد" },
  by: { en: "by", ar: "كتبها" },
  from: { en: "on top of version {n}", ar: "فوق النسخة {n}" },
  began: { en: "began as version {n}", ar: "بدأت من النسخة {n}" },
  fresh: { en: "nothing of it is in force yet", ar: "لا شيء منها سارٍ بعد" },
  lastSaved: { en: "saved", ar: "حُفظت" },
  saving: { en: "Saving …", ar: "جارٍ الحفظ …" },
  saved: { en: "Saved", ar: "حُفظت" },
  away: {
    en: "No connection: kept on this device, and saved as soon as somebody answers",
    ar: "لا اتصال: محفوظة على هذا الجهاز، وتُحفظ في الخادم فور عودة الاتصال",
  },
  broken: { en: "Not saved while the text has to be corrected", ar: "لا تُحفظ ما لم يُصحَّح النص" },
  stopped: { en: "Not saved; kept on this device", ar: "لم تُحفظ؛ النص محفوظ على هذا الجهاز" },
  returned: { en: "{who} sent it back", ar: "أعادها {who}" },
  submitted: { en: "Submitted by {who}", ar: "قدّمها {who}" },
  reason: { en: "Why", ar: "السبب" },
  warningsReason: { en: "Why although the checks warn", ar: "السبب رغم تنبيهات الفحص" },
  moved: {
    en: "Version {n} was published after this draft began",
    ar: "نُشرت النسخة {n} بعد بدء هذه المسودة",
  },
  movedHint: {
    en: "This is what it changed. Bring into your draft what should stay, then put the draft on top of it.",
    ar: "هذا ما غيّرته. أدخل في مسودتك ما يجب أن يبقى منها، ثم ضع المسودة فوقها.",
  },
  untold: {
    en: "What changed cannot be told while one of the two has faults.",
    ar: "لا يمكن بيان الفرق ما دامت في إحداهما أخطاء.",
  },
  rebase: { en: "Put my draft on top of version {n}", ar: "وضع مسودتي فوق النسخة {n}" },
  elsewhere: {
    open: { en: "{who} changed this draft meanwhile", ar: "غيّر {who} هذه المسودة في هذه الأثناء" },
    submitted: { en: "This draft was submitted meanwhile", ar: "قُدّمت هذه المسودة للموافقة في هذه الأثناء" },
    published: { en: "This draft was published meanwhile", ar: "نُشرت هذه المسودة في هذه الأثناء" },
    discarded: { en: "This draft was discarded meanwhile", ar: "أُلغيت هذه المسودة في هذه الأثناء" },
  },
  elsewhereHint: {
    en: "Nothing you wrote is lost. It is kept here and not saved.",
    ar: "لم يضع شيء مما كتبته، فهو محفوظ هنا ولم يُحفظ في الخادم.",
  },
  theirs: { en: "What changed there", ar: "ما تغيّر هناك" },
  mine: { en: "What your text would change of it", ar: "ما يغيّره نصك فيها" },
  putOnTop: { en: "Put mine on top", ar: "وضع نصي فوقها" },
  again: { en: "Begin a new draft with my text", ar: "بدء مسودة جديدة بنصي" },
  take: { en: "Give mine up and go on with theirs", ar: "التخلي عن نصي والمتابعة بنسختهم" },
  takeClosed: { en: "Give mine up", ar: "التخلي عن نصي" },
  drop: { en: "Undo what is not saved", ar: "التراجع عما لم يُحفظ" },
};

const statusWords: Readonly<Partial<Record<SaveStatus, { words: { en: string; ar: string }; icon: string }>>> = {
  waiting: { words: words.saving, icon: "refresh" },
  saving: { words: words.saving, icon: "refresh" },
  saved: { words: words.saved, icon: "check" },
  away: { words: words.away, icon: "alert" },
  conflict: { words: words.stopped, icon: "alert" },
  refused: { words: words.stopped, icon: "alert" },
};

function SaveLine({ edited }: { edited: EditedPolicy }) {
  const { t } = useText();
  const broken = edited.definition === undefined ? { words: words.broken, icon: "alert" } : null;
  const shown = broken ?? statusWords[edited.status];
  return (
    <span className="draft-save" role="status">
      {shown && (
        <>
          <Icon name={shown.icon} size={16} />
          <span>{t(shown.words)}</span>
        </>
      )}
    </span>
  );
}

function Elsewhere({ conflict, edited }: { conflict: DraftConflict; edited: EditedPolicy }) {
  const { t } = useText();
  const { state, savedBy } = conflict.draft;
  const ended = state === "published" || state === "discarded";
  const list = (title: { en: string; ar: string }, differences: DraftConflict["theirs"]) => (
    <section>
      <h3>{t(title)}</h3>
      {differences === null ? <p className="muted">{t(words.untold)}</p> : <DifferenceList differences={differences} />}
    </section>
  );
  return (
    <NoticeBox
      tone="warning"
      title={t(words.elsewhere[state], { who: savedBy })}
      actions={
        <>
          {state !== "submitted" && (
            <Button kind="primary" onClick={edited.putOnTop}>
              {t(ended ? words.again : words.putOnTop)}
            </Button>
          )}
          <Button onClick={edited.takeTheirs}>{t(ended ? words.takeClosed : words.take)}</Button>
        </>
      }
    >
      <p>{t(words.elsewhereHint)}</p>
      {state !== "discarded" && list(words.theirs, conflict.theirs)}
      {list(words.mine, conflict.mine)}
    </NoticeBox>
  );
}

interface DraftBarProps {
  /** Null: it is not saved yet. */
  readonly draft: OpenDraft | null;
  readonly edited: EditedPolicy;
  /** Puts it on top of the version that is in force now; left out where whoever looks may not. */
  readonly onRebase?: (() => void) | undefined;
}

export function DraftBar({ draft, edited, onRebase }: DraftBarProps) {
  const { t } = useText();
  const { conflict, problem } = edited;
  const submitted = draft?.state === "submitted";
  return (
    <div className="draft-bar">
      <div className="draft-bar-line">
        <Badge tone={submitted ? "near" : "waiting"} icon={submitted ? "eye" : "edit"}>
          {t(draft === null ? words.unbegun : submitted ? words.waits : words.draft)}
        </Badge>
        {draft !== null && (
          <span className="draft-bar-facts">
            <span>
              {t(words.by)}{" "}
              {draft.authors.map(({ id, name }, i) => (
                <React.Fragment key={id}>
                  {i > 0 && ", "}
                  <Bidi>{name}</Bidi>
                </React.Fragment>
              ))}
            </span>
            <span>
              {draft.basedOnVersion === null ? t(words.fresh) : t(words.from, { n: String(draft.basedOnVersion) })}
            </span>
            {draft.copiedFromVersion !== null && <span>{t(words.began, { n: String(draft.copiedFromVersion) })}</span>}
            {edited.status === "idle" && (
              <span>
                {t(words.lastSaved)} <Moment at={draft.savedAt} />
              </span>
            )}
          </span>
        )}
        <SaveLine edited={edited} />
        {edited.unsaved && (edited.status === "refused" || edited.definition === undefined) && (
          <Button small kind="quiet" icon="restore" onClick={edited.forget}>
            {t(words.drop)}
          </Button>
        )}
      </div>
      <ProblemBox problem={problem} />
      {conflict !== null && <Elsewhere conflict={conflict} edited={edited} />}
      {draft?.note && !submitted && (
        <NoticeBox tone="warning" title={t(words.returned, { who: draft.returnedBy ?? "" })}>
          <p dir="auto">{draft.note}</p>
        </NoticeBox>
      )}
      {submitted && (
        <NoticeBox tone="info" title={t(words.submitted, { who: draft.submittedBy?.name ?? "" })}>
          {/* Of one in a change-set the set says both: why, and how it is published. */}
          {draft.reason && (
            <dl className="draft-said">
              <dt>{t(words.reason)}</dt>
              <dd dir="auto">{draft.reason}</dd>
              {draft.warningsReason && (
                <>
                  <dt>{t(words.warningsReason)}</dt>
                  <dd dir="auto">{draft.warningsReason}</dd>
                </>
              )}
            </dl>
          )}
          {draft.changeSet === null && draft.whyNotPublish && <p className="muted">{t(draft.whyNotPublish)}</p>}
        </NoticeBox>
      )}
      {draft?.baseMoved && conflict === null && (
        <NoticeBox
          tone="warning"
          title={t(words.moved, { n: String(draft.baseMoved.version) })}
          actions={
            onRebase && <Button onClick={onRebase}>{t(words.rebase, { n: String(draft.baseMoved.version) })}</Button>
          }
        >
          <p>{t(words.movedHint)}</p>
          {draft.baseMoved.differences === null ? (
            <p className="muted">{t(words.untold)}</p>
          ) : (
            <DifferenceList differences={draft.baseMoved.differences} />
          )}
        </NoticeBox>
      )}
    </div>
  );
}
