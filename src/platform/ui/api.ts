/** Asking the server: one way to read a view, one way to send an act, one shape of a refusal. */

import { useCallback, useEffect, useRef, useState } from "react";
import { byItselfHeader } from "../../engine/access/by-itself.js";
import { msg } from "../../engine/text/msg.js";
import type { Bilingual } from "../../engine/text/text.js";
import { inLanguage, type Language, perLanguage } from "../../engine/text/text.js";
import { apiRoot } from "./boot.js";
import { useOtherLanguage } from "./language/language.js";
import { oldnessOf, useMarkedOld } from "./old-views.js";
import { isByItself } from "./people-here.js";

/** The last error of ours on a page, for who asks about it. */
let failed: { readonly page: string; readonly request: string } | null = null;
/** Number of the request that failed on this page; undefined: none did. */
export const failedRequest = (): string | undefined =>
  failed?.page === window.location.pathname ? failed.request : undefined;

export interface ProblemBody {
  readonly code: string;
  readonly status: number;
  readonly title: Bilingual;
  readonly detail: Bilingual;
  readonly faults: readonly { readonly field: string; readonly reason: Bilingual }[];
  /** Seconds after which trying again makes sense. */
  readonly retryAfter?: number;
  /** What a refusal brings along besides, for example what changed meanwhile. */
  readonly [more: string]: unknown;
}

/** The server said no, or was not reached. */
class Refusal extends Error {
  constructor(readonly problem: ProblemBody) {
    super(problem.detail.en);
    this.name = "Refusal";
  }
}

const unreachable: ProblemBody = {
  code: "unreachable",
  status: 0,
  title: msg("ui.api.unreachableTitle"),
  detail: msg("ui.api.unreachableDetail"),
  faults: [],
};
const unreadable: ProblemBody = {
  code: "internal",
  status: 500,
  title: msg("ui.api.unreadableTitle"),
  detail: msg("ui.api.unreadableDetail"),
  faults: [],
};

/** Fired on `window` when the session has ended; the shell answers with a dialog that keeps what was typed. */
export const signedOutEvent = "diwan:signed-out";
/** Fired on `window` with `detail: boolean` when the server was or was not reached. */
export const reachedEvent = "diwan:reached";

/** A whole address of the API: `resources/sectors/actions/list` and `/admin/api/…` are both understood. */
const apiAddress = (address: string): string => (address.startsWith("/") ? address : `${apiRoot}/${address}`);

/** How a request comes about. */
export interface Asking {
  readonly signal?: AbortSignal;
  /** By a timer, or because something happened elsewhere: nobody need be there. */
  readonly timed?: boolean;
}

async function ask<T>(address: string, { timed = false, signal }: Asking, init: RequestInit): Promise<T> {
  const alone = isByItself(timed);
  let response: Response;
  try {
    response = await fetch(apiAddress(address), {
      credentials: "same-origin",
      redirect: "error",
      ...init,
      ...(signal && { signal }),
      headers: { accept: "application/json", ...(alone && { [byItselfHeader]: "1" }), ...init.headers },
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    window.dispatchEvent(new CustomEvent(reachedEvent, { detail: false }));
    throw new Refusal(unreachable);
  }
  window.dispatchEvent(new CustomEvent(reachedEvent, { detail: true }));
  let body: unknown;
  try {
    body = await response.json();
  } catch {
    body = null;
  }
  if (response.status === 401) window.dispatchEvent(new Event(signedOutEvent));
  if (response.ok && body !== null) return body as T;
  const problem = (body as { problem?: ProblemBody } | null)?.problem ?? unreadable;
  if (problem.status >= 500 && typeof problem.request === "string")
    failed = { page: window.location.pathname, request: problem.request };
  throw new Refusal(problem);
}

export const read = <T>(address: string, asking: Asking = {}): Promise<T> => ask<T>(address, asking, { method: "GET" });

/** Posts JSON; throws a Refusal with the problem when the server says no or is not reached. */
export const send = <T>(address: string, body: unknown = {}, asking: Asking = {}): Promise<T> =>
  ask<T>(address, asking, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

/** Stops a form before anything is sent: the faults are shown as those that the server finds. */
export function refuse(faults: ProblemBody["faults"]): never {
  const title = msg("ui.api.cannotBeSent");
  throw new Refusal({ code: "invalid-input", status: 422, title, detail: faults[0]?.reason ?? title, faults });
}

/** What stopped an act, for showing it; anything else than a refusal is shown as an error of ours. */
export const problemOf = (error: unknown): ProblemBody => (error instanceof Refusal ? error.problem : unreadable);

/** The reason at one place of what was sent (`/nameAr`), or below it. */
export function faultAt(problem: ProblemBody | null | undefined, pointer: string): Bilingual | undefined {
  const here = problem?.faults.filter(({ field }) => field === pointer || field.startsWith(`${pointer}/`)) ?? [];
  if (here.length === 0) return undefined;
  const said = (language: Language) => here.map(({ reason }) => inLanguage(reason, language)).join(" ");
  return perLanguage(said);
}

export interface View<T> {
  /** The last answer; it stays while a newer one is asked for, unless the address changed. */
  readonly view: T | null;
  readonly loading: boolean;
  /** Why there is none, or none any more; that it is old for the moment, the shell says. */
  readonly problem: ProblemBody | null;
  /** Done when it was read, or could not be: then what is in sight stays, and the shell says that it may be old. */
  reload(): Promise<void>;
  /** The same by a timer, or because something happened elsewhere. */
  keepUp(): Promise<void>;
  /** Shows what another answer brought along, instead of asking for it. */
  put(view: T): void;
}

export interface ViewOptions {
  readonly refreshSeconds?: number;
  /** The server sorts it by names, or words it in one language: it is read again when the language is switched. */
  readonly worded?: boolean;
}

/** Reads a view and keeps it fresh; null as address reads nothing. */
export function useView<T>(address: string | null, { refreshSeconds, worded }: ViewOptions = {}): View<T> {
  const [state, setState] = useState<{ address: string | null; view: T | null; problem: ProblemBody | null }>({
    address: null,
    view: null,
    problem: null,
  });
  const [loading, setLoading] = useState(address !== null);
  const running = useRef<AbortController | null>(null);

  const load = useCallback(
    async (timed: boolean) => {
      running.current?.abort();
      if (address === null) return setLoading(false);
      const controller = new AbortController();
      running.current = controller;
      setLoading(true);
      try {
        const view = await read<T>(address, { signal: controller.signal, timed });
        if (!controller.signal.aborted) setState({ address, view, problem: null });
      } catch (error) {
        if (controller.signal.aborted) return;
        const problem = problemOf(error);
        // A view that cannot be refreshed for a moment stays in sight.
        setState((old) => ({ address, view: old.address === address ? old.view : null, problem }));
      }
      if (running.current === controller) setLoading(false);
    },
    [address],
  );
  const reload = useCallback(() => load(false), [load]);
  const keepUp = useCallback(() => load(true), [load]);

  useEffect(() => {
    void reload();
    return () => running.current?.abort();
  }, [reload]);

  useEffect(() => {
    if (refreshSeconds === undefined || address === null) return;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") void keepUp();
    }, refreshSeconds * 1000);
    return () => clearInterval(timer);
  }, [keepUp, refreshSeconds, address]);

  useOtherLanguage(() => {
    if (worded) void reload();
  });

  const current = state.address === address;
  const oldness = current && state.view !== null && state.problem !== null ? oldnessOf(state.problem.status) : null;
  useMarkedOld(oldness, reload);
  return {
    view: current || sameScreen(state.address, address) ? state.view : null,
    loading: loading || (!current && address !== null),
    problem: current && oldness !== "old" ? state.problem : null,
    reload,
    keepUp,
    put(view) {
      // An answer that is still on its way was made before this one.
      running.current?.abort();
      setLoading(false);
      setState({ address, view, problem: null });
    },
  };
}

/** The same view with other filters: the old rows stay in sight, dimmed, until the new ones are here. */
const sameScreen = (one: string | null, other: string | null): boolean =>
  one !== null && other !== null && one.split("?")[0] === other.split("?")[0];
