/** One act on many cases: filled in once, looked at before, then started and left to itself. */

import React, { useEffect, useRef, useState } from "react";
import { Link } from "react-router-dom";
import type { RefusalGroup } from "../../../engine/lifecycle/bulk-actions.js";
import type { BulkAction } from "../../../engine/lifecycle/views/bulk-view.js";
import type { OfferedField } from "../../../engine/lifecycle/views/case-view.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { useDraft } from "../../../platform/ui/form/use-draft.js";
import {
  adminRoot,
  Bidi,
  Button,
  Dialog,
  NoticeBox,
  SearchSelect,
  Select,
  SendForm,
  send,
  TextArea,
  TextField,
  useSending,
  useText,
  type Words,
} from "../../../platform/ui/kit.js";
import { newId } from "../../../platform/ui/new-id.js";
import type { BulkPreviewView } from "./my-work.page.js";
import { workStarted } from "./work-watch.js";

const bulkFieldWords = {
  choose: msg("cases-bulk.bulkDialog.bulkFieldWordsChoose"),
  reference: msg("cases-bulk.bulkDialog.bulkFieldWordsReference"),
};

/** Chosen by typing: there are many of them, and people know the name of the one they want. */
const typed: ReadonlySet<string> = new Set(["entity", "colleague"]);

/** A field that is filled in once for many cases. */
function BulkField(a: { field: OfferedField; value: string; fault: Words | null; onChange: (value: string) => void }) {
  const { t } = useText();
  const { field, value, onChange } = a;
  const { label, required, name, choices, type } = field;
  const shared = { label, required, marked: true, name, value, onChange, fault: a.fault ?? null };
  if (choices !== null && typed.has(type)) return <SearchSelect {...shared} choices={choices} />;
  if (choices !== null) return <Select {...shared} choices={choices} empty={t(bulkFieldWords.choose)} />;
  if (type === "reference")
    return <TextField {...shared} dir="ltr" inputMode="numeric" help={bulkFieldWords.reference} />;
  return <TextArea {...shared} rows={3} />;
}

const words = {
  start: pattern("cases-bulk.bulkDialog.start"),
  change: msg("cases-bulk.bulkDialog.change"),
  more: pattern("cases-bulk.bulkDialog.more"),
};

/** Why not, each reason with its cases. */
export function Refusals({ groups }: { groups: readonly RefusalGroup[] }) {
  const { t, number } = useText();
  return (
    <ul className="refusals">
      {groups.map(({ reason, count, references }) => (
        <li key={reason.en}>
          <p>
            <strong>{number(count)}</strong> · {t(reason)}
          </p>
          <p className="small refusal-cases">
            {references.map((reference) => (
              <Link key={reference} to={`${adminRoot}/resources/cases/records/${reference}/show`}>
                <Bidi ltr>{reference}</Bidi>
              </Link>
            ))}
            {count > references.length && <span>{t(words.more, { n: count - references.length })}</span>}
          </p>
        </li>
      ))}
    </ul>
  );
}

const sum = (groups: readonly RefusalGroup[]): number => groups.reduce((n, { count }) => n + count, 0);

/** Both halves of what would happen. */
function Outcome({ can, cannot }: { can: number; cannot: readonly RefusalGroup[] }) {
  const { t } = useText();
  return (
    <div className="stack-small" role="status">
      <NoticeBox tone="success">{t(pattern("cases-bulk.bulkDialog.can"), { n: can })}</NoticeBox>
      {cannot.length > 0 && (
        <NoticeBox tone="warning" title={t(pattern("cases-bulk.bulkDialog.cannot"), { n: sum(cannot) })}>
          <p>{t(msg("cases-bulk.bulkDialog.left"))}</p>
          <Refusals groups={cannot} />
        </NoticeBox>
      )}
    </div>
  );
}

/** So many are named; the rest is a number. */
const mostNamed = 10;

/** What was filled in and for which cases, as it is about to be done. */
function Chosen(a: {
  fields: readonly OfferedField[];
  typed: Readonly<Record<string, string>>;
  references: readonly string[];
  subjects: ReadonlyMap<string, string>;
}) {
  const { t } = useText();
  const { fields, typed: filled, references, subjects } = a;
  const shownOf = ({ name, choices }: OfferedField): string => {
    const value = filled[name] ?? "";
    const chosen = choices?.find((one) => one.value === value);
    return chosen === undefined ? value : t(chosen.label);
  };
  const said = fields.map((field) => ({ field, value: shownOf(field) })).filter(({ value }) => value !== "");
  return (
    <>
      {said.length > 0 && (
        <dl className="facts">
          {said.map(({ field, value }) => (
            <div key={field.name}>
              <dt>{t(field.label)}</dt>
              <dd>
                <strong>
                  <Bidi>{value}</Bidi>
                </strong>
              </dd>
            </div>
          ))}
        </dl>
      )}
      <ul className="bullets small">
        {references.slice(0, mostNamed).map((reference) => (
          <li key={reference}>
            <Bidi ltr>{reference}</Bidi> <Bidi>{subjects.get(reference) ?? ""}</Bidi>
          </li>
        ))}
        {references.length > mostNamed && <li>{t(words.more, { n: references.length - mostNamed })}</li>}
      </ul>
    </>
  );
}

export function BulkDialog({
  act,
  references,
  subjects,
  onClose,
  onStarted,
}: {
  act: BulkAction;
  references: readonly string[];
  /** Of the cases on the page, by reference. */
  subjects: ReadonlyMap<string, string>;
  onClose: () => void;
  onStarted: () => void;
}) {
  const { t } = useText();
  // Colleagues are named in the note of one case; here what fits many is asked for.
  const fields = act.fields.filter(({ required, type }) => required || type !== "colleagues");
  // Escape closes a dialog, and a page is left in passing: what was typed for this act is kept until it is carried out.
  const draft = useDraft<Readonly<Record<string, string>>>(`bulk/${act.action}`, {});
  const [cleared, setCleared] = useState(false);
  const { typed } = draft;
  const [preview, setPreview] = useState<BulkPreviewView | null>(
    fields.length === 0 ? { can: act.can, cannot: act.cannot } : null,
  );
  const sending = useSending();
  // What had the focus is gone with its half of the dialog: keys go on with the other one.
  const form = useRef<HTMLFormElement>(null);
  const begun = useRef(preview);
  useEffect(() => {
    if (begun.current === preview) return;
    begun.current = preview;
    form.current?.querySelector<HTMLElement>(preview === null ? "input, textarea, select" : "[type=submit]")?.focus();
  }, [preview]);
  // Sent again after an answer that got lost, it is the same run.
  const id = useRef(newId());
  const body = { references, action: act.action, fields: typed };

  const look = async () => setPreview(await send<BulkPreviewView>("pages/my-work", { do: "bulk-preview", ...body }));
  const start = async () => {
    await send("pages/my-work", { do: "bulk-start", id: id.current, ...body });
    draft.clear();
    workStarted();
    onStarted();
  };
  const places = new Map(fields.map(({ name, label }) => [`fields/${name}`, label]));
  return (
    <Dialog title={t(pattern("cases-bulk.bulkDialog.severalCases"), { act: t(act.name) })} onClose={onClose} wide>
      <SendForm sending={sending} onSend={preview === null ? look : start} fields={places} formRef={form}>
        {preview === null && draft.restored && !cleared && (
          <p className="small muted">
            {t(msg("cases-bulk.bulkDialog.restored"))}{" "}
            <Button
              small
              kind="quiet"
              onClick={() => {
                draft.set({});
                draft.clear();
                setCleared(true);
              }}
            >
              {t(msg("cases-bulk.bulkDialog.empty"))}
            </Button>
          </p>
        )}
        {preview === null &&
          fields.map((field) => (
            <BulkField
              key={field.name}
              field={field}
              value={typed[field.name] ?? ""}
              fault={sending.faultAt(`/fields/${field.name}`)}
              onChange={(value) => draft.set({ ...typed, [field.name]: value })}
            />
          ))}
        {preview !== null && <Chosen fields={fields} typed={typed} references={references} subjects={subjects} />}
        {preview !== null && <Outcome {...preview} />}
        <p className="muted small">{t(msg("cases-bulk.bulkDialog.each"))}</p>
        <div className="form-actions">
          <Button type="submit" kind="primary" busy={sending.busy}>
            {preview === null ? t(msg("cases-bulk.bulkDialog.preview")) : t(words.start, { n: preview.can })}
          </Button>
          {preview !== null && fields.length > 0 && <Button onClick={() => setPreview(null)}>{t(words.change)}</Button>}
          <Button onClick={onClose}>{t(msg("cases-bulk.bulkDialog.cancel"))}</Button>
        </div>
      </SendForm>
    </Dialog>
  );
}
