/** The call that is being typed in this window: kept in the tab at once, and on the server a moment later. */
import { useCallback, useEffect, useRef, useState } from "react";
import { lookedUpMs, onlyLookedUp } from "../../../engine/contact-centre/typed-call.js";
import { problemOf, send } from "../../../platform/ui/api.js";
import { dropDraft, storeDraft, storedDraft } from "../../../platform/ui/form/draft-store.js";
import { newId } from "../../../platform/ui/new-id.js";
import type { CallDraft, KeptCall, TakenOverCall } from "./caller.page.js";

export type Typed = Readonly<Record<string, string>>;

export interface OpenCall {
  readonly token: string;
  readonly programme: string;
  readonly typed: Typed;
  /** The version that the server has. */
  readonly version: number;
  /** When the server got it; left out: it has nothing of it yet. */
  readonly updatedAt?: Date;
}

export type KeptState = "kept" | "keeping" | "elsewhere" | "not-kept";

/** Short enough that hardly a word is lost with the machine, long enough that not each key is a request. */
const pauseMs = 600;
const againMs = 3000;
const place = "call";

const blank = (programme: string): OpenCall => ({ token: newId(), programme, typed: {}, version: 0 });
export const somethingTyped = (typed: Typed): boolean => Object.values(typed).some((text) => text.trim() !== "");

/** What the tab has, unless the server has something newer of it. */
function resumed(
  programmes: readonly string[],
  { drafts, takenOver }: { drafts: readonly CallDraft[]; takenOver: readonly TakenOverCall[] },
): OpenCall {
  const own = storedDraft<OpenCall>(place);
  const first = programmes[0] ?? "";
  if (own === null || !programmes.includes(own.programme)) return blank(first);
  const there = drafts.find(({ token }) => token === own.token);
  // It ended by itself: the next caller is not who was looked up then.
  if (there === undefined && own.version > 0 && onlyLookedUp(own.typed)) return blank(first);
  if (takenOver.some(({ token }) => token === own.token)) return blank(first);
  return there !== undefined && there.version > own.version ? { ...there } : own;
}

const minuteMs = 60_000;

/** Calls that were only looked up leave the list after a while, also in a window that is open all day. */
function useLookedUpEnd(setOthers: (change: (now: readonly OpenCall[]) => readonly OpenCall[]) => void): void {
  const since = useRef(new Map<string, number>());
  useEffect(() => {
    const timer = setInterval(() => {
      const at = Date.now();
      const goesOn = ({ token, typed }: OpenCall): boolean => {
        const from = since.current.get(token) ?? at;
        since.current.set(token, from);
        return !onlyLookedUp(typed) || at - from < lookedUpMs;
      };
      setOthers((now) => (now.every(goesOn) ? now : now.filter(goesOn)));
    }, minuteMs);
    return () => clearInterval(timer);
  }, [setOthers]);
}

export function useCall(
  programmes: readonly string[],
  there: { readonly drafts: readonly CallDraft[]; readonly takenOver: readonly TakenOverCall[] },
) {
  const [call, setCall] = useState<OpenCall>(() => resumed(programmes, there));
  const [others, setOthers] = useState<readonly OpenCall[]>(there.drafts);
  const [state, setState] = useState<KeptState>("kept");
  /** The colleague who goes on with the call that is in this window. */
  const [takenBy, setTakenBy] = useState<string | null>(null);
  useLookedUpEnd(setOthers);
  const latest = useRef(call);
  latest.current = call;
  const taken = useRef(takenBy);
  taken.current = takenBy;
  const running = useRef<Promise<void> | null>(null);
  // What the tab has may be more than the server got before the page was left.
  const changed = useRef(somethingTyped(call.typed));

  const keepNow = useCallback(async (timed = false): Promise<void> => {
    // One after the other: each builds on the version that the one before it made.
    while (running.current !== null) await running.current;
    if (!changed.current) return;
    changed.current = false;
    const { token, programme, typed, version } = latest.current;
    const work = async () => {
      try {
        const body = { do: "keep", token, programme, typed, based: version };
        const answer = await send<KeptCall>("pages/caller", body, { timed });
        if (!answer.kept) {
          setTakenBy(answer.takenBy);
          return setState("elsewhere");
        }
        const renewed = (now: OpenCall) =>
          now.token === token ? { ...now, version: answer.version, updatedAt: answer.at } : now;
        latest.current = renewed(latest.current);
        setCall(renewed);
        setState("kept");
      } catch (error) {
        changed.current = true;
        setState(problemOf(error).code === "conflict" ? "elsewhere" : "not-kept");
      }
    };
    running.current = work();
    await running.current;
    running.current = null;
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was typed begins the pause anew
  useEffect(() => {
    storeDraft(place, call);
    if (!changed.current) return;
    const timer = setTimeout(() => void keepNow(), pauseMs);
    return () => clearTimeout(timer);
  }, [call.typed, keepNow]);

  // The server was away, or the session has ended: until it has it, whether or not anybody types on.
  useEffect(() => {
    if (state !== "not-kept") return;
    const timer = setInterval(() => void keepNow(true), againMs);
    return () => clearInterval(timer);
  }, [state, keepNow]);

  const type = useCallback((more: Typed) => {
    changed.current = true;
    setState("keeping");
    setCall((now) => ({ ...now, typed: { ...now.typed, ...more } }));
  }, []);

  /**
   * What is in this window becomes one of the others, unless it is dropped or a colleague's now; another one, or a new one, takes its
   * place.
   */
  const turnTo = useCallback(
    async (other: OpenCall | null, { drop = false } = {}) => {
      await keepNow();
      const left = latest.current;
      const isKept = somethingTyped(left.typed) && !drop && taken.current === null;
      setTakenBy(null);
      setOthers((now) => [
        ...(isKept ? [left] : []),
        ...now.filter(({ token }) => token !== left.token && token !== other?.token),
      ]);
      const next = other === null ? blank(left.programme) : { ...other };
      setCall(next);
      // The server counts the time of the call that is in front of the agent; of a new one it has nothing yet.
      changed.current = other !== null;
      if (other === null && isKept)
        send("pages/caller", { do: "setAside", token: next.token, programme: left.programme }).catch(() => undefined);
      setState("kept");
    },
    [keepNow],
  );

  /** It was saved or thrown away: nothing of it is left here. */
  const done = useCallback((token: string) => {
    changed.current = false;
    setTakenBy(null);
    dropDraft(place);
    setOthers((now) => now.filter((one) => one.token !== token));
    setCall((now) => blank(now.programme));
    setState("kept");
  }, []);

  const chooseProgramme = useCallback((programme: string) => {
    changed.current = true;
    setCall((now) => ({ ...now, programme, token: now.version === 0 ? now.token : newId(), version: 0 }));
  }, []);

  return {
    call,
    others: others.filter(({ token }) => token !== call.token),
    state,
    takenBy,
    type,
    turnTo,
    done,
    keepNow,
    chooseProgramme,
  };
}
