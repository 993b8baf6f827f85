/** A form of any resource, drawn from its columns, for a new record or one that there is. */

import React, { useEffect, useMemo, useRef, useState } from "react";
import { useNavigate } from "react-router-dom";
import type { ChosenSet } from "../../../engine/setup/sets-of-forms.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { RecordAnswer, RecordView, ResourceView } from "../../../platform/admin/resource-view.js";
import { useDraft } from "../../../platform/ui/form/use-draft.js";
import {
  Button,
  boot,
  LinkButton,
  NoticeBox,
  Page,
  Panel,
  ProblemBox,
  problemOf,
  read,
  refuse,
  type ScreenProps,
  Select,
  SendForm,
  Spinner,
  send,
  toast,
  useAddress,
  useSending,
  useText,
  useView,
} from "../../../platform/ui/kit.js";
import { needsSecondPerson } from "../second-person.js";
import { changeSetAddress } from "./change-set-dialog.js";
import { ColumnInput, placesOf } from "./column-input.js";
import { Conflict, type Difference, differences } from "./conflict.js";
import {
  beforeOf,
  draftKey,
  fromAddress,
  merged,
  type Typed,
  type TypedEdit,
  typedEdit,
  unreadable,
} from "./form-filling.js";
import { FormIntoSet, InSetNotice } from "./form-into-set.js";
import { editable, inGroups, sentValues, typedValues } from "./form-state.js";
import { RecordTry } from "./record-try.js";
import { askedRow, editOfRow, recordInSet, type SetRow, setRowNow, useSetRow } from "./set-row.js";
import { recordAddress, resourceAddress } from "./setup-list.js";
import { useComing } from "./use-coming.js";
import { useProposedCode } from "./use-proposed-code.js";

const words = {
  edit: pattern("setup.setupForm.edit"),
  collect: msg("setup.setupForm.collect"),
};

export function SetupForm(props: ScreenProps) {
  const { resource, recordId } = props;
  const { view } = resource;
  const address = recordId === null ? null : `resources/${view.id}/records/${recordId}/edit`;
  const { view: answer, problem } = useView<RecordAnswer>(address);
  const [turn, setTurn] = useState(0);
  const record = answer?.record ?? null;
  const [query] = useAddress();
  const asked = useMemo(() => askedRow(view.id, query), [view.id, query]);
  const { row, problem: noSet } = useSetRow(asked, record);
  const known = recordId === null || record !== null;
  const adding = asked !== null && recordId === null;
  const taken = adding && row?.seen === null;
  const back =
    asked !== null
      ? { to: changeSetAddress(asked.programme, asked.set), label: row?.title ?? view.label }
      : record === null
        ? { to: resourceAddress(view.id), label: view.label }
        : { to: recordAddress(view.id, record.id), label: record.title };
  const { t, language } = useText();
  const one = language === "en" ? view.one.en.charAt(0).toLowerCase() + view.one.en.slice(1) : view.one.ar;
  const title =
    recordId === null && row !== null
      ? t(words.edit, { name: t(recordInSet(view.columns, null, row).title) })
      : recordId === null
        ? t(pattern("setup.setupForm.add"), { one })
        : record
          ? t(words.edit, { name: t(record.title) })
          : t(view.one);
  return (
    <Page title={title} back={back}>
      <ProblemBox problem={problem ?? noSet} />
      {(!known || (asked !== null && row === null)) && !problem && !noSet && <Spinner />}
      {taken && <NoticeBox tone="warning" title={msg("setup.setupForm.gone")} />}
      {known && !taken && (asked === null || row !== null) && (
        <Form key={turn} view={view} inForce={record} row={row} cancel={back.to} onAfresh={() => setTurn(turn + 1)} />
      )}
    </Page>
  );
}

/** What somebody else changed meanwhile. */
interface Found {
  readonly now: RecordView;
  readonly disputed: readonly Difference[];
  readonly taken: readonly Difference[];
}

interface FormProps {
  readonly view: ResourceView;
  /** The record as it is; null: it is a new one. */
  readonly inForce: RecordView | null;
  /** The row as a change-set has it, where that is edited. */
  readonly row: SetRow | null;
  readonly cancel: string;
  readonly onAfresh: () => void;
}

function Form({ view, inForce, row, cancel, onAfresh }: FormProps) {
  const { t, language } = useText();
  const navigate = useNavigate();
  const columns = editable(view.columns, inForce === null);
  const [query] = useAddress();
  const record = row === null ? inForce : recordInSet(columns, inForce, row);
  const draft = useDraft<Typed>(draftKey(view.id, inForce, row, query), {
    programme: view.programmes.find((code) => code === query.programme) ?? view.programmes[0] ?? "",
    values: { ...typedValues(columns, record), ...(record === null ? fromAddress(columns, query) : {}) },
    before: beforeOf(columns, record),
    inSet: row && { row, inForce: beforeOf(columns, inForce) },
  });
  const { typed } = draft;
  const sending = useSending();
  const { problem, show } = sending;
  const [found, setFound] = useState<Found | null>(null);
  const [chosen, setChosen] = useState<Readonly<Record<string, "theirs" | "ours">>>({});
  const [collecting, setCollecting] = useState<TypedEdit | null>(null);
  const [chosenSet, setChosenSet] = useState<ChosenSet | null>(null);
  const conflict = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (found) conflict.current?.focus();
  }, [found]);

  /** Ends with what is to be shown; throws it, or what kept the form from reading what is there now. */
  const refused = async (error: unknown) => {
    const next = problemOf(error);
    if (next.code !== "conflict" || record === null) throw error;
    const fresh =
      inForce === null ? null : (await read<RecordAnswer>(`resources/${view.id}/records/${inForce.id}/edit`)).record;
    const inSet = row && { row: await setRowNow(row, fresh), inForce: beforeOf(columns, fresh) };
    const now = inSet === null ? (fresh as RecordView) : recordInSet(columns, fresh, inSet.row);
    const { disputed, taken } = differences(columns, { before: typed.before, typed: typed.values, now });
    // From here on the form stands on what is there now; whoever saves again has seen it.
    draft.set({ ...typed, before: beforeOf(columns, now), inSet, values: merged(columns, typed, now) });
    setChosen(Object.fromEntries(disputed.map(({ column }) => [column.name, "ours" as const])));
    setFound({ now, disputed, taken });
    if (disputed.length + taken.length === 0) throw error;
  };

  const save = async () => {
    const early = unreadable(columns, typed.values);
    if (early) refuse(early.faults);
    const body = { values: sentValues(columns, typed.values), before: typed.before };
    if (typed.inSet) {
      const { row: there, inForce: was } = typed.inSet;
      const edit = editOfRow(columns, there, { values: body.values, before: inForce === null ? null : was });
      await send("pages/change-set", { do: "put", id: there.set, edit, seen: there.seen });
      draft.clear();
      toast(msg("setup.setupForm.isThere"));
      return navigate(changeSetAddress(there.programme, there.set));
    }
    let id = record?.id;
    if (record === null) {
      const programme = view.programmes.length > 0 ? { programme: typed.programme } : {};
      const created = await send<RecordAnswer>(`resources/${view.id}/actions/new`, {
        ...programme,
        values: body.values,
      });
      id = created.record?.id;
    } else await send(`resources/${view.id}/records/${record.id}/edit`, body);
    draft.clear();
    toast(msg("setup.setupForm.saved"));
    navigate(id === undefined ? resourceAddress(view.id) : recordAddress(view.id, id));
  };

  const mayCollect = view.collects && (boot()?.programmes.length ?? 0) > 0;
  const programme = record?.programme ?? (typed.programme || null);
  const coming = useComing(mayCollect ? programme : null);
  const put = useProposedCode({
    ...{ view, isNew: record === null, programme, coming: coming.codes(view.id), values: typed.values },
    onChange: (values) => draft.set({ ...typed, values }),
  });
  /** Null: it cannot be read, which is said instead. */
  const collected = (): TypedEdit | null =>
    unreadable(columns, typed.values) === null ? typedEdit(view.id, columns, { record, typed }) : null;
  const collect = () => {
    show(unreadable(columns, typed.values));
    setCollecting(collected());
  };
  const asEdit = row === null && mayCollect ? collected() : null;
  // What would be refused is not offered.
  const inSetOnly = asEdit !== null && needsSecondPerson(programme, asEdit);

  const choose = (name: string, whose: "theirs" | "ours") => {
    const difference = found?.disputed.find(({ column }) => column.name === name);
    if (!difference || !found) return;
    setChosen({ ...chosen, [name]: whose });
    const record_ = { ...found.now, values: { [name]: whose === "theirs" ? difference.theirs : difference.ours } };
    draft.set({ ...typed, values: { ...typed.values, ...typedValues([difference.column], record_) } });
  };

  // The dialog stands beside the form: a form in a form would send both.
  return (
    <>
      <SendForm
        sending={sending}
        onSend={async () => (inSetOnly ? collect() : save().catch(refused))}
        fields={new Map(columns.flatMap((one) => placesOf(one, language)).map(({ name, label }) => [name, label]))}
      >
        {row !== null && <InSetNotice row={row} />}
        {draft.restored && !found && (
          <NoticeBox
            actions={
              <Button
                small
                onClick={() => {
                  draft.clear();
                  onAfresh();
                }}
              >
                {t(msg("setup.setupForm.discard"))}
              </Button>
            }
          >
            <p>{t(msg("setup.setupForm.restored"))}</p>
          </NoticeBox>
        )}
        {found && found.disputed.length + found.taken.length > 0 && (
          <div ref={conflict} tabIndex={-1}>
            <Conflict {...found} names={found.now.names} chosen={chosen} onChoose={choose} />
          </div>
        )}
        {inGroups(columns).map((group, i) => (
          <Panel key={group.title?.en ?? ""} title={group.title ?? undefined}>
            <div className="form">
              {i === 0 && record === null && view.programmes.length > 1 && (
                <Select
                  label={msg("setup.setupForm.programme")}
                  value={typed.programme}
                  choices={view.programmes.map((code) => ({
                    value: code,
                    label: boot()?.programmes.find((one) => one.code === code)?.name ?? code,
                  }))}
                  onChange={(programme) => draft.set({ ...typed, programme })}
                />
              )}
              {group.columns.map((column) => (
                <ColumnInput
                  key={column.name}
                  column={column}
                  value={typed.values[column.name]}
                  problem={problem}
                  chosen={
                    record?.values[column.name] === typed.values[column.name] ? record?.names[column.name] : undefined
                  }
                  programme={programme}
                  also={coming.of(column)}
                  onChange={(value) => put(column.name, value)}
                />
              ))}
            </div>
          </Panel>
        ))}
        <RecordTry
          resource={view.id}
          programme={programme}
          values={{ code: record?.values.code, ...typed.values }}
          id={inForce?.id ?? null}
        />
        {inSetOnly && (
          <NoticeBox>
            <p>{t(msg("setup.setupForm.second"))}</p>
          </NoticeBox>
        )}
        <div className="form-actions">
          <Button type="submit" kind="primary" busy={sending.busy} icon={inSetOnly ? "layers" : undefined}>
            {t(inSetOnly ? words.collect : row === null ? msg("setup.setupForm.save") : msg("setup.setupForm.put"))}
          </Button>
          {row === null && !inSetOnly && mayCollect && programme !== null && (
            <Button icon="layers" onClick={collect}>
              {t(words.collect)}
            </Button>
          )}
          <span onClickCapture={() => draft.clear()}>
            <LinkButton to={cancel}>{t(msg("setup.setupForm.cancel"))}</LinkButton>
          </span>
        </div>
      </SendForm>
      {collecting !== null && programme !== null && (
        <FormIntoSet
          programme={programme}
          edit={collecting}
          first={chosenSet ?? coming.setNamed(columns, typed.values)}
          onRefused={(next, where) => {
            const places = columns.flatMap((one) => placesOf(one, language));
            const isHere = (field: string) => places.some(({ name }) => name === field.split("/")[1]);
            if (next.code !== "invalid-input" || !next.faults.every(({ field }) => isHere(field))) return false;
            setChosenSet(where);
            setCollecting(null);
            show(next);
            return true;
          }}
          onClose={() => setCollecting(null)}
          onPut={() => draft.clear()}
        />
      )}
    </>
  );
}
