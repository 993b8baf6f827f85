/** A workflow as a diagram and as tables, kept in step: what is chosen in one is chosen in the other, both edit the same. */

import React, { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import {
  Confirm,
  EmptyState,
  NoticeBox,
  TextPair,
  useAddress,
  useText,
  useView,
  withQuery,
} from "../../../platform/ui/kit.js";
import { useShownPlace } from "../editor-place.js";
import type { PolicyPart, PolicyPartProps } from "../policy-part.js";
import { ActionEditor } from "./action-editor.js";
import type { Selected } from "./diagram-pieces.js";
import { removeAction, removeState, type Uses, usesOfAction, usesOfState, withMember } from "./edit-workflow.js";
import { SelectedCard } from "./selected-card.js";
import { StateEditor } from "./state-editor.js";
import type { WorkflowCasesView } from "./workflow.page.js";
import { WorkflowDiagram } from "./workflow-diagram.js";
import { faultsWithin, membersOf, otherFaults, readWorkflow } from "./workflow-model.js";
import { ActionsTable, FaultLines, StatesTable } from "./workflow-tables.js";

const removeDialogWords = {
  state: pattern("policy-workflow.workflowPart.removeDialogWordsState"),
  action: pattern("policy-workflow.workflowPart.removeDialogWordsAction"),
  initial: msg("policy-workflow.workflowPart.removeDialogWordsInitial"),
  triage: msg("policy-workflow.workflowPart.removeDialogWordsTriage"),
  nothing: msg("policy-workflow.workflowPart.removeDialogWordsNothing"),
};

interface RemoveDialogProps {
  readonly list: Selected["list"];
  readonly name: Bilingual;
  readonly uses: Uses;
  readonly cases: number;
  readonly onRemove: () => void;
  readonly onClose: () => void;
}

/** Asked before a state or action goes: what refers to it, by name. */
function RemoveDialog({ list, name, uses, cases, onRemove, onClose }: RemoveDialogProps) {
  const { t } = useText();
  const { actions, timers, starts } = uses;
  return (
    <Confirm
      title={t(list === "states" ? removeDialogWords.state : removeDialogWords.action, { name: t(name) })}
      action={msg("policy-workflow.workflowPart.removeDialogWordsRemove")}
      kind="danger"
      onClose={onClose}
      onConfirm={async () => onRemove()}
    >
      {cases > 0 && <p>{t(pattern("policy-workflow.workflowPart.removeDialogWordsCases"), { n: cases })}</p>}
      {starts.map((start) => (
        <p key={start}>{t(removeDialogWords[start])}</p>
      ))}
      {actions.length > 0 && (
        <>
          <p>{t(msg("policy-workflow.workflowPart.removeDialogWordsActions"))}</p>
          <ul className="bullets">
            {actions.map((action) => (
              <li key={action.en}>
                <bdi>{t(action)}</bdi>
              </li>
            ))}
          </ul>
        </>
      )}
      {timers.length > 0 && (
        <p>
          {t(msg("policy-workflow.workflowPart.removeDialogWordsTimers"))} <bdi dir="ltr">{timers.join(", ")}</bdi>
        </p>
      )}
      {actions.length + timers.length + starts.length === 0 && <p>{t(removeDialogWords.nothing)}</p>}
    </Confirm>
  );
}

const words = {
  unreadable: msg("policy-workflow.workflowPart.unreadable"),
  unreadableHint: msg("policy-workflow.workflowPart.unreadableHint"),
};

const phone = "(max-width: 720px)";
const onPhone = {
  subscribe(tell: () => void) {
    const query = window.matchMedia(phone);
    query.addEventListener("change", tell);
    return () => query.removeEventListener("change", tell);
  },
  read: () => window.matchMedia(phone).matches,
};

/** Open cases by state, of all versions together; null while nobody knows. */
function useOpenCases({ programme, name }: PolicyPartProps["thing"]) {
  const { view, reload } = useView<WorkflowCasesView>(withQuery("pages/workflow", { programme, name }));
  const byState = useMemo(() => {
    if (view === null) return null;
    const counts = new Map<string, number>();
    for (const { state, cases } of view.standing) counts.set(state, (counts.get(state) ?? 0) + cases);
    return counts;
  }, [view]);
  return { view, byState, reload };
}

interface NameProps extends Pick<PolicyPartProps, "definition" | "faults"> {
  readonly onChange: (definition: object) => void;
}

/** What the workflow is called: a copy is told from the first by it. */
function WorkflowName({ definition, faults, onChange }: NameProps) {
  const name = membersOf(membersOf(definition).name);
  const typed = (value: unknown): string => (typeof value === "string" ? value : "");
  return (
    <div className="line-row">
      <TextPair
        labels={{ ar: msg("policy-workflow.workflowPart.nameAr"), en: msg("policy-workflow.workflowPart.nameEn") }}
        required
        maxLength={300}
        value={{ ar: typed(name.ar), en: typed(name.en) }}
        faultOf={(language) => faultsWithin(faults, `/name/${language}`)[0]?.reason ?? null}
        onChange={(text, language) => onChange(withMember(definition, "name", { ...name, [language]: text }))}
      />
    </div>
  );
}

type Open =
  | { readonly what: "edit" | "remove"; readonly of: Selected }
  | { readonly what: "add"; readonly list: Selected["list"] };

function WorkflowStudio({ thing, definition, onChange, faults, vocabulary }: PolicyPartProps) {
  const narrow = useSyncExternalStore(onPhone.subscribe, onPhone.read);
  const workflow = useMemo(() => readWorkflow(definition), [definition]);
  const [query] = useAddress();
  const [selected, setSelected] = useState<Selected | null>(null);
  // A finding leads to the state or action that it is about.
  const [, list, pointed] = /^\/(states|actions)\/([^/]+)/.exec(query.at ?? "") ?? [];
  useEffect(() => {
    const code = pointed?.replaceAll("~1", "/").replaceAll("~0", "~");
    if (code !== undefined) setSelected({ list: list as Selected["list"], code });
  }, [list, pointed]);
  useShownPlace(query.at, ".flow-view");
  const [open, setOpen] = useState<Open | null>(null);
  const { view, byState } = useOpenCases(thing);
  if (workflow === null) return <EmptyState title={words.unreadable} hint={words.unreadableHint} icon="flow" />;
  const mayEdit = onChange !== undefined;
  const close = () => setOpen(null);
  const put = (list: Selected["list"]) =>
    onChange === undefined
      ? undefined
      : (next: object, code: string) => {
          onChange(next);
          setSelected({ list, code });
          close();
        };
  const chosen = open === null ? null : open.what === "add" ? { list: open.list, code: "" } : open.of;
  const state = chosen?.list === "states" ? (workflow.states.find(({ code }) => code === chosen.code) ?? null) : null;
  const action =
    chosen?.list === "actions" ? (workflow.actions.find(({ code }) => code === chosen.code) ?? null) : null;
  const shown = { workflow, faults, cases: byState, selected, mayEdit, onSelect: setSelected };
  const opened = {
    onOpen: (of: Selected) => setOpen({ what: "edit", of }),
    onAdd: (list: Selected["list"]) => setOpen({ what: "add", list }),
  };
  const general = otherFaults(faults, workflow);
  const diagram = (
    <div className="flow-view">
      <WorkflowDiagram workflow={workflow} selected={selected} onSelect={setSelected} faults={faults} cases={byState} />
      {selected !== null && (
        <SelectedCard
          {...shown}
          thing={thing}
          types={view?.types ?? []}
          selected={selected}
          onOpen={opened.onOpen}
          onRemove={(of) => setOpen({ what: "remove", of })}
        />
      )}
    </div>
  );
  const removed = open?.what === "remove" ? (state ?? action) : null;
  return (
    <div className="flow-part">
      {general.length > 0 && (
        <NoticeBox tone="warning" title={msg("policy-workflow.workflowPart.faults")}>
          <FaultLines faults={general} />
        </NoticeBox>
      )}
      {onChange && <WorkflowName {...{ definition, faults, onChange }} />}
      {!narrow && diagram}
      <StatesTable {...shown} {...opened} />
      <ActionsTable {...shown} {...opened} />
      {narrow && diagram}
      {open !== null && open.what !== "remove" && chosen?.list === "states" && (
        <StateEditor {...{ definition, workflow, state, faults }} onSet={put("states")} onClose={close} />
      )}
      {open !== null && open.what !== "remove" && chosen?.list === "actions" && (
        <ActionEditor
          {...{ definition, workflow, action, faults, vocabulary }}
          onSet={put("actions")}
          onClose={close}
        />
      )}
      {removed !== null && chosen !== null && (
        <RemoveDialog
          list={chosen.list}
          name={removed.name}
          uses={chosen.list === "states" ? usesOfState(definition, chosen.code) : usesOfAction(definition, chosen.code)}
          cases={chosen.list === "states" ? (byState?.get(chosen.code) ?? 0) : 0}
          onClose={close}
          onRemove={() => {
            const without = chosen.list === "states" ? removeState : removeAction;
            onChange?.(without(definition, chosen.code));
            setSelected(null);
            close();
          }}
        />
      )}
    </div>
  );
}

export const workflowPart: PolicyPart = {
  id: "workflow",
  label: msg("policy-workflow.workflowPart.diagramAndTable"),
  place: "editor",
  of: ({ kind }) => kind === "workflow",
  Component: WorkflowStudio,
};
