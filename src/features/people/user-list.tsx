/** All people with an account: who they are, on which seats, whether they can sign in. */

import React, { useState } from "react";
import { useNavigate } from "react-router-dom";
import type { RoleCode } from "../../engine/access/roles.js";
import { languageChoices } from "../../engine/formatting/language-names.js";
import { msg } from "../../engine/text/msg.js";
import type { Bilingual } from "../../engine/text/text.js";
import type { ActionAnswer, RecordView, ResourceView } from "../../platform/admin/resource-view.js";
import { FormDialog } from "../../platform/ui/form/form-dialog.js";
import {
  Badge,
  Bidi,
  Button,
  boot,
  EmptyState,
  type ScreenProps,
  Select,
  send,
  type TableColumn,
  TextField,
  type Tone,
  toast,
  useText,
} from "../../platform/ui/kit.js";
import { RecordList } from "../../platform/ui/record-list.js";
import { recordAddress } from "../setup/form/setup-list.js";
import { choiceOf } from "./seat-state.js";
import { ShownOnce } from "./shown-once.js";
import type { UserState } from "./users.resource.js";

interface InviteProps {
  readonly view: ResourceView;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** A new account: a link to choose a password goes by mail or, where no mail can be sent, is shown here once. */
function InviteDialog({ view, onClose, onDone }: InviteProps) {
  const navigate = useNavigate();
  const { language: reads } = useText();
  const [email, setEmail] = useState("");
  const [name, setName] = useState("");
  const [tongue, setTongue] = useState<string>(reads);
  const [programme, setProgramme] = useState(view.programmes[0] ?? "");
  const [made, setMade] = useState<{ userId: number; link: string } | null>(null);
  const open = (userId: number) => {
    onClose();
    navigate(recordAddress("users", String(userId)));
  };
  if (made) {
    return (
      <ShownOnce
        title={msg("people.inviteDialog.linkTitle")}
        hint={msg("people.inviteDialog.linkHint")}
        label={msg("people.inviteDialog.link")}
        secret={made.link}
        onClose={() => open(made.userId)}
      />
    );
  }
  return (
    <FormDialog
      title={msg("people.inviteDialog.inviteSomebody")}
      action={msg("people.inviteDialog.act")}
      fields={["email", "name", "language", "programme"]}
      onClose={onClose}
      onSend={async () => {
        const answer = await send<ActionAnswer>("resources/users/actions/invite", {
          email,
          name,
          language: tongue,
          programme,
        });
        const { userId, link } = answer.view as { userId: number; link: string | null };
        onDone();
        if (link !== null) return setMade({ userId, link });
        toast(msg("people.inviteDialog.sent"));
        open(userId);
      }}
    >
      {(faultOf) => (
        <>
          <TextField
            label={msg("people.inviteDialog.email")}
            help={msg("people.inviteDialog.emailHelp")}
            fault={faultOf("email") ?? null}
            required
            type="email"
            dir="ltr"
            value={email}
            onChange={setEmail}
          />
          <TextField
            label={msg("people.inviteDialog.name")}
            fault={faultOf("name") ?? null}
            required
            value={name}
            onChange={setName}
          />
          <Select
            label={msg("people.inviteDialog.language")}
            fault={faultOf("language") ?? null}
            value={tongue}
            choices={languageChoices()}
            onChange={setTongue}
          />
          {view.programmes.length > 1 && (
            <Select
              label={msg("people.inviteDialog.programme")}
              fault={faultOf("programme") ?? null}
              value={programme}
              choices={view.programmes.map((code) => ({
                value: code,
                label: boot()?.programmes.find((one) => one.code === code)?.name ?? code,
              }))}
              onChange={setProgramme}
            />
          )}
        </>
      )}
    </FormDialog>
  );
}

export interface SeatNow {
  readonly seat: string;
  readonly title: Bilingual;
  readonly role: RoleCode;
}

export const userLooks: Readonly<Record<UserState, { tone: Tone; icon: string }>> = {
  active: { tone: "done", icon: "check" },
  invited: { tone: "waiting", icon: "mail" },
  disabled: { tone: "neutral", icon: "lock" },
};

export function UserList({ resource: { view } }: ScreenProps) {
  const { t } = useText();
  const [inviting, setInviting] = useState(false);
  const [turn, setTurn] = useState(0);
  const label = (name: string) => view.columns.find((column) => column.name === name)?.label ?? name;
  const invites = view.actions.some(({ name }) => name === "invite");
  const columns: TableColumn<RecordView>[] = [
    { key: "name", label: label("name"), sort: true, cell: ({ values }) => <Bidi>{String(values.name)}</Bidi> },
    { key: "email", label: label("email"), sort: true, cell: ({ values }) => <Bidi ltr>{String(values.email)}</Bidi> },
    {
      key: "seats",
      label: label("seats"),
      cell: ({ values }) => {
        const seats = values.seats as readonly SeatNow[];
        if (seats.length === 0) return <span className="muted">{t(msg("people.userList.noSeat"))}</span>;
        return (
          <ul className="plain-list">
            {seats.map(({ seat, title }) => (
              <li key={seat}>
                <Bidi>{t(title)}</Bidi>
              </li>
            ))}
          </ul>
        );
      },
    },
    {
      key: "state",
      label: label("state"),
      sort: true,
      narrow: true,
      cell: ({ values }) => (
        <Badge {...userLooks[values.state as UserState]}>{t(choiceOf(view, "state", values.state))}</Badge>
      ),
    },
    {
      key: "secondFactor",
      label: label("secondFactor"),
      narrow: true,
      hideOnPhone: true,
      cell: ({ values }) =>
        values.secondFactor === true ? (
          <Badge tone="done" icon="shield">
            {t(msg("people.userList.on"))}
          </Badge>
        ) : (
          <span className="muted">{t(msg("people.userList.off"))}</span>
        ),
    },
  ];
  const invite = invites && (
    <Button kind="primary" icon="plus" onClick={() => setInviting(true)}>
      {t(msg("people.userList.invite"))}
    </Button>
  );
  return (
    <>
      <RecordList
        view={view}
        search={msg("people.userList.search")}
        columns={columns}
        turn={turn}
        href={({ id }) => recordAddress(view.id, id)}
        rowClass={({ values }) => (values.state === "disabled" ? "row-retired" : undefined)}
        actions={invite || undefined}
        empty={<EmptyState icon="people" title={msg("people.userList.empty")} action={invite || undefined} />}
      />
      {inviting && (
        <InviteDialog view={view} onClose={() => setInviting(false)} onDone={() => setTurn((before) => before + 1)} />
      )}
    </>
  );
}
