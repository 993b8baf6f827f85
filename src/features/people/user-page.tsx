/** One person: the account, the seats past, now and later, and what they have taken. */

import React, { type ReactNode, useState } from "react";
import { msg, pattern } from "../../engine/text/msg.js";
import type { RecordAnswer, RecordView, ResourceView } from "../../platform/admin/resource-view.js";
import {
  Badge,
  Bidi,
  EmptyState,
  Facts,
  LinkButton,
  Moment,
  NoticeBox,
  Page,
  Panel,
  ProblemBox,
  type ScreenProps,
  Spinner,
  Table,
  useText,
  useView,
} from "../../platform/ui/kit.js";
import { recordAddress, resourceAddress } from "../setup/form/setup-list.js";
import { choiceOf } from "./seat-state.js";
import type { SentUser } from "./user-acts.js";
import { UserActs } from "./user-acts.js";
import { userLooks } from "./user-list.js";
import type { UserState } from "./users.resource.js";

const words = {
  secondFactor: msg("people.userPage.secondFactor"),
  on: msg("people.userPage.on"),
  off: msg("people.userPage.off"),
  disabledAt: msg("people.userPage.disabledAt"),
  seats: msg("people.userPage.seats"),
  toSeats: msg("people.userPage.toSeats"),
  from: msg("people.userPage.from"),
  now: msg("people.userPage.now"),
  later: msg("people.userPage.later"),
  work: msg("people.userPage.work"),
  shown: pattern("people.userPage.shown"),
};

export function UserPage({ resource: { view }, recordId }: ScreenProps) {
  const id = recordId ?? "";
  const { view: answer, problem, reload } = useView<RecordAnswer>(`resources/users/records/${id}/detail`);
  const back = { to: resourceAddress(view.id), label: view.label };
  const detail = answer?.view as SentUser | null | undefined;
  if (!answer || !detail) {
    return (
      <Page title={view.one} back={back}>
        {problem ? <ProblemBox problem={problem} /> : <Spinner />}
      </Page>
    );
  }
  return <Shown key={id} {...{ view, back, reload, detail }} record={answer.record} />;
}

interface ShownProps {
  readonly view: ResourceView;
  readonly record: RecordView;
  readonly detail: SentUser;
  readonly back: { readonly to: string; readonly label: ResourceView["label"] };
  readonly reload: () => void;
}

function Shown({ view, record, detail, back, reload }: ShownProps) {
  const { t } = useText();
  const [turn, setTurn] = useState(0);
  const { values } = record;
  const state = values.state as UserState;
  const acts: ReactNode = (detail.mayEdit || detail.mayDisable) && (
    <>
      <UserActs
        key={turn}
        record={record}
        detail={detail}
        onDone={() => {
          setTurn(turn + 1);
          reload();
        }}
      />
      {detail.mayEdit && record.actions.includes("edit") && (
        <LinkButton kind="primary" icon="edit" to={recordAddress(view.id, record.id, "edit")}>
          {t(msg("people.userPage.edit"))}
        </LinkButton>
      )}
    </>
  );
  return (
    <Page
      title={record.title}
      heading={<bdi>{t(record.title)}</bdi>}
      back={back}
      lead={<Badge {...userLooks[state]}>{t(choiceOf(view, "state", state))}</Badge>}
      actions={acts || undefined}
    >
      {detail.elsewhere && (
        <NoticeBox>
          <p>{t(msg("people.userPage.elsewhere"))}</p>
        </NoticeBox>
      )}
      <Panel title={msg("people.userPage.account")}>
        <Facts
          rows={[
            { label: msg("people.userPage.email"), value: <Bidi ltr>{String(values.email)}</Bidi> },
            { label: msg("people.userPage.language"), value: t(choiceOf(view, "language", values.language)) },
            { label: words.secondFactor, value: t(values.secondFactor === true ? words.on : words.off) },
            { label: msg("people.userPage.lastSignIn"), value: <Moment at={detail.lastSignIn} /> },
            { label: msg("people.userPage.since"), value: <Moment at={values.createdAt as string} /> },
            detail.disabledAt !== null && { label: words.disabledAt, value: <Moment at={detail.disabledAt} /> },
          ]}
        />
      </Panel>
      <Seats terms={detail.terms} />
      <Work taken={detail.taken} />
    </Page>
  );
}

function Seats({ terms }: Pick<SentUser, "terms">) {
  const { t } = useText();
  return (
    <Panel title={words.seats} flush>
      <Table
        caption={words.seats}
        rows={terms}
        rowKey={({ seat, from }) => `${seat}/${from}`}
        empty={
          <EmptyState
            icon="seat"
            title={msg("people.userPage.noSeats")}
            hint={msg("people.userPage.noSeatsHint")}
            action={<LinkButton to={`${resourceAddress("seats")}?filters.state=empty`}>{t(words.toSeats)}</LinkButton>}
          />
        }
        columns={[
          { key: "seat", label: msg("people.userPage.seat"), cell: ({ title }) => <Bidi>{t(title)}</Bidi> },
          {
            key: "when",
            label: msg("people.userPage.when"),
            narrow: true,
            cell: ({ when }) =>
              when === "past" ? (
                <span className="muted">{t(msg("people.userPage.past"))}</span>
              ) : (
                <Badge tone={when === "now" ? "done" : "waiting"}>{t(words[when])}</Badge>
              ),
          },
          { key: "from", label: words.from, narrow: true, cell: ({ from }) => <Moment term at={from} /> },
          {
            key: "to",
            label: msg("people.userPage.until"),
            narrow: true,
            cell: ({ to }) => (to === null ? t(msg("people.userPage.open")) : <Moment term at={to} />),
          },
        ]}
      />
    </Panel>
  );
}

function Work({ taken }: Pick<SentUser, "taken">) {
  const { t } = useText();
  if (taken.count === 0) {
    return (
      <Panel title={words.work}>
        <p className="muted">{t(msg("people.userPage.noWork"))}</p>
      </Panel>
    );
  }
  return (
    <Panel title={words.work} flush>
      <Table
        caption={words.work}
        rows={taken.oldest}
        rowKey={({ reference }) => reference}
        href={({ reference }) => recordAddress("cases", reference)}
        columns={[
          {
            key: "reference",
            label: msg("people.userPage.reference"),
            narrow: true,
            cell: ({ reference }) => <Bidi ltr>{reference}</Bidi>,
          },
          {
            key: "entity",
            label: msg("people.userPage.entity"),
            cell: ({ entityName, entity }) => <Bidi>{t(entityName ?? entity ?? "—")}</Bidi>,
          },
          {
            key: "received",
            label: msg("people.userPage.received"),
            narrow: true,
            cell: ({ receivedAt }) => <Moment at={receivedAt} />,
          },
        ]}
      />
      {taken.oldest.length < taken.count && (
        <p className="table-note">{t(words.shown, { shown: taken.oldest.length, n: taken.count })}</p>
      )}
    </Panel>
  );
}
