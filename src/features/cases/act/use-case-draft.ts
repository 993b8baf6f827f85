/**
 * What is typed for an action of a case: at once in this tab, a moment later on the server, and there on another machine.
 * Until the server has it, it is on this device too, and outlives its tab.
 */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { RecordAnswer } from "../../../platform/admin/resource-view.js";
import {
  draftOnDevice,
  dropDraft,
  dropFromDevice,
  keepOnDevice,
  storeDraft,
  storedDraft,
} from "../../../platform/ui/form/draft-store.js";
import { problemOf, reachedEvent, read, send } from "../../../platform/ui/kit.js";
import { newId } from "../../../platform/ui/new-id.js";
import {
  createDraftSync,
  type DraftFields,
  type DraftStatus,
  isEmpty,
  type LocalDraft,
  meet,
  type ServerDraft,
  type StoredAnswer,
  sameFields,
} from "./draft-sync.js";

/** How long after the last key it is sent, and after how long it is tried again. */
const waitMs = 1000;
const retryMs = 5000;

/** Names this window among those of the same person. */
const tab = newId();
let counted = 0;

export interface CaseDraft {
  readonly typed: DraftFields;
  set(name: string, value: string | readonly string[]): void;
  readonly status: DraftStatus;
  /** True: it was found from before, here or on the server. */
  readonly restored: boolean;
  /** Another window went on with it; `null` inside: there it was sent or thrown away. Undefined: nothing to tell. */
  readonly elsewhere: ServerDraft | null | undefined;
  takeTheirs(): void;
  keepOurs(): void;
  /** Before sending: nothing of the draft is on its way any more. */
  settle(): Promise<void>;
  /** The act was refused, or perhaps it was not sent: the draft lives on. */
  goOn(): void;
  /** The act was done, or the draft is thrown away. */
  clear(): void;
}

const draftKey = (reference: string, action: string): string => `case/${reference}/${action}`;
const storedLocal = (key: string): LocalDraft | null => {
  const found = storedDraft<LocalDraft>(key) ?? draftOnDevice<LocalDraft>(key);
  return found !== null && typeof found.typed === "object" ? found : null;
};

/** Whether something is typed for an action in this tab, or was in one that is closed. */
export function hasLocalDraft(reference: string, action: string): boolean {
  const local = storedLocal(draftKey(reference, action));
  return local !== null && !isEmpty(local.typed);
}

/**
 * `initial`: what the form begins with where nothing was typed before. `known`: what the server had a moment ago.
 * `onDevice`: it may outlive its tab here, while the server does not have it.
 */
export function useCaseDraft(
  reference: string,
  action: string,
  { initial, known, onDevice }: { initial: DraftFields; known: ServerDraft | null; onDevice: boolean },
): CaseDraft {
  const key = draftKey(reference, action);
  const local = useRef<LocalDraft | null>(null);
  local.current ??=
    storedLocal(key) ??
    (known
      ? { typed: known.fields, based: known.version, sent: known.fields }
      : { typed: initial, based: 0, sent: null });
  const [typed, setTyped] = useState<DraftFields>(local.current.typed);
  const [restored, setRestored] = useState(() => known !== null || hasLocalDraft(reference, action));
  const [status, setStatus] = useState<DraftStatus>("idle");
  const [elsewhere, setElsewhere] = useState<ServerDraft | null | undefined>(undefined);
  const gone = useRef(false);
  /** What the server is known to have had of this window last; whether an act took it along, perhaps. */
  const kept = useRef<DraftFields | null>(local.current.sent);
  const sentOff = useRef(false);
  const told = useRef<(newer: ServerDraft | null) => void>(() => undefined);

  const keepLocal = useCallback(
    (change: Partial<LocalDraft>) => {
      local.current = { ...(local.current as LocalDraft), ...change };
      if (!gone.current) storeDraft(key, local.current);
    },
    [key],
  );
  /** The server has what is here, or it is wanted no more. What another tab left is another text, and stays. */
  const leaveDevice = useCallback(() => {
    const there = draftOnDevice<LocalDraft>(key);
    if (there !== null && sameFields(there.typed, local.current?.typed ?? null)) dropFromDevice(key);
  }, [key]);
  const sync = useMemo(
    () =>
      createDraftSync({
        based: local.current?.based ?? 0,
        nextCounter: () => {
          counted += 1;
          return counted;
        },
        waitMs,
        retryMs,
        async post(draft) {
          keepLocal({ sent: draft.fields });
          const body = { action, tab, ...draft };
          return (await send<RecordAnswer>(`resources/cases/records/${reference}/draft`, body)).view as StoredAnswer;
        },
        failureOf(error) {
          const { status: answered } = problemOf(error);
          return answered === 0 || answered === 401 || answered === 429 || answered >= 500 ? "later" : "never";
        },
        onStatus: setStatus,
        onKept: (based, fields) => {
          kept.current = fields;
          keepLocal({ based, sent: fields });
          if (sameFields(fields, local.current?.typed ?? null)) leaveDevice();
        },
        onElsewhere: (newer) => told.current(newer),
      }),
    [action, reference, keepLocal, leaveDevice],
  );
  told.current = (newer) => {
    // What stands there is what this window had kept before, or has sent off by an act since.
    const known = newer === null ? sentOff.current : sameFields(newer.fields, kept.current);
    if (!known) return setElsewhere(newer);
    const based = newer?.version ?? 0;
    sentOff.current = false;
    keepLocal({ based });
    sync.rebase(based);
  };
  useEffect(() => {
    return () => sync.leave();
  }, [sync]);

  useEffect(() => {
    const again = (event: Event) => {
      if (event.type !== reachedEvent || (event as CustomEvent<boolean>).detail) sync.retry();
    };
    window.addEventListener("online", again);
    window.addEventListener(reachedEvent, again);
    return () => {
      window.removeEventListener("online", again);
      window.removeEventListener(reachedEvent, again);
    };
  }, [sync]);

  const show = useCallback(
    (draft: ServerDraft) => {
      leaveDevice();
      kept.current = draft.fields;
      keepLocal({ typed: draft.fields, based: draft.version, sent: draft.fields });
      setTyped(draft.fields);
      setRestored(true);
      setStatus("kept");
      sync.rebase(draft.version);
    },
    [keepLocal, leaveDevice, sync],
  );

  const hear = useCallback(
    (server: ServerDraft | null) => {
      const current = local.current as LocalDraft;
      const meeting = meet(current, server);
      switch (meeting.do) {
        case "take":
          return show(meeting.draft);
        case "ask":
          return setElsewhere(meeting.draft);
        case "drop":
          return setElsewhere(null);
        case "push":
          keepLocal({ based: meeting.based });
          sync.rebase(meeting.based);
          return sync.change(current.typed);
        case "keep":
          if (meeting.based === 0) return;
          setStatus("kept");
          keepLocal({ based: meeting.based });
          leaveDevice();
          return sync.rebase(meeting.based);
      }
    },
    [show, keepLocal, leaveDevice, sync],
  );
  useEffect(() => {
    /** Another window may have gone on with it while this one was not looked at. */
    const look = async () => {
      if (document.visibilityState !== "visible" || gone.current || !sync.quiet()) return;
      const before = local.current;
      const answer = await read<RecordAnswer>(`resources/cases/records/${reference}/drafts`).catch(() => null);
      if (answer === null || gone.current || !sync.quiet() || local.current !== before) return;
      const { drafts } = answer.view as { drafts: readonly ServerDraft[] };
      hear(drafts.find((draft) => draft.action === action) ?? null);
    };
    const again = () => void look();
    again();
    document.addEventListener("visibilitychange", again);
    window.addEventListener("focus", again);
    return () => {
      document.removeEventListener("visibilitychange", again);
      window.removeEventListener("focus", again);
    };
  }, [reference, action, hear, sync]);

  return {
    typed,
    restored,
    status,
    elsewhere,
    set(name, value) {
      const next = { ...(local.current as LocalDraft).typed, [name]: value };
      keepLocal({ typed: next });
      if (onDevice) keepOnDevice(key, local.current);
      setTyped(next);
      sync.change(next);
    },
    takeTheirs() {
      if (elsewhere) show(elsewhere);
      setElsewhere(undefined);
    },
    keepOurs() {
      const based = elsewhere?.version ?? 0;
      keepLocal({ based });
      setElsewhere(undefined);
      sync.change((local.current as LocalDraft).typed);
      sync.rebase(based);
    },
    async settle() {
      sentOff.current = true;
      await sync.settle();
    },
    goOn: () => sync.rebase((local.current as LocalDraft).based),
    clear() {
      gone.current = true;
      leaveDevice();
      dropDraft(key);
    },
  };
}
