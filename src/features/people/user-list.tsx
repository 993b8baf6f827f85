/** All people with an account: who they are, on which seats, whether they can sign in. */

import React, { useState } from "react";
import type { RoleCode } from "../../engine/access/roles.js";
import { msg } from "../../engine/text/msg.js";
import type { Bilingual } from "../../engine/text/text.js";
import type { RecordView } from "../../platform/admin/resource-view.js";
import {
  Badge,
  Bidi,
  Button,
  EmptyState,
  type ScreenProps,
  type TableColumn,
  type Tone,
  useText,
} from "../../platform/ui/kit.js";
import { RecordList } from "../../platform/ui/record-list.js";
import { recordAddress } from "../setup/form/setup-list.js";
import { InviteDialog } from "./invite-dialog.js";
import { choiceOf } from "./seat-state.js";
import type { UserState } from "./users.resource.js";

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
