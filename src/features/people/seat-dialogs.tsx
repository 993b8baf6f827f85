/** What is done with a seat, each in a dialog that says what follows. */

import React, { useState } from "react";
import type { Bilingual } from "../../engine/text/text.js";
import type { RecordAnswer, RecordView } from "../../platform/admin/resource-view.js";
import { FormDialog } from "../../platform/ui/form-dialog.js";
import {
  Bidi,
  MomentField,
  NoticeBox,
  ProblemBox,
  ReferenceSelect,
  Spinner,
  send,
  TextArea,
  toast,
  useText,
  useView,
  type Words,
} from "../../platform/ui/kit.js";
import type { HandedOver, HandOverPreview } from "./people.js";

interface Chosen {
  readonly id: string;
  readonly name: Words;
  readonly email: string;
}

interface PersonSelectProps {
  readonly label: Words;
  readonly help?: Words;
  readonly fault: Bilingual | undefined;
  readonly required: boolean;
  readonly chosen: Chosen | null;
  readonly onChange: (person: Chosen | null) => void;
}

/** Chooses a person by name or e-mail. */
function PersonSelect({ label, help, fault, required, chosen, onChange }: PersonSelectProps) {
  return (
    <ReferenceSelect
      label={label}
      help={help ?? null}
      fault={fault ?? null}
      required={required}
      resource="users"
      value={chosen?.id ?? ""}
      chosen={chosen?.name ?? null}
      onChange={(_code, record) =>
        onChange(record && { id: record.id, name: record.title, email: String(record.values.email) })
      }
    />
  );
}

const words = {
  take: { en: "Seat somebody: {seat}", ar: "تعيين شاغل: {seat}" },
  takeAct: { en: "Seat", ar: "تعيين" },
  person: { en: "Person", ar: "الشخص" },
  personHelp: {
    en: "Whoever has no account yet is invited first, on the page of people.",
    ar: "من ليس له حساب تُرسل إليه دعوة أولًا من صفحة الأشخاص.",
  },
  from: { en: "From", ar: "من" },
  fromHelp: { en: "Left empty: from now on.", ar: "إذا تُرك فارغًا: من الآن." },
  to: { en: "Until", ar: "حتى" },
  toHelp: { en: "Left empty while nobody knows.", ar: "يُترك فارغًا إن لم تُعرف النهاية." },
  seated: { en: "Seated.", ar: "تم التعيين." },
  extend: { en: "End of the term: {seat}", ar: "نهاية المدة: {seat}" },
  extendAct: { en: "Save", ar: "حفظ" },
  saved: { en: "Saved.", ar: "تم الحفظ." },
  handOver: { en: "Hand over: {seat}", ar: "تسليم المقعد: {seat}" },
  handOverAct: { en: "End the term and hand over", ar: "إنهاء المدة والتسليم" },
  at: { en: "When", ar: "متى" },
  atHelp: { en: "Left empty: now.", ar: "إذا تُرك فارغًا: الآن." },
  successor: { en: "Successor", ar: "الخلف" },
  successorHelp: {
    en: "Left empty, the cases go back to the entity, where any focal point may take them.",
    ar: "إذا تُرك فارغًا عادت المعاملات إلى الجهة، ويمكن لأي ضابط ارتباط فيها توليها.",
  },
  reason: { en: "Reason", ar: "السبب" },
  reasonHelp: { en: "It stands on each case that changes hands.", ar: "يُسجَّل على كل معاملة تُسلَّم." },
  moves: {
    en: "Open cases that {name} has taken from this seat and that will change hands: {n}; confidential ones change hands too and are not counted.",
    ar: "المعاملات المفتوحة التي تولاها {name} من هذا المقعد وستُسلَّم: {n}، وتُسلَّم السرّية أيضًا وهي غير محتسبة.",
  },
  ahead: {
    en: "When the moment has come, what is open then changes hands by itself.",
    ar: "عند حلول الموعد تُسلَّم المعاملات المفتوحة حينها تلقائيًا.",
  },
  handed: { en: "Handed over. Cases that changed hands: {n}.", ar: "تم التسليم. عدد المعاملات التي سُلِّمت: {n}." },
};

interface SeatDialogProps {
  readonly record: RecordView;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

const addressOf = (record: RecordView, action: string): string => `resources/seats/records/${record.id}/${action}`;

export function TakeDialog({ record, onClose, onDone }: SeatDialogProps) {
  const { t } = useText();
  const [person, setPerson] = useState<Chosen | null>(null);
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  return (
    <FormDialog
      title={t(words.take, { seat: t(record.title) })}
      action={words.takeAct}
      fields={["email", "from", "to"]}
      onClose={onClose}
      onSend={async () => {
        await send(addressOf(record, "take"), { email: person?.email ?? "", from, to });
        toast(words.seated);
        onDone();
      }}
    >
      {(faultOf) => (
        <>
          <PersonSelect
            label={words.person}
            help={words.personHelp}
            fault={faultOf("email")}
            required
            chosen={person}
            onChange={setPerson}
          />
          <MomentField
            label={words.from}
            help={words.fromHelp}
            fault={faultOf("from")}
            required={false}
            value={from}
            onChange={setFrom}
          />
          <MomentField
            label={words.to}
            help={words.toHelp}
            fault={faultOf("to")}
            required={false}
            value={to}
            onChange={setTo}
          />
        </>
      )}
    </FormDialog>
  );
}

export function ExtendDialog({ record, onClose, onDone }: SeatDialogProps) {
  const { t } = useText();
  const [to, setTo] = useState<string | null>((record.values.until as string | null) ?? null);
  return (
    <FormDialog
      title={t(words.extend, { seat: t(record.title) })}
      action={words.extendAct}
      fields={["to"]}
      onClose={onClose}
      onSend={async () => {
        await send(addressOf(record, "extend"), { to });
        toast(words.saved);
        onDone();
      }}
    >
      {(faultOf) => (
        <MomentField
          label={words.to}
          help={words.toHelp}
          fault={faultOf("to")}
          required={false}
          value={to}
          onChange={setTo}
        />
      )}
    </FormDialog>
  );
}

export function HandOverDialog({ record, onClose, onDone }: SeatDialogProps) {
  const { t, number } = useText();
  const [person, setPerson] = useState<Chosen | null>(null);
  const [at, setAt] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const { view: answer, problem } = useView<RecordAnswer>(addressOf(record, "handOver"));
  const preview = answer?.view as HandOverPreview | undefined;
  return (
    <FormDialog
      title={t(words.handOver, { seat: t(record.title) })}
      action={words.handOverAct}
      fields={["to", "at", "reason", "email"]}
      disabled={!preview}
      onClose={onClose}
      onSend={async () => {
        const done = await send<RecordAnswer>(addressOf(record, "handOver"), { to: person?.email ?? "", at, reason });
        const { cases } = done.view as HandedOver;
        toast(t(words.handed, { n: number(cases) }));
        onDone();
      }}
    >
      {(faultOf) => (
        <>
          <ProblemBox problem={problem} />
          {preview ? (
            <NoticeBox>
              <p>
                <Bidi>{t(words.moves, { name: String(record.values.holder ?? ""), n: number(preview.cases) })}</Bidi>
              </p>
              {at !== null && <p>{t(words.ahead)}</p>}
            </NoticeBox>
          ) : (
            !problem && <Spinner />
          )}
          <PersonSelect
            label={words.successor}
            help={words.successorHelp}
            fault={faultOf("to") ?? faultOf("email")}
            required={false}
            chosen={person}
            onChange={setPerson}
          />
          <MomentField
            label={words.at}
            help={words.atHelp}
            fault={faultOf("at")}
            required={false}
            value={at}
            onChange={setAt}
          />
          <TextArea
            label={words.reason}
            help={words.reasonHelp}
            fault={faultOf("reason") ?? null}
            required
            rows={2}
            maxLength={500}
            value={reason}
            onChange={setReason}
          />
        </>
      )}
    </FormDialog>
  );
}
