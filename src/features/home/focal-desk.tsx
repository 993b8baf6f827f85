/** The desk at which a focal point works all day: what is to be done, in order of need. */

import React, { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { Link } from "react-router-dom";
import type { DeskGroup } from "../../engine/lifecycle/desk-groups.js";
import type { NamedCode } from "../../engine/lifecycle/held-sweep.js";
import type { FocalDesk } from "../../engine/measures/home-view.js";
import { msg, pattern } from "../../engine/text/msg.js";
import type { ActionAnswer } from "../../platform/admin/resource-view.js";
import { AllLink, casesAddress, Figure, Figures, ShareFigure } from "../../platform/ui/home-pieces.js";
import {
  Announce,
  Badge,
  Button,
  chosenColumns,
  EmptyState,
  type Filter,
  FilterBar,
  type Fresh,
  foldedColumns,
  type Look,
  LookMenu,
  Panel,
  type Query,
  type Tone,
  useAddress,
  useLook,
  useText,
  useView,
  type Words,
} from "../../platform/ui/kit.js";
import type { CaseChoices } from "../cases/list/search-cases.js";
import { ViewChips } from "../cases/list/view-chips.js";
import { TargetWords } from "../reports/figures/target-words.js";
import { type DeskColumn, DeskRows, deskColumns, useDeskKeys } from "./desk-rows.js";
import { RepliesLate, ReviewsLate } from "./late-figures.js";

const deskFiltersWords = {
  whose: msg("home.focalDesk.deskFiltersWordsWhose"),
  all: msg("home.focalDesk.deskFiltersWordsAll"),
  mine: msg("home.focalDesk.deskFiltersWordsMine"),
  importance: msg("home.focalDesk.deskFiltersWordsImportance"),
  sector: msg("home.focalDesk.deskFiltersWordsSector"),
  pillar: msg("home.focalDesk.deskFiltersWordsPillar"),
  type: msg("home.focalDesk.deskFiltersWordsType"),
};

type Pick = (choices: CaseChoices) => readonly NamedCode[];
const picks: readonly (readonly [name: "type" | "pillar" | "importance" | "sector", pick: Pick])[] = [
  ["type", ({ types }) => types],
  ["pillar", ({ pillars }) => pillars],
  ["importance", ({ importance }) => importance],
  ["sector", ({ sectors }) => sectors],
];

interface DeskFiltersProps {
  readonly programme: NamedCode;
  readonly columns: readonly DeskColumn[];
  readonly folded: readonly DeskColumn[];
  readonly look: Look;
  readonly onLook: (look: Look) => void;
}

/** What a desk is narrowed down to, as one line: mine or all, and a few codes; all of it in the address. */
function DeskFilters({ programme, columns, folded, look, onLook }: DeskFiltersProps) {
  const { t } = useText();
  const [query, setQuery] = useAddress();
  const { view } = useView<ActionAnswer>("resources/cases/actions/choices");
  const choices = ((view?.view ?? []) as readonly CaseChoices[]).find((one) => one.programme.code === programme.code);
  const filters = picks.flatMap(([name, pick]): Filter[] => {
    const found = choices === undefined ? [] : pick(choices);
    const asked = query[`filters.${name}`];
    if (found.length < 2 && !asked) return [];
    return [
      {
        name: `filters.${name}`,
        label: deskFiltersWords[name],
        choices: found.map(({ code, name: label }) => ({ value: code, label })),
      },
    ];
  });
  const mine = query["filters.assignee"] === "me";
  return (
    <div className="desk-filters">
      <fieldset className="presets" aria-label={t(deskFiltersWords.whose)}>
        <Button small kind="quiet" pressed={!mine} onClick={() => setQuery({ "filters.assignee": null })}>
          {t(deskFiltersWords.all)}
        </Button>
        <Button small kind="quiet" pressed={mine} onClick={() => setQuery({ "filters.assignee": "me" })}>
          {t(deskFiltersWords.mine)}
        </Button>
      </fieldset>
      <FilterBar filters={filters} chips>
        <LookMenu look={look} onLook={onLook} columns={columns} folded={folded} />
      </FilterBar>
      <ViewChips screen="desk" />
    </div>
  );
}

const words = {
  entity: pattern("home.focalDesk.entity"),
  entities: pattern("home.focalDesk.entities"),
  list: msg("home.focalDesk.list"),
};

const groups: Readonly<Record<DeskGroup, { title: Words; tone: Tone }>> = {
  reminded: { title: msg("home.focalDesk.groupsRemindedTitle"), tone: "late" },
  overdue: { title: msg("home.focalDesk.groupsOverdueTitle"), tone: "late" },
  replyLate: { title: msg("home.focalDesk.groupsReplyLateTitle"), tone: "late" },
  today: { title: msg("home.focalDesk.groupsTodayTitle"), tone: "near" },
  next: { title: msg("home.focalDesk.groupsNextTitle"), tone: "neutral" },
  later: { title: msg("home.focalDesk.groupsLaterTitle"), tone: "neutral" },
  waiting: { title: msg("home.focalDesk.groupsWaitingTitle"), tone: "waiting" },
  reviewing: { title: msg("home.focalDesk.groupsReviewingTitle"), tone: "waiting" },
};

const countingMs = 2000;
const moreRows = 25;
const maxRows = 200;

export type RowsInSight = Readonly<Partial<Record<DeskGroup, number>>>;

/** What of the address narrows the desk down, as the list of cases understands it too. */
export const deskFilterNames = ["assignee", "importance", "sector", "pillar", "type"] as const;
const filtersOf = (query: Query) => Object.fromEntries(deskFilterNames.map((name) => [name, query[`filters.${name}`]]));

interface GroupProps {
  readonly desk: FocalDesk;
  readonly group: FocalDesk["groups"][number];
  readonly columns: readonly DeskColumn[];
  readonly fresh: Fresh;
  readonly onMore: (rows: number) => void;
  readonly onActed: () => void;
}

function Group({ desk, group: { group, count, cases }, columns, fresh, onMore, onActed }: GroupProps) {
  const { t, number } = useText();
  const [query] = useAddress();
  const { title, tone } = groups[group];
  const rows = useRef<HTMLDivElement>(null);
  // A person who asked for more goes on with the first of them.
  const goOn = useRef<number | null>(null);
  useLayoutEffect(() => {
    const at = goOn.current;
    if (at === null || cases.length <= at) return;
    goOn.current = null;
    rows.current?.querySelectorAll<HTMLElement>(".row-link")[at]?.focus();
  }, [cases.length]);
  // A case that someone above asks for is in no other group.
  const others = group !== "reminded" && desk.groups.some((one) => one.group === "reminded" && one.count > 0);
  const list = casesAddress(desk.programme, { desk: group, ...(others && { reminded: "false" }), ...filtersOf(query) });
  const left = Math.min(count, maxRows) - cases.length;
  return (
    <Panel
      title={title}
      tone={tone}
      actions={
        <Link className="desk-count" to={list} title={t(words.list)}>
          <Badge tone={tone}>{number(count)}</Badge>
          <span className="unseen"> {t(words.list)}</span>
        </Link>
      }
      flush
    >
      <div ref={rows}>
        <DeskRows rows={cases} label={title} columns={columns} fresh={fresh} onActed={onActed} />
        {count > cases.length && (
          <div className="desk-more">
            {left > 0 && (
              <Button
                small
                kind="quiet"
                icon="down"
                onClick={() => {
                  goOn.current = cases.length;
                  onMore(cases.length + moreRows);
                }}
              >
                {t(pattern("home.focalDesk.more"), { n: Math.min(moreRows, left) })}
              </Button>
            )}
            <AllLink to={list} n={count} />
          </div>
        )}
      </div>
    </Panel>
  );
}

function Nothing({ desk }: { desk: FocalDesk }) {
  const { t } = useText();
  const [, setQuery] = useAddress();
  if (desk.open === 0) {
    return (
      <Panel>
        <EmptyState icon="check" title={msg("home.focalDesk.nothing")} hint={msg("home.focalDesk.nothingHint")} />
      </Panel>
    );
  }
  return (
    <Panel>
      <EmptyState
        icon="search"
        title={msg("home.focalDesk.nothingFits")}
        hint={t(pattern("home.focalDesk.fitsHint"), { n: desk.open })}
        action={
          <Button
            icon="close"
            onClick={() => setQuery(Object.fromEntries(deskFilterNames.map((name) => [`filters.${name}`, null])))}
          >
            {t(msg("home.focalDesk.clearFilters"))}
          </Button>
        }
      />
    </Panel>
  );
}

export function FocalHome(a: {
  desk: FocalDesk;
  fresh: Fresh;
  rows: RowsInSight;
  onRows: (rows: RowsInSight) => void;
  onActed: () => void;
  /** Reads the desk by a timer. */
  onTime: () => void;
}) {
  const { desk } = a;
  const { t, number, percent } = useText();
  const { programme } = desk;
  const several = desk.entities.length > 1;
  const columns = useMemo(() => deskColumns(several), [several]);
  const [look, setLook] = useLook("desk");
  const chosen = useMemo(() => chosenColumns(columns, look), [columns, look]);
  const cases = desk.groups.flatMap((group) => group.cases);
  // Over all groups, so that their columns are below each other; the same array while they are the same.
  const { folded } = foldedColumns(chosen, cases);
  const empties = folded.map(({ key }) => key).join();
  const shown = useMemo(() => chosen.filter(({ key }) => !empties.split(",").includes(key)), [chosen, empties]);
  const full = desk.groups.filter(({ count }) => count > 0);
  const empty = desk.groups.filter(({ count }) => count === 0);
  const list = useDeskKeys(cases, a.onActed);
  // What is still being counted is asked for again.
  const { entityOnTime } = desk;
  const counting = entityOnTime === null;
  const entityRate = counting
    ? t(msg("home.focalDesk.counting"))
    : entityOnTime.rate === null
      ? t(msg("home.focalDesk.noData"))
      : percent(entityOnTime.rate);
  const again = useRef(a.onTime);
  again.current = a.onTime;
  useEffect(() => {
    if (!counting) return;
    const timer = setInterval(() => again.current(), countingMs);
    return () => clearInterval(timer);
  }, [counting]);
  const [said, setSaid] = useState("");
  const { opened } = a.fresh;
  const came = opened > 0 ? t(pattern("home.focalDesk.came"), { n: opened }) : "";
  if (came !== "" && came !== said) setSaid(came);
  return (
    <>
      <Figures strip>
        {desk.shown.backlog && (
          <Figure
            label={msg("home.focalDesk.open")}
            icon="folder"
            value={number(desk.open)}
            to={casesAddress(programme, { kind: "open,waiting" })}
          />
        )}
        {desk.shown.delayed && (
          <Figure
            label={msg("home.focalDesk.late")}
            icon="alert"
            value={number(desk.late)}
            tone={desk.late > 0 ? "late" : undefined}
            to={casesAddress(programme, { desk: "overdue" })}
          />
        )}
        {desk.repliesLate > 0 && <RepliesLate n={desk.repliesLate} programme={programme} />}
        {desk.reviewsLate > 0 && <ReviewsLate n={desk.reviewsLate} programme={programme} />}
        {desk.shown.resolved && (
          <Figure
            label={msg("home.focalDesk.answered")}
            icon="check"
            value={number(desk.answeredThisWeek)}
            to={casesAddress(programme, { happened: "answeredThisWeek" })}
          />
        )}
        {desk.shown.onTimeResolution && (
          <ShareFigure
            label={msg("home.focalDesk.onTime")}
            share={desk.onTime}
            to={casesAddress(programme, { happened: "myDueLastMonth" })}
            beside={
              <>
                <span>{t(msg("home.focalDesk.month"))}</span>
                <span>{t(desk.entities.length > 1 ? words.entities : words.entity, { rate: entityRate })}</span>
                {/* The target is the office's: a person's own few cases are not judged by it. */}
                <TargetWords shown={desk.shown.onTimeResolution} measured={{ value: null, n: 0 }} day={desk.day} />
              </>
            }
          />
        )}
      </Figures>
      <DeskFilters programme={programme} columns={columns} folded={folded} look={look} onLook={setLook} />
      <Announce>{said}</Announce>
      {full.length === 0 ? (
        <Nothing desk={desk} />
      ) : (
        <div ref={list} className={look.comfortable ? "desk-groups desk-comfortable" : "desk-groups"}>
          {full.map((group) => (
            <Group
              key={group.group}
              desk={desk}
              group={group}
              columns={shown}
              fresh={a.fresh}
              onMore={(rows) => a.onRows({ ...a.rows, [group.group]: rows })}
              onActed={a.onActed}
            />
          ))}
        </div>
      )}
      {full.length > 0 && empty.length > 0 && (
        <p className="muted small">
          {t(pattern("home.focalDesk.empty"), {
            groups: empty.map(({ group }) => t(groups[group].title)).join(t(msg("home.focalDesk.text"))),
          })}
        </p>
      )}
    </>
  );
}
