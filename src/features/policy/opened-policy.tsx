/** A rule set, workflow or calendar: the draft in which it is changed, what the checks say of it, its examples and versions. */

import React, { useMemo, useState } from "react";
import { useNavigate } from "react-router-dom";
import { msg } from "../../engine/text/msg.js";
import {
  Button,
  JsonEditor,
  Page,
  Panel,
  type ProblemBody,
  ProblemBox,
  problemOf,
  send,
  Tabs,
  toast,
  useAddress,
  useText,
  type Words,
  withQuery,
} from "../../platform/ui/kit.js";
import type { ConfigurationKind } from "../setup/tables/create-models.js";
import { IntoChangeSet } from "./change-sets/into-change-set.js";
import { ChecksPanel } from "./drafts/checks-panel.js";
import { DraftBar } from "./drafts/draft-bar.js";
import { CopyDialog, DraftDialog, ReopenDialog, RetireLetterDialog } from "./drafts/draft-dialogs.js";
import { type Step, StepButtons } from "./drafts/steps.js";
import { useLiveCheck } from "./drafts/use-live-check.js";
import { textOf, usePolicyDraft } from "./drafts/use-policy-draft.js";
import { placeOf } from "./editor-place.js";
import type { PolicyOpened } from "./policy.page.js";
import { PolicyNotices } from "./policy-notices.js";
import type { PolicyFault, PolicyPart } from "./policy-part.js";
import { policyParts } from "./policy-parts.js";
import { ExampleTable } from "./replay/example-table.js";
import { DifferenceList } from "./versions/difference-list.js";
import { VersionLine, type VersionOnWire } from "./versions/version-line.js";
import { VersionTimeline } from "./versions/version-timeline.js";

interface PolicyTextProps {
  readonly text: string;
  /** Left out: it may only be looked at. */
  readonly onChange?: ((text: string) => void) | undefined;
  readonly faults: readonly PolicyFault[];
  /** The place to be shown. */
  readonly at?: string | undefined;
}

/** The definition as text, for people who write JSON by hand. */
function PolicyText({ text, onChange, faults, at }: PolicyTextProps) {
  return (
    <JsonEditor
      label={msg("policy.openedPolicy.policyTextWordsLabel")}
      help={onChange ? msg("policy.openedPolicy.policyTextWordsHelp") : undefined}
      readOnly={onChange === undefined}
      rows={28}
      value={text}
      onChange={(next) => onChange?.(next)}
      faults={faults}
      at={at}
    />
  );
}

interface Tab {
  readonly id: string;
  readonly label: Words;
  readonly count?: number | null;
}

/** The parts of an opened policy, in their order: ways to edit it, its text, its examples, ways to try it, its versions. */
function tabsOf(
  kind: ConfigurationKind,
  parts: readonly PolicyPart[],
  { errors, failing, versions }: { errors: number; failing: number; versions: number },
): Tab[] {
  const at = (where: PolicyPart["place"]): Tab[] =>
    parts.filter(({ place }) => place === where).map(({ id, label }) => ({ id, label }));
  return [
    ...at("editor"),
    { id: "text", label: msg("policy.openedPolicy.tabWordsText"), count: errors || null },
    ...(kind === "rules"
      ? [{ id: "examples", label: msg("policy.openedPolicy.tabWordsExamples"), count: failing || null }]
      : []),
    ...at("trial"),
    { id: "versions", label: msg("policy.openedPolicy.tabWordsVersions"), count: versions },
  ];
}

const done: Readonly<Record<Step, { en: string; ar: string }>> = {
  submit: msg("policy.openedPolicy.doneSubmit"),
  publish: msg("policy.openedPolicy.donePublish"),
  sendBack: msg("policy.openedPolicy.doneSendBack"),
  discard: msg("policy.openedPolicy.doneDiscard"),
};

const workflowPublished = msg("policy.openedPolicy.doneWorkflow");

export function OpenedPolicy({ view, reload }: { view: PolicyOpened; reload: () => Promise<void> }) {
  const { t } = useText();
  const navigate = useNavigate();
  const [query, setQuery] = useAddress();
  const { opened, programme } = view;
  const { kind, name, shown, current, inForce, draft, mayPublish, versions, vocabulary } = opened;
  const thing = useMemo(() => ({ programme, kind, name }), [programme, kind, name]);
  const changeSet = draft === null ? (opened.changeSet?.id ?? null) : null;
  /** The set in which a draft may begin, or into which it is put. */
  const into = opened.changeSet?.open ? opened.changeSet.id : null;
  const edited = usePolicyDraft(thing, opened, reload, draft === null ? into : null);
  const [step, setStep] = useState<Step | null>(null);
  const [retiring, setRetiring] = useState(false);
  const [copying, setCopying] = useState(false);
  const [reopening, setReopening] = useState<VersionOnWire | null>(null);
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  // A version that is asked for is looked at; otherwise what is looked at is what is written.
  const looking = query.version !== undefined && shown !== null;
  const definition = looking ? shown.definition : edited.definition;
  const asked = looking ? null : (draft?.changeSet?.id ?? changeSet);
  const original = JSON.stringify(looking || draft === null ? (shown?.definition ?? inForce) : draft.definition);
  const check = useLiveCheck(thing, {
    original,
    known: opened.checked,
    definition: mayPublish ? definition : undefined,
    changeSet: asked,
  });
  const { checked } = check;
  const mayWrite = mayPublish && !looking && (draft === null ? changeSet === into : draft.acts.includes("save"));
  const untouched = !looking && draft === null && mayPublish && !edited.unsaved;
  /** A draft that may still go into a change-set. */
  const standsAlone = mayWrite && draft !== null && draft.changeSet === null && edited.conflict === null;
  const isDraft = !looking && (draft !== null || edited.unsaved || edited.conflict !== null);
  const failing = checked.examples.filter(({ passed }) => !passed).length + checked.moreExamples.failed;
  const errors = checked.faults.filter((fault) => fault.severity === "error");
  const ways = policyParts.filter((way) => way.of(thing));
  const tabs = tabsOf(kind, ways, { errors: errors.length, failing, versions: versions.length });
  const first = (tabs[0] as Tab).id;
  const part = query.part ?? first;
  const way = ways.find(({ id }) => id === part);
  const { title } = opened;
  const address = (more: Readonly<Record<string, string | number | undefined>>) =>
    withQuery("/admin/pages/policy", { ...thing, version: query.version, changeSet: query.changeSet, ...more });
  const change = (next: object) => edited.write(textOf(next));
  const act = async (body: object) => {
    setProblem(null);
    try {
      await send("pages/policy", body);
      reload();
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  const begin = async (next: Step) => {
    if (next === "discard" || (await edited.settle())) setStep(next);
  };
  const isUnsaved = edited.conflict !== null || edited.definition === undefined || edited.status === "refused";
  return (
    <Page
      wide
      title={title}
      back={{ to: withQuery("/admin/pages/policy", { programme }), label: msg("policy.openedPolicy.back") }}
      actions={
        <>
          {mayPublish && kind === "workflow" && shown !== null && (
            <Button icon="plus" onClick={() => setCopying(true)}>
              {t(msg("policy.openedPolicy.copy"))}
            </Button>
          )}
          {(standsAlone || (untouched && changeSet === null)) && (
            <IntoChangeSet thing={thing} draft={draft} current={current} edited={edited} first={into} onPut={reload} />
          )}
          {untouched && vocabulary.letter?.named && current !== null && (
            <Button kind="quiet" icon="archive" onClick={() => setRetiring(true)}>
              {t(msg("policy.openedPolicy.retire"))}
            </Button>
          )}
          {!looking && draft !== null && (
            <StepButtons
              acts={draft.acts}
              approves={draft.state === "submitted" && !draft.mine}
              discard={msg("policy.openedPolicy.discard")}
              why={isUnsaved ? msg("policy.openedPolicy.unsaved") : null}
              onStep={(next) => void begin(next)}
              onTakeBack={() => void act({ do: "takeBack", ...edited.seen })}
            />
          )}
        </>
      }
    >
      {shown !== null && <VersionLine version={shown} />}
      <ProblemBox problem={problem} />
      <PolicyNotices view={view} looking={looking} isDraft={isDraft} />
      {isDraft && (
        <DraftBar
          draft={draft}
          edited={edited}
          onRebase={
            mayWrite && draft?.baseMoved
              ? () =>
                  void act({
                    do: "save",
                    ...edited.seen,
                    definition: edited.definition,
                    basedOn: draft.baseMoved?.id,
                  })
              : undefined
          }
        />
      )}
      <Panel flush>
        <Tabs
          label={msg("policy.openedPolicy.parts")}
          current={part}
          onChange={(id) => setQuery({ part: id === first ? null : id, at: null })}
          tabs={tabs}
        >
          <div className="stack policy-panel">
            {way !== undefined && (
              <way.Component
                thing={thing}
                definition={definition}
                inForce={inForce}
                onChange={mayWrite ? change : undefined}
                mayPublish={mayPublish}
                faults={checked.faults}
                vocabulary={vocabulary}
                changeSet={asked}
              />
            )}
            {part === "versions" && (
              <VersionTimeline
                versions={versions}
                current={current}
                addressOf={(version) => withQuery("/admin/pages/policy", { ...thing, version: version.id })}
                onReopen={mayPublish ? setReopening : undefined}
                whyNot={draft === null ? null : msg("policy.openedPolicy.openAlready")}
              />
            )}
            {part === "examples" && <ExampleTable {...checked} />}
            {part === "text" && (
              <PolicyText
                text={looking ? textOf(shown.definition) : edited.text}
                onChange={mayWrite ? edited.write : undefined}
                faults={errors}
                at={query.at}
              />
            )}
          </div>
        </Tabs>
      </Panel>
      <div className="policy-below">
        {(isDraft || (looking && shown.id !== current)) && (
          <Panel id="changes" title={isDraft ? msg("policy.openedPolicy.changed") : msg("policy.openedPolicy.differs")}>
            {checked.differences.length === 0 && errors.length > 0 ? (
              <p className="muted">{t(msg("policy.openedPolicy.untold"))}</p>
            ) : (
              <DifferenceList differences={checked.differences} />
            )}
          </Panel>
        )}
        <ChecksPanel
          check={check}
          definition={definition}
          failing={failing}
          addressOf={(field) => address(placeOf({ field, definition, part, parts: ways.map(({ id }) => id) }))}
          examplesAddress={address({ part: "examples" })}
          onAdd={
            mayWrite
              ? (rule) => {
                  const set = definition as { rules: readonly object[] };
                  change({ ...set, rules: [...set.rules, rule] });
                }
              : undefined
          }
        />
      </div>
      {copying && shown !== null && <CopyDialog version={shown} onClose={() => setCopying(false)} />}
      {retiring && (
        <RetireLetterDialog
          thing={thing}
          title={title}
          onClose={() => setRetiring(false)}
          onDone={() => {
            setRetiring(false);
            reload();
            toast(msg("policy.openedPolicy.retired"));
          }}
        />
      )}
      {reopening !== null && (
        <ReopenDialog
          version={reopening}
          changeSet={draft === null ? into : null}
          onClose={() => setReopening(null)}
          onOpened={() => {
            setReopening(null);
            setQuery({ version: null, part: null, at: null });
            reload();
          }}
        />
      )}
      {step !== null && draft !== null && edited.seen !== null && (
        <DraftDialog
          step={step}
          thing={thing}
          title={title}
          draft={draft}
          seen={edited.seen}
          definition={edited.definition}
          onClose={() => setStep(null)}
          onReload={reload}
          onDone={async (what) => {
            if (what === "discard" && inForce === null && versions.length === 0) {
              // It was nowhere but in its draft: there is no page of it any more.
              navigate(withQuery("/admin/pages/policy", { programme }));
              return toast(done[what]);
            }
            // The page is the new one before anybody can press something on it: nothing moves under the hand.
            await reload();
            setStep(null);
            setQuery({ at: null });
            toast(what === "publish" && kind === "workflow" ? workflowPublished : done[what]);
          }}
        />
      )}
    </Page>
  );
}
