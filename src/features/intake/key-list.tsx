/** Keys of channels: issued and shown once, revoked at once in every instance. */

import React, { useState } from "react";
import { type KeyPurpose, keyPurposeCodes, keyPurposeNames } from "../../engine/access/key-purposes.js";
import { msg, pattern } from "../../engine/text/msg.js";
import type { ActionAnswer, RecordView, ResourceView } from "../../platform/admin/resource-view.js";
import { FormDialog } from "../../platform/ui/form/form-dialog.js";
import {
  Badge,
  Bidi,
  Button,
  boot,
  Confirm,
  EmptyState,
  Moment,
  ReferenceSelect,
  type ScreenProps,
  Select,
  send,
  type TableColumn,
  TextField,
  toast,
  useText,
} from "../../platform/ui/kit.js";
import { RecordList } from "../../platform/ui/record-list.js";
import { choiceOf } from "../people/seat-state.js";
import { ShownOnce } from "../people/shown-once.js";

const words = {
  issue: msg("intake.keyList.issue"),
  empty: msg("intake.keyList.empty"),
  emptyHint: msg("intake.keyList.emptyHint"),
  revoke: msg("intake.keyList.revoke"),
  never: msg("intake.keyList.never"),
};

export function KeyList({ resource: { view } }: ScreenProps) {
  const { t, date } = useText();
  const [issuing, setIssuing] = useState(false);
  const [revoking, setRevoking] = useState<RecordView | null>(null);
  const [turn, setTurn] = useState(0);
  const reload = () => setTurn((before) => before + 1);
  const label = (name: string) => view.columns.find((column) => column.name === name)?.label ?? name;
  const columns: TableColumn<RecordView>[] = [
    { key: "label", label: label("label"), sort: true, cell: ({ values }) => <Bidi>{String(values.label)}</Bidi> },
    {
      key: "channel",
      label: label("channel"),
      cell: ({ values, names }) => <Bidi>{t(names.channel ?? String(values.channel))}</Bidi>,
    },
    {
      key: "purpose",
      label: label("purpose"),
      cell: ({ values }) => t(choiceOf(view, "purpose", values.purpose)),
    },
    {
      key: "state",
      label: label("state"),
      sort: true,
      narrow: true,
      cell: ({ values }) => (
        <Badge tone={values.state === "inUse" ? "done" : "neutral"} icon={values.state === "inUse" ? "key" : "close"}>
          {t(choiceOf(view, "state", values.state))}
        </Badge>
      ),
    },
    {
      key: "issuedAt",
      label: label("issuedAt"),
      sort: true,
      narrow: true,
      cell: ({ values }) => <Moment at={values.issuedAt as string} />,
    },
    {
      key: "lastUsedOn",
      label: label("lastUsedOn"),
      sort: true,
      narrow: true,
      cell: ({ values }) =>
        values.lastUsedOn ? date(String(values.lastUsedOn)) : <span className="muted">{t(words.never)}</span>,
    },
    {
      key: "revokedAt",
      label: label("revokedAt"),
      sort: true,
      narrow: true,
      hideOnPhone: true,
      cell: ({ values }) => <Moment at={values.revokedAt as string | null} />,
    },
    {
      key: "acts",
      label: msg("intake.keyList.acts"),
      hideLabel: true,
      cell: (record) =>
        record.values.state === "inUse" &&
        record.actions.includes("revoke") && (
          <Button small icon="close" onClick={() => setRevoking(record)}>
            {t(words.revoke)}
          </Button>
        ),
    },
  ];
  const issue = view.actions.some(({ name }) => name === "issue") && (
    <Button kind="primary" icon="plus" onClick={() => setIssuing(true)}>
      {t(words.issue)}
    </Button>
  );
  return (
    <>
      <RecordList
        view={view}
        search={msg("intake.keyList.search")}
        columns={columns}
        turn={turn}
        rowClass={({ values }) => (values.state === "revoked" ? "row-retired" : undefined)}
        actions={issue || undefined}
        empty={<EmptyState icon="key" title={words.empty} hint={words.emptyHint} action={issue || undefined} />}
      />
      {issuing && <IssueDialog view={view} onClose={() => setIssuing(false)} onDone={reload} />}
      {revoking && (
        <Confirm
          title={t(pattern("intake.keyList.revokeSure"), { name: t(revoking.title) })}
          action={words.revoke}
          kind="danger"
          onClose={() => setRevoking(null)}
          onConfirm={async () => {
            await send(`resources/channel-keys/records/${revoking.id}/revoke`);
            toast(msg("intake.keyList.revoked"));
            setRevoking(null);
            reload();
          }}
        >
          <p>{t(msg("intake.keyList.revokeHint"))}</p>
        </Confirm>
      )}
    </>
  );
}

interface IssueProps {
  readonly view: ResourceView;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

function IssueDialog({ view, onClose, onDone }: IssueProps) {
  const programmes = boot()?.programmes ?? [];
  const [programme, setProgramme] = useState(programmes[0]?.code ?? "");
  const [channel, setChannel] = useState("");
  const [label, setLabel] = useState("");
  const [purpose, setPurpose] = useState<KeyPurpose>("applications");
  const [issued, setIssued] = useState<string | null>(null);
  if (issued !== null) {
    return (
      <ShownOnce
        title={msg("intake.keyList.onceTitle")}
        hint={msg("intake.keyList.onceHint")}
        label={msg("intake.keyList.key")}
        secret={issued}
        onClose={() => {
          onClose();
          onDone();
        }}
      />
    );
  }
  return (
    <FormDialog
      title={words.issue}
      action={msg("intake.keyList.issueAct")}
      fields={["channel", "purpose", "label", "programme"]}
      onClose={onClose}
      onSend={async () => {
        const answer = await send<ActionAnswer>(`resources/${view.id}/actions/issue`, {
          ...{ programme, channel, label, purpose },
        });
        setIssued((answer.view as { issued: string }).issued);
      }}
    >
      {(faultOf) => (
        <>
          {programmes.length > 1 && (
            <Select
              label={msg("intake.keyList.programme")}
              fault={faultOf("programme") ?? null}
              value={programme}
              choices={programmes.map(({ code, name }) => ({ value: code, label: name }))}
              onChange={setProgramme}
            />
          )}
          <ReferenceSelect
            label={msg("intake.keyList.channel")}
            fault={faultOf("channel") ?? null}
            required
            resource="channels"
            programme={programme}
            value={channel}
            onChange={(code) => setChannel(code)}
          />
          <Select
            label={msg("intake.keyList.purpose")}
            help={msg("intake.keyList.purposeHelp")}
            fault={faultOf("purpose") ?? null}
            value={purpose}
            choices={keyPurposeCodes.map((value) => ({ value, label: keyPurposeNames[value] }))}
            onChange={(value) => setPurpose(value as KeyPurpose)}
          />
          <TextField
            label={msg("intake.keyList.whoWillHoldIt")}
            help={msg("intake.keyList.labelHelp")}
            fault={faultOf("label") ?? null}
            required
            maxLength={200}
            value={label}
            onChange={setLabel}
          />
        </>
      )}
    </FormDialog>
  );
}
