/** The call that is being typed in this window: kept in the tab at once, and on the server a moment later. */
import { useCallback, useEffect, useRef, useState } from "react";
import { problemOf, send } from "../../../platform/ui/api.js";
import { dropDraft, storeDraft, storedDraft } from "../../../platform/ui/form/draft-store.js";
import { newId } from "../../../platform/ui/new-id.js";
import type { CallDraft, KeptCall } from "./caller.page.js";

export type Typed = Readonly<Record<string, string>>;

export interface OpenCall {
  readonly token: string;
  readonly programme: string;
  readonly typed: Typed;
  /** Of what the server has. */
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

/** What a look-up leaves: nobody has told anything yet. */
const ofLookUp = new Set(["sought", "phone", "foundPhone"]);
export const onlyLookedUp = (typed: Typed): boolean =>
  (typed.phone ?? "") === (typed.foundPhone ?? "") &&
  Object.entries(typed).every(([name, text]) => ofLookUp.has(name) || text.trim() === "");

/** What the tab has, unless the server has something newer of it. */
function resumed(programmes: readonly string[], drafts: readonly CallDraft[]): OpenCall {
  const own = storedDraft<OpenCall>(place);
  const first = programmes[0] ?? "";
  if (own === null || !programmes.includes(own.programme)) return blank(first);
  const there = drafts.find(({ token }) => token === own.token);
  return there !== undefined && there.version > own.version ? { ...there } : own;
}

export function useCall(programmes: readonly string[], drafts: readonly CallDraft[]) {
  const [call, setCall] = useState<OpenCall>(() => resumed(programmes, drafts));
  const [others, setOthers] = useState<readonly OpenCall[]>(drafts);
  const [state, setState] = useState<KeptState>("kept");
  const latest = useRef(call);
  latest.current = call;
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
        if (!answer.kept) return setState("elsewhere");
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

  /** What is in this window becomes one of the others; another one, or a new one, takes its place. */
  const turnTo = useCallback(
    async (other: OpenCall | null) => {
      await keepNow();
      const left = latest.current;
      const isKept = somethingTyped(left.typed);
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
    type,
    turnTo,
    done,
    keepNow,
    chooseProgramme,
  };
}
