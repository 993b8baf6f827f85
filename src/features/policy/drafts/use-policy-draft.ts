/**
 * The one definition that is being edited: as text, as what it says, and where it is kept. What the server does not have yet
 * is in this tab and on this device, where a lost connection or a closed window cannot take it.
 */

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Difference } from "../../../engine/differences/difference.js";
import { isRecord } from "../../../engine/is-record.js";
import type { DraftState } from "../../../engine/setup/policy-draft.js";
import {
  draftOnDevice,
  dropDraft,
  dropFromDevice,
  keepOnDevice,
  type ProblemBody,
  problemOf,
  reachedEvent,
  readJson,
  send,
  storeDraft,
  storedDraft,
} from "../../../platform/ui/kit.js";
import type { PolicyOpened } from "../policy.page.js";
import type { PolicyThing } from "../policy-part.js";
import { createPolicySync, type SaveStatus, type ServerSide } from "./policy-sync.js";

const waitMs = 900;
const retryMs = 5000;

/** What was written here and has not been saved, over what the server had. */
interface Kept {
  readonly text: string;
  readonly server: ServerSide;
}

/** Somebody else went on with the draft, or ended it. */
export interface DraftConflict {
  readonly draft: {
    readonly id: number;
    readonly state: DraftState;
    readonly revision: number;
    readonly basedOn: number | null;
    readonly savedBy: string;
  };
  readonly definition: object;
  readonly theirs: readonly Difference[] | null;
  readonly mine: readonly Difference[] | null;
}

export interface EditedPolicy {
  readonly text: string;
  /** Undefined while the text is no JSON, or says something twice. */
  readonly definition: unknown;
  /** True: the text says something else than what the server has. */
  readonly unsaved: boolean;
  readonly status: SaveStatus;
  readonly problem: ProblemBody | null;
  readonly conflict: DraftConflict | null;
  /** The draft's revision that is seen here; null where there is none. */
  readonly seen: { readonly id: number; readonly revision: number } | null;
  write(text: string): void;
  /** Back to what the server has. */
  forget(): void;
  /** In a conflict: this text on top of theirs, or theirs. */
  putOnTop(): void;
  takeTheirs(): void;
  /** Everything is saved; false: it could not be. */
  settle(): Promise<boolean>;
}

export const textOf = (definition: object): string => JSON.stringify(definition, null, 2);

const isSaid = (definition: object, said: unknown): boolean => isRecord(said) && textOf(said) === textOf(definition);

/** Whether a text says a definition, however it is laid out. */
const saysThe = (definition: object, text: string): boolean => isSaid(definition, readJson(text));

function sideOf({ draft, inForce, shown, current }: PolicyOpened["opened"]): ServerSide {
  if (draft !== null) {
    const { id, revision, basedOn, definition } = draft;
    return { id, revision, basedOn, definition };
  }
  return { id: null, revision: 0, basedOn: current, definition: inForce ?? shown?.definition ?? {} };
}

/** @param changeSet number of the change-set in which a new draft begins; null: it stands by itself */
export function usePolicyDraft(
  thing: PolicyThing,
  opened: PolicyOpened["opened"],
  reload: () => void,
  changeSet: number | null = null,
): EditedPolicy {
  const inSet = useRef(changeSet);
  inSet.current = changeSet;
  const key = `policy/${thing.programme}/${thing.kind}/${thing.name}`;
  const mayWrite = opened.mayPublish;
  const [found] = useState(() => (mayWrite ? (storedDraft<Kept>(key) ?? draftOnDevice<Kept>(key)) : null));
  const kept = found !== null && typeof found.text === "string" && isRecord(found.server?.definition) ? found : null;
  const latest = useRef(kept?.text ?? "");
  const [text, setText] = useState(() => kept?.text ?? textOf(sideOf(opened).definition));
  latest.current = text;
  const [status, setStatus] = useState<SaveStatus>("idle");
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  const [conflict, setConflict] = useState<DraftConflict | null>(null);
  const [server, setServer] = useState<ServerSide>(() => kept?.server ?? sideOf(opened));
  const again = useRef(reload);
  again.current = reload;

  const drop = useCallback(() => {
    dropDraft(key);
    dropFromDevice(key);
  }, [key]);
  const show = useCallback((next: ServerSide) => {
    setServer(next);
    setText(textOf(next.definition));
    setConflict(null);
    setProblem(null);
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: one for as long as the thing is open
  const sync = useMemo(() => {
    const compare = async (id: number, before: object) => {
      const after = readJson(latest.current);
      return send<DraftConflict>("pages/policy", { do: "compare", id, before, after });
    };
    return createPolicySync(kept?.server ?? sideOf(opened), {
      waitMs,
      retryMs,
      post: ({ id, revision, basedOn }, definition) =>
        send<{ id: number; revision: number }>(
          "pages/policy",
          id === null
            ? { do: "begin", ...thing, definition, basedOn, changeSet: inSet.current }
            : { do: "save", id, revision, definition, basedOn },
        ),
      failureOf(error) {
        const { code, status: at } = problemOf(error);
        if (at === 0 || at === 401 || at === 429 || at >= 500) return "later";
        return code === "conflict" || code === "not-now" ? "conflict" : "never";
      },
      onStatus: setStatus,
      onSaved(next, begun) {
        setServer(next);
        setProblem(null);
        if (saysThe(next.definition, latest.current)) drop();
        else keep(next);
        if (begun) again.current();
      },
      onStopped(error, how) {
        setProblem(how === "never" ? problemOf(error) : null);
        if (how === "never") return;
        const mine = sync.server();
        const theirId = mine.id ?? (problemOf(error).draft as number | undefined) ?? null;
        if (theirId === null) {
          // Somebody else began one: it comes with the view.
          again.current();
          return;
        }
        compare(theirId, mine.definition).then(meet, (why: unknown) => setProblem(problemOf(why)));
      },
    });
    function keep(next: ServerSide) {
      const value: Kept = { text: latest.current, server: next };
      storeDraft(key, value);
      keepOnDevice(key, value);
    }
  }, [key]);

  /** What stands there says the same as what is written here, such as one's own save whose page was left: nothing is to be decided. */
  function meet(met: DraftConflict): void {
    const { id, state, revision, basedOn } = met.draft;
    const next: ServerSide = { id, revision, basedOn, definition: met.definition };
    if (state === "open" && saysThe(met.definition, latest.current)) {
      sync.drop();
      setStatus("saved");
      drop();
    } else if (state !== "open" || id !== sync.server().id || !isSaid(met.definition, sync.server().definition)) {
      setStatus("conflict");
      setConflict(met);
      return;
    } else setStatus("waiting");
    // Where a colleague wrote nothing else, and only put it into a change-set, what is written here goes on top of it.
    sync.goOn(next);
    setServer(next);
    again.current();
  }

  const definition = useMemo(() => readJson(text), [text]);
  const write = useCallback(
    (next: string) => {
      setText(next);
      latest.current = next;
      const value: Kept = { text: next, server: sync.server() };
      storeDraft(key, value);
      keepOnDevice(key, value);
      const said = readJson(next);
      if (!isRecord(said)) return;
      if (sync.isQuiet() && textOf(said) === textOf(sync.server().definition)) {
        drop();
        return sync.drop();
      }
      sync.change(said);
    },
    [sync, key, drop],
  );

  // What was left here from before goes on its way again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is opened
  useEffect(() => {
    if (kept !== null) write(kept.text);
    const retry = (event: Event) => (event as CustomEvent<boolean>).detail && sync.retry();
    window.addEventListener(reachedEvent, retry);
    return () => {
      window.removeEventListener(reachedEvent, retry);
      void sync.settle().finally(() => sync.stop());
    };
  }, [sync]);

  // A view that was read anew: what is clean here follows it.
  const theirs = sideOf(opened);
  // biome-ignore lint/correctness/useExhaustiveDependencies: by what the server says, not by each rendering
  useEffect(() => {
    const mine = sync.server();
    if (theirs.id === mine.id && theirs.revision <= mine.revision && theirs.basedOn === mine.basedOn) return;
    const clean = sync.isQuiet() && saysThe(mine.definition, latest.current);
    if (clean) {
      sync.goOn(theirs);
      return show(theirs);
    }
    if (theirs.id === null || conflict !== null) return;
    const after = readJson(latest.current);
    send<DraftConflict>("pages/policy", { do: "compare", id: theirs.id, before: mine.definition, after }).then(
      meet,
      () => undefined,
    );
  }, [theirs.id, theirs.revision, theirs.basedOn]);

  const forget = useCallback(() => {
    drop();
    sync.drop();
    show(sync.server());
  }, [drop, show, sync]);

  return {
    text,
    definition,
    unsaved: !isSaid(server.definition, definition),
    status,
    problem,
    conflict,
    seen: server.id === null ? null : { id: server.id, revision: server.revision },
    write,
    forget,
    putOnTop() {
      if (conflict === null) return;
      const { id, state, revision, basedOn } = conflict.draft;
      const ended = state === "published" || state === "discarded";
      const next: ServerSide = ended
        ? { id: null, revision: 0, basedOn: opened.current, definition: conflict.definition }
        : { id, revision, basedOn, definition: conflict.definition };
      setConflict(null);
      setServer(next);
      sync.goOn(next);
      write(latest.current);
      if (ended) again.current();
    },
    takeTheirs() {
      if (conflict === null) return;
      const { id, state, revision, basedOn } = conflict.draft;
      drop();
      sync.drop();
      if (state === "open" || state === "submitted") {
        const next = { id, revision, basedOn, definition: conflict.definition };
        sync.goOn(next);
        show(next);
      } else {
        const next = {
          id: null,
          revision: 0,
          basedOn: opened.current,
          definition: opened.inForce ?? conflict.definition,
        };
        sync.goOn(next);
        show(next);
      }
      again.current();
    },
    settle: () => sync.settle(),
  };
}
