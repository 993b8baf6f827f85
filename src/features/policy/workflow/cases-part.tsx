/** Where the open cases of a workflow stand, by version and state; those of older versions can be moved to the one in force. */

import React, { useEffect, useState } from "react";
import type { MigrationPreview, MigrationRow, MigrationView } from "../../../engine/lifecycle/views/migration-views.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { apart } from "../../../engine/text/text.js";
import type { StateKind } from "../../../engine/workflow/workflow-definition.js";
import {
  Badge,
  Bidi,
  Button,
  Confirm,
  EmptyState,
  faultAt,
  Moment,
  newId,
  Panel,
  type ProblemBody,
  ProblemBox,
  problemOf,
  Select,
  Spinner,
  send,
  Table,
  TextArea,
  type Tone,
  toast,
  useText,
  useView,
  withQuery,
} from "../../../platform/ui/kit.js";
import type { PolicyPart, PolicyPartProps, PolicyThing } from "../policy-part.js";
import type { WorkflowCasesView } from "./workflow.page.js";
import { KindBadge } from "./workflow-tables.js";
import { stateKinds } from "./workflow-words.js";

const migrationDialogWords = {
  title: pattern("policy-workflow.migrationDialog.moveOpenCasesToVersion"),
  goes: pattern("policy-workflow.migrationDialog.goes"),
  pauses: pattern("policy-workflow.migrationDialog.pauses"),
  resumes: pattern("policy-workflow.migrationDialog.resumes"),
  sooner: pattern("policy-workflow.migrationDialog.sooner"),
  atOnce: pattern("policy-workflow.migrationDialog.atOnce"),
  later: pattern("policy-workflow.migrationDialog.later"),
  never: pattern("policy-workflow.migrationDialog.never"),
  drafts: pattern("policy-workflow.migrationDialog.drafts"),
  reason: msg("policy-workflow.migrationDialog.why"),
  move: pattern("policy-workflow.migrationDialog.move"),
  moveAll: msg("policy-workflow.migrationDialog.moveAll"),
};

interface MigrationDialogProps {
  readonly thing: PolicyThing;
  readonly secondPerson: boolean;
  readonly onClose: () => void;
  readonly onBegun: () => void;
}

const carries = (kind: StateKind): readonly StateKind[] => (kind === "resolved" ? ["resolved"] : ["open", "waiting"]);

/** One choice a state, whichever older versions have it. */
function byState(rows: readonly MigrationRow[]): MigrationRow[] {
  const found = new Map<string, MigrationRow>();
  for (const row of rows) {
    const known = found.get(row.state);
    found.set(row.state, known === undefined ? row : { ...known, cases: known.cases + row.cases });
  }
  return [...found.values()];
}

function Effects({ effects }: Pick<MigrationPreview, "effects">) {
  const { t } = useText();
  const told = (["pauses", "resumes", "sooner", "atOnce", "later", "never", "drafts"] as const).filter(
    (name) => effects[name] > 0,
  );
  return (
    <section aria-live="polite">
      <p>{t(pattern("policy-workflow.migrationDialog.looked"), { n: effects.looked })}</p>
      <ul className="bullets">
        {told.map((name) => (
          <li key={name}>{t(migrationDialogWords[name], { n: effects[name] })}</li>
        ))}
        {told.length === 0 && <li>{t(msg("policy-workflow.migrationDialog.same"))}</li>}
      </ul>
    </section>
  );
}

/** Moving open cases to the version in force: where each state goes, what that changes, and why. */
function MigrationDialog({ thing, secondPerson, onClose, onBegun }: MigrationDialogProps) {
  const { t } = useText();
  const [map, setMap] = useState<Readonly<Record<string, string>>>({});
  const [preview, setPreview] = useState<MigrationPreview | null>(null);
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  const [reason, setReason] = useState("");
  // One number an opened dialog: sent twice, it is one run.
  const [id] = useState(newId);
  const { programme, name } = thing;
  useEffect(() => {
    let current = true;
    send<MigrationPreview>("pages/workflow", { do: "preview", programme, name, map })
      .then((found) => current && setPreview(found))
      .catch((error: unknown) => current && setProblem(problemOf(error)));
    return () => {
      current = false;
    };
  }, [programme, name, map]);
  const faults = preview === null ? null : ({ faults: preview.faults } as ProblemBody);
  const begin = async () => {
    if (preview === null) return;
    await send("pages/workflow", {
      do: "move",
      programme,
      name,
      map,
      id,
      versionId: preview.target.versionId,
      reason,
    });
    toast(
      secondPerson ? msg("policy-workflow.migrationDialog.askedNow") : msg("policy-workflow.migrationDialog.begun"),
    );
    onBegun();
  };
  // Confidential cases are in no number, and move as the others do: whether there is anything to move, rows say.
  const isEmpty = preview?.rows.length === 0;
  return (
    <Confirm
      title={t(migrationDialogWords.title, { n: String(preview?.target.version ?? "") })}
      action={
        secondPerson
          ? msg("policy-workflow.migrationDialog.ask")
          : preview === null || preview.cases === 0
            ? migrationDialogWords.moveAll
            : t(migrationDialogWords.move, { n: preview.cases })
      }
      onClose={onClose}
      onConfirm={begin}
      disabled={preview === null || isEmpty || preview.faults.length > 0 || reason.trim() === ""}
    >
      <ProblemBox problem={problem} />
      {preview === null && problem === null && <Spinner label={msg("policy-workflow.migrationDialog.loading")} />}
      {isEmpty && <p>{t(msg("policy-workflow.migrationDialog.none"))}</p>}
      {preview !== null && !isEmpty && (
        <>
          {byState(preview.rows).map((row) => (
            <Select
              key={row.state}
              label={t(migrationDialogWords.goes, { name: t(row.name), version: String(row.version), n: row.cases })}
              value={map[row.state] ?? row.proposed ?? ""}
              empty={msg("policy-workflow.migrationDialog.choose")}
              fault={faultAt(faults, `/map/${row.state}`) ?? null}
              choices={preview.target.states
                .filter(({ kind }) => carries(row.kind).includes(kind))
                .map((state) => ({
                  value: state.code,
                  label: `${t(state.name)} (${t(stateKinds[state.kind].label)})`,
                }))}
              onChange={(to) => {
                const { [row.state]: _, ...others } = map;
                setMap(to === "" ? others : { ...others, [row.state]: to });
              }}
            />
          ))}
          <Effects effects={preview.effects} />
          <p className="muted">
            {t(msg("policy-workflow.migrationDialog.kept"))} {t(msg("policy-workflow.migrationDialog.uncounted"))}
          </p>
          {secondPerson && <p>{t(msg("policy-workflow.migrationDialog.takesTwo"))}</p>}
          <TextArea
            label={migrationDialogWords.reason}
            name="reason"
            required
            rows={2}
            value={reason}
            onChange={setReason}
          />
        </>
      )}
    </Confirm>
  );
}

const words = {
  standing: msg("policy-workflow.casesPart.standing"),
  kind: msg("policy-workflow.casesPart.kind"),
  version: msg("policy-workflow.casesPart.version"),
  inForce: pattern("policy-workflow.casesPart.inForce"),
  cases: msg("policy-workflow.casesPart.cases"),
  runs: msg("policy-workflow.casesPart.runs"),
  when: msg("policy-workflow.casesPart.when"),
  by: msg("policy-workflow.casesPart.by"),
  machine: msg("policy-workflow.casesPart.machine"),
};

const states: Readonly<
  Record<MigrationView["state"], { readonly label: { en: string; ar: string }; readonly tone: Tone }>
> = {
  asked: { label: msg("policy-workflow.casesPart.statesAskedLabel"), tone: "waiting" },
  waiting: { label: msg("policy-workflow.casesPart.statesWaitingLabel"), tone: "waiting" },
  running: { label: msg("policy-workflow.casesPart.statesRunningLabel"), tone: "waiting" },
  done: { label: msg("policy-workflow.casesPart.statesDoneLabel"), tone: "done" },
  failed: { label: msg("policy-workflow.casesPart.statesFailedLabel"), tone: "late" },
  cancelled: { label: msg("policy-workflow.casesPart.statesCancelledLabel"), tone: "neutral" },
};

const isUnfinished = (state: MigrationView["state"]): boolean =>
  state === "asked" || state === "waiting" || state === "running";

function Runs({ view, reload }: { view: WorkflowCasesView; reload: () => void }) {
  const { t } = useText();
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  const act = async (what: "cancel" | "confirm", id: string) => {
    setProblem(null);
    try {
      await send("pages/workflow", { do: what, id });
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
          {
            key: "by",
            label: words.by,
            cell: ({ by, confirmedBy }) => (
              <>
                <Bidi>{by ?? t(words.machine)}</Bidi>
                {confirmedBy !== null && (
                  <p className="muted">
                    {t(pattern("policy-workflow.casesPart.confirmedBy"), { name: apart(confirmedBy) })}
                  </p>
                )}
              </>
            ),
          },
          { key: "why", label: msg("policy-workflow.casesPart.why"), cell: ({ reason }) => <Bidi>{reason}</Bidi> },
          {
            key: "how",
            label: msg("policy-workflow.casesPart.how"),
            cell: ({ state, moved, total, stayed, failure }) => (
              <div className="stack-small">
                <Badge tone={states[state].tone}>{t(states[state].label)}</Badge>
                <p>{t(pattern("policy-workflow.casesPart.progress"), { moved: moved, total: total })}</p>
                {stayed > 0 && <p className="muted">{t(pattern("policy-workflow.casesPart.stayed"), { n: stayed })}</p>}
                {failure !== null && <p className="field-fault">{t(failure)}</p>}
              </div>
            ),
          },
          {
            key: "acts",
            label: msg("policy-workflow.casesPart.acts"),
            hideLabel: true,
            cell: ({ id, state, mayConfirm }) =>
              view.mayMove &&
              isUnfinished(state) && (
                <>
                  {mayConfirm && (
                    <Button small kind="primary" onClick={() => void act("confirm", id)}>
                      {t(msg("policy-workflow.casesPart.confirm"))}
                    </Button>
                  )}
                  <Button small onClick={() => void act("cancel", id)}>
                    {t(msg("policy-workflow.casesPart.cancel"))}
                  </Button>
                </>
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
              {t(pattern("policy-workflow.casesPart.move"), { n: String(inForce.version) })}
            </Button>
          )
        }
      >
        <p className="flow-lead">{t(pattern("policy-workflow.casesPart.lead"), { older: older, all: all })}</p>
        <Table
          caption={words.standing}
          rows={standing}
          rowKey={({ versionId, state }) => `${versionId}/${state}`}
          empty={<EmptyState title={msg("policy-workflow.casesPart.none")} />}
          columns={[
            { key: "state", label: msg("policy-workflow.casesPart.state"), cell: ({ name }) => <bdi>{t(name)}</bdi> },
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
          secondPerson={view.secondPerson}
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
  label: msg("policy-workflow.casesPart.openCases"),
  place: "trial",
  of: ({ kind }) => kind === "workflow",
  Component: OpenCases,
};
