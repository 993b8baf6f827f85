/** The working calendar: how far it can be relied on, its hours and days, and the clocks that run by it. */
import React, { useEffect, useMemo, useState } from "react";
import type { CalendarDefinition, SpecialDays, WeeklyPeriod } from "../../../domain/calendar/calendar-definition.js";
import type { Bilingual } from "../../../domain/text.js";
import type { CalendarView } from "../../pages/calendar.js";
import {
  Button,
  DateField,
  Facts,
  LinkButton,
  NoticeBox,
  Page,
  Panel,
  ProblemBox,
  Spinner,
  send,
  toast,
  useAddress,
  useDraft,
  useText,
  useView,
  withQuery,
} from "../kit/kit.js";
import { CalendarLineForm, type Line } from "./calendar-line-form.js";
import { DaysThatDiffer, WeeklyHours } from "./calendar-lines.js";
import { changeCount, confirmed, faultsByLine, type ListName, withLine, withoutLine } from "./calendar-state.js";
import { type Checked, PublishDialog } from "./publish-dialog.js";
import { RetimeDialog } from "./retime-dialog.js";
import { ProgrammeChoice, VersionLine } from "./version-line.js";

const words = {
  title: { en: "Calendar", ar: "التقويم" },
  lead: {
    en: "Working hours and days off by which every deadline is counted.",
    ar: "ساعات الدوام وأيام العطل التي تُحتسب بها كل المواعيد.",
  },
  runsOut: { en: "Confirmed days run out on {date}", ar: "تنتهي الأيام المؤكدة في {date}" },
  runsOutHint: {
    en: "Confirm the expected days after it, or add those that are missing.",
    ar: "أكّد الأيام المتوقعة بعده أو أضف ما ينقص.",
  },
  coverage: { en: "Coverage", ar: "التغطية" },
  from: { en: "Covered from", ar: "مغطى من" },
  to: { en: "Covered to", ar: "مغطى حتى" },
  confirmedUntil: { en: "Confirmed until", ar: "مؤكد حتى" },
  expected: { en: "Expected days in the year ahead", ar: "أيام متوقعة خلال السنة القادمة" },
  clocks: { en: "Open deadlines", ar: "المواعيد المفتوحة" },
  byThis: { en: "By this version", ar: "بهذه النسخة" },
  byOlder: { en: "By earlier versions", ar: "بنسخ سابقة" },
  olderHint: {
    en: "A new version moves no deadline by itself. {n} open cases are still counted by an earlier one.",
    ar: "لا تحرّك النسخة الجديدة أي موعد من تلقاء نفسها. ما زالت {n} معاملة مفتوحة محتسبة بنسخة سابقة.",
  },
  retime: { en: "Count them anew …", ar: "إعادة احتسابها …" },
  changed: { en: "Lines changed: {n}. Nothing is in force yet.", ar: "أسطر معدّلة: {n}. لم يسرِ شيء بعد." },
  faulty: { en: "Something has to be mended first; see the lines.", ar: "هناك ما يجب تصحيحه أولًا؛ راجع الأسطر." },
  publish: { en: "Publish …", ar: "نشر …" },
  publishTitle: { en: "Publish the calendar", ar: "نشر التقويم" },
  undo: { en: "Undo all", ar: "تراجع عن الكل" },
  handedIn: {
    en: "Handed in as a draft: it decides once somebody else of the operation room has approved it.",
    ar: "قُدّمت مسودة للموافقة، وتسري بعد موافقة عضو آخر من غرفة العمليات.",
  },
  done: {
    en: "Published. Open deadlines stay as they are until they are counted anew.",
    ar: "نُشر. تبقى المواعيد المفتوحة كما هي إلى أن يُعاد احتسابها.",
  },
  asJson: { en: "Versions and text", ar: "النسخ والنص" },
};

const address = "pages/calendar";
const checkAfterMs = 400;

interface Edited {
  readonly list: ListName;
  readonly at: number | null;
}

/** The faults of what stands on the screen, a moment after it was changed. */
function useCheck(
  programme: string | undefined,
  name: string | undefined,
  definition: CalendarDefinition | null,
): ReadonlyMap<string, readonly Bilingual[]> {
  const [faults, setFaults] = useState<Checked["faults"]>([]);
  useEffect(() => {
    setFaults([]);
    if (definition === null || programme === undefined) return;
    let current = true;
    const timer = setTimeout(() => {
      send<Checked>(address, { do: "check", programme, name, definition })
        .then((checked) => current && setFaults(checked.faults))
        // The publication checks it once more.
        .catch(() => undefined);
    }, checkAfterMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [programme, name, definition]);
  return useMemo(() => (definition === null ? new Map() : faultsByLine(faults, definition)), [faults, definition]);
}

function Coverage({
  view,
  definition,
  onChange,
}: {
  view: CalendarView;
  definition: CalendarDefinition;
  onChange: (covers: CalendarDefinition["covers"]) => void;
}) {
  const { date, number, t } = useText();
  const { covers } = definition;
  const shown = (value: string, key: "from" | "to") =>
    view.mayPublish ? (
      <DateField
        ariaLabel={words[key]}
        value={value}
        onChange={(changed) => changed !== "" && onChange({ ...covers, [key]: changed })}
      />
    ) : (
      date(value)
    );
  return (
    <Panel title={words.coverage}>
      <Facts
        rows={[
          { label: words.from, value: shown(covers.from, "from") },
          { label: words.to, value: shown(covers.to, "to") },
          { label: words.confirmedUntil, value: date(view.confirmedUntil) },
          { label: words.expected, value: number(view.provisionalAhead) },
        ]}
      />
      {view.runsOut && (
        <NoticeBox tone="warning" title={t(words.runsOut, { date: date(view.confirmedUntil) })}>
          <p>{t(words.runsOutHint)}</p>
        </NoticeBox>
      )}
    </Panel>
  );
}

function Clocks({ view, onRetime }: { view: CalendarView; onRetime: () => void }) {
  const { number, t } = useText();
  const { current, older, olderCases } = view.openClocks;
  return (
    <Panel title={words.clocks}>
      <Facts
        rows={[
          { label: words.byThis, value: number(current) },
          { label: words.byOlder, value: number(older) },
        ]}
      />
      {older > 0 && (
        <NoticeBox tone="info" actions={view.mayPublish && <Button onClick={onRetime}>{t(words.retime)}</Button>}>
          <p>{t(words.olderHint, { n: number(olderCases) })}</p>
        </NoticeBox>
      )}
    </Panel>
  );
}

/** `basedOn`: the version that was edited, null for the one shown. */
interface CalendarDraft {
  readonly definition: CalendarDefinition | null;
  readonly basedOn: number | null;
}
const noDraft: CalendarDraft = { definition: null, basedOn: null };

export function Calendar() {
  const [{ programme = "" }] = useAddress();
  return <CalendarOfProgramme key={programme} draftKey={`calendar/${programme}`} />;
}

function CalendarOfProgramme({ draftKey }: { draftKey: string }) {
  const { t, number } = useText();
  const [query] = useAddress();
  const { view, problem, reload } = useView<CalendarView>(withQuery(address, { programme: query.programme }));
  const kept = useDraft(draftKey, noDraft);
  const [edited, setEdited] = useState<Edited | null>(null);
  const [publishing, setPublishing] = useState(false);
  const [retiming, setRetiming] = useState(false);
  const programme = view?.programme;
  const draft = kept.typed.definition;
  const faults = useCheck(programme, view?.version.name, draft);
  if (view === null || programme === undefined)
    return <Page title={words.title}>{problem ? <ProblemBox problem={problem} /> : <Spinner />}</Page>;
  const before = view.definition;
  const definition = draft ?? before;
  const { name } = view.version;
  const basedOn = kept.typed.basedOn ?? view.version.id;
  const change = (next: CalendarDefinition | null) => {
    if (next !== null && changeCount(before, next) > 0) return kept.set({ definition: next, basedOn });
    kept.set(noDraft);
    kept.clear();
  };
  const changes = changeCount(before, definition);
  const lines = {
    definition,
    before,
    faults,
    mayEdit: view.mayPublish,
    today: view.today,
    onEdit: (list: ListName, at: number | null) => setEdited({ list, at }),
    onConfirm: (list: ListName, at: number) => {
      const line = definition[list][at];
      if (line !== undefined) change(withLine(definition, list, at, confirmed(line) as SpecialDays | WeeklyPeriod));
    },
    onRemove: (list: ListName, at: number) => change(withoutLine(definition, list, at)),
  };
  const editedLine = (): Line | null => {
    if (edited === null) return null;
    const { list, at } = edited;
    return { list, value: at === null ? null : (definition[list][at] ?? null) } as Line;
  };
  const line = editedLine();
  const whole = faults.get("") ?? [];
  return (
    <Page
      title={words.title}
      wide
      lead={t(words.lead)}
      actions={
        <>
          <ProgrammeChoice programme={programme} programmes={view.programmes} />
          <LinkButton icon="rules" to={withQuery("/admin/pages/policy", { programme, kind: "calendar", name })}>
            {t(words.asJson)}
          </LinkButton>
        </>
      }
    >
      <VersionLine version={view.version} />
      <div className="calendar-tops">
        <Coverage view={view} definition={definition} onChange={(covers) => change({ ...definition, covers })} />
        <Clocks view={view} onRetime={() => setRetiming(true)} />
      </div>
      {whole.length > 0 && (
        <NoticeBox tone="danger">
          <ul className="bullets">
            {whole.map((fault) => (
              <li key={fault.en}>{t(fault)}</li>
            ))}
          </ul>
        </NoticeBox>
      )}
      <DaysThatDiffer {...lines} />
      <WeeklyHours {...lines} />
      {changes > 0 && (
        <div className="publish-bar" role="status">
          <span>{t(faults.size > 0 ? words.faulty : words.changed, { n: number(changes) })}</span>
          <div className="publish-bar-acts">
            <Button kind="primary" icon="check" onClick={() => setPublishing(true)}>
              {t(words.publish)}
            </Button>
            <Button onClick={() => change(null)}>{t(words.undo)}</Button>
          </div>
        </div>
      )}
      {line !== null && edited !== null && (
        <CalendarLineForm
          line={line}
          faults={edited.at === null ? [] : (faults.get(`${edited.list}/${edited.at}`) ?? [])}
          onClose={() => setEdited(null)}
          onSet={(value) => {
            change(withLine(definition, edited.list, edited.at, value));
            setEdited(null);
          }}
        />
      )}
      {publishing && (
        <PublishDialog
          title={words.publishTitle}
          check={() => send<Checked>(address, { do: "check", programme, name, definition })}
          submits={view.secondPerson}
          publish={(said) => send(address, { do: "publish", programme, name, definition, basedOn, ...said })}
          onClose={() => setPublishing(false)}
          onTop={() => {
            setPublishing(false);
            kept.set({ ...kept.typed, basedOn: null });
            reload();
          }}
          onPublished={(answer) => {
            setPublishing(false);
            change(null);
            reload();
            toast((answer as { submitted: boolean }).submitted ? words.handedIn : words.done);
          }}
        />
      )}
      {retiming && (
        <RetimeDialog
          programme={programme}
          onClose={() => setRetiming(false)}
          onDone={() => {
            setRetiming(false);
            reload();
          }}
        />
      )}
    </Page>
  );
}
