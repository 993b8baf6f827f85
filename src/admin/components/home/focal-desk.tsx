/** Homes of those who work on cases: what is to be done, in order of need. */
import React from "react";
import type { DeskGroup } from "../../../domain/desk-groups.js";
import type { FocalDesk, TriageDesk } from "../../../domain/home/home-view.js";
import { Badge, EmptyState, Panel, type Tone, useText, type Words } from "../kit/kit.js";
import { AllLink, CaseLines, casesAddress, Figure, Figures, ShareFigure } from "./home-pieces.js";
import { QueueTable } from "./room-desk.js";

const words = {
  open: { en: "Open", ar: "مفتوحة" },
  late: { en: "Late", ar: "متأخرة" },
  answered: { en: "Answered this week", ar: "أُجيب عنها هذا الأسبوع" },
  onTime: { en: "On time", ar: "ضمن الموعد" },
  month: { en: "last 30 days", ar: "آخر 30 يومًا" },
  nothing: { en: "Nothing is left to do", ar: "لا عمل متبقيًا" },
  notThisWeek: { en: "Nothing is due this week", ar: "لا شيء يستحق هذا الأسبوع" },
  laterHint: { en: "What is open is due later.", ar: "موعد المعاملات المفتوحة لاحق." },
  nothingHint: {
    en: "New cases appear here as they come in.",
    ar: "تظهر المعاملات الجديدة هنا فور ورودها.",
  },
  empty: { en: "Nothing else: {groups}", ar: "لا شيء في: {groups}" },
  waiting: { en: "Waiting to be placed", ar: "بانتظار التوجيه" },
  sectors: { en: "Sectors", ar: "القطاعات" },
  oldest: { en: "Place these first", ar: "وجّه هذه أولًا" },
  queueEmpty: { en: "The queue is empty", ar: "لا شيء بانتظار التوجيه" },
  bySector: { en: "By sector", ar: "حسب القطاع" },
};

const groups: Readonly<Record<DeskGroup, { title: Words; tone: Tone }>> = {
  overdue: { title: { en: "Overdue", ar: "تجاوزت موعدها" }, tone: "late" },
  today: { title: { en: "Due today", ar: "تستحق اليوم" }, tone: "near" },
  week: { title: { en: "Due this week", ar: "تستحق هذا الأسبوع" }, tone: "neutral" },
  again: { title: { en: "Reopened or sent back", ar: "معاد فتحها أو معادة للمراجعة" }, tone: "near" },
  new: { title: { en: "New, not taken yet", ar: "جديدة لم تُستلم بعد" }, tone: "done" },
  waiting: { title: { en: "Waiting for the applicant", ar: "بانتظار مقدم الطلب" }, tone: "waiting" },
};

function Group({ desk, group, count, cases }: FocalDesk["groups"][number] & { desk: FocalDesk }) {
  const { t, number } = useText();
  const to = casesAddress(desk.programme, { desk: group });
  const { title, tone } = groups[group];
  return (
    <Panel title={title} tone={tone} actions={<Badge tone={tone}>{number(count)}</Badge>}>
      <CaseLines lines={cases} withEntity={desk.entities.length > 1} />
      {count > cases.length && <AllLink to={to} n={count} />}
      {count <= cases.length && (
        <p className="unseen">
          {t(title)}: {number(count)}
        </p>
      )}
    </Panel>
  );
}

export function FocalHome({ desk }: { desk: FocalDesk }) {
  const { t, number } = useText();
  const { programme } = desk;
  const full = desk.groups.filter(({ count }) => count > 0);
  const empty = desk.groups.filter(({ count }) => count === 0);
  const separator = t({ en: ", ", ar: "، " });
  return (
    <>
      <Figures>
        <Figure
          label={words.open}
          icon="folder"
          value={number(desk.open)}
          to={casesAddress(programme, { kind: "open,waiting" })}
        />
        <Figure
          label={words.late}
          icon="alert"
          value={number(desk.late)}
          tone={desk.late > 0 ? "late" : undefined}
          to={casesAddress(programme, { desk: "overdue" })}
        />
        <Figure
          label={words.answered}
          icon="check"
          value={number(desk.answeredThisWeek)}
          to={casesAddress(programme, { happened: "answeredThisWeek" })}
        />
        <ShareFigure label={words.onTime} share={desk.onTime} beside={t(words.month)} />
      </Figures>
      {full.length === 0 ? (
        <Panel>
          {desk.open === 0 ? (
            <EmptyState icon="check" title={words.nothing} hint={words.nothingHint} />
          ) : (
            <EmptyState
              icon="check"
              title={words.notThisWeek}
              hint={words.laterHint}
              action={<AllLink to={casesAddress(programme, { kind: "open,waiting" })} n={desk.open} />}
            />
          )}
        </Panel>
      ) : (
        <div className="home-columns">
          {full.map((group) => (
            <Group key={group.group} desk={desk} {...group} />
          ))}
        </div>
      )}
      {full.length > 0 && empty.length > 0 && (
        <p className="muted small">
          {t(words.empty, { groups: empty.map(({ group }) => t(groups[group].title)).join(separator) })}
        </p>
      )}
    </>
  );
}

export function TriageHome({ desk }: { desk: TriageDesk }) {
  const { t, number } = useText();
  const { programme } = desk;
  return (
    <>
      <Figures>
        <Figure
          label={words.waiting}
          icon="folder"
          value={number(desk.waiting)}
          beside={desk.sectors.map(({ name }) => t(name)).join(t({ en: ", ", ar: "، " }))}
          to={casesAddress(programme, { unplaced: "true", kind: "open,waiting" })}
        />
        <Figure
          label={words.late}
          icon="alert"
          value={number(desk.late)}
          tone={desk.late > 0 ? "late" : undefined}
          to={casesAddress(programme, { unplaced: "true", late: "late" })}
        />
      </Figures>
      <Panel title={words.oldest}>
        {desk.cases.length === 0 ? (
          <EmptyState icon="check" title={words.queueEmpty} />
        ) : (
          <>
            <CaseLines lines={desk.cases} withEntity />
            {desk.waiting > desk.cases.length && (
              <AllLink to={casesAddress(programme, { unplaced: "true", kind: "open,waiting" })} n={desk.waiting} />
            )}
          </>
        )}
      </Panel>
      {desk.sectors.length > 1 && (
        <Panel title={words.bySector} flush>
          <QueueTable lines={desk.queue} programme={programme} />
        </Panel>
      )}
    </>
  );
}
