/** What is done with a seat, each in a dialog that says what follows. */

import React, { useState } from "react";
import { msg, pattern } from "../../engine/text/msg.js";
import type { Bilingual } from "../../engine/text/text.js";
import type { RecordAnswer, RecordView } from "../../platform/admin/resource-view.js";
import { FormDialog } from "../../platform/ui/form/form-dialog.js";
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

interface SeatDialogProps {
  readonly record: RecordView;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

const addressOf = (record: RecordView, action: string): string => `resources/seats/records/${record.id}/${action}`;

interface LastMomentProps {
  readonly to: string | null;
  readonly onChange: (moment: string | null) => void;
  readonly faultOf: (field: string) => Bilingual | undefined;
}

function LastMoment({ to, onChange, faultOf }: LastMomentProps) {
  return (
    <MomentField
      label={msg("people.seatDialogs.to")}
      help={msg("people.seatDialogs.toHelp")}
      fault={faultOf("to")}
      required={false}
      value={to}
      onChange={onChange}
    />
  );
}

export function TakeDialog({ record, onClose, onDone }: SeatDialogProps) {
  const { t } = useText();
  const [person, setPerson] = useState<Chosen | null>(null);
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  return (
    <FormDialog
      title={t(pattern("people.seatDialogs.take"), { seat: t(record.title) })}
      action={msg("people.seatDialogs.takeAct")}
      fields={["email", "from", "to"]}
      onClose={onClose}
      onSend={async () => {
        await send(addressOf(record, "take"), { email: person?.email ?? "", from, to });
        toast(msg("people.seatDialogs.seated"));
        onDone();
      }}
    >
      {(faultOf) => (
        <>
          <PersonSelect
            label={msg("people.seatDialogs.person")}
            help={msg("people.seatDialogs.personHelp")}
            fault={faultOf("email")}
            required
            chosen={person}
            onChange={setPerson}
          />
          <MomentField
            label={msg("people.seatDialogs.from")}
            help={msg("people.seatDialogs.fromHelp")}
            fault={faultOf("from")}
            required={false}
            value={from}
            onChange={setFrom}
          />
          <LastMoment to={to} onChange={setTo} faultOf={faultOf} />
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
      title={t(pattern("people.seatDialogs.extend"), { seat: t(record.title) })}
      action={msg("people.seatDialogs.extendAct")}
      fields={["to"]}
      onClose={onClose}
      onSend={async () => {
        await send(addressOf(record, "extend"), { to });
        toast(msg("people.seatDialogs.saved"));
        onDone();
      }}
    >
      {(faultOf) => <LastMoment to={to} onChange={setTo} faultOf={faultOf} />}
    </FormDialog>
  );
}

export function OfficeDialog({ record, onClose, onDone }: SeatDialogProps) {
  const { t } = useText();
  const before = String(record.values.officeOf ?? "");
  const [of, setOf] = useState<{ readonly code: string; readonly title: Words | null }>({
    code: before,
    title: (record.values.officeTitle as Bilingual | null) ?? null,
  });
  return (
    <FormDialog
      title={t(pattern("people.seatDialogs.office"), { seat: t(record.title) })}
      action={msg("people.seatDialogs.officeAct")}
      fields={["of"]}
      onClose={onClose}
      onSend={async () => {
        await send(addressOf(record, "office"), { of: of.code, before });
        toast(msg("people.seatDialogs.saved"));
        onDone();
      }}
    >
      {(faultOf) => (
        <ReferenceSelect
          label={msg("people.seatDialogs.officeField")}
          help={msg("people.seatDialogs.officeHelp")}
          fault={faultOf("of") ?? null}
          required={false}
          resource="seats"
          programme={String(record.values.programme)}
          value={of.code}
          chosen={of.title}
          onChange={(_id, chosen) =>
            setOf(
              chosen === null ? { code: "", title: null } : { code: String(chosen.values.code), title: chosen.title },
            )
          }
        />
      )}
    </FormDialog>
  );
}

export function HandOverDialog({ record, onClose, onDone }: SeatDialogProps) {
  const { t } = useText();
  const [person, setPerson] = useState<Chosen | null>(null);
  const [at, setAt] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const { view: answer, problem } = useView<RecordAnswer>(addressOf(record, "handOver"));
  const preview = answer?.view as HandOverPreview | undefined;
  return (
    <FormDialog
      title={t(pattern("people.seatDialogs.handOver"), { seat: t(record.title) })}
      action={msg("people.seatDialogs.handOverAct")}
      fields={["to", "at", "reason", "email"]}
      disabled={!preview}
      onClose={onClose}
      onSend={async () => {
        const done = await send<RecordAnswer>(addressOf(record, "handOver"), { to: person?.email ?? "", at, reason });
        const { cases } = done.view as HandedOver;
        toast(t(pattern("people.seatDialogs.handed"), { n: cases }));
        onDone();
      }}
    >
      {(faultOf) => (
        <>
          <ProblemBox problem={problem} />
          {preview ? (
            <NoticeBox>
              <p>
                <Bidi>
                  {t(pattern("people.seatDialogs.moves"), {
                    name: String(record.values.holder ?? ""),
                    n: preview.cases,
                  })}
                </Bidi>
              </p>
              {at !== null && <p>{t(msg("people.seatDialogs.ahead"))}</p>}
            </NoticeBox>
          ) : (
            !problem && <Spinner />
          )}
          <PersonSelect
            label={msg("people.seatDialogs.successor")}
            help={msg("people.seatDialogs.successorHelp")}
            fault={faultOf("to") ?? faultOf("email")}
            required={false}
            chosen={person}
            onChange={setPerson}
          />
          <MomentField
            label={msg("people.seatDialogs.at")}
            help={msg("people.seatDialogs.atHelp")}
            fault={faultOf("at")}
            required={false}
            value={at}
            onChange={setAt}
          />
          <TextArea
            label={msg("people.seatDialogs.reason")}
            help={msg("people.seatDialogs.reasonHelp")}
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
