/** Service levels: a tab a type, cells in words, gaps hatched, changes gathered and published together with a reason. */
import React, { useMemo, useState } from "react";
import type { OverrideRule } from "../../../configuration/grid-versions.js";
import type { GridCell } from "../../../domain/rules/sla-grid.js";
import type { Bilingual } from "../../../domain/text.js";
import type { SlaGridView } from "../../pages/sla-grid.js";
import {
  Button,
  EmptyState,
  LinkButton,
  NoticeBox,
  Page,
  Panel,
  ProblemBox,
  Spinner,
  send,
  Table,
  Tabs,
  toast,
  useAddress,
  useDraft,
  useText,
  useView,
  withQuery,
} from "../kit/kit.js";
import { budgetWords } from "./budget-words.js";
import { type Changes, changesOf, keyOf, noChanges, withChange, withoutChange } from "./grid-state.js";
import { GridTable } from "./grid-table.js";
import { type Checked, PublishDialog } from "./publish-dialog.js";
import { ProgrammeChoice, VersionLine } from "./version-line.js";

const words = {
  title: { en: "Service levels", ar: "مستويات الخدمة" },
  lead: {
    en: "How long an answer may take, for each pillar and importance. Choose a cell to change it.",
    ar: "المدة المتاحة للإجابة بحسب المحور ومستوى الأهمية. اختر خانة لتعديلها.",
  },
  readLead: {
    en: "How long an answer may take, for each pillar and importance.",
    ar: "المدة المتاحة للإجابة بحسب المحور ومستوى الأهمية.",
  },
  types: { en: "Application types", ar: "أنواع الطلبات" },
  gaps: { en: "Cells that are not decided: {n}", ar: "خانات غير محددة: {n}" },
  gapsHint: {
    en: "Only the default answers there: {time}. They are hatched below.",
    ar: "لا يسري فيها إلا الافتراضي: {time}. تظهر مخططة أدناه.",
  },
  split: { en: "Tell pillars and importance apart", ar: "التفصيل بحسب المحور والأهمية" },
  publish: { en: "Publish changes ({n}) …", ar: "نشر التعديلات ({n}) …" },
  publishTitle: { en: "Publish service levels", ar: "نشر مستويات الخدمة" },
  changed: { en: "Cells changed: {n}. Nothing is in force yet.", ar: "خانات معدّلة: {n}. لم يسرِ شيء بعد." },
  undo: { en: "Undo all", ar: "تراجع عن الكل" },
  handedIn: {
    en: "Handed in as a draft: it decides once somebody else of the operation room has approved it.",
    ar: "قُدّمت مسودة للموافقة، وتسري بعد موافقة عضو آخر من غرفة العمليات.",
  },
  done: { en: "Published: it decides the next application.", ar: "نُشر، ويسري على الطلب التالي." },
  overrides: { en: "Exceptions", ar: "الاستثناءات" },
  overridesHint: {
    en: "Rules that ask for more than type, pillar and importance. They win over the cells where they hold.",
    ar: "قواعد تشترط أكثر من النوع والمحور والأهمية، وتسبق الخانات حيث تنطبق.",
  },
  noOverrides: { en: "There are no exceptions", ar: "لا توجد استثناءات" },
  name: { en: "Rule", ar: "القاعدة" },
  when: { en: "When", ar: "متى" },
  answer: { en: "Answer", ar: "الإجابة" },
  priority: { en: "Priority", ar: "الأولوية" },
  asJson: { en: "Versions and rules", ar: "النسخ والقواعد" },
};

const address = "pages/sla-grid";

function Overrides({ rules }: { rules: readonly OverrideRule[] }) {
  const { t, number } = useText();
  return (
    <Panel title={words.overrides}>
      <p className="muted">{t(words.overridesHint)}</p>
      <Table
        caption={words.overrides}
        rows={rules}
        rowKey={(rule) => rule.id}
        empty={<EmptyState title={words.noOverrides} icon="check" />}
        columns={[
          { key: "name", label: words.name, cell: (rule) => <bdi>{t(rule.title)}</bdi> },
          { key: "when", label: words.when, cell: (rule) => <bdi>{t(rule.when)}</bdi> },
          { key: "answer", label: words.answer, cell: (rule) => t(budgetWords(rule.outcome.resolution)) },
          { key: "priority", label: words.priority, narrow: true, cell: (rule) => number(rule.priority) },
        ]}
      />
    </Panel>
  );
}

/** Faults of a check at the cells that they are about. */
function faultsAtCells(faults: Checked["faults"], changes: Changes): Map<string, Bilingual> {
  const keys = [...changes.keys()];
  return new Map(
    faults.flatMap(({ field, reason, severity }): [string, Bilingual][] => {
      const at = /^\/changes\/(\d+)/.exec(field)?.[1];
      const key = at === undefined ? undefined : keys[Number(at)];
      return key === undefined || severity === "warning" ? [] : [[key, reason]];
    }),
  );
}

export function SlaGrid() {
  const [{ programme = "" }] = useAddress();
  return <GridOfProgramme key={programme} draftKey={`sla-grid/${programme}`} />;
}

function GridOfProgramme({ draftKey }: { draftKey: string }) {
  const { t, number } = useText();
  const [query, setQuery] = useAddress();
  const draft = useDraft(draftKey, noChanges);
  const changes = useMemo(() => changesOf(draft.typed), [draft.typed]);
  const { view, problem, reload } = useView<SlaGridView>(
    withQuery(address, { programme: query.programme, split: query.split }),
  );
  const [faults, setFaults] = useState<ReadonlyMap<string, Bilingual>>(new Map());
  const [publishing, setPublishing] = useState(false);
  if (view === null) return <Page title={words.title}>{problem ? <ProblemBox problem={problem} /> : <Spinner />}</Page>;
  const { grid, programme, programmes } = view;
  const shown = grid.types.find((type) => type.type === query.type) ?? grid.types[0];
  const gapsOf = (cells: readonly GridCell[]) =>
    cells.filter((cell) => cell.rule === null && !changes.has(keyOf(cell))).length;
  const gaps = shown === undefined ? 0 : gapsOf(shown.cells);
  const basedOn = draft.typed.basedOn ?? grid.version.id;
  const body = { programme, basedOn, changes: draft.typed.changes };
  const setChanges = (next: Changes) => draft.set({ changes: [...next.values()], basedOn });
  const forget = () => {
    draft.set(noChanges);
    draft.clear();
  };
  return (
    <Page
      wide
      title={words.title}
      lead={t(grid.mayPublish ? words.lead : words.readLead)}
      actions={
        <>
          <ProgrammeChoice programme={programme} programmes={programmes} />
          <LinkButton icon="rules" to={withQuery("/admin/pages/policy", { programme, kind: "rules", name: "sla" })}>
            {t(words.asJson)}
          </LinkButton>
        </>
      }
    >
      <VersionLine version={grid.version} />
      <Panel flush>
        <Tabs
          label={words.types}
          current={shown?.type ?? ""}
          onChange={(type) => setQuery({ type, split: null })}
          tabs={grid.types.map(({ type, name, cells }) => ({ id: type, label: name, count: gapsOf(cells) || null }))}
        >
          {shown && (
            <div className="stack sla-panel">
              {gaps > 0 && (
                <NoticeBox tone="warning" title={t(words.gaps, { n: number(gaps) })}>
                  <p>{t(words.gapsHint, { time: t(budgetWords(grid.default.resolution)) })}</p>
                </NoticeBox>
              )}
              <GridTable
                key={shown.type}
                grid={shown}
                changes={changes}
                faults={faults}
                mayEdit={grid.mayPublish}
                onChange={(cell, outcome) => {
                  setChanges(withChange(changes, cell, outcome));
                  setFaults(new Map());
                }}
              />
              {grid.mayPublish && shown.cells.length === 1 && (
                <div>
                  <Button
                    kind="quiet"
                    icon="grid"
                    onClick={() => {
                      // A change of the one cell for all would stand beside those of its parts.
                      const [whole] = shown.cells;
                      if (whole) setChanges(withoutChange(changes, whole));
                      setQuery({ split: shown.type, type: shown.type });
                    }}
                  >
                    {t(words.split)}
                  </Button>
                </div>
              )}
            </div>
          )}
        </Tabs>
      </Panel>
      <Overrides rules={grid.overrides} />
      {changes.size > 0 && (
        <div className="publish-bar" role="status">
          <span>{t(words.changed, { n: number(changes.size) })}</span>
          <div className="publish-bar-acts">
            <Button kind="primary" icon="check" onClick={() => setPublishing(true)}>
              {t(words.publish, { n: number(changes.size) })}
            </Button>
            <Button onClick={forget}>{t(words.undo)}</Button>
          </div>
        </div>
      )}
      {publishing && (
        <PublishDialog
          title={words.publishTitle}
          check={() => send<Checked>(address, { do: "check", ...body })}
          submits={view.secondPerson}
          publish={(said) => send(address, { do: "publish", ...body, ...said })}
          onFaults={(found) => setFaults(faultsAtCells(found, changes))}
          onClose={() => setPublishing(false)}
          onTop={() => {
            setPublishing(false);
            draft.set({ ...draft.typed, basedOn: null });
            reload();
          }}
          onPublished={(answer) => {
            setPublishing(false);
            forget();
            reload();
            toast((answer as { submitted: boolean }).submitted ? words.handedIn : words.done);
          }}
        />
      )}
    </Page>
  );
}
