/**
 * Saving what is written of a policy: a moment after the last key, one request at a time, the newest wins, and nothing is
 * lost while nobody answers. It knows nothing of screens.
 */

/** What the server has: the draft, or before there is one the version in force. */
export interface ServerSide {
  /** Null: no draft yet. */
  readonly id: number | null;
  readonly revision: number;
  /** The version in force that it is made from. */
  readonly basedOn: number | null;
  readonly definition: object;
}

/**
 * `saved`: the server has it. `away`: nobody answers, it is tried again. `conflict`: somebody else was faster. `refused`:
 * the server will not take it as it is.
 */
export type SaveStatus = "idle" | "waiting" | "saving" | "saved" | "away" | "conflict" | "refused";

export interface SyncParts {
  /** Saves, or begins the draft where there is none. */
  post(server: ServerSide, definition: object): Promise<{ id: number; revision: number }>;
  failureOf(error: unknown): "later" | "conflict" | "never";
  onStatus(status: SaveStatus): void;
  /** The server has `definition`; `begun`: a draft that was not there before. */
  onSaved(server: ServerSide, begun: boolean): void;
  /** It stops until `goOn`. */
  onStopped(error: unknown, how: "conflict" | "never"): void;
  readonly waitMs: number;
  readonly retryMs: number;
}

export interface PolicySync {
  server(): ServerSide;
  /** Something was written. */
  change(definition: object): void;
  /** Back to what the server has: nothing is to be saved. */
  drop(): void;
  /** This is what the server has now; what waits goes on top of it. */
  goOn(server: ServerSide): void;
  /** Somebody answers again. */
  retry(): void;
  isQuiet(): boolean;
  /** Saves what waits at once; done when nothing is on its way. False: it could not be saved. */
  settle(): Promise<boolean>;
  stop(): void;
}

export function createPolicySync(start: ServerSide, parts: SyncParts): PolicySync {
  let server = start;
  let waiting: object | null = null;
  let running: Promise<void> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  const schedule = (ms: number): void => {
    clearTimeout(timer);
    timer = undefined;
    if (!stopped) timer = setTimeout(push, ms);
  };
  const saved = (answer: { id: number; revision: number }, definition: object): void => {
    const begun = server.id === null;
    server = { ...server, ...answer, definition };
    parts.onStatus(waiting === null ? "saved" : "waiting");
    parts.onSaved(server, begun);
  };
  const failed = (error: unknown, definition: object): void => {
    waiting ??= definition;
    const how = parts.failureOf(error);
    if (how === "later") {
      parts.onStatus("away");
      schedule(parts.retryMs);
      return;
    }
    stopped = true;
    parts.onStatus(how === "conflict" ? "conflict" : "refused");
    parts.onStopped(error, how);
  };
  function push(): void {
    clearTimeout(timer);
    timer = undefined;
    if (running !== null || waiting === null || stopped) return;
    const definition = waiting;
    waiting = null;
    parts.onStatus("saving");
    running = parts
      .post(server, definition)
      .then(
        (answer) => saved(answer, definition),
        (error: unknown) => failed(error, definition),
      )
      .then(() => {
        running = null;
        if (waiting !== null && timer === undefined) schedule(parts.waitMs);
      });
  }
  return {
    server: () => server,
    change(definition) {
      waiting = definition;
      if (stopped) return;
      parts.onStatus("waiting");
      schedule(parts.waitMs);
    },
    drop() {
      waiting = null;
      clearTimeout(timer);
      timer = undefined;
      parts.onStatus("idle");
    },
    goOn(next) {
      server = next;
      stopped = false;
      if (waiting !== null) schedule(0);
    },
    retry() {
      if (waiting !== null && running === null) schedule(0);
    },
    isQuiet: () => waiting === null && running === null,
    async settle() {
      for (let round = 0; round < 3 && (waiting !== null || running !== null) && !stopped; round++) {
        push();
        await running;
      }
      return waiting === null && !stopped;
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
