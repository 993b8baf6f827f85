/** Where a draft stands: whose it is, when it was saved, what stops it, and what somebody else made of it meanwhile. */

import React from "react";
import { msg, pattern } from "../../../engine/text/msg.js";
import { listed } from "../../../engine/text/text.js";
import { Badge, Bidi, Button, Icon, Moment, NoticeBox, ProblemBox, useText } from "../../../platform/ui/kit.js";
import { DifferenceList } from "../versions/difference-list.js";
import type { OpenDraft } from "./policy-drafts.js";
import type { SaveStatus } from "./policy-sync.js";
import type { DraftConflict, EditedPolicy } from "./use-policy-draft.js";

const words = {
  waits: msg("policy-drafts.draftBar.waits"),
  unbegun: msg("policy-drafts.draftBar.unbegun"),
  from: pattern("policy-drafts.draftBar.from"),
  began: pattern("policy-drafts.draftBar.began"),
  fresh: msg("policy-drafts.draftBar.fresh"),
  saving: msg("policy-drafts.draftBar.saving"),
  broken: msg("policy-drafts.draftBar.broken"),
  stopped: msg("policy-drafts.draftBar.stopped"),
  returned: pattern("policy-drafts.draftBar.returned"),
  submitted: pattern("policy-drafts.draftBar.submitted"),
  untold: msg("policy-drafts.draftBar.untold"),
  rebase: pattern("policy-drafts.draftBar.rebase"),
  elsewhere: {
    open: pattern("policy-drafts.draftBar.elsewhereOpen"),
    submitted: msg("policy-drafts.draftBar.elsewhereSubmitted"),
    published: msg("policy-drafts.draftBar.elsewherePublished"),
    discarded: msg("policy-drafts.draftBar.elsewhereDiscarded"),
  },
  take: msg("policy-drafts.draftBar.take"),
  takeClosed: msg("policy-drafts.draftBar.takeClosed"),
};

const statusWords: Readonly<Partial<Record<SaveStatus, { words: { en: string; ar: string }; icon: string }>>> = {
  waiting: { words: words.saving, icon: "refresh" },
  saving: { words: words.saving, icon: "refresh" },
  saved: { words: msg("policy-drafts.draftBar.saved"), icon: "check" },
  away: { words: msg("policy-drafts.draftBar.away"), icon: "alert" },
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
              {t(ended ? msg("policy-drafts.draftBar.again") : msg("policy-drafts.draftBar.putOnTop"))}
            </Button>
          )}
          <Button onClick={edited.takeTheirs}>{t(ended ? words.takeClosed : words.take)}</Button>
        </>
      }
    >
      <p>{t(msg("policy-drafts.draftBar.elsewhereHint"))}</p>
      {state !== "discarded" && list(msg("policy-drafts.draftBar.theirs"), conflict.theirs)}
      {list(msg("policy-drafts.draftBar.mine"), conflict.mine)}
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
          {t(draft === null ? words.unbegun : submitted ? words.waits : msg("policy-drafts.draftBar.draft"))}
        </Badge>
        {draft !== null && (
          <span className="draft-bar-facts">
            <span>
              {t(msg("policy-drafts.draftBar.by"))} <Bidi>{t(listed(draft.authors.map(({ name }) => name)))}</Bidi>
            </span>
            <span>
              {draft.basedOnVersion === null ? t(words.fresh) : t(words.from, { n: String(draft.basedOnVersion) })}
            </span>
            {draft.copiedFromVersion !== null && <span>{t(words.began, { n: String(draft.copiedFromVersion) })}</span>}
            {edited.status === "idle" && (
              <span>
                {t(msg("policy-drafts.draftBar.lastSaved"))} <Moment at={draft.savedAt} />
              </span>
            )}
          </span>
        )}
        <SaveLine edited={edited} />
        {edited.unsaved && (edited.status === "refused" || edited.definition === undefined) && (
          <Button small kind="quiet" icon="restore" onClick={edited.forget}>
            {t(msg("policy-drafts.draftBar.drop"))}
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
              <dt>{t(msg("policy-drafts.draftBar.why"))}</dt>
              <dd dir="auto">{draft.reason}</dd>
              {draft.warningsReason && (
                <>
                  <dt>{t(msg("policy-drafts.draftBar.warningsReason"))}</dt>
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
          title={t(pattern("policy-drafts.draftBar.moved"), { n: String(draft.baseMoved.version) })}
          actions={
            onRebase && <Button onClick={onRebase}>{t(words.rebase, { n: String(draft.baseMoved.version) })}</Button>
          }
        >
          <p>{t(msg("policy-drafts.draftBar.movedHint"))}</p>
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
