/** How far a piece of long work is, in a bar and in words; and in which state it is. */

import React from "react";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Badge, type Tone, useText } from "../../../platform/ui/kit.js";

const words = {
  waiting: msg("cases-bulk.workProgress.waiting"),
  running: msg("cases-bulk.workProgress.running"),
  done: msg("cases-bulk.workProgress.done"),
  failed: msg("cases-bulk.workProgress.failed"),
  cancelled: msg("cases-bulk.workProgress.cancelled"),
  of: pattern("cases-bulk.workProgress.of"),
};

export type WorkState = "waiting" | "running" | "done" | "failed" | "cancelled";

const tones: Readonly<Record<WorkState, Tone>> = {
  waiting: "waiting",
  running: "waiting",
  done: "done",
  failed: "late",
  cancelled: "neutral",
};

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
