/**
 * One case: what was sent, what was said since and the reply on one side; promises, place and applicant on the other; what can
 * be done on top.
 */

import React, { type MutableRefObject, useEffect, useRef, useState } from "react";
import type { CasePageView, ComposedAction } from "../../../engine/lifecycle/views/case-view.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { dropFromDevice } from "../../../platform/ui/form/draft-store.js";
import {
  adminRoot,
  Bidi,
  NoticeBox,
  Page,
  Part,
  ProblemBox,
  type Query,
  type ScreenProps,
  Spinner,
  useAddress,
  useShortcuts,
  useText,
  useView,
} from "../../../platform/ui/kit.js";
import { leftToTheBrowser } from "../../../platform/ui/shortcuts.js";
import { CaseActions, ReplyBar } from "../act/case-actions.js";
import { Composer } from "../act/composer.js";
import type { DraftFields, ServerDraft } from "../act/draft-sync.js";
import { TakeBackNotice } from "../act/take-back-button.js";
import { hasLocalDraft } from "../act/use-case-draft.js";
import { type DoneAct, focusComposer } from "../act/use-composing.js";
import { NewsMarker, useNewFrom } from "../news/news-marker.js";
import { CallBackPanel } from "./call-back-panel.js";
import { CaseClocks } from "./case-clocks.js";
import { About, CaseLead, Decisions, Linked, Place } from "./case-facts.js";
import { ApplicantPanel, AttachmentsPanel, RelatedPanels, ToldPanel } from "./case-panels.js";
import { CaseTimeline, useTimeline } from "./case-timeline.js";
import { type TrailPlace, useTrailPlace } from "./case-trail.js";
import { EscalationNotice } from "./escalation-notice.js";
import { KeepInPlace, useHeld } from "./keep-in-place.js";
import { OriginalText } from "./original-text.js";
import { Presence } from "./presence.js";
import { AfterAct, CaseLeft, type Left, listName, TrailNav } from "./trail-nav.js";
import { WhyDialog, type WhySection } from "./why-dialog.js";

const asked = "field.";

/** What an address fills a form with: `?do=link&field.duplicateOf=482-739-1652`. */
function fieldsOf(query: Query, { fields }: ComposedAction): DraftFields {
  return Object.fromEntries(
    fields.flatMap(({ name, type }): [string, string | readonly string[]][] => {
      const value = query[asked + name];
      if (value === undefined) return [];
      return [[name, type === "colleagues" ? value.split(",") : value]];
    }),
  );
}

/** An action without fields and consequences is done by its button alone. */
const isPlain = ({ fields, follows }: ComposedAction): boolean => fields.length === 0 && follows.length === 0;

interface PageAnswer {
  readonly view: CasePageView;
}
interface DraftsAnswer {
  readonly view: { readonly drafts: readonly ServerDraft[] };
}

/** What this official is writing here and has not sent. */
function useDrafts(reference: string, left: Left | null) {
  const { view, reload, put } = useView<DraftsAnswer>(left ? null : `resources/cases/records/${reference}/drafts`);
  return { drafts: view?.view.drafts, reload, put: (drafts: readonly ServerDraft[]) => put({ view: { drafts } }) };
}

/**
 * Where the focus goes once the form is closed: on to the next case after an action, else back to where it was opened; where nothing
 * more can be done, to what the case says of it, its newest entry.
 */
const afterForm = [".case-next [tabindex], .case-next a", ".case-reply button", ".case-buttons button"];
const entries = '.timeline [tabindex="-1"]';

function focusAfterForm(): HTMLElement | null {
  const place = afterForm.map((one) => document.querySelector<HTMLElement>(one)).find((found) => found !== null);
  const newest = [...document.querySelectorAll<HTMLElement>(entries)].filter((one) => one.offsetParent !== null).at(-1);
  const found = place ?? newest ?? null;
  found?.focus();
  return found;
}

/** @param composing whether a form is open @param shown the event up to which the case is shown: with it the buttons change */
function useFocusAfterForm(composing: boolean, shown: number): void {
  const before = useRef({ composing, shown });
  const place = useRef<HTMLElement | null>(null);
  useEffect(() => {
    const closed = before.current.composing && !composing;
    const isGone = before.current.shown !== shown && place.current?.isConnected === false;
    before.current = { composing, shown };
    if (closed || (isGone && document.activeElement === document.body)) place.current = focusAfterForm();
  }, [composing, shown]);
}

/** Nothing is shown of a case before it is there, nor on from before once it is no longer theirs. */
export function CasePage({ recordId }: ScreenProps) {
  const { t } = useText();
  const reference = recordId ?? "";
  const [left, setLeft] = useState<Left | null>(null);
  const place = useTrailPlace(reference);
  const {
    view: answer,
    problem,
    reload,
    keepUp,
    put,
  } = useView<PageAnswer>(left ? null : `resources/cases/records/${reference}/page`, {
    refreshSeconds: 60,
  });
  const drafts = useDrafts(reference, left);
  const gone = useRef(false);
  const writing = useRef<readonly string[] | null>(null);
  const view = answer?.view;
  const lost = problem?.status === 404;
  const shown = view !== undefined;
  useEffect(() => {
    if (!lost) return;
    dropFromDevice(`case/${reference}/`);
    gone.current = true;
    if (shown) setLeft({ by: "others", unsent: writing.current });
  }, [lost, shown, reference]);
  // By itself: in Arabic its groups would stand the other way round.
  const title = t(pattern("cases-page.casePage.case"), { reference: `\u2066${reference}\u2069` });
  if (left) return <CaseLeft title={title} left={left} place={place} />;
  if (view === undefined || lost) {
    return (
      <Page title={title} back={backTo(place)}>
        {problem ? <ProblemBox problem={problem} /> : <Spinner />}
      </Page>
    );
  }
  return (
    <OpenCase
      title={title}
      reference={reference}
      view={view}
      drafting={drafts}
      place={place}
      gone={gone}
      writing={writing}
      reload={reload}
      keepUp={keepUp}
      onPage={(page) => put({ view: page })}
      onLeft={(done) => setLeft({ by: "sent", ...done })}
    />
  );
}

const backTo = (place: TrailPlace | null) =>
  place === null
    ? { to: `${adminRoot}/resources/cases`, label: msg("cases-page.casePage.cases") }
    : { to: place.from, label: listName(place.from) };

interface OpenCaseProps {
  readonly title: string;
  readonly reference: string;
  readonly view: CasePageView;
  readonly drafting: ReturnType<typeof useDrafts>;
  readonly place: TrailPlace | null;
  /** True inside: the case left this official's reach. */
  readonly gone: MutableRefObject<boolean>;
  /** Inside, what is being written here; null: no form is open. */
  readonly writing: MutableRefObject<readonly string[] | null>;
  readonly reload: () => void;
  /** Reads it because something happened to it. */
  readonly keepUp: () => void;
  readonly onPage: (page: CasePageView) => void;
  /** By what this official did it is no longer theirs. */
  readonly onLeft: (done: DoneAct) => void;
}

function OpenCase({
  title,
  reference,
  view,
  drafting,
  place,
  gone,
  writing,
  reload,
  keepUp,
  onPage,
  onLeft,
}: OpenCaseProps) {
  const { t } = useText();
  const [query, setQuery] = useAddress();
  const { drafts, reload: reloadDrafts, put: putDrafts } = drafting;
  const held = useHeld(keepUp, gone);
  const story = useTimeline(reference, view);
  const [why, setWhy] = useState<WhySection | null>(null);
  const [atOnce, setAtOnce] = useState<string | null>(null);
  /** What was just done and asked for something: its author goes on to the next case. */
  const [done, setDone] = useState<ComposedAction | null>(null);
  const written = new Set(drafts?.map(({ action }) => action));
  for (const { action } of view.actions) {
    if (action !== query.do && hasLocalDraft(reference, action)) written.add(action);
  }
  const open = view.actions.find(({ action }) => action === (atOnce ?? query.do)) ?? null;
  const composing =
    open !== null && (open.allowed || hasLocalDraft(reference, open.action) || written.has(open.action));
  writing.current = composing ? (writing.current ?? []) : null;
  useFocusAfterForm(composing, view.expectedSeq);
  // Taken by the form in which somebody types.
  useShortcuts({ send: leftToTheBrowser, leave: leftToTheBrowser });
  const close = () => {
    setAtOnce(null);
    const prefilled = Object.keys(query).filter((name) => name.startsWith(asked));
    setQuery({ do: null, ...Object.fromEntries(prefilled.map((name) => [name, null])) });
  };
  const leave = () => {
    setDone(null);
    close();
    reloadDrafts();
  };
  const choose = (one: ComposedAction) => {
    setDone(null);
    if (isPlain(one)) return setAtOnce(one.action);
    setAtOnce(null);
    setQuery({ do: one.action === query.do ? null : one.action });
  };
  // Another classification is no end: what the case waits for comes before the next one.
  const stillOf = ({ movesDeadlines }: ComposedAction) => {
    const found = movesDeadlines ? view.actions.find(({ allowed, primary }) => allowed && primary) : undefined;
    return found === undefined ? null : { name: found.name, open: () => choose(found) };
  };
  const linking = view.actions.find(
    ({ allowed, fields }) => allowed && fields.some(({ name }) => name === "duplicateOf"),
  );
  const pictures = !view.head.confidential;
  // It has no applicant: none is written to, and no other application is like it.
  const isOrder = view.askedFrom !== null;
  const newFrom = useNewFrom(reference, view.newFrom);
  return (
    <Page
      title={title}
      heading={<Bidi>{view.text.subject}</Bidi>}
      lead={<CaseLead view={view} />}
      actions={<TrailNav place={place} />}
      back={backTo(place)}
      wide
    >
      <EscalationNotice view={view} />
      <Presence
        key={reference}
        reference={reference}
        writing={composing}
        gone={gone}
        acting={held.holding}
        shown={view.expectedSeq}
        newFrom={view.newFrom}
        onChanged={held.reload}
      />
      <CaseActions
        actions={view.actions}
        others={view.others}
        open={open?.action ?? null}
        drafts={written}
        unsent={new Set(drafts?.map(({ action }) => action))}
        onOpen={choose}
      />
      {open && !composing && (
        <NoticeBox tone="warning" title={t(pattern("cases-page.casePage.notNow"), { action: t(open.name) })}>
          <p>{t(open.reason)}</p>
        </NoticeBox>
      )}
      <div className="case-grid">
        <div className="case-main">
          <KeepInPlace within="#composer">
            <Part>
              <OriginalText text={view.text} entry={story.original} pictures={pictures} isOrder={isOrder} />
            </Part>
            <Part>
              <CaseTimeline
                story={story}
                pictures={pictures}
                newFrom={newFrom}
                marker={<NewsMarker reference={reference} />}
              />
            </Part>
            {open && composing && (
              <Composer
                key={open.action}
                reference={reference}
                action={open}
                view={view}
                initial={fieldsOf(query, open)}
                onTypedOver={(field) => setQuery({ [asked + field]: null })}
                known={drafts?.find((one) => one.action === open.action) ?? null}
                atOnce={atOnce === open.action}
                onStale={reload}
                onSending={held.hold}
                onLeave={leave}
                onWritten={(texts) => {
                  writing.current = texts;
                }}
                onDone={(isGone, after, what) => {
                  gone.current = isGone;
                  if (isGone) return onLeft(what);
                  setDone(isPlain(open) ? null : open);
                  close();
                  if (after === null) {
                    reloadDrafts();
                    return reload();
                  }
                  onPage(after.page);
                  putDrafts(after.drafts);
                }}
              />
            )}
            {!composing && view.takeBack !== null && (
              <TakeBackNotice of={{ reference, ...view.takeBack }} onDone={reload} />
            )}
            {!composing && done !== null && place !== null && (
              <AfterAct action={done} place={place} still={stillOf(done)} />
            )}
            {!composing && <ReplyBar actions={view.actions} drafts={written} onOpen={choose} />}
          </KeepInPlace>
        </div>
        <aside className="case-aside">
          <Part>
            <CaseClocks clocks={view.clocks} onWhy={() => setWhy("deadline")} />
          </Part>
          <Part>
            <Place view={view} onWhy={() => setWhy("entity")} />
          </Part>
          {!isOrder && (
            <>
              <Part>
                <ApplicantPanel reference={reference} view={view} onShown={reload} />
              </Part>
              <Part>
                <ToldPanel told={view.told} reachable={view.reachable} />
              </Part>
            </>
          )}
          {!view.head.confidential && (
            <Part>
              <CallBackPanel
                reference={reference}
                view={view.callBacks}
                timeZone={view.head.timeZone}
                onAsked={reload}
              />
            </Part>
          )}
          {!isOrder && (
            <RelatedPanels
              reference={reference}
              onLink={
                linking === undefined
                  ? null
                  : (duplicateOf) => {
                      setQuery({ do: linking.action, "field.duplicateOf": duplicateOf });
                      // With the form open already it stays as it is.
                      requestAnimationFrame(focusComposer);
                    }
              }
            />
          )}
          <Part>
            <AttachmentsPanel files={view.files} head={view.head} linked={view.linked} />
          </Part>
          <Part>
            <About view={view} onWhy={() => setWhy("classification")} />
          </Part>
          <Part>
            <Linked view={view} />
          </Part>
          <Part>
            <Decisions decisions={view.decisions} onWhy={() => setWhy("escalation")} />
          </Part>
        </aside>
      </div>
      {why && <WhyDialog reference={reference} section={why} onClose={() => setWhy(null)} />}
    </Page>
  );
}
