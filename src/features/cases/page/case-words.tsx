/** How a case's state, its clock and its marks are told, the same in the list and on the page. */

import React from "react";
import type { PromiseTarget } from "../../../engine/lifecycle/nearer-promise.js";
import type { ShownReminder } from "../../../engine/lifecycle/reminders.js";
import type { ClockSummary, PromiseSummary } from "../../../engine/search/case-search.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Badge, ClockBar, Icon, type Tone, useText } from "../../../platform/ui/kit.js";

const words = {
  none: msg("cases-page.caseWords.none"),
  confidential: msg("cases-page.caseWords.confidential"),
  level: pattern("cases-page.caseWords.level"),
  remindedBy: pattern("cases-page.caseWords.remindedBy"),
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
    running: pattern("cases-page.caseWords.left"),
    late: pattern("cases-page.caseWords.late"),
    paused: secondsLeft < 0 ? pattern("cases-page.caseWords.pausedLate") : pattern("cases-page.caseWords.paused"),
    met: msg("cases-page.caseWords.met"),
    metLate: pattern("cases-page.caseWords.metLate"),
    cancelled: msg("cases-page.caseWords.cancelled"),
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

const promiseWords = {
  firstResponse: {
    left: pattern("cases-page.caseWords.replyLeft"),
    near: pattern("cases-page.caseWords.replyNear"),
    late: pattern("cases-page.caseWords.replyLate"),
    paused: pattern("cases-page.caseWords.replyPaused"),
  },
  resolution: {
    left: pattern("cases-page.caseWords.answerLeft"),
    near: pattern("cases-page.caseWords.answerNear"),
    late: pattern("cases-page.caseWords.answerLate"),
    paused: pattern("cases-page.caseWords.answerPaused"),
  },
} as const satisfies Record<PromiseTarget, unknown>;

interface PromiseSaid {
  readonly tone: Tone;
  readonly icon: string;
  readonly says: keyof (typeof promiseWords)[PromiseTarget];
}

/** Red is for what is late alone, amber for what is near, blue for what waits; what has time is neither. */
function promiseSaid({ state, share }: PromiseSummary): PromiseSaid {
  if (state === "late") return { tone: "late", icon: "alert", says: "late" };
  if (state === "paused") return { tone: "waiting", icon: "pause", says: "paused" };
  if (share !== null && share >= nearShare) return { tone: "near", icon: "clock", says: "near" };
  return { tone: "neutral", icon: "play", says: "left" };
}

/** The nearer promise by its name, and the working time that is left for it: one line, the other promise under the pointer. */
export function PromiseChip({
  promise,
  later = null,
}: {
  promise: PromiseSummary | null;
  later?: PromiseSummary | null;
}) {
  const { t, duration } = useText();
  if (promise === null) return <span className="muted small">{t(words.none)}</span>;
  const { state } = promise;
  // What has ended says so, as on the page of the case.
  if (state === "met" || state === "metLate" || state === "cancelled") return <CaseClockBar clock={promise} />;
  const textOf = (one: PromiseSummary): string =>
    t(promiseWords[one.target][promiseSaid(one).says], { time: duration(Math.abs(one.secondsLeft), one) });
  const { tone, icon } = promiseSaid(promise);
  const title = [promise, ...(later === null ? [] : [later])].map(textOf).join("\n");
  return (
    <span className={`badge badge-${tone} promise`} title={title} data-promise={promise.target}>
      <Icon name={icon} size={14} />
      <span className="promise-words">{textOf(promise)}</span>
    </span>
  );
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

/** Who asked for it from above, and when; as a sign, or in words. */
function ReminderMark({ reminder, signs = false }: { reminder: ShownReminder | null; signs?: boolean }) {
  const { t, wholeMoment } = useText();
  if (reminder === null) return null;
  const { as, by, at } = reminder;
  const whole = t(words.remindedBy, { as: t(as), by: `\u2068${by}\u2069`, at: wholeMoment(at) });
  if (signs) {
    return (
      <span className="mark mark-late" title={whole}>
        <Icon name="bell" size={14} />
        <span className="mark-words" aria-hidden="true">
          {t(pattern("cases-page.caseWords.reminded"), { as: t(as) })}
        </span>
        <span className="unseen">{whole}</span>
      </span>
    );
  }
  return (
    <span title={whole}>
      <Badge tone="late" icon="bell">
        {t(pattern("cases-page.caseWords.reminded"), { as: t(as) })}
      </Badge>
    </span>
  );
}

/** What no one should overlook: that it is confidential, how far it was raised, and a reminder that waits. */
export function CaseMarks({
  confidential,
  escalationLevel,
  reminder,
  short,
  signs,
}: {
  confidential: boolean;
  escalationLevel: number;
  reminder: ShownReminder | null;
  short?: boolean;
  /** In rows of one line: signs alone, their words under the pointer and for those who listen. */
  signs?: boolean;
}) {
  const { t } = useText();
  const level = t(short ? pattern("cases-page.caseWords.shortLevel") : words.level, { n: escalationLevel });
  if (signs) {
    return (
      <>
        <ReminderMark reminder={reminder} signs />
        {confidential && (
          <span className="mark" title={t(words.confidential)}>
            <Icon name="lock" size={14} />
            <span className="unseen">{t(words.confidential)}</span>
          </span>
        )}
        {escalationLevel > 0 && (
          <span className="mark mark-near" title={t(words.level, { n: escalationLevel })}>
            <Icon name="escalate" size={14} />
            {level}
          </span>
        )}
      </>
    );
  }
  return (
    <>
      <ReminderMark reminder={reminder} />
      {confidential && (
        <Badge tone="neutral" icon="lock">
          {t(words.confidential)}
        </Badge>
      )}
      {escalationLevel > 0 && (
        <Badge tone="near" icon="escalate">
          {level}
        </Badge>
      )}
    </>
  );
}
