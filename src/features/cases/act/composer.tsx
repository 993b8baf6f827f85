/** Where an action is written: its form, and what is to be known before it is sent. */

import React, { useRef, useState } from "react";
import type { TimelineEntry } from "../../../engine/explain/describe-event.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import {
  Bidi,
  Button,
  faultAt,
  Icon,
  Moment,
  NoticeBox,
  Panel,
  ProblemBox,
  useText,
  useView,
} from "../../../platform/ui/kit.js";
import { AttachFiles } from "../../files/attach-files.js";
import { entryAnchor } from "../page/case-address.js";
import { presencePlace } from "../page/presence.js";
import { ApplicantWords } from "./applicant-words.js";
import { ComposerField } from "./composer-field.js";
import { type DraftFields, type DraftStatus, isEmpty } from "./draft-sync.js";
import { ForeseenDeadlines } from "./foreseen-deadlines.js";
import { EmptyPlacesNotice, LetterPreview, ReplyTemplates } from "./letter-tools.js";
import type { CaseDraft } from "./use-case-draft.js";
import { type ComposerProps, useComposing } from "./use-composing.js";

/** Somebody was faster: what happened since the form was opened, beside what was typed. */
function WhatChanged({ entries, possible }: { entries: readonly TimelineEntry[]; possible: boolean }) {
  const { t } = useText();
  const title = entries.every(({ own }) => own)
    ? msg("cases-page.whatChanged.ownTitle")
    : msg("cases-page.whatChanged.theCaseChangedWhileYou");
  return (
    <NoticeBox tone="warning" title={title}>
      <ul className="changed" aria-label={t(title)}>
        {entries.map((entry) => (
          <li key={entry.seq}>
            <p>
              <strong>
                <Bidi>{t(entry.own ? msg("cases-act.performAction.inAnotherWindow") : entry.who)}</Bidi>
              </strong>{" "}
              <span className="small muted">
                <Moment at={entry.at} />
              </span>{" "}
              {t(entry.what)}
            </p>
            {entry.text && (
              <p className="prose changed-text" dir="auto">
                {entry.text}
              </p>
            )}
          </li>
        ))}
      </ul>
      <p>{t(possible ? msg("cases-page.whatChanged.nothingWasSentAndYour") : msg("cases-page.whatChanged.closed"))}</p>
    </NoticeBox>
  );
}

const draftLineWords = {
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

/** Where what is typed is kept: on the server, or only here; and what another window of the same person did with it. */
function DraftLine(a: { status: DraftStatus; onDevice: boolean; onDiscard: (() => void) | null }) {
  const { t } = useText();
  const { status, onDiscard } = a;
  return (
    <div className="draft-line">
      <span className={`draft-status draft-${status} small`} role="status">
        {status !== "idle" && (
          <>
            <Icon name={icons[status]} size={16} />
            <span>{t(status === "away" && !a.onDevice ? draftLineWords.awayHere : draftLineWords[status])}</span>
          </>
        )}
      </span>
      {onDiscard && (
        <Button small kind="quiet" icon="trash" onClick={onDiscard}>
          {t(draftLineWords.discard)}
        </Button>
      )}
    </div>
  );
}

function ElsewhereNotice({ draft }: { draft: CaseDraft }) {
  const { t } = useText();
  const { elsewhere } = draft;
  if (elsewhere === undefined) return null;
  const ours = (
    <Button small onClick={draft.keepOurs}>
      {t(draftLineWords.ours)}
    </Button>
  );
  if (elsewhere === null) {
    return (
      <NoticeBox tone="warning" title={draftLineWords.ended} actions={ours}>
        <p>{t(draftLineWords.endedHint)}</p>
      </NoticeBox>
    );
  }
  const texts = Object.values(elsewhere.fields).filter((value): value is string => typeof value === "string");
  return (
    <NoticeBox
      tone="warning"
      title={draftLineWords.other}
      actions={
        <>
          <Button small kind="primary" onClick={draft.takeTheirs}>
            {t(draftLineWords.take)}
          </Button>
          {ours}
        </>
      }
    >
      <p className="small">{t(draftLineWords.otherHint)}</p>
      {texts.map((text) => (
        <p key={text} className="prose changed-text" dir="auto">
          {text}
        </p>
      ))}
    </NoticeBox>
  );
}

const words = {
  restored: msg("cases-act.composer.restored"),
  needed: pattern("cases-act.composer.needed"),
};

const noEntities: readonly string[] = [];

/** Entities that the case is likely for, for an action that sends it to one. */
function useSuggested(reference: string, { fields, allowed }: ComposerProps["action"]): readonly string[] {
  const asks = allowed && fields.some(({ type }) => type === "entity");
  // The first answer is for as long as one writes: what the list begins with does not move.
  const first = useRef<readonly string[] | null>(null);
  const { view } = useView<{ readonly view: { readonly entities: readonly string[] } }>(
    asks && first.current === null ? `resources/cases/records/${reference}/suggested` : null,
  );
  first.current ??= view?.view.entities ?? null;
  return first.current ?? noEntities;
}

export function Composer(props: ComposerProps) {
  const { t } = useText();
  const { reference, action, onLeave } = props;
  const writing = useComposing(props);
  const { draft, files, act, filled, onDevice, busy, problem, conflicted, changed, set } = writing;
  const [previewed, setPreviewed] = useState<DraftFields | null>(null);
  const suggested = useSuggested(reference, action);
  const people = action.fields.find(({ type }) => type === "colleagues") ?? null;
  const mention = (name: string) => (colleague: string) => {
    const named = draft.typed[name];
    const list = typeof named === "object" ? named : [];
    if (!list.includes(colleague)) set(name, [...list, colleague]);
  };

  return (
    <Panel title={action.name} id="composer">
      <form
        ref={writing.form}
        noValidate
        className="form composer"
        onSubmit={(event) => {
          event.preventDefault();
          writing.send();
        }}
        onKeyDown={(event) => {
          if (event.defaultPrevented || event.nativeEvent.isComposing) return;
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            writing.send();
          } else if (event.key === "Escape" && previewed === null) onLeave();
        }}
      >
        <ElsewhereNotice draft={draft} />
        {draft.restored && act.phase === "idle" && <p className="small muted">{t(words.restored)}</p>}
        {action.fields.length > 0 && <ApplicantWords view={props.view} />}
        {action.letter && <ReplyTemplates reference={reference} fields={action.fields.map(({ name }) => name)} />}
        {action.fields.map((field) => (
          <ComposerField
            key={field.name}
            field={field}
            value={filled[field.name]}
            onChange={(value) => set(field.name, value)}
            colleagues={field.type === "text" ? people : null}
            onMention={people === null ? () => undefined : mention(people.name)}
            suggested={suggested}
            fault={
              faultAt(problem, `/fields/${field.name}`) ??
              (writing.stillMissing.has(field.name) ? t(words.needed, { field: t(field.label) }) : undefined)
            }
          />
        ))}
        {!writing.isAskedOfPlaces && <EmptyPlacesNotice places={writing.places} asked={false} />}
        {action.attachments && <AttachFiles files={files} />}
        {action.movesDeadlines && action.allowed && (
          <ForeseenDeadlines reference={reference} action={action.action} fields={writing.typed} />
        )}
        {action.follows.length > 0 && (
          <ul className="composer-then" aria-label={t(msg("cases-act.composer.follows"))}>
            {action.follows.map((sentence) => (
              <li key={sentence.en}>
                <Icon name="forward" size={16} />
                <span>{t(sentence)}</span>
              </li>
            ))}
          </ul>
        )}
        {/* What has to be read before anything is sent is where it is sent. */}
        <div className="stack composer-first" ref={writing.first}>
          <div id={presencePlace} />
          {!action.allowed && !conflicted && <NoticeBox tone="warning">{t(action.reason)}</NoticeBox>}
          {conflicted && changed.length > 0 ? (
            <WhatChanged entries={changed} possible={action.allowed} />
          ) : (
            <ProblemBox
              problem={
                problem && {
                  ...problem,
                  faults: problem.faults.filter(({ field }) => field.startsWith("/attachments")),
                }
              }
            />
          )}
          {act.phase === "waiting" && (
            <NoticeBox
              tone="warning"
              title={msg("cases-act.composer.waiting")}
              actions={
                <Button small onClick={writing.stop}>
                  {t(msg("cases-act.composer.stop"))}
                </Button>
              }
            >
              <p>{t(onDevice ? msg("cases-act.composer.waitingHint") : msg("cases-act.composer.waitingHere"))}</p>
            </NoticeBox>
          )}
          {act.phase === "earlier" && (
            <NoticeBox tone="warning" title={msg("cases-act.composer.earlier")}>
              <p>{t(msg("cases-act.composer.earlierHint"))}</p>
            </NoticeBox>
          )}
          <p role="status" className={changed.length > 0 && !conflicted ? "composer-came" : "unseen"}>
            {changed[0] !== undefined && !conflicted && (
              <>
                <Icon name="info" size={16} /> {t(pattern("cases-act.composer.came"), { n: changed.length })}{" "}
                <a href={`#${entryAnchor(changed[0].seq)}`}>{t(msg("cases-act.composer.look"))}</a>
              </>
            )}
          </p>
          {writing.isAskedOfPlaces && <EmptyPlacesNotice places={writing.places} asked />}
        </div>
        <div className="form-actions">
          <Button
            type="submit"
            kind="primary"
            busy={busy}
            why={action.allowed ? (files.busy ? msg("cases-act.composer.wait") : null) : action.reason}
          >
            {t(conflicted && action.allowed ? msg("cases-act.composer.anyway") : action.name)}
          </Button>
          {action.letterLeaves && (
            <Button icon="eye" onClick={() => setPreviewed(writing.toPreview())}>
              {t(msg("cases-act.composer.preview"))}
            </Button>
          )}
          <Button kind="quiet" onClick={onLeave}>
            {t(msg("cases-act.composer.leave"))}
          </Button>
          <span className="composer-keys small muted">{t(msg("cases-act.composer.keys"))}</span>
        </div>
        {action.fields.length > 0 && (
          <DraftLine
            status={draft.status}
            onDevice={onDevice}
            onDiscard={isEmpty(draft.typed) || busy ? null : () => void writing.discard()}
          />
        )}
      </form>
      {previewed && (
        <LetterPreview
          reference={reference}
          action={action.action}
          fields={previewed}
          onClose={() => setPreviewed(null)}
        />
      )}
    </Panel>
  );
}
