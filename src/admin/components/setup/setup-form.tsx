/** A form of any resource, drawn from its columns, for a new record or one that there is. */
import React, { useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router-dom";
import type { ColumnView, RecordAnswer, RecordView, ResourceView } from "../../guard/resource-view.js";
import {
  Button,
  boot,
  ChangeSetDialog,
  changeSetAddress,
  faultAt,
  LinkButton,
  NoticeBox,
  Page,
  Panel,
  type ProblemBody,
  ProblemBox,
  problemOf,
  type Query,
  read,
  type ScreenProps,
  Select,
  Spinner,
  send,
  toast,
  useAddress,
  useText,
  useView,
} from "../kit/kit.js";
import { useDraft } from "../kit/use-draft.js";
import { ColumnInput, placesOf } from "./column-input.js";
import { Conflict, type Difference, differences } from "./conflict.js";
import { ErrorSummary } from "./error-summary.js";
import { collectable, editable, type FormValues, flatValues, sentValues, typedValues } from "./form-state.js";
import { recordAddress, resourceAddress } from "./setup-list.js";
import { useComing } from "./use-coming.js";

const words = {
  add: { en: "Add {one}", ar: "إضافة {one}" },
  edit: { en: "Edit: {name}", ar: "تعديل: {name}" },
  save: { en: "Save", ar: "حفظ" },
  collect: { en: "Into a change-set …", ar: "إلى مجموعة تغييرات …" },
  cancel: { en: "Cancel", ar: "إلغاء" },
  saved: { en: "Saved.", ar: "تم الحفظ." },
  programme: { en: "Programme", ar: "البرنامج" },
  restored: { en: "What you had typed is here again.", ar: "استُعيد ما كنت قد كتبته." },
  discard: { en: "Start afresh", ar: "البدء من جديد" },
  notJson: { en: "This is not valid JSON.", ar: "هذا ليس JSON صالحًا." },
  notReadable: { en: "The form cannot be sent yet", ar: "لا يمكن إرسال النموذج بعد" },
};

export function SetupForm(props: ScreenProps) {
  const { resource, recordId } = props;
  const { view } = resource;
  const address = recordId === null ? null : `resources/${view.id}/records/${recordId}/edit`;
  const { view: answer, problem } = useView<RecordAnswer>(address);
  const [turn, setTurn] = useState(0);
  const record = answer?.record ?? null;
  const back =
    record === null
      ? { to: resourceAddress(view.id), label: view.label }
      : { to: recordAddress(view.id, record.id), label: record.title };
  const { t, language } = useText();
  const one = language === "en" ? view.one.en.charAt(0).toLowerCase() + view.one.en.slice(1) : view.one.ar;
  const title =
    recordId === null ? t(words.add, { one }) : record ? t(words.edit, { name: t(record.title) }) : t(view.one);
  return (
    <Page title={title} back={back}>
      <ProblemBox problem={problem} />
      {recordId !== null && record === null && !problem && <Spinner />}
      {(recordId === null || record !== null) && (
        <Form key={turn} view={view} record={record} cancel={back.to} onAfresh={() => setTurn(turn + 1)} />
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
  readonly record: RecordView | null;
  readonly cancel: string;
  readonly onAfresh: () => void;
}

interface Typed {
  readonly programme: string;
  readonly values: FormValues;
  /** Values of the record when the form was filled: by them the server tells what changed meanwhile. */
  readonly before: FormValues;
}

/** What a link to the form brings along: “add below this entity”. Texts and codes only; the server checks them like what is typed. */
const fromAddress = (columns: readonly ColumnView[], query: Query): FormValues =>
  Object.fromEntries(
    columns.flatMap(({ name, type }) =>
      ["text", "choice", "reference"].includes(type) && query[name] !== undefined ? [[name, query[name]]] : [],
    ),
  );

const beforeOf = (columns: readonly ColumnView[], record: RecordView | null): FormValues =>
  Object.fromEntries(columns.map(({ name }) => [name, record?.values[name] ?? null]));

/** JSON that cannot be read is refused here: it could not even be sent. */
function unreadable(columns: readonly ColumnView[], values: FormValues): ProblemBody | null {
  const faults = columns.flatMap(({ type, name }) => {
    if (type !== "json" || values[name] === "") return [];
    try {
      JSON.parse(String(values[name]));
      return [];
    } catch {
      return [{ field: `/${name}`, reason: words.notJson }];
    }
  });
  if (faults.length === 0) return null;
  return { code: "invalid-input", status: 422, title: words.notReadable, detail: words.notJson, faults };
}

function Form({ view, record, cancel, onAfresh }: FormProps) {
  const { t } = useText();
  const navigate = useNavigate();
  const columns = editable(view.columns, record === null);
  const [query] = useAddress();
  const draft = useDraft<Typed>(`${view.id}/${record?.id ?? `new${new URLSearchParams(query)}`}`, {
    programme: view.programmes.find((code) => code === query.programme) ?? view.programmes[0] ?? "",
    values: { ...typedValues(columns, record), ...(record === null ? fromAddress(columns, query) : {}) },
    before: beforeOf(columns, record),
  });
  const { typed } = draft;
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  const [found, setFound] = useState<Found | null>(null);
  const [chosen, setChosen] = useState<Readonly<Record<string, "theirs" | "ours">>>({});
  const [busy, setBusy] = useState(false);
  const [collecting, setCollecting] = useState<object | null>(null);
  const conflict = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (found) conflict.current?.focus();
  }, [found]);

  const refused = async (next: ProblemBody) => {
    // What needs a second person is mended in no field: the button beside “Save” is the way.
    if (faultAt(next, "/changeSet") !== undefined) return setProblem({ ...next, faults: [] });
    if (next.code !== "conflict" || record === null) return setProblem(next);
    const { record: now } = await read<RecordAnswer>(`resources/${view.id}/records/${record.id}/edit`);
    const { disputed, taken } = differences(columns, { before: typed.before, typed: typed.values, now });
    // From here on the form stands on what is there now; whoever saves again has seen it.
    draft.set({ ...typed, before: beforeOf(columns, now), values: merged(columns, typed, now) });
    setChosen(Object.fromEntries(disputed.map(({ column }) => [column.name, "ours" as const])));
    setFound({ now, disputed, taken });
    setProblem(disputed.length + taken.length === 0 ? next : null);
  };

  const save = async () => {
    const early = unreadable(columns, typed.values);
    if (early) return setProblem({ ...early });
    setBusy(true);
    setProblem(null);
    const body = { values: sentValues(columns, typed.values), before: typed.before };
    try {
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
      toast(words.saved);
      navigate(id === undefined ? resourceAddress(view.id) : recordAddress(view.id, id));
    } catch (error) {
      await refused(problemOf(error)).catch((again) => setProblem(problemOf(again)));
      setBusy(false);
    }
  };

  /** The same as an edit that waits in a change-set. */
  const collected = (): object => {
    const table = view.id.replaceAll("-", "_");
    const values = flatValues(columns, sentValues(columns, typed.values));
    if (record === null) return { act: "create", table, code: String(values.code ?? ""), values };
    return {
      act: "update",
      table,
      code: String(record.values.code),
      values,
      before: flatValues(columns, typed.before),
    };
  };
  const mayCollect = collectable.has(view.id) && (boot()?.programmes.length ?? 0) > 0;
  const programme = record?.programme ?? (typed.programme || null);
  const coming = useComing(mayCollect ? programme : null);

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
      <form
        noValidate
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void save();
        }}
      >
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
                {t(words.discard)}
              </Button>
            }
          >
            <p>{t(words.restored)}</p>
          </NoticeBox>
        )}
        <ErrorSummary
          problem={problem}
          labels={new Map(columns.flatMap(placesOf).map(({ name, label }) => [name, label]))}
        />
        {found && found.disputed.length + found.taken.length > 0 && (
          <div ref={conflict} tabIndex={-1}>
            <Conflict {...found} names={found.now.names} chosen={chosen} onChoose={choose} />
          </div>
        )}
        <Panel>
          <div className="form">
            {record === null && view.programmes.length > 1 && (
              <Select
                label={words.programme}
                value={typed.programme}
                choices={view.programmes.map((code) => ({
                  value: code,
                  label: boot()?.programmes.find((one) => one.code === code)?.name ?? code,
                }))}
                onChange={(programme) => draft.set({ ...typed, programme })}
              />
            )}
            {columns.map((column) => (
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
                onChange={(value) => draft.set({ ...typed, values: { ...typed.values, [column.name]: value } })}
              />
            ))}
          </div>
        </Panel>
        <div className="form-actions">
          <Button type="submit" kind="primary" busy={busy}>
            {t(words.save)}
          </Button>
          {mayCollect && programme !== null && (
            <Button
              icon="layers"
              onClick={() => {
                const early = unreadable(columns, typed.values);
                if (early) setProblem({ ...early });
                else setCollecting(collected());
              }}
            >
              {t(words.collect)}
            </Button>
          )}
          <span onClickCapture={() => draft.clear()}>
            <LinkButton to={cancel}>{t(words.cancel)}</LinkButton>
          </span>
        </div>
      </form>
      {collecting !== null && programme !== null && (
        <ChangeSetDialog
          programme={programme}
          edit={collecting}
          first={coming.setNamed(columns, typed.values)}
          onClose={() => setCollecting(null)}
          onPut={(id) => {
            draft.clear();
            navigate(changeSetAddress(programme, id));
          }}
        />
      )}
    </>
  );
}

/** What nobody here touched takes the value that stands there now; what was typed stays. */
function merged(columns: readonly ColumnView[], typed: Typed, now: RecordView): FormValues {
  const fresh = typedValues(columns, now);
  const old = typedValues(columns, { ...now, values: typed.before });
  return Object.fromEntries(
    columns.map(({ name }) => {
      const touched = JSON.stringify(typed.values[name]) !== JSON.stringify(old[name]);
      return [name, touched ? typed.values[name] : fresh[name]];
    }),
  );
}
