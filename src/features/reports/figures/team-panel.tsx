/** What each of an entity's people has in hand, by name: to spread the work, and no ranking. */
import React from "react";
import { Link } from "react-router-dom";
import type { FiguresView, TeamLine } from "../../../engine/measures/figures-view.js";
import { msg } from "../../../engine/text/msg.js";
import { type CaseFilter, casesAddress } from "../../../platform/ui/home-pieces.js";
import { Bidi, Table, type TableColumn, useText } from "../../../platform/ui/kit.js";
import { FoldPanel } from "./fold-panel.js";

const words = {
  title: msg("reports.figuresPage.team"),
  nobody: msg("reports.figuresPage.teamNobody"),
  open: msg("reports.figuresPage.teamOpen"),
  overdue: msg("reports.figuresPage.overdueNow"),
  replyLate: msg("home.lateFigures.replies"),
  today: msg("reports.figuresPage.teamToday"),
  next: msg("reports.figuresPage.teamNext"),
};

/** What leads to a list of each, of the entity's own cases. */
const filters = {
  open: { kind: "open,waiting" },
  overdue: { desk: "overdue" },
  replyLate: { desk: "replyLate" },
  today: { desk: "today" },
  next: { desk: "next" },
} as const satisfies Readonly<Record<keyof Omit<TeamLine, "person">, CaseFilter>>;

export function TeamPanel({ view, lines }: { view: FiguresView; lines: readonly TeamLine[] }) {
  const { t, number } = useText();
  const count = (key: keyof typeof filters): TableColumn<TeamLine> => ({
    key,
    label: words[key],
    align: "end",
    narrow: true,
    cell: ({ person, [key]: n }) => {
      // There is no list of what nobody has: it stands on the desk of the entity.
      if (n === 0 || person === null) return number(n);
      const filter = { entity: view.scope.code ?? undefined, assignee: String(person.id), ...filters[key] };
      return <Link to={casesAddress(view.programme, filter)}>{number(n)}</Link>;
    },
  });
  return (
    <FoldPanel title={words.title} flush id="figures-team">
      <p className="figures-hint muted small">{t(msg("reports.figuresPage.teamHint"))}</p>
      <Table
        caption={words.title}
        rows={lines}
        rowKey={({ person }) => String(person?.id ?? "-")}
        columns={[
          {
            key: "person",
            label: msg("reports.figuresPage.teamPerson"),
            cell: ({ person }) => (person === null ? t(words.nobody) : <Bidi>{person.name}</Bidi>),
          },
          count("open"),
          count("overdue"),
          count("replyLate"),
          count("today"),
          count("next"),
        ]}
      />
    </FoldPanel>
  );
}
