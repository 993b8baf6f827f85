/** Escalation as a ladder along the time of the targets: who is warned when, who hears when it is raised, and how high. */

import React, { useEffect, useRef } from "react";
import type { Budget } from "../../../engine/calendar/budget.js";
import { isRecord } from "../../../engine/is-record.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Badge, Button, EmptyState, Icon, Panel, Select, useAddress, useText } from "../../../platform/ui/kit.js";
import type { PolicyPart, PolicyPartProps } from "../policy-part.js";
import { type RuleActs, useRuleActs } from "../use-rule-acts.js";
import { type Facts, verdictOf } from "./condition-verdict.js";
import { conditionWords, factNamed } from "./condition-words.js";
import { faultsUnder } from "./place-faults.js";
import { RuleEditor } from "./rule-editor.js";
import { type RuleSetView, type RuleView, viewOfSet } from "./rule-model.js";
import { NoForm, UnshownRules } from "./rules-part.js";
import { clockWords, kindWords, momentWords, receiverWords } from "./step-words.js";
import { LongDay } from "./targets-editor.js";

// The steps of the ladder along time: by what they are measured, then moment by moment.

interface LadderMoment {
  /** As it is written, so that equal moments stand together. */
  readonly key: string;
  readonly when: unknown;
  /** Before, at or after the due time; null for time without action. */
  readonly side: "before" | "due" | "after" | null;
  readonly steps: readonly RuleView[];
}
interface LadderLane {
  /** A target, or `idle`. */
  readonly clock: string;
  readonly moments: readonly LadderMoment[];
}

const lanes = ["idle", "acknowledgement", "firstResponse", "resolution"];
/** Enough to put moments into their order; the calendar says how long they really are. */
const hoursOf: Readonly<Record<Budget["unit"], number>> = { workingDays: 34, workingHours: 34 / 7, calendarHours: 1 };

function hours(budget: unknown): number {
  if (!isRecord(budget)) return 0;
  return Number(budget.amount) * (hoursOf[budget.unit as Budget["unit"]] ?? 1);
}

/** Where a moment stands among those of its lane; due is 100. */
function placeOf(when: unknown): number {
  if (!isRecord(when)) return 0;
  if ("idle" in when) return hours(when.idle);
  return "after" in when ? 1_000_000 + hours(when.after) : Number(when.percent);
}

function sideOf(when: unknown): LadderMoment["side"] {
  if (!isRecord(when) || "idle" in when) return null;
  if ("after" in when) return "after";
  const percent = Number(when.percent);
  return percent < 100 ? "before" : percent === 100 ? "due" : "after";
}

const laneOf = (when: unknown): string =>
  !isRecord(when) || "idle" in when ? "idle" : String(when.clock ?? "resolution");

/** The rules whose steps a case may get of which this much is known. */
const stepsFor = (rules: readonly RuleView[], facts: Facts): RuleView[] =>
  rules.filter((rule) => verdictOf(rule.conditions, facts) !== false);

function ladderOf(rules: readonly RuleView[]): LadderLane[] {
  const known = new Set([...lanes, ...rules.map(({ params }) => laneOf(params.when))]);
  return [...known].flatMap((clock): LadderLane[] => {
    const own = rules.filter(({ params }) => laneOf(params.when) === clock);
    const moments = new Map<string, RuleView[]>();
    for (const rule of own) {
      const key = JSON.stringify(rule.params.when);
      moments.set(key, [...(moments.get(key) ?? []), rule]);
    }
    const sorted = [...moments].map(([key, steps]): LadderMoment => {
      const when = steps[0]?.params.when;
      const byLevel = [...steps].sort((a, b) => Number(a.params.level) - Number(b.params.level));
      return { key, when, side: sideOf(when), steps: byLevel };
    });
    sorted.sort((a, b) => placeOf(a.when) - placeOf(b.when));
    return sorted.length === 0 ? [] : [{ clock, moments: sorted }];
  });
}

const words = {
  idle: msg("policy-rules.ladderPart.idle"),
  fresh: msg("policy-rules.ladderPart.fresh"),
  changed: msg("policy-rules.ladderPart.changed"),
  untitled: msg("policy-rules.ladderPart.untitled"),
};

/** Facts by which the ladder is looked at: those that most steps ask for. */
const lenses = ["type", "importance"] as const;

interface CardProps {
  readonly rule: RuleView;
  readonly part: PolicyPartProps;
  readonly acts: RuleActs;
  readonly opened: boolean;
  readonly onOpen: () => void;
}

function StepCard({ rule, part, acts, opened, onOpen }: CardProps) {
  const { t } = useText();
  const { vocabulary, faults } = part;
  const tell = Array.isArray(rule.params.tell) ? rule.params.tell : [];
  const found = faultsUnder(faults, `/rules/${rule.index}`);
  const errors = found.filter(({ severity }) => severity === "error").length;
  const standing = acts.standingOf(rule);
  return (
    <button
      type="button"
      className={opened ? "step-card step-open" : "step-card"}
      data-rule={rule.id}
      aria-expanded={opened}
      onClick={onOpen}
    >
      <span className="step-head">
        <Icon name={rule.params.kind === "warning" ? "alert" : "escalate"} size={16} />
        <strong>{t(kindWords(rule.params))}</strong>
      </span>
      <bdi>{t(rule.title) || t(words.untitled)}</bdi>
      <bdi className="small muted">{t(conditionWords(rule.conditions, vocabulary))}</bdi>
      <bdi className="small">
        {t(pattern("policy-rules.ladderPart.told"), {
          who: tell
            .map((one) => t(receiverWords(String(one), vocabulary)))
            .join(t(msg("policy-rules.ladderPart.text"))),
        })}
      </bdi>
      {rule.params.mandatory === true && (
        <Badge tone="waiting" icon="mail">
          {t(msg("policy-rules.ladderPart.mandatory"))}
        </Badge>
      )}
      {rule.params.raiseImportance === true && (
        <Badge tone="near" icon="up">
          {t(msg("policy-rules.ladderPart.raises"))}
        </Badge>
      )}
      {standing && (
        <Badge tone="waiting" icon={standing === "fresh" ? "plus" : "edit"}>
          {t(words[standing])}
        </Badge>
      )}
      {errors > 0 && <Badge tone="late">{t(pattern("policy-rules.ladderPart.errors"), { n: errors })}</Badge>}
      {found.length > errors && (
        <Badge tone="near" icon="info">
          {t(pattern("policy-rules.ladderPart.worth"), { n: found.length - errors })}
        </Badge>
      )}
    </button>
  );
}

const tops = (moment: LadderMoment): number =>
  Math.max(0, ...moment.steps.map(({ params }) => Number(params.level) || 0));

/** How long after the due time, or without an action; null of a share of the target. */
function timeOf(when: unknown): Budget | null {
  if (!isRecord(when)) return null;
  const time = when.after ?? when.idle;
  return isRecord(time) && typeof time.amount === "number" ? (time as unknown as Budget) : null;
}

function Lane({
  lane,
  highest,
  dayHours,
  card,
}: {
  lane: LadderLane;
  highest: number;
  dayHours: number;
  card: (rule: RuleView) => React.ReactNode;
}) {
  const { t } = useText();
  const title = lane.clock === "idle" ? words.idle : (clockWords[lane.clock] ?? { en: lane.clock, ar: lane.clock });
  return (
    <section className="ladder">
      <h3>{t(title)}</h3>
      <ol className="ladder-line">
        {lane.moments.map((moment) => (
          <li
            key={moment.key}
            className={`ladder-moment ladder-${moment.side ?? "idle"}`}
            style={{ "--rise": `${(tops(moment) / Math.max(1, highest)) * 100}%` } as React.CSSProperties}
          >
            <div className="ladder-stair" aria-hidden="true">
              <span />
            </div>
            <p className="ladder-when">
              <Icon name={moment.side === "after" || moment.side === "due" ? "alert" : "clock"} size={16} />
              <span>{t(momentWords(moment.when))}</span>
            </p>
            <LongDay budget={timeOf(moment.when)} dayHours={dayHours} />
            <div className="ladder-steps">{moment.steps.map(card)}</div>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Lenses({ part }: { part: PolicyPartProps }) {
  const { t } = useText();
  const [query, setQuery] = useAddress();
  return (
    <div className="outcome-line ladder-lenses">
      {lenses.map((name) => {
        const fact = factNamed(part.vocabulary, name);
        if (!fact?.values) return null;
        return (
          <Select
            key={name}
            label={fact.label}
            value={query[`of-${name}`] ?? ""}
            empty={t(msg("policy-rules.ladderPart.every"))}
            choices={fact.values
              .filter(({ retired }) => !retired)
              .map(({ code, name: label }) => ({ value: code, label }))}
            onChange={(chosen) => setQuery({ [`of-${name}`]: chosen })}
          />
        );
      })}
    </div>
  );
}

function OpenedStep({
  set,
  rule,
  part,
  acts,
}: {
  set: RuleSetView;
  rule: RuleView;
  part: PolicyPartProps;
  acts: RuleActs;
}) {
  const { t } = useText();
  const [, setQuery] = useAddress();
  const place = set.rules.indexOf(rule);
  const panel = useRef<HTMLDivElement>(null);
  // The ladder is long: what was opened or added on it is brought into sight below its lane.
  useEffect(() => {
    panel.current?.scrollIntoView({ block: "start" });
  }, []);
  return (
    <div ref={panel} className="ladder-opened">
      <Panel
        title={t(pattern("policy-rules.ladderPart.opened"), { title: t(rule.title) || t(words.untitled) })}
        actions={
          <span className="row-acts">
            {part.onChange && acts.ofRule(rule, place)}
            <Button small icon="close" onClick={() => setQuery({ rule: null })}>
              {t(msg("policy-rules.ladderPart.close"))}
            </Button>
          </span>
        }
      >
        <RuleEditor
          set={set}
          rule={rule}
          above={[]}
          onChange={part.onChange}
          faults={part.faults}
          vocabulary={part.vocabulary}
          onEditText={() => setQuery({ part: "text" })}
          isFresh={acts.fresh === rule.id}
        />
      </Panel>
    </div>
  );
}

function Ladder({ set, part }: { set: RuleSetView; part: PolicyPartProps }) {
  const { t } = useText();
  const [query, setQuery] = useAddress();
  const acts = useRuleActs(set, part);
  const facts = Object.fromEntries(
    lenses.flatMap((name) => (query[`of-${name}`] ? [[name, query[`of-${name}`]] as const] : [])),
  );
  const opened = set.rules.find(({ id }) => id === query.rule) ?? null;
  const shown = stepsFor(set.rules, facts);
  const lanes = ladderOf(shown);
  const highest = Math.max(1, ...part.vocabulary.ladder.map(({ level }) => level));
  const card = (rule: RuleView) => (
    <StepCard
      key={rule.index}
      rule={rule}
      part={part}
      acts={acts}
      opened={rule === opened}
      onOpen={() => setQuery({ rule: rule === opened ? null : rule.id, at: null })}
    />
  );
  return (
    <>
      <div className="rules-head">
        <p className="muted">{t(msg("policy-rules.ladderPart.lead"))}</p>
        {part.onChange && (
          <Button icon="plus" onClick={acts.add}>
            {t(msg("policy-rules.ladderPart.add"))}
          </Button>
        )}
      </div>
      <UnshownRules set={set} />
      <Lenses part={part} />
      {lanes.length === 0 && <EmptyState title={msg("policy-rules.ladderPart.none")} icon="ladder" />}
      {lanes.map((lane) => (
        <React.Fragment key={lane.clock}>
          <Lane lane={lane} highest={highest} dayHours={part.vocabulary.dayHours} card={card} />
          {opened && lane.moments.some(({ steps }) => steps.includes(opened)) && (
            <OpenedStep key={opened.id} set={set} rule={opened} part={part} acts={acts} />
          )}
        </React.Fragment>
      ))}
      {opened && !shown.includes(opened) && (
        <OpenedStep key={opened.id} set={set} rule={opened} part={part} acts={acts} />
      )}
      {acts.dialogs}
    </>
  );
}

function LadderPart(part: PolicyPartProps) {
  const set = viewOfSet(part.definition);
  return set === null ? <NoForm /> : <Ladder set={set} part={part} />;
}

export const ladderPart: PolicyPart = {
  id: "ladder",
  label: msg("policy-rules.ladderPart.tab"),
  place: "editor",
  of: ({ kind, name }) => kind === "rules" && name === "escalation",
  Component: LadderPart,
};
