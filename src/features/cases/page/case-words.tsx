/** How a case's state, its clock and its marks are told, the same in the list and on the page. */

import React from "react";
import type { ClockSummary } from "../../../engine/search/case-search.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Badge, ClockBar, type Tone, useText } from "../../../platform/ui/kit.js";

const words = {
  left: pattern("cases-page.caseWords.left"),
  late: pattern("cases-page.caseWords.late"),
  paused: pattern("cases-page.caseWords.paused"),
  pausedLate: pattern("cases-page.caseWords.pausedLate"),
  met: msg("cases-page.caseWords.met"),
  metLate: pattern("cases-page.caseWords.metLate"),
  cancelled: msg("cases-page.caseWords.cancelled"),
  none: msg("cases-page.caseWords.none"),
  confidential: msg("cases-page.caseWords.confidential"),
  shortLevel: pattern("cases-page.caseWords.shortLevel"),
  level: pattern("cases-page.caseWords.level"),
};

type State = ClockSummary["state"];
const tones: Readonly<Record<State, Tone>> = {
  running: "done",
  paused: "waiting",
  late: "late",
  met: "neutral",
  metLate: "neutral",
  cancelled: "neutral",
};
/** From this share on it is near. */
const nearShare = 0.75;

export function CaseClockBar({ clock }: { clock: ClockSummary | null }) {
  const { t, duration } = useText();
  if (clock === null) return <span className="muted">{t(words.none)}</span>;
  const { state, secondsLeft, share } = clock;
  const time = duration(Math.abs(secondsLeft), clock);
  const says = {
    running: words.left,
    late: words.late,
    paused: secondsLeft < 0 ? words.pausedLate : words.paused,
    met: words.met,
    metLate: words.metLate,
    cancelled: words.cancelled,
  }[state];
  const near = state === "running" && share !== null && share >= nearShare;
  if (state === "met" || state === "metLate" || state === "cancelled") {
    return (
      <Badge tone="neutral" icon={state === "met" ? "check" : state === "metLate" ? "clock" : "minus"}>
        {t(says, { time })}
      </Badge>
    );
  }
  return <ClockBar share={share ?? 0} words={t(says, { time })} tone={near ? "near" : tones[state]} />;
}

const kinds: Readonly<Record<string, { tone: Tone; icon: string }>> = {
  open: { tone: "neutral", icon: "dot" },
  waiting: { tone: "waiting", icon: "pause" },
  resolved: { tone: "done", icon: "check" },
  final: { tone: "neutral", icon: "archive" },
};

export function StateBadge({ state }: { state: { name: { en: string; ar: string }; kind: string } }) {
  const { t } = useText();
  return <Badge {...(kinds[state.kind] ?? {})}>{t(state.name)}</Badge>;
}

/** What nobody should overlook: that it is confidential, and how far it was raised. */
export function CaseMarks({
  confidential,
  escalationLevel,
  short,
}: {
  confidential: boolean;
  escalationLevel: number;
  short?: boolean;
}) {
  const { t } = useText();
  return (
    <>
      {confidential && (
        <Badge tone="near" icon="lock">
          {t(words.confidential)}
        </Badge>
      )}
      {escalationLevel > 0 && (
        <Badge tone="late" icon="escalate">
          {t(short ? words.shortLevel : words.level, { n: escalationLevel })}
        </Badge>
      )}
    </>
  );
}
