/** Homes of those who look on: executives, the steering committee, auditors. */

import type { ReactNode } from "react";
import React from "react";
import { Link } from "react-router-dom";
import type { DayLength } from "../../engine/formatting/durations.js";
import { writtenCounted } from "../../engine/lifecycle/counted-cases.js";
import type { HomeFigure } from "../../engine/measures/home-figures.js";
import type { AuditorDesk, CommitteeDesk, ExecutiveDesk } from "../../engine/measures/home-view.js";
import { kpis } from "../../engine/measures/kpi.js";
import type { Ratio } from "../../engine/measures/kpi-counts.js";
import { isShare, type PageFigureCode, pageFigure } from "../../engine/measures/page-figures.js";
import { msg, pattern } from "../../engine/text/msg.js";
import { apart } from "../../engine/text/text.js";
import { AuditWho } from "../../platform/ui/audit-who.js";
import {
  AllLink,
  type CaseFilter,
  CaseLines,
  ConfidentialNote,
  casesAddress,
  Figure,
  Figures,
  listAddress,
} from "../../platform/ui/home-pieces.js";
import {
  adminRoot,
  Badge,
  EmptyState,
  Facts,
  LinkButton,
  Moment,
  Panel,
  Table,
  useText,
  withQuery,
} from "../../platform/ui/kit.js";
import { useFigureText } from "../reports/figures/figure-text.js";
import { TargetWords } from "../reports/figures/target-words.js";
import { EntityTable } from "./room-desk.js";

interface KpiFigureProps {
  readonly figure: HomeFigure;
  readonly day: DayLength;
  /** What it is to be compared with. */
  readonly beside?: ReactNode;
  /** The list behind it. */
  readonly to?: string | undefined;
}

/** A key figure of a home: its value, what it is a share of, how it lies to its target. */
function KpiFigure({ figure, day, beside, to }: KpiFigureProps) {
  const text = useFigureText({ day });
  const { code, measured } = figure;
  const value = text.measured(code, measured);
  const outOf = text.outOf(measured);
  const overdue = code === "delayed" && (measured.value ?? 0) > 0;
  return (
    <Figure
      label={kpis[code].name}
      icon={isShare(code) ? "chart" : code === "delayed" ? "alert" : undefined}
      value={measured.value === null ? <span className="figure-none">{value}</span> : value}
      tone={overdue ? "late" : undefined}
      to={to}
      beside={
        <>
          {outOf !== "" && <span>{outOf}</span>}
          {beside && <span>{beside}</span>}
          <TargetWords shown={figure} value={measured.value} day={day} />
        </>
      }
    />
  );
}

const words = {
  counted: pattern("home.otherDesks.counted"),
  noneRated: msg("home.otherDesks.noneRated"),
  flow: msg("home.otherDesks.flow"),
  countedWeek: pattern("home.otherDesks.countedWeek"),
  week: pattern("home.otherDesks.week"),
  altered: msg("home.otherDesks.altered"),
  changes: msg("home.otherDesks.changes"),
  allChanges: msg("home.otherDesks.allChanges"),
  by: msg("home.otherDesks.by"),
};

/** How many of those who were asked for a rating gave one. */
function useRated({ rate }: Ratio): string {
  const { t, percent } = useText();
  return rate === null ? t(words.noneRated) : t(pattern("home.otherDesks.rated"), { n: apart(percent(rate)) });
}

export function ExecutiveHome({ desk }: { desk: ExecutiveDesk }) {
  const { t, number, moment } = useText();
  const { programme } = desk;
  // As they are counted: of this entity and those below it, without what is confidential.
  const cases = (filter: CaseFilter) =>
    casesAddress(programme, { under: desk.entity.code, confidential: "false", ...filter });
  const rated = useRated(desk.ratedOfInvited);
  const beside = (code: PageFigureCode): string => {
    if (code === "delayed") return t(pattern("home.otherDesks.ofOpen"), { n: desk.open });
    const month = pageFigure(code).of === "period" ? t(msg("home.otherDesks.month")) : "";
    return code === "satisfaction" ? t(pattern("home.otherDesks.inMonth"), { month, rated }) : month;
  };
  const listOf = (code: PageFigureCode): string | undefined => {
    const { cases: happening } = pageFigure(code);
    if (happening === null) return undefined;
    if (happening === "late") return cases({ late: "late" });
    if (happening === "open") return cases({ kind: "open,waiting" });
    const { from, to } = desk;
    return cases({ counted: writtenCounted({ happening, from, to, level: null }) });
  };
  return (
    <>
      <Figures>
        {desk.toMe && (
          <Figure
            label={msg("home.otherDesks.toMe")}
            icon="escalate"
            value={number(desk.toMe.count)}
            tone={desk.toMe.count > 0 ? "near" : undefined}
            to={cases({ level: String(desk.toMe.level), kind: "open,waiting" })}
          />
        )}
        <Figure
          label={msg("home.otherDesks.escalated")}
          icon="escalate"
          value={number(desk.escalated)}
          tone={desk.escalated > 0 ? "near" : undefined}
          to={cases({ escalated: "true", kind: "open,waiting" })}
        />
        {desk.figures
          .filter(({ headline }) => headline)
          .map((figure) => (
            <KpiFigure
              key={figure.code}
              figure={figure}
              day={desk.day}
              beside={beside(figure.code)}
              to={listOf(figure.code)}
            />
          ))}
      </Figures>
      <div className="home-columns">
        <Panel title={msg("home.otherDesks.worst")} flush>
          <EntityTable lines={desk.entities} programme={programme} />
        </Panel>
        <Panel title={msg("home.otherDesks.urgent")}>
          {desk.cases.length === 0 ? (
            <EmptyState icon="check" title={msg("home.otherDesks.noUrgent")} />
          ) : (
            <>
              <CaseLines lines={desk.cases} withEntity />
              {desk.delayed > desk.cases.length && <AllLink to={cases({ late: "late" })} n={desk.delayed} />}
            </>
          )}
        </Panel>
      </div>
      <p className="muted small">
        <ConfidentialNote total={desk.confidentialCases} /> {t(words.counted, { at: moment(desk.countedAt) })}
      </p>
    </>
  );
}

export function CommitteeHome({ desk }: { desk: CommitteeDesk }) {
  const { t, percent, date, moment } = useText();
  const rated = useRated(desk.ratedOfInvited);
  const amongAnswered = desk.figures.find(({ code }) => code === "onTimeAmongResolved")?.measured.value ?? null;
  // It looks better than it is, and stands only beside what it belongs to.
  const figures = desk.figures.filter(({ code }) => code !== "onTimeAmongResolved");
  const [large, small] = [figures.filter(({ headline }) => headline), figures.filter(({ headline }) => !headline)];
  const beside = (code: PageFigureCode): string => {
    if (code === "satisfaction") return rated;
    return code === "onTimeResolution" && amongAnswered !== null
      ? t(pattern("home.otherDesks.closedOnly"), { p: apart(percent(amongAnswered)) })
      : "";
  };
  const cards = (shown: readonly HomeFigure[]) =>
    shown.map((figure) => <KpiFigure key={figure.code} figure={figure} day={desk.day} beside={beside(figure.code)} />);
  const lastDay = new Date(Date.parse(`${desk.to}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  return (
    <>
      <div className="home-line">
        <p className="home-period">{t(words.week, { from: date(desk.from), to: date(lastDay) })}</p>
        <LinkButton
          kind="primary"
          icon="mail"
          to={withQuery(`${adminRoot}/pages/digest`, { programme: desk.programme.code })}
        >
          {t(msg("home.otherDesks.digest"))}
        </LinkButton>
      </div>
      <Figures>{cards(large)}</Figures>
      {small.length > 0 && (
        <Panel title={msg("home.otherDesks.figures")}>
          <div className="figures figures-small">{cards(small)}</div>
        </Panel>
      )}
      <p className="muted small">
        <ConfidentialNote total={desk.confidentialCases} /> {t(words.countedWeek, { at: moment(desk.countedAt) })}
      </p>
    </>
  );
}

function VerificationBadge({ verification: { state, ok } }: Pick<AuditorDesk, "verification">) {
  const { t } = useText();
  if (state === "running") return <Badge tone="waiting">{t(msg("home.otherDesks.runs"))}</Badge>;
  if (ok === null) return <Badge>{t(msg("home.otherDesks.never"))}</Badge>;
  return <Badge tone={ok ? "done" : "late"}>{t(ok ? msg("home.otherDesks.unaltered") : words.altered)}</Badge>;
}

export function AuditorHome({ desk }: { desk: AuditorDesk }) {
  const { t } = useText();
  const { lastSeal, verification } = desk;
  return (
    <>
      <Panel
        title={msg("home.otherDesks.proof")}
        actions={
          <LinkButton kind="primary" icon="shield" to={`${adminRoot}/pages/audit-verify`}>
            {t(msg("home.otherDesks.verify"))}
          </LinkButton>
        }
      >
        <Facts
          rows={[
            {
              label: msg("home.otherDesks.seal"),
              value: lastSeal ? (
                <>
                  {t(pattern("home.otherDesks.sealNumber"), { n: lastSeal.number })} · <Moment at={lastSeal.sealedAt} />
                </>
              ) : (
                t(msg("home.otherDesks.noSeal"))
              ),
            },
            {
              label: msg("home.otherDesks.verified"),
              value: (
                <>
                  <VerificationBadge verification={verification} />{" "}
                  {verification.finishedAt && <Moment at={verification.finishedAt} />}
                </>
              ),
            },
          ]}
        />
      </Panel>
      <Panel title={words.changes} flush actions={<Link to={listAddress("audit-events")}>{t(words.allChanges)}</Link>}>
        <Table
          caption={words.changes}
          rows={desk.changes}
          rowKey={({ id }) => id}
          href={({ id }) => `${adminRoot}/resources/audit-events/records/${id}/show`}
          empty={<EmptyState title={msg("home.otherDesks.noChanges")} />}
          columns={[
            { key: "what", label: msg("home.otherDesks.what"), cell: ({ sentence }) => t(sentence) },
            { key: "who", label: words.by, cell: ({ who, part }) => <AuditWho who={who} part={part} /> },
            { key: "when", label: msg("home.otherDesks.when"), narrow: true, cell: ({ at }) => <Moment at={at} /> },
          ]}
        />
      </Panel>
    </>
  );
}
