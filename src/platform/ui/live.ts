/**
 * What changes, told by the server a moment after it happened. One stream serves all screens of a window, and only while
 * somebody looks at it: browsers open few connections to one place, and officials many windows.
 */

import { useEffect, useRef, useState } from "react";
import type { LiveNews } from "../../engine/lifecycle/live-news.js";
import { adminRoot } from "./boot.js";

export type News = LiveNews;

const everything: News = { cases: [], presence: [], all: true };
/** Where the stream is refused (too many windows), screens look for themselves once a minute; then it is tried again. */
const againMs = 60_000;
/** A page first shows what it has to show. */
const startMs = 300;
/** Whoever looks away for a moment need not come back to a new stream. */
const hiddenMs = 5000;

const listeners = new Set<(news: News) => void>();
let source: EventSource | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
let watched = false;

const tell = (news: News): void => {
  for (const listener of listeners) listener(news);
};

function close(): void {
  source?.close();
  source = null;
}

function open(): void {
  if (source !== null || listeners.size === 0 || document.visibilityState !== "visible") return;
  const stream = new EventSource(`${adminRoot}/live`);
  source = stream;
  // What happened before it stood, or while it was away, was told to nobody.
  stream.addEventListener("hello", () => tell(everything));
  stream.addEventListener("news", (event) => tell(JSON.parse((event as MessageEvent<string>).data)));
  stream.addEventListener("error", () => {
    // The browser comes back by itself, unless it was told no.
    if (stream.readyState !== EventSource.CLOSED || source !== stream) return;
    source = null;
    later(againMs);
  });
}

function later(ms: number): void {
  clearTimeout(timer);
  timer = setTimeout(open, ms);
}

function settle(): void {
  clearTimeout(timer);
  if (listeners.size === 0) close();
  else if (document.visibilityState === "visible") later(source === null ? startMs : 0);
  else timer = setTimeout(close, hiddenMs);
}

function watch(): void {
  if (watched) return;
  watched = true;
  document.addEventListener("visibilitychange", settle);
  // A page that the browser keeps for "back" must not hold a connection.
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", settle);
}

/** Calls `onNews` with what changed within the official's reach. */
export function useLive(onNews: (news: News) => void): void {
  const current = useRef(onNews);
  current.current = onNews;
  useEffect(() => {
    watch();
    const listener = (news: News): void => current.current(news);
    listeners.add(listener);
    settle();
    return () => {
      listeners.delete(listener);
      settle();
    };
  }, []);
}

/** How long a row that changed is marked. */
const freshMs = 6000;

export interface Fresh {
  /** Whether a case changed a moment ago. */
  isFresh(reference: string): boolean;
  /** How many cases came in with the last news; 0 once nobody needs to be told any more. */
  readonly opened: number;
}

/**
 * Reads a view again when something changed, at once and then at most every `everyMs`; says what changed a moment ago.
 * @param only whether news is about this screen; left out: all is
 */
export function useLiveReload(reload: () => void, everyMs = 1500, only?: (news: News) => boolean): Fresh {
  const [fresh, setFresh] = useState<ReadonlyMap<string, boolean>>(new Map());
  const last = useRef(Number.NEGATIVE_INFINITY);
  const waiting = useRef<ReturnType<typeof setTimeout>>();
  const fade = useRef<ReturnType<typeof setTimeout>>();
  const reloading = useRef(reload);
  reloading.current = reload;
  useEffect(() => {
    return () => {
      clearTimeout(waiting.current);
      clearTimeout(fade.current);
    };
  }, []);
  useLive((news) => {
    if (news.cases.length === 0 && !news.all) return;
    if (only && !only(news)) return;
    const go = (): void => {
      last.current = performance.now();
      waiting.current = undefined;
      reloading.current();
    };
    const wait = last.current + everyMs - performance.now();
    if (wait <= 0) go();
    else waiting.current ??= setTimeout(go, wait);
    if (news.cases.length === 0) return;
    setFresh((old) => new Map([...old, ...news.cases.map(({ reference, opened }) => [reference, opened] as const)]));
    clearTimeout(fade.current);
    fade.current = setTimeout(() => setFresh(new Map()), freshMs);
  });
  return {
    isFresh: (reference) => fresh.has(reference),
    opened: [...fresh.values()].filter(Boolean).length,
  };
}
