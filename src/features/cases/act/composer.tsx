/** Where an action is written: its form, and what is to be known before it is sent. */

import React, { useState } from "react";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Button, faultAt, Icon, NoticeBox, Panel, ProblemBox, useText } from "../../../platform/ui/kit.js";
import { AttachFiles } from "../../files/attach-files.js";
import { entryAnchor } from "../page/case-address.js";
import { WhatChanged } from "../page/what-changed.js";
import { ComposerField } from "./composer-field.js";
import { DraftLine, ElsewhereNotice } from "./draft-line.js";
import { type DraftFields, isEmpty } from "./draft-sync.js";
import { EmptyPlacesNotice, LetterPreview, ReplyTemplates } from "./letter-tools.js";
import { type ComposerProps, useComposing } from "./use-composing.js";

const words = {
  restored: msg("cases-act.composer.restored"),
  needed: pattern("cases-act.composer.needed"),
};

export function Composer(props: ComposerProps) {
  const { t } = useText();
  const { reference, action, onLeave } = props;
  const writing = useComposing(props);
  const { draft, files, act, filled, onDevice, busy, problem, conflicted, changed, set } = writing;
  const [previewed, setPreviewed] = useState<DraftFields | null>(null);
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
        {!action.allowed && !conflicted && <NoticeBox tone="warning">{t(action.reason)}</NoticeBox>}
        {conflicted && changed.length > 0 ? (
          <WhatChanged entries={changed} possible={action.allowed} />
        ) : (
          <ProblemBox
            problem={
              problem && { ...problem, faults: problem.faults.filter(({ field }) => field.startsWith("/attachments")) }
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
        <ElsewhereNotice draft={draft} />
        {draft.restored && act.phase === "idle" && <p className="small muted">{t(words.restored)}</p>}
        {action.letter && <ReplyTemplates reference={reference} fields={action.fields.map(({ name }) => name)} />}
        {action.fields.map((field) => (
          <ComposerField
            key={field.name}
            field={field}
            value={filled[field.name]}
            onChange={(value) => set(field.name, value)}
            colleagues={field.type === "text" ? people : null}
            onMention={people === null ? () => undefined : mention(people.name)}
            fault={
              faultAt(problem, `/fields/${field.name}`) ??
              (writing.stillMissing.has(field.name) ? t(words.needed, { field: t(field.label) }) : undefined)
            }
          />
        ))}
        <EmptyPlacesNotice places={writing.places} asked={writing.isAskedOfPlaces} />
        {action.attachments && <AttachFiles files={files} />}
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
        <div className="form-actions">
          <Button
            type="submit"
            kind="primary"
            busy={busy}
            why={action.allowed ? (files.busy ? msg("cases-act.composer.wait") : null) : action.reason}
          >
            {t(conflicted && action.allowed ? msg("cases-act.composer.anyway") : action.name)}
          </Button>
          {action.letter && (
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
