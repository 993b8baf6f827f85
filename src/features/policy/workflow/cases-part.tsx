/** Where the open cases of a workflow stand, by version and state; those of older versions can be moved to the one in force. */

import React, { useState } from "react";
import type { MigrationView } from "../../../engine/lifecycle/migration-views.js";
import {
  Badge,
  Bidi,
  Button,
  EmptyState,
  Moment,
  Panel,
  type ProblemBody,
  ProblemBox,
  problemOf,
  Spinner,
  send,
  Table,
  type Tone,
  useText,
  useView,
  withQuery,
} from "../../../platform/ui/kit.js";
import type { PolicyPart, PolicyPartProps, PolicyThing } from "../policy-part.js";
import { MigrationDialog } from "./migration-dialog.js";
import type { WorkflowCasesView } from "./workflow.page.js";
import { KindBadge } from "./workflow-tables.js";

const words = {
  label: { en: "Open cases", ar: "المعاملات المفتوحة" },
  standing: { en: "Open cases by state", ar: "المعاملات المفتوحة حسب الحالة" },
  lead: {
    en: "A case goes on by the version with which it began. {older} of {all} follow an older one. Confidential cases are not counted.",
    ar: "تُتابَع المعاملة بالنسخة التي بدأت بها. {older} من {all} تتبع نسخة أقدم. لا تُحتسب المعاملات السرّية.",
  },
  state: { en: "State", ar: "الحالة" },
  kind: { en: "Kind", ar: "النوع" },
  version: { en: "Version", ar: "النسخة" },
  inForce: { en: "{n}, in force", ar: "{n}، السارية" },
  cases: { en: "Cases", ar: "المعاملات" },
  none: { en: "No case is open", ar: "لا توجد معاملة مفتوحة" },
  move: { en: "Move to version {n} …", ar: "النقل إلى النسخة {n} …" },
  runs: { en: "Moves", ar: "عمليات النقل" },
  when: { en: "When", ar: "متى" },
  by: { en: "By", ar: "بواسطة" },
  machine: { en: "At the server, by command", ar: "من الخادم، بأمر" },
  why: { en: "Why", ar: "السبب" },
  how: { en: "How far", ar: "التقدم" },
  progress: { en: "{moved} of {total} moved", ar: "نُقل {moved} من {total}" },
  stayed: { en: "{n} stayed, having no place there", ar: "بقيت {n} إذ لا موضع لها هناك" },
  acts: { en: "What can be done", ar: "الإجراءات" },
  cancel: { en: "Cancel", ar: "إلغاء" },
};

const states: Readonly<
  Record<MigrationView["state"], { readonly label: { en: string; ar: string }; readonly tone: Tone }>
> = {
  waiting: { label: { en: "Waiting", ar: "بالانتظار" }, tone: "waiting" },
  running: { label: { en: "Running", ar: "قيد التنفيذ" }, tone: "waiting" },
  done: { label: { en: "Done", ar: "اكتمل" }, tone: "done" },
  failed: { label: { en: "Stopped", ar: "توقف" }, tone: "late" },
  cancelled: { label: { en: "Cancelled", ar: "أُلغي" }, tone: "neutral" },
};

function Runs({ view, reload }: { view: WorkflowCasesView; reload: () => void }) {
  const { t, number } = useText();
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  const cancel = async (id: string) => {
    setProblem(null);
    try {
      await send("pages/workflow", { do: "cancel", id });
    } catch (error) {
      setProblem(problemOf(error));
    }
    reload();
  };
  if (view.runs.length === 0) return null;
  return (
    <Panel title={words.runs} flush>
      <ProblemBox problem={problem} />
      <Table
        caption={words.runs}
        rows={view.runs}
        rowKey={({ id }) => id}
        columns={[
          { key: "when", label: words.when, cell: ({ createdAt }) => <Moment at={createdAt} /> },
          { key: "version", label: words.version, narrow: true, cell: ({ version }) => String(version) },
          { key: "by", label: words.by, cell: ({ by }) => <Bidi>{by ?? t(words.machine)}</Bidi> },
          { key: "why", label: words.why, cell: ({ reason }) => <Bidi>{reason}</Bidi> },
          {
            key: "how",
            label: words.how,
            cell: ({ state, moved, total, stayed, failure }) => (
              <div className="stack-small">
                <Badge tone={states[state].tone}>{t(states[state].label)}</Badge>
                <p>{t(words.progress, { moved: number(moved), total: number(total) })}</p>
                {stayed > 0 && <p className="muted">{t(words.stayed, { n: number(stayed) })}</p>}
                {failure !== null && <p className="field-fault">{t(failure)}</p>}
              </div>
            ),
          },
          {
            key: "acts",
            label: words.acts,
            hideLabel: true,
            cell: ({ id, state }) =>
              view.mayMove &&
              (state === "waiting" || state === "running") && (
                <Button small onClick={() => void cancel(id)}>
                  {t(words.cancel)}
                </Button>
              ),
          },
        ]}
      />
    </Panel>
  );
}

function Standing({ thing, view, reload }: { thing: PolicyThing; view: WorkflowCasesView; reload: () => void }) {
  const { t, number } = useText();
  const [moving, setMoving] = useState(false);
  const { standing, inForce, mayMove } = view;
  const all = standing.reduce((sum, { cases }) => sum + cases, 0);
  const older = standing.reduce((sum, one) => sum + (one.versionId === inForce?.versionId ? 0 : one.cases), 0);
  return (
    <>
      <Panel
        title={words.standing}
        flush
        actions={
          mayMove &&
          inForce !== null &&
          standing.some(({ versionId }) => versionId !== inForce.versionId) && (
            <Button kind="primary" small icon="forward" onClick={() => setMoving(true)}>
              {t(words.move, { n: String(inForce.version) })}
            </Button>
          )
        }
      >
        <p className="flow-lead">{t(words.lead, { older: number(older), all: number(all) })}</p>
        <Table
          caption={words.standing}
          rows={standing}
          rowKey={({ versionId, state }) => `${versionId}/${state}`}
          empty={<EmptyState title={words.none} />}
          columns={[
            { key: "state", label: words.state, cell: ({ name }) => <bdi>{t(name)}</bdi> },
            { key: "kind", label: words.kind, cell: ({ kind }) => <KindBadge kind={kind} /> },
            {
              key: "version",
              label: words.version,
              cell: ({ version, versionId }) =>
                versionId === inForce?.versionId ? t(words.inForce, { n: String(version) }) : String(version),
            },
            { key: "cases", label: words.cases, align: "end", narrow: true, cell: ({ cases }) => number(cases) },
          ]}
        />
      </Panel>
      {moving && (
        <MigrationDialog
          thing={thing}
          onClose={() => setMoving(false)}
          onBegun={() => {
            setMoving(false);
            reload();
          }}
        />
      )}
    </>
  );
}

function OpenCases({ thing }: PolicyPartProps) {
  const { programme, name } = thing;
  const address = withQuery("pages/workflow", { programme, name });
  const [watching, setWatching] = useState(false);
  const { view, problem, reload } = useView<WorkflowCasesView>(address, watching ? { refreshSeconds: 2 } : {});
  const busy = view?.runs.some(({ state }) => state === "waiting" || state === "running") ?? false;
  if (busy !== watching) setWatching(busy);
  if (view === null) return problem ? <ProblemBox problem={problem} /> : <Spinner />;
  return (
    <div className="flow-part">
      <Standing {...{ thing, view, reload }} />
      <Runs view={view} reload={reload} />
    </div>
  );
}

export const workflowCasesPart: PolicyPart = {
  id: "cases",
  label: words.label,
  place: "trial",
  of: ({ kind }) => kind === "workflow",
  Component: OpenCases,
};
