/** Keeping what is typed on the server: one request at a time, the newest wins, and nothing is lost while nobody answers. */

export type DraftFields = Readonly<Record<string, string | readonly string[]>>;

/** A draft as the server gives it out. */
export interface ServerDraft {
  readonly action: string;
  readonly fields: DraftFields;
  readonly version: number;
  readonly updatedAt: string;
}

/** What this window keeps of it: `based` is the version it builds on, `sent` what it last sent there. */
export interface LocalDraft {
  readonly typed: DraftFields;
  readonly based: number;
  readonly sent: DraftFields | null;
}

/** `kept`: the server has it. `away`: nobody answers, and it is tried again. `here`: it stays in this window alone. */
export type DraftStatus = "idle" | "keeping" | "kept" | "away" | "here";

export type StoredAnswer =
  | { readonly kept: true; readonly version: number }
  | { readonly kept: false; readonly newer: ServerDraft | null };

export const sameFields = (one: DraftFields | null, other: DraftFields | null): boolean =>
  JSON.stringify(trimmed(one)) === JSON.stringify(trimmed(other));
/** Empty fields are no fields; the order of names says nothing. */
function trimmed(fields: DraftFields | null): unknown {
  return Object.entries(fields ?? {})
    .filter(([, value]) => value.length > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
export const isEmpty = (fields: DraftFields): boolean => (trimmed(fields) as unknown[]).length === 0;

export type Meeting =
  /** Nothing to do but to note the version. */
  | { readonly do: "keep"; readonly based: number }
  /** What the server has is newer, and nothing here would be lost. */
  | { readonly do: "take"; readonly draft: ServerDraft }
  /** Both went on: whoever writes chooses. */
  | { readonly do: "ask"; readonly draft: ServerDraft }
  /** It was sent or thrown away elsewhere; nothing here has not been there. */
  | { readonly do: "drop" }
  /** What is here is newer and has to go there. */
  | { readonly do: "push"; readonly based: number };

/** What this window does when it hears what the server has. */
export function meet(local: LocalDraft | null, server: ServerDraft | null): Meeting {
  if (local === null || isEmpty(local.typed)) {
    return server === null ? { do: "keep", based: 0 } : { do: "take", draft: server };
  }
  const unsent = !sameFields(local.typed, local.sent);
  if (server === null) {
    if (local.based > 0 && !unsent) return { do: "drop" };
    return { do: "push", based: 0 };
  }
  // Read before something of this window arrived there.
  if (server.version < local.based) return { do: "keep", based: local.based };
  if (sameFields(server.fields, local.typed)) return { do: "keep", based: server.version };
  // The answer to what this window sent last may have been lost.
  if (server.version === local.based || sameFields(server.fields, local.sent)) {
    return { do: "push", based: server.version };
  }
  return unsent ? { do: "ask", draft: server } : { do: "take", draft: server };
}

export interface DraftSyncParts {
  post(a: { fields: DraftFields; counter: number; based: number }): Promise<StoredAnswer>;
  /** How a failed request ended: `later` (nobody answered), or `never` (refused for good). */
  failureOf(error: unknown): "later" | "never";
  onStatus(status: DraftStatus): void;
  /** The server has it: from now on this builds on `version`. */
  onKept(version: number, fields: DraftFields): void;
  /** Another window wrote meanwhile; null: it was sent or thrown away there. */
  onElsewhere(newer: ServerDraft | null): void;
  readonly based: number;
  /** Counts up all that this window sends. */
  nextCounter(): number;
  readonly waitMs: number;
  readonly retryMs: number;
}

export interface DraftSync {
  /** Something was typed. */
  change(fields: DraftFields): void;
  /** It builds on this version now, and goes on if it had stopped. */
  rebase(version: number): void;
  /** Somebody answers again. */
  retry(): void;
  /** Nothing waits to be sent and nothing is on its way. */
  quiet(): boolean;
  /** Sends nothing more; done once nothing is on its way. */
  settle(): Promise<void>;
  /** The form is left: what is not on the server yet is sent there now, once. */
  leave(): void;
}

export function createDraftSync(parts: DraftSyncParts): DraftSync {
  let { based } = parts;
  let waiting: DraftFields | null = null;
  let running: Promise<void> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  let left = false;

  const schedule = (ms: number): void => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(push, ms);
  };
  const answered = (answer: StoredAnswer, fields: DraftFields): void => {
    if (answer.kept) {
      based = answer.version;
      parts.onKept(answer.version, fields);
      parts.onStatus(waiting === null ? "kept" : "keeping");
      return;
    }
    stopped = true;
    waiting ??= fields;
    parts.onStatus("here");
    parts.onElsewhere(answer.newer);
  };
  const failed = (error: unknown, fields: DraftFields): void => {
    waiting ??= fields;
    const how = parts.failureOf(error);
    if (how === "never") stopped = true;
    parts.onStatus(how === "never" ? "here" : "away");
    if (how === "later" && !left) schedule(parts.retryMs);
  };
  function push(): void {
    timer = undefined;
    if (running !== null || waiting === null || stopped) return;
    const fields = waiting;
    waiting = null;
    parts.onStatus("keeping");
    running = parts
      .post({ fields, counter: parts.nextCounter(), based })
      .then(
        (answer) => answered(answer, fields),
        (error: unknown) => failed(error, fields),
      )
      .then(() => {
        running = null;
        if (waiting !== null && timer === undefined && !left) schedule(parts.waitMs);
      });
  }
  return {
    change(fields) {
      waiting = fields;
      if (!stopped) schedule(parts.waitMs);
    },
    rebase(version) {
      based = version;
      stopped = false;
      if (waiting !== null) schedule(0);
    },
    retry() {
      if (waiting !== null) schedule(0);
    },
    quiet: () => waiting === null && running === null,
    async settle() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
    leave() {
      const last = () => {
        left = true;
        clearTimeout(timer);
        push();
      };
      if (running === null) last();
      else void running.then(last);
    },
  };
}
