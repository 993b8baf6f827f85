/** In the frame of every screen: how far one's long work is while it runs, and news when it is done. */

import React, { useEffect, useRef, useState } from "react";
import { Link, useLocation } from "react-router-dom";
import type { BulkRunView } from "../../../engine/lifecycle/views/bulk-view.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { adminRoot, Badge, boot, read, type Tone, toast, useText } from "../../../platform/ui/kit.js";
import type { ExportView } from "../export/export-view.js";
import type { MyWorkView } from "./my-work.page.js";

const words = {
  waiting: msg("cases-bulk.workProgress.waiting"),
  running: msg("cases-bulk.workProgress.running"),
  done: msg("cases-bulk.workProgress.done"),
  failed: msg("cases-bulk.workProgress.failed"),
  cancelled: msg("cases-bulk.workProgress.cancelled"),
  of: pattern("cases-bulk.workProgress.of"),
};

type WorkState = "waiting" | "running" | "done" | "failed" | "cancelled";

const tones: Readonly<Record<WorkState, Tone>> = {
  waiting: "waiting",
  running: "waiting",
  done: "done",
  failed: "late",
  cancelled: "neutral",
};

/** How far a piece of long work is, in a bar and in words; and in which state it is. */
export const isOver = (state: WorkState): boolean => state !== "waiting" && state !== "running";

export function WorkBadge({ state }: { state: WorkState }) {
  const { t } = useText();
  return <Badge tone={tones[state]}>{t(words[state])}</Badge>;
}

export function WorkProgress({
  state,
  n,
  total,
  label,
}: {
  state: WorkState;
  n: number;
  total: number;
  label: string;
}) {
  const { t } = useText();
  if (isOver(state)) return null;
  const share = total === 0 ? 0 : Math.min(1, n / total);
  return (
    <span className="work-progress">
      <progress className="progress" max={1} value={share} aria-label={label} />
      <span className="small muted">{t(words.of, { n: n, total: Math.max(n, total) })}</span>
    </span>
  );
}

/** Something long was started in this window: whoever shows how far it is looks at once. */
const started = "diwan:work-started";

export const workStarted = (): void => {
  window.dispatchEvent(new Event(started));
};

/** Calls `listener` whenever something was started; gives what ends it. */
function onWorkStarted(listener: () => void): () => void {
  window.addEventListener(started, listener);
  return () => window.removeEventListener(started, listener);
}

const pollMs = 2500;
const page = `${adminRoot}/pages/my-work`;

type Work = { kind: "run"; of: BulkRunView } | { kind: "export"; of: ExportView };

const allOf = (view: MyWorkView): Work[] => [
  ...view.runs.map((of): Work => ({ kind: "run", of })),
  ...view.exports.map((of): Work => ({ kind: "export", of })),
];

/** Only whoever has that page has work of this kind. */
const hasWork = (): boolean => (boot()?.navigation ?? []).some(({ items }) => items.some(({ href }) => href === page));

export function WorkWatch() {
  const { t } = useText();
  const { pathname } = useLocation();
  const [going, setGoing] = useState<readonly Work[]>([]);
  /** All there was at the last look, with whether it was over; null before the first. */
  const seen = useRef<ReadonlyMap<string, boolean> | null>(null);
  const [asked, setAsked] = useState(hasWork() ? 1 : 0);
  useEffect(() => {
    return onWorkStarted(() => setAsked((n) => n + 1));
  }, []);

  useEffect(() => {
    if (asked === 0) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let current = true;
    const tell = ({ kind, of }: Work): void => {
      if (of.state === "cancelled") return;
      if (kind === "run") {
        toast(
          t(pattern("cases-bulk.workWatch.run"), { act: t(of.name), done: of.done, refused: of.refused }),
          of.refused > 0 ? "info" : "success",
        );
      } else if (of.state === "done") toast(t(pattern("cases-bulk.workWatch.exported"), { n: of.rows }));
      else toast(t(msg("cases-bulk.workWatch.exportFailed")), "danger");
    };
    const look = async (): Promise<void> => {
      try {
        const all = allOf(await read<MyWorkView>("pages/my-work", { timed: true }));
        if (!current) return;
        // What ended since; also what was begun and ended between two looks.
        const before = seen.current;
        const isNews = ({ of }: Work) => before !== null && before.get(of.id) !== true && isOver(of.state);
        for (const work of all.filter(isNews)) tell(work);
        const open = all.filter(({ of }) => !isOver(of.state));
        seen.current = new Map(all.map(({ of }) => [of.id, isOver(of.state)]));
        setGoing(open);
        if (open.length > 0) timer = setTimeout(() => void look(), pollMs);
      } catch {
        // The connection is told of elsewhere; it is looked at again when there is one.
        if (current) timer = setTimeout(() => void look(), pollMs * 4);
      }
    };
    void look();
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [asked, t]);

  const [first] = going;
  if (first === undefined || pathname === page) return null;
  const [n, total] =
    first.kind === "run"
      ? [first.of.done + first.of.refused, first.of.total]
      : [first.of.rows, Math.max(first.of.rows, first.of.expected)];
  const name = first.kind === "run" ? t(first.of.name) : t(msg("cases-bulk.workWatch.exporting"));
  return (
    <Link to={page} className="work-watch" aria-label={t(msg("cases-bulk.workWatch.show"))}>
      <span>{name}</span>
      <progress className="progress" max={Math.max(1, total)} value={n} aria-label={name} />
      <span className="small">{t(pattern("cases-bulk.workWatch.of"), { n: n, total: total })}</span>
    </Link>
  );
}
