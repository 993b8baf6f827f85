/** The figures of the contact centre, by shift and by agent; what was said by telephone beside what was said by web. */

import React from "react";
import { formatPeriod } from "../../engine/formatting/moments.js";
import { type ContactCounts, type ContactKpiCode, contactKpis } from "../../engine/measures/contact-kpi.js";
import { codesOf } from "../../engine/registry.js";
import { msg, pattern } from "../../engine/text/msg.js";
import type { Bilingual } from "../../engine/text/text.js";
import { Figure, Figures } from "../../platform/ui/home-pieces.js";
import {
  Bidi,
  EmptyState,
  Page,
  Panel,
  ProblemBox,
  Select,
  Spinner,
  Table,
  useAddress,
  useText,
  useView,
  withQuery,
} from "../../platform/ui/kit.js";
import type { ContactFiguresView, ContactLine } from "./contact-figures.service.js";
import { RatingsByWayPanel } from "./ratings-by-way.js";

const words = {
  title: msg("contact-centre.contactFigures.title"),
  lead: msg("contact-centre.contactFigures.lead"),
  leadOwn: msg("contact-centre.contactFigures.leadOwn"),
  programme: msg("contact-centre.contactFigures.programme"),
  period: msg("contact-centre.contactFigures.period"),
  lastDays: pattern("contact-centre.contactFigures.lastDays"),
  byShift: msg("contact-centre.contactFigures.byShift"),
  shift: msg("contact-centre.contactFigures.shift"),
  byAgent: msg("contact-centre.contactFigures.byAgent"),
  agent: msg("contact-centre.contactFigures.agent"),
  none: msg("contact-centre.contactFigures.none"),
  definitions: msg("contact-centre.contactFigures.definitions"),
  of: pattern("contact-centre.contactFigures.of"),
  ofAll: pattern("contact-centre.contactFigures.ofAll"),
  seconds: pattern("contact-centre.contactFigures.seconds"),
};

const codes = codesOf(contactKpis);
const periods = ["1", "7", "30", "90"];

function useCell() {
  const { t, number, percent } = useText();
  return (code: ContactKpiCode, counts: ContactCounts): string => {
    const value = contactKpis[code].figure(counts);
    if (value === null) return "—";
    if (typeof value === "number")
      return contactKpis[code].unit === "seconds" ? t(words.seconds, { n: value }) : number(value);
    if (value.rate === null) return "—";
    return t(words.ofAll, { share: percent(value.rate), n: number(value.numerator), all: number(value.denominator) });
  };
}

/** One figure of all, with what it is a share of. */
function Card({ code, counts }: { code: ContactKpiCode; counts: ContactCounts }) {
  const { t, number, percent } = useText();
  const cell = useCell();
  const value = contactKpis[code].figure(counts);
  const share = value === null || typeof value === "number" ? null : value;
  return (
    <Figure
      label={contactKpis[code].name}
      value={share === null ? cell(code, counts) : percent(share.rate)}
      beside={share && t(words.of, { n: number(share.numerator), all: number(share.denominator) })}
    />
  );
}

function Lines({ title, label, rows }: { title: Bilingual; label: Bilingual; rows: readonly ContactLine[] }) {
  const cell = useCell();
  return (
    <Panel title={title} flush>
      <Table
        caption={title}
        rows={rows}
        rowKey={({ name }) => name}
        empty={<EmptyState icon="phone" title={words.none} />}
        columns={[
          { key: "name", label, narrow: true, cell: ({ name }) => <Bidi>{name}</Bidi> },
          ...codes.map((code) => ({
            key: code,
            label: contactKpis[code].name,
            align: "end" as const,
            narrow: true,
            cell: ({ counts }: ContactLine) => cell(code, counts),
          })),
        ]}
      />
    </Panel>
  );
}

function Definitions() {
  const { t } = useText();
  return (
    <details className="fold">
      <summary>{t(words.definitions)}</summary>
      <dl className="facts">
        {codes.map((code) => (
          <div key={code} className="fact">
            <dt>{t(contactKpis[code].name)}</dt>
            <dd>
              {t(contactKpis[code].definition)} {t(contactKpis[code].formula)}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

export function ContactFigures() {
  const { t, language } = useText();
  const [query, setQuery] = useAddress();
  const { programme, days } = query;
  const { view, problem } = useView<ContactFiguresView>(withQuery("pages/contact-figures", { programme, days }), {
    refreshSeconds: 60,
  });
  return (
    <Page
      title={words.title}
      lead={
        view && (
          <>
            <strong>{formatPeriod(view.from, view.to, language)}</strong> ·{" "}
            {t(view.scope === "all" ? words.lead : words.leadOwn)}
          </>
        )
      }
      wide
    >
      <ProblemBox problem={problem} />
      {view === null && problem === null && <Spinner />}
      {view !== null && (
        <div className="stack">
          <div className="figures-settings">
            {view.programmes.length > 1 && (
              <Select
                label={words.programme}
                value={query.programme ?? view.programme.code}
                choices={view.programmes.map(({ code, name }) => ({ value: code, label: name }))}
                onChange={(code) => setQuery({ programme: code })}
              />
            )}
            <Select
              label={words.period}
              value={String(view.days)}
              choices={periods.map((n) => ({ value: n, label: t(words.lastDays, { n: Number(n) }) }))}
              onChange={(n) => setQuery({ days: n })}
            />
          </div>
          <Figures>
            {codes.map((code) => (
              <Card key={code} code={code} counts={view.total} />
            ))}
          </Figures>
          <Lines title={words.byShift} label={words.shift} rows={view.shifts} />
          {view.scope === "all" && <Lines title={words.byAgent} label={words.agent} rows={view.agents} />}
          {view.ratings.length > 0 && <RatingsByWayPanel ratings={view.ratings} />}
          <Definitions />
        </div>
      )}
    </Page>
  );
}
