/**
 * Where an action is written. What is typed outlives a refusal, a conflict, a lost connection, a reload, another machine and
 * signing in again; it is sent once.
 */

import React, { useEffect, useRef, useState } from "react";
import type { CasePageView, ComposedAction } from "../../../engine/lifecycle/views/case-view.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import {
  Button,
  faultAt,
  Icon,
  NoticeBox,
  Panel,
  ProblemBox,
  problemOf,
  send,
  showUnchosen,
  toast,
  useText,
} from "../../../platform/ui/kit.js";
import { AttachFiles } from "../../files/attach-files.js";
import { useAttachedFiles } from "../../files/use-attached-files.js";
import { entryAnchor } from "../page/case-address.js";
import { happenedSince } from "../page/timeline-blocks.js";
import { WhatChanged } from "../page/what-changed.js";
import { actResult } from "./act-result.js";
import type { ShownAfterAct } from "./composer-actions.js";
import { ComposerField } from "./composer-field.js";
import { type FieldValue, missingFields, sentFields } from "./composer-values.js";
import { DraftLine, ElsewhereNotice } from "./draft-line.js";
import { type DraftFields, isEmpty, type ServerDraft } from "./draft-sync.js";
import { emptyPlaces } from "./empty-places.js";
import { EmptyPlacesNotice, goToPlace } from "./empty-places-notice.js";
import { focusComposer } from "./focus-composer.js";
import { LetterPreview } from "./letter-preview.js";
import { ReplyTemplates } from "./reply-templates.js";
import { useAct } from "./use-act.js";
import { useCaseDraft } from "./use-case-draft.js";

const words = {
  restored: msg("cases-act.composer.restored"),
  needed: pattern("cases-act.composer.needed"),
};

export interface ComposerProps {
  readonly reference: string;
  readonly action: ComposedAction;
  /** What is shown of the case; newer ones come as it is read anew. */
  readonly view: CasePageView;
  /** What the address fills the form with. */
  readonly initial: DraftFields;
  /** What the address says of this field counts no more. */
  readonly onTypedOver: (field: string) => void;
  /** What the server had of this draft a moment ago. */
  readonly known: ServerDraft | null;
  /** It was chosen by a button and asks for nothing: it is done without a second one. */
  readonly atOnce: boolean;
  /** Reads the case anew. */
  readonly onStale: () => void;
  /** An act is on its way, or no more. */
  readonly onSending: (on: boolean) => void;
  /** `gone`: it left this official's reach by the act, as after a transfer. `result` in words: what was done, to which case. */
  readonly onDone: (gone: boolean, shown: ShownAfterAct | null, result: string) => void;
  readonly onLeave: () => void;
}

export function Composer(props: ComposerProps) {
  const { t } = useText();
  const { reference, action, view, onStale, onLeave } = props;
  const isSecret = (name: string) =>
    action.fields.some((field) => field.name === name && field.type === "applicantCode");
  // Desks are shared: what is written of a confidential case stays in its tab and on the server.
  const onDevice = !view.head.confidential && !action.fields.some(({ name }) => isSecret(name));
  const draft = useCaseDraft(reference, action.action, { ...props, onDevice });
  const files = useAttachedFiles(action.attachments ? `reference=${encodeURIComponent(reference)}` : null);
  const { act, ...sending } = useAct({
    reference,
    action: action.action,
    onDevice,
    secret: action.fields.find(({ type }) => type === "applicantCode")?.name ?? null,
    onDone(gone, shown) {
      draft.clear();
      files.clear();
      const result = actResult({ action, reference, filled });
      toast(result);
      props.onDone(gone, shown, result);
    },
  });
  /** The applicant's code is in no draft. */
  const [secret, setSecret] = useState<DraftFields>({});
  const filled: DraftFields = { ...draft.typed, ...secret };
  const [missing, setMissing] = useState<readonly string[]>([]);
  // What a template left empty goes to the applicant only where somebody meant it.
  const places = action.letter
    ? Object.entries(filled).flatMap(([field, value]) =>
        typeof value === "string" ? emptyPlaces(value).map((place) => ({ field, ...place })) : [],
      )
    : [];
  const inPlaces = JSON.stringify(places);
  const [asked, setAsked] = useState("");
  const [previewed, setPreviewed] = useState<DraftFields | null>(null);
  // What was seen when the form was opened counts, not what was refreshed behind it meanwhile.
  const [seen, setSeen] = useState(view.expectedSeq);
  const problem = act.phase === "refused" ? act.problem : null;
  const conflicted = problem?.code === "conflict";
  const changed = happenedSince(view.timeline, seen);
  const form = useRef<HTMLFormElement>(null);
  const typed = sentFields(action.fields, filled);
  // As soon as something is there it is not asked for any more.
  const stillMissing = new Set(missingFields(action.fields, filled).filter((name) => missing.includes(name)));
  const busy = act.phase === "sending" || act.phase === "waiting";

  useEffect(() => {
    focusComposer();
  }, []);
  const stale = useRef(onStale);
  stale.current = onStale;
  const { phase } = act;
  const goOn = useRef(draft.goOn);
  goOn.current = draft.goOn;
  useEffect(() => {
    if (phase === "refused" || phase === "earlier") goOn.current();
    if (conflicted || phase === "earlier") stale.current();
  }, [phase, conflicted]);

  const telling = useRef(props.onSending);
  telling.current = props.onSending;
  useEffect(() => {
    if (phase !== "sending") return;
    telling.current(true);
    return () => telling.current(false);
  }, [phase]);

  const submit = async (expectedSeq: number) => {
    const empty = missingFields(action.fields, filled);
    setMissing(empty);
    if (empty.length > 0) {
      sending.refuse(null);
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus());
      return;
    }
    const [place] = places;
    if (place !== undefined && asked !== inPlaces) {
      setAsked(inPlaces);
      goToPlace(place.field, place);
      return;
    }
    await draft.settle();
    await sending.send({ fields: typed, expectedSeq, attachments: files.ids });
  };
  const send_ = () => {
    if (busy || files.busy || !action.allowed || showUnchosen(form.current)) return;
    const seq = conflicted ? view.expectedSeq : seen;
    setSeen(seq);
    void submit(seq);
  };
  const atOnce = useRef(props.atOnce);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as the button was pressed
  useEffect(() => {
    if (atOnce.current) send_();
    atOnce.current = false;
  }, []);

  const discard = async () => {
    await draft.settle();
    try {
      const nothing = { action: action.action, fields: null, tab: "thrown-away", counter: 0, based: 0 };
      await send(`resources/cases/records/${reference}/draft`, nothing);
      draft.clear();
      onLeave();
    } catch (error) {
      draft.goOn();
      sending.refuse(problemOf(error));
    }
  };
  const stop = () => {
    sending.stop();
    draft.goOn();
  };
  const fill = (name: string, value: FieldValue) => {
    if (act.phase === "waiting") stop();
    if (isSecret(name)) setSecret((now) => ({ ...now, [name]: value }));
    else draft.set(name, value);
  };
  const set = (name: string, value: FieldValue) => {
    fill(name, value);
    if (name in props.initial) props.onTypedOver(name);
  };
  // Whoever follows such an address, also with the form open, means what it says more than what stood there.
  const meant = JSON.stringify(props.initial);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the address says something else, not when it is typed over
  useEffect(() => {
    for (const [name, value] of Object.entries(props.initial)) {
      if (JSON.stringify(draft.typed[name]) !== JSON.stringify(value)) fill(name, value);
    }
  }, [meant]);
  const people = action.fields.find(({ type }) => type === "colleagues") ?? null;
  const mention = (name: string) => (colleague: string) => {
    const named = draft.typed[name];
    const list = typeof named === "object" ? named : [];
    if (!list.includes(colleague)) set(name, [...list, colleague]);
  };

  return (
    <Panel title={action.name} id="composer">
      <form
        ref={form}
        noValidate
        className="form composer"
        onSubmit={(event) => {
          event.preventDefault();
          send_();
        }}
        onKeyDown={(event) => {
          if (event.defaultPrevented || event.nativeEvent.isComposing) return;
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            send_();
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
              <Button small onClick={stop}>
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
              (stillMissing.has(field.name) ? t(words.needed, { field: t(field.label) }) : undefined)
            }
          />
        ))}
        <EmptyPlacesNotice places={places} asked={asked === inPlaces} />
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
            <Button
              icon="eye"
              onClick={() => {
                const empty = missingFields(action.fields, draft.typed);
                setMissing(empty);
                if (empty.length === 0) setPreviewed(typed);
              }}
            >
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
            onDiscard={isEmpty(draft.typed) || busy ? null : () => void discard()}
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
