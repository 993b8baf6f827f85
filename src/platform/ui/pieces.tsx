/** Small pieces of which screens are made. */

import React, { type ReactNode } from "react";
import { msg } from "../../engine/text/msg.js";
import { failedRequest, type ProblemBody } from "./api.js";
import { boot, type Words } from "./boot.js";
import { Icon } from "./icons.js";
import { useText } from "./language/text.js";
import { saidOnce } from "./said-once.js";

export type Tone = "late" | "near" | "waiting" | "done" | "neutral";

const toneIcons: Readonly<Record<Tone, string>> = {
  late: "alert",
  near: "clock",
  waiting: "pause",
  done: "check",
  neutral: "dot",
};

/** A state in a word, with a sign; colour is never alone. */
export function Badge({ tone = "neutral", icon, children }: { tone?: Tone; icon?: string; children: ReactNode }) {
  return (
    <span className={`badge badge-${tone}`}>
      <Icon name={icon ?? toneIcons[tone]} size={14} />
      <span>{children}</span>
    </span>
  );
}

export type NoticeTone = "info" | "success" | "warning" | "danger";
const noticeIcons: Readonly<Record<NoticeTone, string>> = {
  info: "info",
  success: "check",
  warning: "alert",
  danger: "alert",
};

export function NoticeBox({
  tone = "info",
  title,
  children,
  actions,
}: {
  tone?: NoticeTone;
  title?: Words;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  const { t } = useText();
  return (
    <div className={`notice notice-${tone}`} role={tone === "danger" ? "alert" : undefined}>
      <Icon name={noticeIcons[tone]} size={20} />
      <div className="notice-body">
        {title && <p className="notice-title">{t(title)}</p>}
        {children}
        {actions && <div className="notice-actions">{actions}</div>}
      </div>
    </div>
  );
}

/** A refusal in words: what happened and what to do. */
export function ProblemBox({ problem, actions }: { problem: ProblemBody | null | undefined; actions?: ReactNode }) {
  const { t } = useText();
  if (!problem) return null;
  const more = saidOnce(problem);
  const { request } = problem;
  return (
    <NoticeBox tone="danger" title={problem.title} actions={actions}>
      <p>{t(problem.detail)}</p>
      {more.length > 0 && (
        <ul className="bullets">
          {more.map((reason) => (
            <li key={reason.en}>{t(reason)}</li>
          ))}
        </ul>
      )}
      {problem.status >= 500 && typeof request === "string" && (
        <p className="small">
          {t(msg("ui.problemBox.number"))} <bdi dir="ltr">{request}</bdi> <AskRoom />
        </p>
      )}
    </NoticeBox>
  );
}

/** The way to those who run the office: page and number of what failed there go along, and nothing else. In its own window: what was typed here stays. */
export function AskRoom() {
  const { t } = useText();
  const address = boot()?.askRoom;
  if (address === undefined) return null;
  const query = new URLSearchParams({ page: window.location.pathname });
  const failed = failedRequest();
  if (failed !== undefined) query.set("error", failed);
  return (
    <a href={`${address}&${query}`} target="_blank" rel="noreferrer">
      {t(msg("ui.problemBox.askRoom"))}
    </a>
  );
}

export function EmptyState({
  title,
  hint,
  action,
  icon = "folder",
}: {
  title: Words;
  hint?: Words;
  action?: ReactNode;
  icon?: string;
}) {
  const { t } = useText();
  return (
    <div className="empty">
      <Icon name={icon} size={32} />
      <p className="empty-title">{t(title)}</p>
      {hint && <p className="empty-hint">{t(hint)}</p>}
      {action && <div className="empty-action">{action}</div>}
    </div>
  );
}

export function Spinner({ label }: { label?: Words }) {
  const { t } = useText();
  return (
    <div className="spinner" role="status">
      <span className="spinner-mark" aria-hidden="true" />
      <span>{t(label ?? msg("ui.pieces.loading"))}</span>
    </div>
  );
}

/** A moment as people say it; all of it under the pointer. `dayOnly`: where the hour is of no use once days have passed. */
/** `whole`: with weekday, date, year and seconds, where a wrong year would matter. `term`: begins or ends something that is counted in days. */
export function Moment({
  at,
  dayOnly = false,
  whole = false,
  term = false,
}: {
  at: string | Date | null | undefined;
  dayOnly?: boolean;
  whole?: boolean;
  term?: boolean;
}) {
  const { moment, termMoment, wholeMoment } = useText();
  if (at === null || at === undefined) return <span className="muted">—</span>;
  const date = new Date(at);
  const full = wholeMoment(date);
  return (
    <time className="moment" dateTime={Number.isNaN(date.getTime()) ? undefined : date.toISOString()} title={full}>
      {whole ? full : term ? termMoment(at) : moment(at, dayOnly)}
    </time>
  );
}

/** Text that somebody typed, in its own direction, apart from what stands around it. */
export function Bidi({ children, ltr }: { children: ReactNode; ltr?: boolean }) {
  return (
    <bdi dir={ltr ? "ltr" : "auto"} className={ltr ? "ltr" : undefined}>
      {children}
    </bdi>
  );
}

export interface Fact {
  readonly label: Words;
  readonly value: ReactNode;
}

/** Labels and values; what is empty says so. */
export function Facts({ rows }: { rows: readonly (Fact | null | false | undefined)[] }) {
  const { t } = useText();
  return (
    <dl className="facts">
      {rows.map(
        (row) =>
          row && (
            <div key={t(row.label)} className="fact">
              <dt>{t(row.label)}</dt>
              <dd>
                {row.value === null || row.value === undefined || row.value === "" ? (
                  <span className="muted">{t(msg("ui.pieces.nothing"))}</span>
                ) : (
                  row.value
                )}
              </dd>
            </div>
          ),
      )}
    </dl>
  );
}

/** A clock that runs is no work done: it has the sign of one that was started, not a tick. */
const clockIcons: Readonly<Record<Tone, string>> = { ...toneIcons, done: "play" };

/** How far a clock has run: 0 is the start, 1 is due, more is late. The words say it all; the bar only shows it. */
export function ClockBar({ share, words: text, tone }: { share: number; words: Words; tone?: Tone }) {
  const { t } = useText();
  const tone_ = tone ?? (share >= 1 ? "late" : share >= 0.75 ? "near" : "done");
  return (
    <span className={`clock clock-${tone_}`}>
      <span className="clock-words">
        <Icon name={clockIcons[tone_]} size={14} />
        <span>{t(text)}</span>
      </span>
      <span className="clock-bar" aria-hidden="true">
        <span style={{ inlineSize: `${Math.round(Math.max(0.02, Math.min(1, share)) * 100)}%` }} />
      </span>
    </span>
  );
}

/** Reads out what changed, for those who do not see it. */
export function Announce({ children }: { children: ReactNode }) {
  return (
    <div className="unseen" role="status" aria-live="polite">
      {children}
    </div>
  );
}
