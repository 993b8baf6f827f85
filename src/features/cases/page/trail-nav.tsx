/** Where a case stands on the list it was opened from, and what comes next there: by press, by J and K, by Enter after an action. */

import React, { useEffect, useRef, useState } from "react";
import { Link, useNavigate } from "react-router-dom";
import type { ComposedAction } from "../../../engine/lifecycle/views/case-view.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import {
  adminRoot,
  Button,
  Icon,
  LinkButton,
  NoticeBox,
  Page,
  Spinner,
  send,
  useShortcuts,
  useText,
} from "../../../platform/ui/kit.js";
import { TakeBackButton } from "../act/take-back-button.js";
import type { DoneAct } from "../act/use-composing.js";
import { caseAddress } from "./case-address.js";
import type { TrailCase, TrailPlace } from "./case-trail.js";

/** `sent`: by what this official did, which `result` says in words. Else others did it; `unsent` is what was being written here, null: nothing. */
export type Left =
  | ({ readonly by: "sent" } & DoneAct)
  | { readonly by: "others"; readonly unsent: readonly string[] | null };

function WaysOn() {
  const { t } = useText();
  const place = useRef<HTMLSpanElement>(null);
  // Where the form was whose button had the focus; people who work by keys go on by Enter.
  useEffect(() => {
    place.current?.querySelector("a")?.focus();
  }, []);
  return (
    <span ref={place} className="case-ways">
      <LinkButton to={adminRoot} kind="primary">
        {t(msg("cases-page.caseLeft.home"))}
      </LinkButton>
      <LinkButton to={`${adminRoot}/resources/cases`}>{t(msg("cases-page.caseLeft.list"))}</LinkButton>
    </span>
  );
}

const unsentText = msg("cases-page.caseLeft.unsentText");

/** Nothing of the case is asked for any more. */
export function CaseLeft({ title, left, place }: { title: string; left: Left; place: TrailPlace | null }) {
  const { t } = useText();
  return (
    <Page title={title}>
      <div className="case-left" role="status">
        <NoticeBox
          tone={left.by === "sent" ? "success" : "warning"}
          title={left.by === "sent" ? msg("cases-page.caseLeft.sent") : msg("cases-page.caseLeft.lost")}
          actions={
            place === null ? (
              <WaysOn />
            ) : (
              <GoOn place={place} action={left.by === "sent" ? left.action : null} second={false} />
            )
          }
        >
          {left.by === "sent" && <p>{left.result}</p>}
          {left.by === "sent" && left.back !== null && (
            <p>
              <TakeBackButton of={left.back} />
            </p>
          )}
          <p>
            {t(left.by === "sent" ? msg("cases-page.caseLeft.sentHint") : msg("cases-page.caseLeft.lostHint"))}{" "}
            {left.by === "others" && left.unsent !== null && t(msg("cases-page.caseLeft.unsent"))}
          </p>
          {left.by === "others" &&
            left.unsent?.map((text) => (
              <textarea key={text} className="unsent" readOnly dir="auto" aria-label={t(unsentText)} value={text} />
            ))}
        </NoticeBox>
      </div>
    </Page>
  );
}

const words = {
  last: msg("cases-page.trailNav.last"),
  none: msg("cases-page.trailNav.none"),
  list: msg("cases-page.trailNav.list"),
  home: msg("cases-page.trailNav.home"),
  news: msg("cases-page.trailNav.news"),
};

const isAt = (from: string, place: string): boolean => from === place || from.startsWith(`${place}?`);

/** What the list is called that one came from. */
export const listName = (from: string): Bilingual =>
  isAt(from, adminRoot) ? words.home : isAt(from, `${adminRoot}/pages/news`) ? words.news : words.list;

const addressOf = ({ reference, entry }: TrailCase): string => caseAddress(reference, entry);

/** Apart from the sentence around it, in its own direction. */
const nameOf = ({ subject, reference }: TrailCase): string =>
  subject === null ? `\u2066${reference}\u2069` : `\u2068${subject}\u2069`;

/** One of the list takes the other's place: "back" leads to the list. */
function Step({ to, label, icon, keys }: { to: TrailCase | null; label: Bilingual; icon: string; keys: string }) {
  const { t } = useText();
  if (to === null) return null;
  return (
    <Link
      replace
      to={addressOf(to)}
      className="button button-plain button-small button-icon"
      aria-label={t(label)}
      aria-keyshortcuts={keys}
      title={`${t(label)} (${keys})`}
    >
      <Icon name={icon} size={16} />
    </Link>
  );
}

export function TrailNav({ place }: { place: TrailPlace | null }) {
  const { t } = useText();
  const navigate = useNavigate();
  const go = (to: TrailCase | null | undefined) => (): boolean => {
    if (!to) return false;
    navigate(addressOf(to), { replace: true });
    return true;
  };
  useShortcuts({ nextCase: go(place?.next), previousCase: go(place?.previous) });
  if (place === null) return null;
  return (
    <nav className="case-trail" aria-label={t(msg("cases-page.trailNav.label"))}>
      <Step to={place.previous} label={msg("cases-page.trailNav.previous")} icon="previous" keys="K" />
      <span className="small muted">{t(pattern("cases-page.trailNav.place"), { n: place.place, all: place.of })}</span>
      <Step to={place.next} label={msg("cases-page.trailNav.next")} icon="next" keys="J" />
    </nav>
  );
}

/** What waits for this official further down the list; undefined until that is known, null where nothing does. */
function useNextToDo({ after }: TrailPlace, action: string | null): TrailCase | null | undefined {
  const [next, setNext] = useState<TrailCase | null | undefined>(after.length === 0 ? null : undefined);
  const references = after.map(({ reference }) => reference).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once a list and an act
  useEffect(() => {
    if (references === "") return;
    let isCurrent = true;
    send<{ view: { next: { reference: string; subject: string } | null } }>("resources/cases/actions/next", {
      references: references.split(","),
      action,
    })
      .then(({ view }) => {
        const found = after.find(({ reference }) => reference === view.next?.reference);
        if (isCurrent) setNext(found === undefined ? null : { ...found, subject: view.next?.subject ?? null });
      })
      .catch(() => isCurrent && setNext(null));
    return () => {
      isCurrent = false;
    };
  }, [references, action]);
  return next;
}

/** The next case of the list that waits for them, or the list where none does; it takes the focus, so that Enter goes on. */
function GoOn(a: { place: TrailPlace; action: string | null; second: boolean }) {
  const next = useNextToDo(a.place, a.action);
  const looking = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (!a.second) looking.current?.focus();
  }, [a.second]);
  if (next !== undefined) return <WayOn place={a.place} next={next} second={a.second} />;
  return (
    <span ref={looking} tabIndex={-1}>
      <Spinner />
    </span>
  );
}

function WayOn({ place, next, second }: { place: TrailPlace; next: TrailCase | null; second: boolean }) {
  const { t } = useText();
  const navigate = useNavigate();
  const link = useRef<HTMLAnchorElement>(null);
  // Who went on meanwhile, as to the reply, stays there.
  useEffect(() => {
    if (!second && (document.activeElement ?? document.body) === document.body) link.current?.focus();
  }, [second]);
  const { from, after } = place;
  const to = next === null ? from : addressOf(next);
  useShortcuts({
    goOn() {
      // What has the focus does its own.
      if (document.activeElement !== null && document.activeElement !== document.body) return false;
      navigate(to, { replace: next !== null });
      return true;
    },
  });
  return (
    <>
      <Link ref={link} to={to} replace={next !== null} className={`button button-${second ? "plain" : "primary"}`}>
        <span className="case-next-name">
          {next === null
            ? t(after.length === 0 ? words.last : words.none)
            : t(pattern("cases-page.trailNav.goOn"), { name: nameOf(next) })}{" "}
          {!second && <kbd className="case-next-key">{t(msg("cases-page.trailNav.key"))}</kbd>}
        </span>
      </Link>
      {next !== null && <LinkButton to={from}>{t(listName(from))}</LinkButton>}
    </>
  );
}

/** After an action: what happened, and the way on. */
export function AfterAct(a: {
  action: Pick<ComposedAction, "action" | "name">;
  place: TrailPlace;
  /** What this case waits for, where the act was only on the way to it: that comes first. */
  still: { readonly name: Bilingual; readonly open: () => void } | null;
}) {
  const { t } = useText();
  const { action, place, still } = a;
  const first = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    first.current?.querySelector("button")?.focus();
  }, []);
  return (
    <div className="case-next">
      <p>
        <Icon name="check" size={18} /> {t(pattern("cases-page.trailNav.done"), { action: action.name })}
      </p>
      {still !== null && (
        <span ref={first}>
          <Button kind="primary" onClick={still.open}>
            {t(still.name)}
          </Button>
        </span>
      )}
      <GoOn place={place} action={action.action} second={still !== null} />
    </div>
  );
}
