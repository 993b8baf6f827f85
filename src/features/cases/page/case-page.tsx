/** One case: the conversation on one side, promises, place and applicant on the other, what can be done on top. */

import React, { type RefObject, useEffect, useRef, useState } from "react";
import type { CasePageView, ComposedAction } from "../../../engine/lifecycle/case-view.js";
import type { PersonalData } from "../../../engine/text/mask-personal.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { RecordAnswer } from "../../../platform/admin/resource-view.js";
import { dropFromDevice } from "../../../platform/ui/draft-store.js";
import {
  adminRoot,
  Bidi,
  Button,
  Facts,
  LinkButton,
  NoticeBox,
  Page,
  Panel,
  Part,
  type ProblemBody,
  ProblemBox,
  problemOf,
  type Query,
  type ScreenProps,
  Spinner,
  send,
  useAddress,
  useText,
  useView,
} from "../../../platform/ui/kit.js";
import { AttachmentsPanel } from "../act/attachments-panel.js";
import { CaseActions } from "../act/case-actions.js";
import { Composer } from "../act/composer.js";
import type { DraftFields, ServerDraft } from "../act/draft-sync.js";
import { focusComposer } from "../act/focus-composer.js";
import { hasLocalDraft } from "../act/use-case-draft.js";
import { NewsMarker, useNewFrom } from "../news/news-marker.js";
import { CaseClocks } from "./case-clocks.js";
import { About, CaseLead, Decisions, Linked, Place } from "./case-facts.js";
import { CaseTimeline } from "./case-timeline.js";
import { Presence } from "./presence.js";
import type { ReadApplicant } from "./read-applicant.js";
import { RelatedPanels } from "./related-panels.js";
import { WhyDialog, type WhySection } from "./why-dialog.js";

const caseLeftWords = {
  sent: msg("cases-page.casePage.caseLeftWordsSent"),
  sentHint: msg("cases-page.casePage.caseLeftWordsSentHint"),
  lost: msg("cases-page.casePage.caseLeftWordsLost"),
  lostHint: msg("cases-page.casePage.caseLeftWordsLostHint"),
  unsent: msg("cases-page.casePage.caseLeftWordsUnsent"),
  desk: msg("cases-page.casePage.caseLeftWordsDesk"),
  list: msg("cases-page.casePage.caseLeftWordsList"),
};

/** `sent`: by what this official did. Else others did it, perhaps while something was being written here. */
type Left = { readonly by: "sent" } | { readonly by: "others"; readonly writing: boolean };

/** In the place of a case that left the reader's reach: what became of it, and the way on. Nothing of it is asked for any more. */
function CaseLeft({ title, left }: { title: string; left: Left }) {
  const { t } = useText();
  const place = useRef<HTMLDivElement>(null);
  // Where the form was whose button had the focus; people who work by keys go on by Enter.
  useEffect(() => {
    place.current?.querySelector("a")?.focus();
  }, []);
  return (
    <Page title={title}>
      <div ref={place} className="case-left" role="status">
        <NoticeBox
          tone={left.by === "sent" ? "success" : "warning"}
          title={left.by === "sent" ? caseLeftWords.sent : caseLeftWords.lost}
          actions={
            <>
              <LinkButton to={adminRoot} kind="primary">
                {t(caseLeftWords.desk)}
              </LinkButton>
              <LinkButton to={`${adminRoot}/resources/cases`}>{t(caseLeftWords.list)}</LinkButton>
            </>
          }
        >
          <p>
            {t(left.by === "sent" ? caseLeftWords.sentHint : caseLeftWords.lostHint)}{" "}
            {left.by === "others" && left.writing && t(caseLeftWords.unsent)}
          </p>
        </NoticeBox>
      </div>
    </Page>
  );
}

const applicantPanelWords = {
  title: msg("cases-page.casePage.applicantPanelWordsTitle"),
  anonymous: msg("cases-page.casePage.applicantPanelWordsAnonymous"),
  show: msg("cases-page.casePage.applicantPanelWordsShow"),
  shown: msg("cases-page.casePage.applicantPanelWordsShown"),
  name: msg("cases-page.casePage.applicantPanelWordsName"),
  nationalNumber: msg("cases-page.casePage.applicantPanelWordsNationalNumber"),
  phone: msg("cases-page.casePage.applicantPanelWordsPhone"),
  email: msg("cases-page.casePage.applicantPanelWordsEmail"),
};

/** Who sent it: masked until somebody asks, and each look is on record. */
function ApplicantPanel(a: {
  reference: string;
  masked: PersonalData | null;
  mayUnmask: boolean;
  onShown: () => void;
}) {
  const { t } = useText();
  const [whole, setWhole] = useState<PersonalData | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  const data = whole ?? a.masked;
  const show = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const answer = await send<RecordAnswer>(`resources/cases/records/${a.reference}/unmask`);
      setWhole((answer.view as ReadApplicant).applicant);
      a.onShown();
    } catch (error) {
      setProblem(problemOf(error));
    }
    setBusy(false);
  };
  return (
    <Panel title={applicantPanelWords.title}>
      <div className="stack-small">
        {data === null ? (
          <p className="muted">{t(applicantPanelWords.anonymous)}</p>
        ) : (
          <Facts
            rows={(["name", "nationalNumber", "phone", "email"] as const).map((key) =>
              data[key] === null
                ? null
                : { label: applicantPanelWords[key], value: <Bidi ltr={key !== "name"}>{data[key]}</Bidi> },
            )}
          />
        )}
        <ProblemBox problem={problem} />
        {whole !== null && <p className="small muted">{t(applicantPanelWords.shown)}</p>}
        {whole === null && a.mayUnmask && (
          <div>
            <Button small icon="eye" busy={busy} onClick={() => void show()}>
              {t(applicantPanelWords.show)}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}

const words = {
  cases: msg("cases-page.casePage.cases"),
  title: pattern("cases-page.casePage.case"),
  notNow: pattern("cases-page.casePage.notNow"),
};

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
 * While an act is on its way, news of the case waits: the act's own answer says whether it may still be read, and what is
 * news is mostly that act itself.
 */
function useHeld(reload: () => void, gone: RefObject<boolean>) {
  const [holding, missed] = [useRef(false), useRef(false)];
  return {
    holding,
    reload() {
      if (holding.current) missed.current = true;
      else reload();
    },
    hold(on: boolean) {
      holding.current = on;
      if (!on && missed.current && !gone.current) reload();
      missed.current = false;
    },
  };
}

export function CasePage({ recordId }: ScreenProps) {
  const { t } = useText();
  const reference = recordId ?? "";
  const [query, setQuery] = useAddress();
  const [left, setLeft] = useState<Left | null>(null);
  const {
    view: answer,
    problem,
    reload,
    put,
  } = useView<PageAnswer>(left ? null : `resources/cases/records/${reference}/page`, {
    refreshSeconds: 60,
  });
  const { drafts, reload: reloadDrafts, put: putDrafts } = useDrafts(reference, left);
  const gone = useRef(false);
  const held = useHeld(reload, gone);
  const [why, setWhy] = useState<WhySection | null>(null);
  const [atOnce, setAtOnce] = useState<string | null>(null);
  const view = answer?.view;
  const newFrom = useNewFrom(reference, view?.newFrom);
  const lost = problem?.status === 404;
  const shown = view !== undefined;
  const writing = useRef(false);
  useEffect(() => {
    if (!lost) return;
    dropFromDevice(`case/${reference}/`);
    gone.current = true;
    if (shown) setLeft({ by: "others", writing: writing.current });
  }, [lost, shown, reference]);
  const written = new Set(drafts?.map(({ action }) => action));
  for (const { action } of view?.actions ?? []) {
    if (action !== query.do && hasLocalDraft(reference, action)) written.add(action);
  }
  const back = { to: `${adminRoot}/resources/cases`, label: words.cases };
  // By itself: in Arabic its groups would stand the other way round.
  const title = t(words.title, { reference: `\u2066${reference}\u2069` });
  if (left) return <CaseLeft title={title} left={left} />;
  // What is no longer theirs is not shown on from before.
  if (view === undefined || lost) {
    return (
      <Page title={title} back={back}>
        {problem ? <ProblemBox problem={problem} /> : <Spinner />}
      </Page>
    );
  }
  const open = view.actions.find(({ action }) => action === (atOnce ?? query.do)) ?? null;
  const close = () => {
    setAtOnce(null);
    const prefilled = Object.keys(query).filter((name) => name.startsWith(asked));
    setQuery({ do: null, ...Object.fromEntries(prefilled.map((name) => [name, null])) });
    document.querySelector<HTMLElement>(".case-buttons button")?.focus();
  };
  const leave = () => {
    close();
    reloadDrafts();
  };
  const choose = (one: ComposedAction) => {
    if (isPlain(one)) return setAtOnce(one.action);
    setAtOnce(null);
    setQuery({ do: one.action === query.do ? null : one.action });
  };
  const composing =
    open !== null && (open.allowed || hasLocalDraft(reference, open.action) || written.has(open.action));
  writing.current = composing;
  const linking = view.actions.find(
    ({ allowed, fields }) => allowed && fields.some(({ name }) => name === "duplicateOf"),
  );
  return (
    <Page title={title} heading={<Bidi>{view.text.subject}</Bidi>} lead={<CaseLead view={view} />} back={back} wide>
      <Presence
        key={reference}
        reference={reference}
        writing={composing}
        gone={gone}
        acting={held.holding}
        seen={view.expectedSeq}
        onChanged={held.reload}
      />
      <CaseActions
        actions={view.actions}
        others={view.others}
        open={open?.action ?? null}
        drafts={written}
        onOpen={choose}
      />
      <div className="case-grid">
        <div className="case-main">
          {open && !composing && (
            <NoticeBox tone="warning" title={t(words.notNow, { action: t(open.name) })}>
              <p>{t(open.reason)}</p>
            </NoticeBox>
          )}
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
              onDone={(isGone, after) => {
                gone.current = isGone;
                if (isGone) return setLeft({ by: "sent" });
                if (after !== null) {
                  put({ view: after.page });
                  putDrafts(after.drafts);
                  return close();
                }
                leave();
                reload();
              }}
            />
          )}
          <Part>
            <CaseTimeline
              entries={view.timeline}
              text={view.text}
              pictures={!view.head.confidential}
              newFrom={newFrom}
              marker={<NewsMarker reference={reference} />}
            />
          </Part>
        </div>
        <aside className="case-aside">
          <Part>
            <CaseClocks clocks={view.clocks} onWhy={() => setWhy("deadline")} />
          </Part>
          <Part>
            <Place view={view} onWhy={() => setWhy("entity")} />
          </Part>
          <Part>
            <ApplicantPanel reference={reference} masked={view.applicant} mayUnmask={view.mayUnmask} onShown={reload} />
          </Part>
          <Part>
            <AttachmentsPanel timeline={view.timeline} head={view.head} linked={view.linked} />
          </Part>
          <Part>
            <About view={view} onWhy={() => setWhy("classification")} />
          </Part>
          <Part>
            <Linked linked={view.linked} />
          </Part>
          <RelatedPanels
            reference={reference}
            onLink={
              linking === undefined
                ? null
                : (duplicateOf) => {
                    setQuery({ do: linking.action, "field.duplicateOf": duplicateOf });
                    // With the form open already it is not opened anew.
                    requestAnimationFrame(focusComposer);
                  }
            }
          />
          <Part>
            <Decisions decisions={view.decisions} onWhy={() => setWhy("escalation")} />
          </Part>
        </aside>
      </div>
      {why && <WhyDialog reference={reference} section={why} onClose={() => setWhy(null)} />}
    </Page>
  );
}
