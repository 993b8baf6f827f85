/** Who else has this case open, and whether somebody writes. Leaving it, or looking away, takes one out. */

import React, { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { pattern } from "../../../engine/text/msg.js";
import type { RecordAnswer } from "../../../platform/admin/resource-view.js";
import { apiRoot, Icon, send, useLive, useText } from "../../../platform/ui/kit.js";
import type { PresentOther } from "../live/presence.js";
import { newsChanged } from "../news/news-events.js";
import { useLooked } from "./use-looked.js";

const words = {
  here: pattern("cases-page.presence.here"),
  writing: pattern("cases-page.presence.writing"),
};

/** A sign of life; others wait three times as long before they take somebody for gone. */
const beatMs = 10_000;

/** The place of it in a form that is open. */
export const presencePlace = "composer-presence";

export function Presence({
  reference,
  writing,
  gone,
  acting,
  shown,
  newFrom,
  onChanged,
}: {
  reference: string;
  writing: boolean;
  /** True inside: the case left this official's reach, and nothing of it answers them any more. */
  gone: RefObject<boolean>;
  /** True inside: an act is on its way, which may take the case out of reach. */
  acting: RefObject<boolean>;
  /** The last event of what is on the screen. */
  shown: number;
  /** The first event of it that is news to the reader; null: none is. */
  newFrom: number | null;
  /** The case was changed by somebody. */
  onChanged: () => void;
}) {
  const { t } = useText();
  const [others, setOthers] = useState<readonly PresentOther[]>([]);
  const address = `resources/cases/records/${reference}/presence`;
  const state = useRef(writing);
  state.current = writing;
  const looked = useLooked(shown, newFrom, writing);
  const upTo = useRef(looked);
  upTo.current = looked;
  /** What the server knows: it is sent once, so that what is marked as news again stays it. */
  const told = useRef<number | null>(null);

  const beat = useCallback(async () => {
    if (document.visibilityState !== "visible" || acting.current || gone.current) return;
    try {
      const seen = upTo.current;
      const news = told.current === seen ? {} : { seen };
      const answer = await send<RecordAnswer>(address, { writing: state.current, ...news }, { timed: true });
      told.current = seen;
      const view = answer.view as { readonly others: readonly PresentOther[]; readonly news: boolean } | null;
      setOthers(view?.others ?? []);
      if (view?.news) newsChanged();
    } catch {
      // What the page itself asks for says what is wrong; nobody is shown who may not be there any more.
      setOthers([]);
    }
  }, [address, acting, gone]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: that somebody begins to write, and what was seen, is sent at once
  useEffect(() => {
    void beat();
  }, [beat, writing, looked]);

  useEffect(() => {
    const leave = () =>
      gone.current ||
      navigator.sendBeacon(`${apiRoot}/${address}`, new Blob(['{"leaving":true}'], { type: "application/json" }));
    const look = () => (document.visibilityState === "visible" ? void beat() : leave());
    const timer = setInterval(() => void beat(), beatMs);
    document.addEventListener("visibilitychange", look);
    window.addEventListener("pagehide", leave);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [address, beat, gone]);

  useLive((news) => {
    if (news.presence.includes(reference)) void beat();
    if (news.all || news.cases.some((one) => one.reference === reference)) onChanged();
  });

  const list = others.map((one) => (
    <span key={`${one.name} ${String(one.since)}`} className={one.writing ? "present present-writing" : "present"}>
      <Icon name={one.writing ? "edit" : "eye"} size={16} />
      {/* The name alone is set apart: the sentence runs as the page does, whatever the name is written in. */}
      <span>{t(one.writing ? words.writing : words.here, { name: `\u2068${one.name}\u2069` })}</span>
    </span>
  ));
  const whole = (
    <div className="presence" role="status" aria-live="polite">
      {list}
    </div>
  );
  // Where one writes the top of the page is out of sight: it is said where it is sent.
  const place = writing ? document.getElementById(presencePlace) : null;
  return place === null ? whole : createPortal(whole, place);
}
