/**
 * Sending an act once. A request whose answer is lost is sent again under the same key, by itself once the server answers
 * again; the server does what is named by a key only once.
 */
import { useCallback, useEffect, useRef, useState } from "react";
import type { ActionAnswer, RecordAnswer } from "../../../platform/admin/resource-view.js";
import {
  draftOnDevice,
  dropDraft,
  dropFromDevice,
  keepOnDevice,
  storeDraft,
  storedDraft,
} from "../../../platform/ui/form/draft-store.js";
import { type ProblemBody, problemOf, reachedEvent, read, send, withQuery } from "../../../platform/ui/kit.js";
import { newId } from "../../../platform/ui/new-id.js";
import type { PerformedView, ShownAfterAct } from "./composer-actions.js";
import { rememberedAct } from "./composer-values.js";
import type { DraftFields } from "./draft-sync.js";
import type { OfferedBack } from "./take-back-button.js";

/** An act that was sent and whose answer is not known: after a reload too it is sent under the same key. */
interface Pending {
  readonly key: string;
  readonly body: string;
}

export type Act =
  | { readonly phase: "idle" }
  | { readonly phase: "sending" }
  /** Nobody answered; it is sent again by itself. */
  | { readonly phase: "waiting" }
  | { readonly phase: "refused"; readonly problem: ProblemBody }
  /** What was sent before it was changed had arrived after all. */
  | { readonly phase: "earlier" };

export interface ActRequest {
  readonly fields: DraftFields;
  readonly expectedSeq: number;
  /** Ids of files that go with it. */
  readonly attachments: readonly string[];
}

const againMs = 4000;
const unknownOutcome = (status: number): boolean => status === 0 || status === 502 || status === 503 || status === 504;

interface ActDone {
  readonly takeBack?: Omit<OfferedBack, "reference">;
}

async function wasDone(key: string): Promise<ActDone | null> {
  const answer = await read<ActionAnswer>(withQuery("resources/cases/actions/performed", { key }));
  return (answer.view as { act: ActDone | null }).act;
}

export function useAct(a: {
  reference: string;
  action: string;
  /** It may outlive its tab on this device while its answer is not known. */
  onDevice: boolean;
  /** `gone`: it left this official's reach by the act, as after a transfer. `shown`: the case after it, null when it has to be asked for. */
  onDone: (gone: boolean, shown: ShownAfterAct | null, back: OfferedBack | null) => void;
  /** The field that is remembered nowhere; null: there is none. */
  secret: string | null;
}) {
  const { reference, action, onDevice, secret } = a;
  const store = `act/${reference}/${action}`;
  const [act, setAct] = useState<Act>({ phase: "idle" });
  const last = useRef<ActRequest | null>(null);
  const running = useRef(false);
  const done = useRef(a.onDone);
  done.current = a.onDone;

  const attempt = useCallback(
    async (request: ActRequest) => {
      if (running.current) return;
      running.current = true;
      last.current = request;
      const body = rememberedAct(request, secret);
      let pending = storedDraft<Pending>(store);
      const repeated = pending !== null;
      const drop = () => {
        dropDraft(store);
        dropFromDevice(store);
      };
      const finish = (gone: boolean, answered: PerformedView | null, earlier: ActDone | null = answered) => {
        drop();
        last.current = null;
        const back = earlier?.takeBack === undefined ? null : { reference, ...earlier.takeBack };
        done.current(gone, answered?.shown ?? null, back);
      };
      try {
        // A tab that is closed, or another one: never is its key taken for what is sent from here.
        const left = pending === null ? draftOnDevice<Pending>(store) : null;
        const before = left === null ? null : await wasDone(left.key);
        if (left !== null && before !== null) {
          if (left.body === body) return finish(false, null, before);
          drop();
          last.current = null;
          return setAct({ phase: "earlier" });
        }
        if (pending !== null && pending.body !== body && (await wasDone(pending.key)) !== null) {
          drop();
          last.current = null;
          return setAct({ phase: "earlier" });
        }
        pending = { key: pending?.key ?? newId(), body };
        storeDraft(store, pending);
        if (onDevice) keepOnDevice(store, pending);
        setAct((now) => (now.phase === "waiting" ? now : { phase: "sending" }));
        const answer = await send<RecordAnswer>(`resources/cases/records/${reference}/perform`, {
          ...request,
          action,
          actKey: pending.key,
          show: true,
        });
        finish(answer.record.gone === true, answer.view as PerformedView | null);
      } catch (error) {
        const problem = problemOf(error);
        if (unknownOutcome(problem.status)) return setAct({ phase: "waiting" });
        // By the first request it may have left this official's reach.
        if (problem.status === 404 && repeated && pending !== null) {
          const arrived = await wasDone(pending.key).catch(() => null);
          if (arrived !== null) return finish(true, null, arrived);
        }
        const refusedForGood = problem.status < 500 && problem.status !== 401 && problem.status !== 429;
        if (refusedForGood) drop();
        last.current = null;
        setAct({ phase: "refused", problem });
      } finally {
        running.current = false;
      }
    },
    [reference, action, store, onDevice, secret],
  );

  const waiting = act.phase === "waiting";
  useEffect(() => {
    if (!waiting) return;
    const again = () => last.current !== null && void attempt(last.current);
    const told = (event: Event) => (event as CustomEvent<boolean>).detail && again();
    const timer = setInterval(again, againMs);
    window.addEventListener("online", again);
    window.addEventListener(reachedEvent, told);
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", again);
      window.removeEventListener(reachedEvent, told);
    };
  }, [waiting, attempt]);

  return {
    act,
    send: attempt,
    /** Sends no more by itself; what was sent may have arrived, and its key is remembered. */
    stop() {
      last.current = null;
      setAct({ phase: "idle" });
    },
    refuse: (problem: ProblemBody | null) =>
      setAct(problem === null ? { phase: "idle" } : { phase: "refused", problem }),
  };
}
