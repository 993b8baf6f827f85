/** All versions of one thing as a line of time: who, why, the second person, how long each decided; any two beside each other. */

import React, { useEffect, useState } from "react";
import { Link } from "react-router-dom";
import type { Difference } from "../../../engine/differences/difference.js";
import { elapsedDay } from "../../../engine/formatting/durations.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { listed } from "../../../engine/text/text.js";
import {
  adminRoot,
  Badge,
  Bidi,
  Button,
  LinkButton,
  Moment,
  type ProblemBody,
  ProblemBox,
  problemOf,
  Select,
  Spinner,
  send,
  type Tone,
  useAddress,
  useText,
  type Words,
  withQuery,
} from "../../../platform/ui/kit.js";
import type { ConfigurationKind, VersionStatus } from "../../setup/tables/create-models.js";
import type { VersionUse } from "../../setup/version-queries.js";
import { DifferenceList } from "./difference-list.js";
import type { VersionOnWire } from "./version-line.js";

const words = {
  version: pattern("policy-versions.versionTimeline.version"),
  inForce: pattern("policy-versions.versionTimeline.inForce"),
  wasInForce: pattern("policy-versions.versionTimeline.wasInForce"),
  offer: msg("policy-versions.versionTimeline.offer"),
  beside: msg("policy-versions.versionTimeline.beside"),
  to: msg("policy-versions.versionTimeline.to"),
  more: pattern("policy-versions.versionTimeline.more"),
};

/** What is counted of a version, as each kind is used. What is not pinned to anything is not counted. */
const useWords: Readonly<Partial<Record<ConfigurationKind, Words>>> = {
  rules: msg("policy-versions.versionTimeline.useWordsRules"),
  workflow: msg("policy-versions.versionTimeline.useWordsWorkflow"),
  calendar: msg("policy-versions.versionTimeline.useWordsCalendar"),
};

const states: Readonly<Record<VersionStatus, { readonly words: Words; readonly tone: Tone }>> = {
  published: { words: msg("policy-versions.versionTimeline.statesPublishedWords"), tone: "done" },
  draft: { words: msg("policy-versions.versionTimeline.statesDraftWords"), tone: "waiting" },
  retired: { words: msg("policy-versions.versionTimeline.statesRetiredWords"), tone: "neutral" },
};

interface TimelineProps {
  readonly versions: readonly VersionOnWire[];
  readonly current: number | null;
  readonly addressOf: (version: VersionOnWire) => string;
  /** Begins a draft with what the version says; left out where whoever looks may not. */
  readonly onReopen?: ((version: VersionOnWire) => void) | undefined;
  /** Why that cannot be done now. */
  readonly whyNot?: Words | null;
}

const secondsBetween = (from: string | Date, to: string | Date): number =>
  (new Date(to).getTime() - new Date(from).getTime()) / 1000;

function Comparison({ versions, current }: Pick<TimelineProps, "versions" | "current">) {
  const { t } = useText();
  const [query, setQuery] = useAddress();
  const [found, setFound] = useState<{ key: string; differences: readonly Difference[] } | null>(null);
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  const known = (id: string | undefined) => versions.find((version) => String(version.id) === id);
  const to = known(query.to) ?? versions.find(({ id }) => id === current) ?? versions[0];
  const from = known(query.from) ?? versions.find(({ version }) => version < (to?.version ?? 0)) ?? to;
  const key = `${from?.id}/${to?.id}`;
  useEffect(() => {
    if (from === undefined || to === undefined) return;
    let asked = true;
    send<{ differences: Difference[] }>("pages/policy", { do: "differences", from: from.id, to: to.id })
      .then(({ differences }) => asked && setFound({ key, differences }))
      .catch((error: unknown) => asked && setProblem(problemOf(error)));
    return () => {
      asked = false;
    };
  }, [from, to, key]);
  if (from === undefined || to === undefined || versions.length < 2) return null;
  const choices = versions.map(({ id, version, status }) => ({
    value: String(id),
    label: `${t(words.version, { n: String(version) })} · ${t(states[status].words)}`,
  }));
  return (
    <section className="comparison" aria-label={t(words.beside)}>
      <h3>{t(words.beside)}</h3>
      <div className="comparison-choice">
        <Select
          label={msg("policy-versions.versionTimeline.from")}
          value={String(from.id)}
          choices={choices}
          onChange={(id) => setQuery({ from: id })}
        />
        <Select label={words.to} value={String(to.id)} choices={choices} onChange={(id) => setQuery({ to: id })} />
      </div>
      <ProblemBox problem={problem} />
      {found?.key === key ? <DifferenceList differences={found.differences} /> : problem === null && <Spinner />}
    </section>
  );
}

function Lasted({ version }: { version: VersionOnWire }) {
  const { t, duration, moment } = useText();
  const { publishedAt, retiredAt, status } = version;
  if (publishedAt === null) return null;
  if (status === "published") return <span>{t(words.inForce, { time: moment(publishedAt) })}</span>;
  if (retiredAt === null) return null;
  return <span>{t(words.wasInForce, { time: duration(secondsBetween(publishedAt, retiredAt), elapsedDay) })}</span>;
}

interface Uses {
  readonly of: ReadonlyMap<number, VersionUse>;
  /** Whether the cases behind a number may be read. */
  readonly mayList: boolean;
}

/** How often each version was used, by its id; empty until it is known. */
function useUses(versions: readonly VersionOnWire[]): Uses {
  const [uses, setUses] = useState<Uses>({ of: new Map(), mayList: false });
  const [newest] = versions;
  const { programme, kind, name, id } = newest ?? {};
  useEffect(() => {
    if (id === undefined || kind === undefined || useWords[kind] === undefined) return;
    let asked = true;
    send<{ uses: VersionUse[]; mayList: boolean }>("pages/policy", { do: "uses", programme, kind, name })
      .then(({ uses: found, mayList }) => asked && setUses({ of: new Map(found.map((use) => [use.id, use])), mayList }))
      // The line of time stands without it.
      .catch(() => undefined);
    return () => {
      asked = false;
    };
  }, [programme, kind, name, id]);
  return uses;
}

function Line({ label, children }: { label: Words; children: React.ReactNode }) {
  const { t } = useText();
  return (
    <div className="timeline-fact">
      <dt>{t(label)}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The number, which leads to its cases where they may be read; confidential ones are in neither. */
function Used({ version, use, mayList }: { version: VersionOnWire; use: VersionUse; mayList: boolean }) {
  const { t, number } = useText();
  const { programme, kind, id } = version;
  const text = use.isMore ? t(words.more, { n: use.used }) : number(use.used);
  if (!mayList || use.used === 0) return <>{text}</>;
  const asked = { programme, version: `${kind}.${id}`, confidential: "false" };
  const filters = Object.entries(asked).map(([name, value]) => [`filters.${name}`, value]);
  return <Link to={withQuery(`${adminRoot}/resources/cases`, Object.fromEntries(filters))}>{text}</Link>;
}

export function VersionTimeline({ versions, current, addressOf, onReopen, whyNot }: TimelineProps) {
  const { t } = useText();
  const uses = useUses(versions);
  return (
    <>
      <ol className="timeline" aria-label={t(msg("policy-versions.versionTimeline.list"))}>
        {versions.map((version) => {
          const { id, status, publishedBy, authors, approvedBy, approvalReason, reason } = version;
          const { warningsReason } = version;
          const counted = useWords[version.kind];
          const use = uses.of.get(id);
          const others = authors.filter((name) => name !== publishedBy?.en);
          return (
            <li key={id} className={`timeline-version timeline-${status}`}>
              <div className="timeline-head">
                <strong>{t(words.version, { n: String(version.version) })}</strong>
                <Badge tone={states[status].tone}>{t(states[status].words)}</Badge>
                <Moment at={version.publishedAt ?? version.createdAt} />
                <span className="muted">
                  <Lasted version={version} />
                </span>
              </div>
              <dl className="timeline-facts">
                {counted && use && (
                  <Line label={counted}>
                    <Used version={version} use={use} mayList={uses.mayList} />
                  </Line>
                )}
                {publishedBy && (
                  <Line label={msg("policy-versions.versionTimeline.by")}>
                    <Bidi>{t(publishedBy)}</Bidi>
                  </Line>
                )}
                {others.length > 0 && (
                  <Line label={msg("policy-versions.versionTimeline.written")}>
                    <Bidi>{t(listed(authors))}</Bidi>
                  </Line>
                )}
                {reason && (
                  <Line label={msg("policy-versions.versionTimeline.why")}>
                    <Bidi>{reason}</Bidi>
                  </Line>
                )}
                {warningsReason && (
                  <Line label={msg("policy-versions.versionTimeline.warned")}>
                    <Bidi>{warningsReason}</Bidi>
                  </Line>
                )}
                {approvedBy && (
                  <Line label={msg("policy-versions.versionTimeline.approved")}>
                    <Bidi>{approvedBy}</Bidi>
                    {approvalReason && (
                      <q className="timeline-said">
                        <Bidi>{approvalReason}</Bidi>
                      </q>
                    )}
                  </Line>
                )}
              </dl>
              <div className="row-acts">
                <LinkButton small to={addressOf(version)}>
                  {t(msg("policy-versions.versionTimeline.open"))}
                </LinkButton>
                {id !== current && onReopen && (
                  <Button small icon="restore" why={whyNot ?? null} onClick={() => onReopen(version)}>
                    {t(status === "draft" ? words.offer : msg("policy-versions.versionTimeline.again"))}
                  </Button>
                )}
              </div>
            </li>
          );
        })}
      </ol>
      <Comparison versions={versions} current={current} />
    </>
  );
}
