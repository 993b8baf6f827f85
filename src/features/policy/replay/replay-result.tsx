/** What a replay found: how many would change, from what to what, what would have been on time, where cases would go. */
import React from "react";
import { Link } from "react-router-dom";
import type { Budget } from "../../../engine/calendar/budget.js";
import type { PolicyVocabulary } from "../../../engine/explain/policy-vocabulary.js";
import type { LoadCounts, OnTimeCounts, ReplayGroup } from "../../../engine/replay/replay-tally.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { adminRoot, EmptyState, LinkButton, NoticeBox, Table, useText, withQuery } from "../../../platform/ui/kit.js";
import { budgetWords } from "../rules/budget-words.js";
import { isRecord } from "../rules/condition-query.js";
import { factLabel, factNamed, valueWords } from "../rules/condition-words.js";
import { clockWords, receiverWords } from "../rules/step-words.js";
import { isRunning, type ReplayDetailOnWire } from "./use-replays.js";

interface Change {
  readonly facet: string;
  readonly from: unknown;
  readonly to: unknown;
}

const changeWordsWords = {
  triage: { en: "Waits to be placed", ar: "بانتظار التوجيه" },
  review: { en: "Quality review", ar: "مراجعة الجودة" },
  reviewed: { en: "reviewed", ar: "تُراجع" },
  notReviewed: { en: "not reviewed", ar: "لا تُراجع" },
  warning: { en: "Warning", ar: "إشعار" },
  level: { en: "Escalation to level {n}", ar: "تصعيد إلى المستوى {n}" },
  whoHears: { en: "Who hears: {step}", ar: "من يُبلَّغ: {step}" },
  onTime: { en: "{clock}: on time?", ar: "{clock}: في الموعد؟" },
  due: { en: "{clock}: deadline", ar: "{clock}: الموعد" },
  others: { en: "Other changes", ar: "تغييرات أخرى" },
  nobody: { en: "nobody", ar: "لا أحد" },
} as const satisfies Record<string, Bilingual>;

const states: Readonly<Record<string, Bilingual>> = {
  none: { en: "not counted", ar: "لا تُحتسب" },
  open: { en: "not due yet", ar: "لم يحن موعدها" },
  kept: { en: "on time", ar: "في الموعد" },
  missed: { en: "late", ar: "متأخرة" },
  told: { en: "goes out", ar: "يُرسل" },
  silent: { en: "does not go out", ar: "لا يُرسل" },
  earlier: { en: "earlier", ar: "أبكر" },
  later: { en: "later", ar: "أكثر تأخرًا" },
  ended: { en: "as it was", ar: "كما كان" },
};
/** Of deadlines: what is open still runs. */
const deadlines: Readonly<Record<string, Bilingual>> = {
  open: { en: "still running", ar: "ما زالت جارية" },
  ended: { en: "ended", ar: "منتهية" },
  earlier: { en: "would be due earlier", ar: "يصبح موعدها أبكر" },
  later: { en: "would be due later", ar: "يصبح موعدها متأخرًا" },
};

const same = (text: unknown): Bilingual => ({ en: String(text ?? "—"), ar: String(text ?? "—") });
const filled = (pattern: Bilingual, name: string, value: Bilingual): Bilingual => ({
  en: pattern.en.replace(`{${name}}`, () => value.en),
  ar: pattern.ar.replace(`{${name}}`, () => value.ar),
});
const clockOf = (target: string): Bilingual => clockWords[target] ?? same(target);
const stepOf = (level: string): Bilingual =>
  level === "0" ? changeWordsWords.warning : filled(changeWordsWords.level, "n", same(level));

/** What a replay found, in words: what was decided, what followed, from what to what. */
function facetWords(facet: string, vocabulary: PolicyVocabulary): Bilingual {
  const [kind = "", about = ""] = facet.split(".");
  if (kind === "kept") return filled(changeWordsWords.onTime, "clock", clockOf(about));
  if (kind === "due") return filled(changeWordsWords.due, "clock", clockOf(about));
  if (kind === "level") return stepOf(about);
  if (kind === "told") return filled(changeWordsWords.whoHears, "step", stepOf(about));
  if (kind === "review") return changeWordsWords.review;
  if (kind === "others") return changeWordsWords.others;
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
    if (told.length === 0) return changeWordsWords.nobody;
    return { en: told.map(({ en }) => en).join(", "), ar: told.map(({ ar }) => ar).join("، ") };
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
  found: {
    en: "Of {cases} cases, {changed} would be otherwise.",
    ar: "عدد المعاملات {cases}، وكان سيختلف منها {changed}.",
  },
  soFar: {
    en: "It is still running: this is what it found so far.",
    ar: "ما زالت الإعادة جارية، وهذا ما وُجد حتى الآن.",
  },
  part: {
    en: "It ended early: only {n} of {total} cases were looked at, and this is what was found of them.",
    ar: "انتهت قبل أوانها: نُظر في {n} فقط من أصل {total} معاملة، وهذا ما وُجد فيها.",
  },
  none: { en: "Nothing would be otherwise", ar: "لا شيء كان سيختلف" },
  toList: { en: "Show these cases, or export them", ar: "عرض هذه المعاملات أو تصديرها" },
  changes: { en: "From what to what", ar: "من ماذا إلى ماذا" },
  what: { en: "What", ar: "ماذا" },
  from: { en: "In force now", ar: "الساري الآن" },
  to: { en: "By this draft", ar: "بهذه المسودة" },
  cases: { en: "Cases", ar: "المعاملات" },
  onTime: { en: "On time", ar: "في الموعد" },
  target: { en: "Target", ar: "الهدف" },
  before: { en: "Now", ar: "الآن" },
  after: { en: "By the draft", ar: "بالمسودة" },
  of: { en: "{share} ({kept} of {fell})", ar: "{share} ({kept} من {fell})" },
  noData: { en: "no data", ar: "لا بيانات" },
  load: { en: "Cases of each entity", ar: "معاملات كل جهة" },
  changed: { en: "Would be otherwise", ar: "كانت ستختلف" },
  counted: {
    en: "Counted are cases received in this time, as the key figures count them: without repeated ones and what applicants withdrew. Confidential cases are left out everywhere. Compared is what the version in force says with the facts that were recorded when each case was decided.",
    ar: "تُحتسب المعاملات الواردة في هذه الفترة كما في المؤشرات: دون المكررة وما سحبه أصحابه، وتُستثنى المعاملات السرّية في كل موضع. وتكون المقارنة بما تقوله النسخة السارية للمعلومات المسجلة عند البت في كل معاملة.",
  },
  promises: {
    en: "Late and on time are reckoned from what really happened, by the calendar of each clock. Pauses count as they were.",
    ar: "يُحسب التأخير والالتزام مما حدث فعلًا وبتقويم كل ساعة، وتُحتسب فترات الانتظار كما كانت.",
  },
  otherVersions: {
    en: "{n} of {all} decisions were made by earlier versions than the one in force.",
    ar: "{n} من {all} قرارًا اتخذتها نسخ سابقة للنسخة السارية.",
  },
  unmeasured: {
    en: "{n} targets would be promised where none was: whether they would be kept is not known.",
    ar: "{n} من الأهداف كانت ستوضع حيث لم يكن هدف، ولا يُعرف إن كان سيُلتزم بها.",
  },
  unrecorded: {
    en: "Past decisions did not record these, so they count as not known: {names}",
    ar: "لم تسجلها القرارات السابقة، فتُعد غير معروفة: {names}",
  },
} as const satisfies Record<string, Bilingual>;

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
  const { t, number, percent } = useText();
  if (fell === 0) return <span className="muted">{t(words.noData)}</span>;
  return <bdi>{t(words.of, { share: percent(kept / fell), kept: number(kept), fell: number(fell) })}</bdi>;
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
      caption={words.changes}
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
        { key: "target", label: words.target, cell: (target) => t(clockWords[target]) },
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
    before: { en: `${words.onTime.en}: ${words.before.en}`, ar: `${words.onTime.ar}: ${words.before.ar}` },
    after: { en: `${words.onTime.en}: ${words.after.en}`, ar: `${words.onTime.ar}: ${words.after.ar}` },
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
            label: words.changed,
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

function Load({ run, vocabulary }: { run: ReplayDetailOnWire; vocabulary: PolicyVocabulary }) {
  const { t, number } = useText();
  const rows: LoadRow[] = Object.entries(run.tally.load)
    .map(([code, counts]) => ({ code, ...counts }))
    .filter(({ before, after }) => before !== after)
    .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before));
  if (rows.length === 0) return null;
  return (
    <Table
      caption={words.load}
      showCaption
      rows={rows}
      rowKey={({ code }) => code}
      columns={[
        {
          key: "entity",
          label: words.what,
          cell: ({ code }) => <bdi>{t(groupWords("entity", code, vocabulary))}</bdi>,
        },
        { key: "before", label: words.before, align: "end", narrow: true, cell: ({ before }) => number(before) },
        { key: "after", label: words.after, align: "end", narrow: true, cell: ({ after }) => number(after) },
      ]}
    />
  );
}

/** What stands there is not of all cases, and nobody should take it for that. */
function Unfinished({ run }: { run: ReplayDetailOnWire }) {
  const { t, number } = useText();
  if (isRunning(run)) return <NoticeBox title={words.soFar} />;
  const numbers = { n: number(run.cases), total: number(Math.max(run.expected, run.cases)) };
  return <NoticeBox tone="warning" title={t(words.part, numbers)} />;
}

export function ReplayResult({ run, vocabulary }: { run: ReplayDetailOnWire; vocabulary: PolicyVocabulary }) {
  const { t, number, list } = useText();
  const { tally, unrecorded } = run;
  const named = unrecorded.map((name) => t(factLabel(vocabulary, name)));
  const whole = run.state === "done";
  return (
    <div className="stack replay-result">
      {!whole && <Unfinished run={run} />}
      <p className="replay-sum">{t(words.found, { cases: number(tally.cases), changed: number(tally.changed) })}</p>
      {tally.changed > 0 && (
        <p>
          <LinkButton to={listOf(run.id)}>{t(words.toList)}</LinkButton>
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
        {t(words.counted)} {fell(tally.whole.resolution) > 0 && t(words.promises)}{" "}
        {tally.otherVersions > 0 &&
          t(words.otherVersions, { n: number(tally.otherVersions), all: number(tally.decisions) })}{" "}
        {tally.unmeasured > 0 && t(words.unmeasured, { n: number(tally.unmeasured) })}
      </p>
    </div>
  );
}
