/** One change-set: what it holds, what it would do, and how it gets into force. */

import React, { useState } from "react";
import { msg, pattern } from "../../../engine/text/msg.js";
import { listed } from "../../../engine/text/text.js";
import {
  Badge,
  Bidi,
  Moment,
  NoticeBox,
  Page,
  type ProblemBody,
  ProblemBox,
  problemOf,
  send,
  toast,
  useText,
  withQuery,
} from "../../../platform/ui/kit.js";
import type { Checked } from "../drafts/publish-dialog.js";
import { type Step, StepButtons, StepDialog } from "../drafts/steps.js";
import { OpenCasesNote } from "../workflow/open-cases-note.js";
import type { ChangeSetView } from "./change-set.page.js";
import { type Edit, type Form, Holds, type OpenedSet } from "./change-set-content.js";
import { CasesDialog, MergeDialog, SeatDialog } from "./change-set-dialogs.js";
import { ImpactPanel, isDecided, workflowsOf } from "./impact-panel.js";
import { MovesPanel } from "./moves-panel.js";
import { NewSeatDialog } from "./new-seat-dialog.js";
import { SetReplays } from "./set-replays.js";

const decides = msg("policy-change-sets.changeSetSteps.decides");
const changeSetStepsWords = {
  submit: pattern("policy-change-sets.changeSetSteps.submit"),
  discard: {
    title: pattern("policy-change-sets.changeSetSteps.discard"),
    action: msg("policy-change-sets.changeSetSteps.discardAction"),
    hint: msg("policy-change-sets.changeSetSteps.discardHint"),
  },
  sendBack: {
    title: pattern("policy-change-sets.changeSetSteps.sendBack"),
    label: msg("policy-change-sets.changeSetSteps.note"),
    help: msg("policy-change-sets.changeSetSteps.noteHelp"),
  },
  approve: {
    label: msg("policy-change-sets.changeSetSteps.approveReason"),
    help: msg("policy-change-sets.changeSetSteps.approveHelp"),
    warnings: pattern("policy-change-sets.changeSetSteps.warnings"),
  },
};

/** How an edit stands in the list of what changes; all else is a change of what is there. */
const cameBy: Readonly<Partial<Record<OpenedSet["listed"][number]["act"], "added" | "removed">>> = {
  create: "added",
  restore: "added",
  retire: "removed",
};

const checkedSet = (set: OpenedSet): Checked => ({
  faults: set.findings
    .filter(({ severity }) => severity !== "info")
    .map(({ severity, words: reason }) => ({
      field: "",
      reason,
      severity: severity === "error" ? severity : "warning",
    })),
  differences: [
    ...set.listed.map(({ act, words: what, details }) => ({
      kind: cameBy[act] ?? ("changed" as const),
      what,
      details,
    })),
    ...set.drafts.map(({ title, changes }) => ({ kind: "changed" as const, what: title, details: changes })),
  ],
});

interface StepProps {
  readonly step: Step;
  readonly set: OpenedSet;
  readonly onClose: () => void;
  readonly onReload: () => void;
  readonly onDone: (step: Step) => Promise<void>;
}

/** The steps of a change-set that need a word or a second thought. */
function ChangeSetStep({ step, set, onClose, onReload, onDone }: StepProps) {
  const { id, revision, title } = set;
  const movesCases = set.listed.some(({ edit }) => "cases" in edit && edit.cases !== undefined);
  return (
    <StepDialog
      step={step}
      name={title}
      of={set}
      words={{
        ...changeSetStepsWords,
        decides: listed(
          [
            decides,
            ...(workflowsOf(set).length > 0 ? [msg("policy-change-sets.changeSetSteps.workflows")] : []),
            ...(movesCases ? [msg("policy-change-sets.changeSetSteps.moves")] : []),
          ],
          " ",
        ),
      }}
      check={async () => checkedSet(set)}
      send={(said) => send("pages/change-set", { do: step, id, revision, ...said })}
      onClose={onClose}
      onDone={() => onDone(step)}
      onReload={onReload}
    />
  );
}

const words = {
  back: msg("policy-change-sets.openedChangeSet.back"),
  states: {
    open: msg("policy-change-sets.openedChangeSet.statesOpen"),
    submitted: msg("policy-change-sets.openedChangeSet.statesSubmitted"),
    published: msg("policy-change-sets.openedChangeSet.statesPublished"),
    discarded: msg("policy-change-sets.openedChangeSet.statesDiscarded"),
  },
  by: msg("policy-change-sets.openedChangeSet.by"),
  returned: pattern("policy-change-sets.openedChangeSet.returned"),
  submitted: pattern("policy-change-sets.openedChangeSet.submitted"),
  approved: pattern("policy-change-sets.openedChangeSet.approved"),
};

const stepDone: Readonly<Record<Step, { en: string; ar: string }>> = {
  submit: msg("policy-change-sets.openedChangeSet.stepDoneSubmit"),
  publish: msg("policy-change-sets.openedChangeSet.stepDonePublish"),
  sendBack: msg("policy-change-sets.openedChangeSet.stepDoneSendBack"),
  discard: msg("policy-change-sets.openedChangeSet.stepDoneDiscard"),
};

const publishedWorkflows = msg("policy-change-sets.openedChangeSet.donePublishWorkflows");

function State({ set }: { set: OpenedSet }) {
  const { t } = useText();
  const submitted = set.state === "submitted";
  return (
    <>
      <div className="draft-bar-line">
        <Badge tone={submitted ? "near" : "waiting"} icon={submitted ? "eye" : "layers"}>
          {t(words.states[set.state])}
        </Badge>
        <span className="draft-bar-facts">
          <span>
            {t(words.by)} <Bidi>{t(listed(set.authors.map(({ name }) => name)))}</Bidi>
          </span>
          {set.state === "published" ? (
            <span>
              {t(msg("policy-change-sets.openedChangeSet.publishedBy"))} <Moment at={set.closedAt} />
              {set.approvedBy !== null && <> · {t(words.approved, { who: set.approvedBy })}</>}
            </span>
          ) : (
            <span>
              {t(msg("policy-change-sets.openedChangeSet.saved"))} <Moment at={set.savedAt} />
            </span>
          )}
        </span>
      </div>
      {set.note && set.state === "open" && (
        <NoticeBox tone="warning" title={t(words.returned, { who: set.returnedBy ?? "" })}>
          <p dir="auto">{set.note}</p>
        </NoticeBox>
      )}
      {(submitted || set.state === "published") && set.reason && (
        <NoticeBox title={submitted ? t(words.submitted, { who: set.submittedBy?.name ?? "" }) : undefined}>
          <p dir="auto">{set.reason}</p>
          {set.warningsReason && <p dir="auto">{set.warningsReason}</p>}
          {submitted && set.whyNotPublish && <p className="muted">{t(set.whyNotPublish)}</p>}
        </NoticeBox>
      )}
      {set.state === "published" &&
        workflowsOf(set).map(({ name, title }) => (
          <OpenCasesNote key={name} programme={set.programme} name={name} title={title} published />
        ))}
    </>
  );
}

export function OpenedChangeSet({
  view,
  set,
  reload,
}: {
  view: ChangeSetView;
  set: OpenedSet;
  reload: () => Promise<void>;
}) {
  const { programme } = view;
  const [step, setStep] = useState<Step | null>(null);
  const [form, setForm] = useState<{ form: Form; edit: Edit | null } | null>(null);
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  const errors = set.findings.filter(({ severity }) => severity === "error").length;
  const nothing = set.listed.length + set.drafts.length === 0;
  const takeBack = async () => {
    try {
      await send("pages/change-set", { do: "takeBack", id: set.id, revision: set.revision });
      reload();
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  const asked = {
    programme,
    set,
    onClose: () => setForm(null),
    onPut: () => {
      setForm(null);
      reload();
    },
  };
  const before = form?.edit?.edit ?? null;
  return (
    <Page
      wide
      title={set.title}
      heading={<bdi>{set.title}</bdi>}
      back={{ to: withQuery("/admin/pages/change-set", { programme }), label: words.back }}
      actions={
        <StepButtons
          acts={set.acts}
          approves={set.state === "submitted" && !set.mine}
          discard={msg("policy-change-sets.openedChangeSet.discard")}
          disabled={nothing || errors > 0}
          onStep={setStep}
          onTakeBack={() => void takeBack()}
        />
      }
    >
      <ProblemBox problem={problem} />
      <State set={set} />
      <Holds set={set} programme={programme} reload={reload} onForm={(name, edit) => setForm({ form: name, edit })} />
      <MovesPanel set={set} mayWrite={view.mayWrite} reload={reload} />
      {!nothing && (set.state === "open" || set.state === "submitted") && <ImpactPanel set={set} />}
      {(set.state === "open" || set.state === "submitted") && isDecided(set) && view.mayReplay && (
        <SetReplays programme={programme} id={set.id} />
      )}
      {form?.form === "merge" && <MergeDialog {...asked} before={before} />}
      {form?.form === "cases" && <CasesDialog {...asked} before={before} />}
      {form?.form === "seat" && <SeatDialog {...asked} before={before} />}
      {form?.form === "newSeat" && <NewSeatDialog {...asked} roles={view.roles} before={before} />}
      {step !== null && (
        <ChangeSetStep
          step={step}
          set={set}
          onClose={() => setStep(null)}
          onReload={reload}
          onDone={async (what) => {
            await reload();
            setStep(null);
            toast(what === "publish" && workflowsOf(set).length > 0 ? publishedWorkflows : stepDone[what]);
          }}
        />
      )}
    </Page>
  );
}
