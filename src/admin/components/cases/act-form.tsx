/** The form of one action. What was typed outlives a refusal, a conflict, a reload and signing in again. */
import React, { useEffect, useRef, useState } from "react";
import type { OfferedAction, OfferedField } from "../../../domain/case-view.js";
import type { RecordAnswer } from "../../guard/resource-view.js";
import {
  Button,
  faultAt,
  NoticeBox,
  Panel,
  type ProblemBody,
  ProblemBox,
  problemOf,
  SearchSelect,
  Select,
  send,
  TextArea,
  TextField,
  toast,
  useText,
  type Words,
} from "../kit/kit.js";
import { useDraft } from "../kit/use-draft.js";
import { AttachFiles } from "./attach-files.js";
import { useAttachedFiles } from "./use-attached-files.js";

const words = {
  cancel: { en: "Cancel", ar: "إلغاء" },
  choose: { en: "Choose …", ar: "اختر …" },
  done: { en: "Done: {action}", ar: "تم: {action}" },
  restored: { en: "What you typed earlier is still here.", ar: "ما كتبته سابقًا ما زال هنا." },
  needed: { en: "{field} is needed.", ar: "حقل «{field}» مطلوب." },
  again: {
    en: "Your text is still here. Read what changed; if it still fits, send it.",
    ar: "نصك ما زال هنا. اقرأ ما تغيّر؛ وإن بقي مناسبًا فأرسله.",
  },
  wait: { en: "Files are still being sent", ar: "ما زال إرسال الملفات جاريًا" },
  left: { en: "{n} of {most} characters", ar: "{n} من {most} حرف" },
  reference: { en: "Ten digits, as in 482-739-1652", ar: "عشرة أرقام، مثل 482-739-1652" },
};

type Typed = Readonly<Record<string, string>>;
/** A long text gets room. */
const longText = 500;

interface FieldProps {
  readonly field: OfferedField;
  readonly value: string;
  readonly fault: Words | undefined;
  readonly onChange: (value: string) => void;
}

function ActField({ field, value, fault, onChange }: FieldProps) {
  const { t } = useText();
  const shared = {
    label: field.label,
    required: field.required,
    name: field.name,
    value,
    onChange,
    fault: fault ?? null,
  };
  // Entities are many: whoever chooses one knows its name.
  if (field.choices !== null && field.type === "entity") return <SearchSelect {...shared} choices={field.choices} />;
  if (field.choices !== null) return <Select {...shared} choices={field.choices} empty={words.choose} />;
  if (field.type === "reference") return <TextField {...shared} dir="ltr" inputMode="numeric" help={words.reference} />;
  const most = field.maxLength ?? 5000;
  const used = [...value].length;
  const near = used > most * 0.8;
  return <TextArea {...shared} rows={most > longText ? 7 : 3} help={near ? t(words.left, { n: used, most }) : null} />;
}

export function ActForm(a: {
  reference: string;
  action: OfferedAction;
  /** The last step of the case that whoever types has seen. */
  seenSeq: number;
  /** Reads the case anew and answers nothing; the newest step then comes as `seenSeq`. */
  onConflict: () => void;
  /** `gone`: it left this official's reach by the act, as after a transfer. */
  onDone: (gone: boolean) => void;
  onCancel: () => void;
}) {
  const { t } = useText();
  const { action } = a;
  const draft = useDraft<Typed>(`case/${a.reference}/${action.action}`, {});
  const files = useAttachedFiles(action.attachments ? a.reference : null);
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  const [missing, setMissing] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);
  // What was seen when the form was opened counts, not what was refreshed behind it meanwhile.
  const [seq, setSeq] = useState(a.seenSeq);
  const conflicted = problem?.code === "conflict";
  const shownSeq = a.seenSeq;
  useEffect(() => {
    if (conflicted) setSeq(shownSeq);
  }, [conflicted, shownSeq]);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>("input, select, textarea, button[type=submit]")?.focus();
  }, []);

  const submit = async () => {
    const empty = action.fields.filter(({ name, required }) => required && !(draft.typed[name] ?? "").trim());
    setMissing(empty.map(({ name }) => name));
    if (empty.length > 0) {
      setProblem(null);
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus());
      return;
    }
    setBusy(true);
    try {
      const fields = Object.fromEntries(
        action.fields.flatMap(({ name }) => (draft.typed[name] ? [[name, draft.typed[name]]] : [])),
      );
      const answer = await send<RecordAnswer>(`resources/cases/records/${a.reference}/perform`, {
        action: action.action,
        fields,
        expectedSeq: seq,
        attachments: files.ids,
      });
      draft.clear();
      files.clear();
      toast(t(words.done, { action: t(action.name) }));
      a.onDone(answer.record.gone === true);
    } catch (error) {
      const refused = problemOf(error);
      setProblem(refused);
      setBusy(false);
      if (refused.code === "conflict") a.onConflict();
    }
  };

  return (
    <Panel title={action.name}>
      <form
        ref={form}
        noValidate
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy && !files.busy) void submit();
        }}
      >
        <ProblemBox
          problem={
            problem && { ...problem, faults: problem.faults.filter(({ field }) => /^\/attachments/.test(field)) }
          }
        />
        {conflicted && <NoticeBox tone="info">{t(words.again)}</NoticeBox>}
        {draft.restored && problem === null && <p className="small muted">{t(words.restored)}</p>}
        {action.fields.map((field) => (
          <ActField
            key={field.name}
            field={field}
            value={draft.typed[field.name] ?? ""}
            onChange={(value) => draft.set({ ...draft.typed, [field.name]: value })}
            fault={
              faultAt(problem, `/fields/${field.name}`) ??
              (missing.includes(field.name) ? t(words.needed, { field: t(field.label) }) : undefined)
            }
          />
        ))}
        {action.attachments && <AttachFiles files={files} />}
        <div className="form-actions">
          <Button type="submit" kind="primary" busy={busy} why={files.busy ? words.wait : null}>
            {t(action.name)}
          </Button>
          <Button kind="quiet" onClick={a.onCancel}>
            {t(words.cancel)}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
