/** What a replay found: how many would change, from what to what, what would have been on time, where cases would go. */

import React from "react";
import { Link } from "react-router-dom";
import type { Budget } from "../../../engine/calendar/budget.js";
import type { PolicyVocabulary } from "../../../engine/explain/policy-vocabulary.js";
import { isRecord } from "../../../engine/is-record.js";
import type { LoadCounts, OnTimeCounts, ReplayGroup } from "../../../engine/replay/replay-tally.js";
import { filled, msg, pattern } from "../../../engine/text/msg.js";
import { type Bilingual, inLanguage, listed, perLanguage } from "../../../engine/text/text.js";
import { adminRoot, EmptyState, LinkButton, NoticeBox, Table, useText, withQuery } from "../../../platform/ui/kit.js";
import { budgetWords } from "../rules/budget-words.js";
import { factLabel, factNamed, valueWords } from "../rules/condition-words.js";
import { clockWords, receiverWords } from "../rules/step-words.js";
import { isRunning, type ReplayDetailOnWire } from "./use-replays.js";

interface Change {
  readonly facet: string;
  readonly from: unknown;
  readonly to: unknown;
}

const changeWordsWords = {
  triage: msg("policy-replay.replayResult.changeWordsWordsTriage"),
  reviewed: msg("policy-replay.replayResult.changeWordsWordsReviewed"),
  notReviewed: msg("policy-replay.replayResult.changeWordsWordsNotReviewed"),
  warning: msg("policy-replay.replayResult.changeWordsWordsWarning"),
  level: pattern("policy-replay.replayResult.changeWordsWordsLevel"),
};

const states: Readonly<Record<string, Bilingual>> = {
  none: msg("policy-replay.replayResult.statesNone"),
  open: msg("policy-replay.replayResult.statesOpen"),
  kept: msg("policy-replay.replayResult.statesKept"),
  missed: msg("policy-replay.replayResult.statesMissed"),
  told: msg("policy-replay.replayResult.statesTold"),
  silent: msg("policy-replay.replayResult.statesSilent"),
  earlier: msg("policy-replay.replayResult.statesEarlier"),
  later: msg("policy-replay.replayResult.statesLater"),
  ended: msg("policy-replay.replayResult.statesEnded"),
};
/** Of deadlines: what is open still runs. */
const deadlines: Readonly<Record<string, Bilingual>> = {
  open: msg("policy-replay.replayResult.deadlinesOpen"),
  ended: msg("policy-replay.replayResult.deadlinesEnded"),
  earlier: msg("policy-replay.replayResult.deadlinesEarlier"),
  later: msg("policy-replay.replayResult.deadlinesLater"),
};

const same = (text: unknown): Bilingual => ({ en: String(text ?? "—"), ar: String(text ?? "—") });
const clockOf = (target: string): Bilingual => clockWords[target] ?? same(target);
const stepOf = (level: string): Bilingual =>
  level === "0" ? changeWordsWords.warning : filled(changeWordsWords.level, { n: same(level) });

/** What a replay found, in words: what was decided, what followed, from what to what. */
function facetWords(facet: string, vocabulary: PolicyVocabulary): Bilingual {
  const [kind = "", about = ""] = facet.split(".");
  if (kind === "kept") return msg("policy-replay.replayResult.changeWordsWordsOnTime", { clock: clockOf(about) });
  if (kind === "due") return msg("policy-replay.replayResult.changeWordsWordsDue", { clock: clockOf(about) });
  if (kind === "level") return stepOf(about);
  if (kind === "told") return msg("policy-replay.replayResult.changeWordsWordsWhoHears", { step: stepOf(about) });
  if (kind === "review") return msg("policy-replay.replayResult.changeWordsWordsReview");
  if (kind === "others") return msg("policy-replay.replayResult.changeWordsWordsOthers");
  return clockWords[kind] ?? factNamed(vocabulary, kind)?.label ?? same(facet);
}

function sideWords({ facet }: Change, value: unknown, vocabulary: PolicyVocabulary): Bilingual {
  const [kind = ""] = facet.split(".");
  if (kind === "due") return deadlines[String(value)] ?? same(value);
  if (kind === "kept" || kind === "level") return states[String(value)] ?? same(value);
  if (kind === "review") return value === true ? changeWordsWords.reviewed : changeWordsWords.notReviewed;
  if (kind === "others") return same(null);
  if (kind === "told") {
    const told = (Array.isArray(value) ? value : []).map((one) => receiverWords(String(one), vocabulary));
    if (told.length === 0) return msg("policy-replay.replayResult.changeWordsWordsNobody");
    return listed(told);
  }
  if (kind in clockWords) return budgetWords(isRecord(value) ? (value as unknown as Budget) : null);
  if (kind === "entity" && value === null) return changeWordsWords.triage;
  return valueWords(factNamed(vocabulary, kind), value);
}

const changeWords = (change: Change, vocabulary: PolicyVocabulary): { from: Bilingual; to: Bilingual } => ({
  from: sideWords(change, change.from, vocabulary),
  to: sideWords(change, change.to, vocabulary),
});

/** A code of a dimension; the empty one: none. */
const groupWords = (dimension: string, code: string, vocabulary: PolicyVocabulary): Bilingual =>
  dimension === "entity" && code === ""
    ? changeWordsWords.triage
    : valueWords(factNamed(vocabulary, dimension), code === "" ? null : code);

const words = {
  found: pattern("policy-replay.replayResult.found"),
  none: msg("policy-replay.replayResult.none"),
  what: msg("policy-replay.replayResult.what"),
  from: msg("policy-replay.replayResult.from"),
  to: msg("policy-replay.replayResult.to"),
  cases: msg("policy-replay.replayResult.cases"),
  onTime: msg("policy-replay.replayResult.onTime"),
  before: msg("policy-replay.replayResult.before"),
  after: msg("policy-replay.replayResult.after"),
  of: pattern("policy-replay.replayResult.of"),
  aWeek: pattern("policy-replay.replayResult.aWeek"),
  promises: msg("policy-replay.replayResult.promises"),
  otherVersions: pattern("policy-replay.replayResult.otherVersions"),
  unrecorded: pattern("policy-replay.replayResult.unrecorded"),
};

const dimensions = ["entity", "pillar", "importance", "type"] as const;
const targets = ["firstResponse", "resolution"] as const;
type Dimension = (typeof dimensions)[number];

/** Filters of the list of cases, with the rows behind a number. */
const listOf = (run: string, filters: Readonly<Record<string, string | undefined>> = {}) =>
  withQuery(`${adminRoot}/resources/cases`, {
    "filters.replayed": run,
    ...Object.fromEntries(Object.entries(filters).map(([name, value]) => [`filters.${name}`, value])),
  });

function Rate({ kept, fell }: { kept: number; fell: number }) {
  const { t, percent } = useText();
  if (fell === 0) return <span className="muted">{t(msg("policy-replay.replayResult.noData"))}</span>;
  return <bdi>{t(words.of, { share: percent(kept / fell), kept: kept, fell: fell })}</bdi>;
}
const Before = ({ counts }: { counts: OnTimeCounts }) => <Rate kept={counts.keptBefore} fell={counts.fellBefore} />;
const After = ({ counts }: { counts: OnTimeCounts }) => <Rate kept={counts.keptAfter} fell={counts.fellAfter} />;

const fell = ({ fellBefore, fellAfter }: OnTimeCounts): number => fellBefore + fellAfter;

/** A change, and where it stands in the run. */
type Place = ReplayDetailOnWire["tally"]["changes"][number] & { readonly place: number };

function Changes({ run, vocabulary }: { run: ReplayDetailOnWire; vocabulary: PolicyVocabulary }) {
  const { t, number } = useText();
  const rows: Place[] = run.tally.changes
    .map((change, place) => ({ ...change, place }))
    .sort((a, b) => b.cases - a.cases || a.place - b.place);
  return (
    <Table
      caption={msg("policy-replay.replayResult.changes")}
      showCaption
      rows={rows}
      rowKey={({ place }) => String(place)}
      empty={<EmptyState icon="check" title={words.none} />}
      columns={[
        { key: "what", label: words.what, cell: ({ facet }) => t(facetWords(facet, vocabulary)) },
        { key: "from", label: words.from, cell: (row) => <bdi>{t(changeWords(row, vocabulary).from)}</bdi> },
        { key: "to", label: words.to, cell: (row) => <bdi>{t(changeWords(row, vocabulary).to)}</bdi> },
        {
          key: "cases",
          label: words.cases,
          align: "end",
          narrow: true,
          cell: ({ cases, place }) => <Link to={listOf(`${run.id}.${place}`)}>{number(cases)}</Link>,
        },
      ]}
    />
  );
}

function OnTime({ run }: { run: ReplayDetailOnWire }) {
  const { t } = useText();
  const rows = targets.filter((target) => fell(run.tally.whole[target]) > 0);
  if (rows.length === 0) return null;
  return (
    <Table
      caption={words.onTime}
      showCaption
      rows={rows}
      rowKey={(target) => target}
      columns={[
        { key: "target", label: msg("policy-replay.replayResult.target"), cell: (target) => t(clockWords[target]) },
        { key: "before", label: words.before, cell: (target) => <Before counts={run.tally.whole[target]} /> },
        { key: "after", label: words.after, cell: (target) => <After counts={run.tally.whole[target]} /> },
      ]}
    />
  );
}

interface GroupRow extends ReplayGroup {
  readonly code: string;
}

function Groups(a: { run: ReplayDetailOnWire; dimension: Dimension; vocabulary: PolicyVocabulary }) {
  const { t, number } = useText();
  const { run, dimension, vocabulary } = a;
  const label = vocabulary.facts.find(({ name }) => name === dimension)?.label ?? { en: dimension, ar: dimension };
  const rows: GroupRow[] = Object.entries(run.tally.by[dimension])
    .map(([code, group]) => ({ code, ...group }))
    .filter(({ changed }) => changed > 0)
    .sort((x, y) => y.changed - x.changed);
  const promises = rows.some(({ resolution }) => fell(resolution) > 0);
  const onTime = {
    before: perLanguage((language) => `${inLanguage(words.onTime, language)}: ${inLanguage(words.before, language)}`),
    after: perLanguage((language) => `${inLanguage(words.onTime, language)}: ${inLanguage(words.after, language)}`),
  };
  return (
    <details>
      <summary>{t(label)}</summary>
      <Table
        caption={label}
        rows={rows}
        rowKey={({ code }) => code}
        empty={<EmptyState icon="check" title={words.none} />}
        columns={[
          { key: "name", label, cell: ({ code }) => <bdi>{t(groupWords(dimension, code, vocabulary))}</bdi> },
          { key: "cases", label: words.cases, align: "end", narrow: true, cell: ({ cases }) => number(cases) },
          {
            key: "changed",
            label: msg("policy-replay.replayResult.changed"),
            align: "end",
            narrow: true,
            cell: ({ code, changed }) =>
              code === "" ? number(changed) : <Link to={listOf(run.id, { [dimension]: code })}>{number(changed)}</Link>,
          },
          ...(promises
            ? [
                {
                  key: "before",
                  label: onTime.before,
                  cell: ({ resolution }: GroupRow) => <Before counts={resolution} />,
                },
                {
                  key: "after",
                  label: onTime.after,
                  cell: ({ resolution }: GroupRow) => <After counts={resolution} />,
                },
              ]
            : []),
        ]}
      />
    </details>
  );
}

interface LoadRow extends LoadCounts {
  readonly code: string;
}

const weekMs = 7 * 86_400_000;

/** How many of a number that is counted over the whole time come in a week. */
function AWeek({ run, of }: { run: ReplayDetailOnWire; of: number }) {
  const { t, number } = useText();
  const weeks = Math.max(1, (Date.parse(run.to) - Date.parse(run.from)) / weekMs);
  const each = of / weeks;
  return (
    <span className="small muted">
      ({t(words.aWeek, { n: number(each < 10 ? Math.round(each * 10) / 10 : Math.round(each)) })})
    </span>
  );
}

function Load({ run, vocabulary }: { run: ReplayDetailOnWire; vocabulary: PolicyVocabulary }) {
  const { t, number } = useText();
  const rows: LoadRow[] = Object.entries(run.tally.load)
    .map(([code, counts]) => ({ code, ...counts }))
    .filter(({ before, after }) => before !== after)
    .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before));
  if (rows.length === 0) return null;
  return (
    <Table
      caption={msg("policy-replay.replayResult.load")}
      showCaption
      rows={rows}
      rowKey={({ code }) => code}
      columns={[
        {
          key: "entity",
          label: words.what,
          cell: ({ code }) => <bdi>{t(groupWords("entity", code, vocabulary))}</bdi>,
        },
        ...(["before", "after"] as const).map((side) => ({
          key: side,
          label: words[side],
          align: "end" as const,
          narrow: true,
          cell: (row: LoadRow) => (
            <>
              {number(row[side])} {row[side] > 0 && <AWeek run={run} of={row[side]} />}
            </>
          ),
        })),
      ]}
    />
  );
}

/** What stands there is not of all cases, and nobody should take it for that. */
function Unfinished({ run }: { run: ReplayDetailOnWire }) {
  const { t, number } = useText();
  if (isRunning(run)) return <NoticeBox title={msg("policy-replay.replayResult.soFar")} />;
  const numbers = { n: number(run.cases), total: number(Math.max(run.expected, run.cases)) };
  return <NoticeBox tone="warning" title={t(pattern("policy-replay.replayResult.part"), numbers)} />;
}

export function ReplayResult({ run, vocabulary }: { run: ReplayDetailOnWire; vocabulary: PolicyVocabulary }) {
  const { t, list } = useText();
  const { tally, unrecorded } = run;
  const named = unrecorded.map((name) => t(factLabel(vocabulary, name)));
  const whole = run.state === "done";
  return (
    <div className="stack replay-result">
      {!whole && <Unfinished run={run} />}
      <p className="replay-sum">
        {t(words.found, { cases: tally.cases, changed: tally.changed })}{" "}
        {whole && tally.changed > 0 && <AWeek run={run} of={tally.changed} />}
      </p>
      {tally.changed > 0 && (
        <p>
          <LinkButton to={listOf(run.id)}>{t(msg("policy-replay.replayResult.toList"))}</LinkButton>
        </p>
      )}
      {named.length > 0 && <NoticeBox tone="warning" title={t(words.unrecorded, { names: list(named) })} />}
      <OnTime run={run} />
      {(whole || tally.changed > 0) && <Changes run={run} vocabulary={vocabulary} />}
      <Load run={run} vocabulary={vocabulary} />
      {tally.changed > 0 &&
        dimensions.map((dimension) => (
          <Groups key={dimension} run={run} dimension={dimension} vocabulary={vocabulary} />
        ))}
      <p className="small muted">
        {t(msg("policy-replay.replayResult.counted"))} {fell(tally.whole.resolution) > 0 && t(words.promises)}{" "}
        {tally.otherVersions > 0 && t(words.otherVersions, { n: tally.otherVersions, all: tally.decisions })}{" "}
        {tally.unmeasured > 0 && t(pattern("policy-replay.replayResult.unmeasured"), { n: tally.unmeasured })}
      </p>
    </div>
  );
}
