/** One seat: who holds it, what can be done with it, and the line of its holders. */

import React, { useState } from "react";
import { Link } from "react-router-dom";
import { msg, pattern } from "../../engine/text/msg.js";
import type { RecordAnswer, RecordView, ResourceView } from "../../platform/admin/resource-view.js";
import {
  Badge,
  Bidi,
  Button,
  Confirm,
  EmptyState,
  Facts,
  LinkButton,
  Moment,
  Page,
  Panel,
  ProblemBox,
  type ScreenProps,
  Spinner,
  send,
  Table,
  toast,
  useText,
  useView,
} from "../../platform/ui/kit.js";
import { recordAddress, resourceAddress } from "../setup/form/setup-list.js";
import { ExtendDialog, HandOverDialog, TakeDialog } from "./seat-dialogs.js";
import { choiceOf, SeatBadge } from "./seat-state.js";
import type { ListedTerm } from "./seats.resource.js";

const words = {
  take: msg("people.seatPage.take"),
  takeNext: msg("people.seatPage.takeNext"),
  handOver: msg("people.seatPage.handOver"),
  extend: msg("people.seatPage.extend"),
  rename: msg("people.seatPage.rename"),
  retire: msg("people.seatPage.retire"),
  retireSure: msg("people.seatPage.retireSure"),
  retireHint: msg("people.seatPage.retireHint"),
  retired: msg("people.seatPage.retired"),
  facts: msg("people.seatPage.facts"),
  code: msg("people.seatPage.code"),
  role: msg("people.seatPage.role"),
  entity: msg("people.seatPage.entity"),
  sector: msg("people.seatPage.sector"),
  letters: msg("people.seatPage.letters"),
  lettersUsual: msg("people.seatPage.lettersUsual"),
  holder: msg("people.seatPage.holder"),
  since: msg("people.seatPage.since"),
  emptySince: msg("people.seatPage.emptySince"),
  until: msg("people.seatPage.until"),
  next: msg("people.seatPage.next"),
  nextWords: pattern("people.seatPage.nextWords"),
  line: msg("people.seatPage.line"),
  never: msg("people.seatPage.never"),
  person: msg("people.seatPage.person"),
  from: msg("people.seatPage.from"),
  open: msg("people.seatPage.open"),
  reason: msg("people.seatPage.reasonForTheEnd"),
  handed: msg("people.seatPage.handed"),
  now: msg("people.seatPage.now"),
  later: msg("people.seatPage.later"),
  disabled: msg("people.seatPage.disabled"),
};

type Doing = "take" | "handOver" | "extend" | "retire";
type Term = Omit<ListedTerm, "from" | "to"> & { readonly from: string; readonly to: string | null };

export function SeatPage({ resource: { view }, recordId }: ScreenProps) {
  const id = recordId ?? "";
  const [turn, setTurn] = useState(0);
  const { view: answer, problem, reload } = useView<RecordAnswer>(`resources/seats/records/${id}/show`);
  const back = { to: resourceAddress(view.id), label: view.label };
  if (answer === null) {
    return (
      <Page title={view.one} back={back}>
        {problem ? <ProblemBox problem={problem} /> : <Spinner />}
      </Page>
    );
  }
  const onDone = () => {
    setTurn(turn + 1);
    reload();
  };
  return <Shown {...{ view, back, turn, onDone }} record={answer.record} />;
}

interface ShownProps {
  readonly view: ResourceView;
  readonly record: RecordView;
  readonly back: { readonly to: string; readonly label: ResourceView["label"] };
  readonly turn: number;
  readonly onDone: () => void;
}

function Shown({ view, record, back, turn, onDone }: ShownProps) {
  const { t } = useText();
  const { values, names } = record;
  const held = values.state === "held" || values.state === "inName";
  const place = (name: "entity" | "sector") => <Bidi>{t(names[name] ?? String(values[name]))}</Bidi>;
  return (
    <Page
      title={record.title}
      heading={<bdi>{t(record.title)}</bdi>}
      back={back}
      lead={<SeatBadge {...{ view, record }} />}
      actions={<SeatActs {...{ record, onDone }} />}
    >
      <Panel title={words.facts}>
        <Facts
          rows={[
            held && {
              label: words.holder,
              value: (
                <>
                  <Link to={recordAddress("users", String(values.holderId))}>
                    <Bidi>{String(values.holder)}</Bidi>
                  </Link>{" "}
                  <span className="muted">
                    <Bidi ltr>{String(values.holderEmail)}</Bidi>
                  </span>
                </>
              ),
            },
            Boolean(values.since) && {
              label: held ? words.since : words.emptySince,
              value: <Moment term at={values.since as string} />,
            },
            held && {
              label: words.until,
              value: values.until ? <Moment term at={values.until as string} /> : t(words.open),
            },
            Boolean(values.next) && {
              label: words.next,
              value: (
                <>
                  {t(words.nextWords, { name: String(values.next) })} <Moment term at={values.nextFrom as string} />
                </>
              ),
            },
            { label: words.role, value: t(choiceOf(view, "role", values.role) ?? String(values.role)) },
            Boolean(values.entity) && { label: words.entity, value: place("entity") },
            Boolean(values.sector) && { label: words.sector, value: place("sector") },
            {
              label: words.letters,
              value: (
                <>
                  {t(choiceOf(view, "letters", values.letters) ?? words.lettersUsual)}
                  {Boolean(values.lettersBy) && (
                    <span className="muted">
                      {" "}
                      <Bidi>{String(values.lettersBy)}</Bidi> <Moment at={values.lettersAt as string} />
                    </span>
                  )}
                </>
              ),
            },
            { label: words.code, value: <Bidi ltr>{String(values.code)}</Bidi> },
          ]}
        />
      </Panel>
      <Line key={turn} id={record.id} />
    </Page>
  );
}

function SeatActs({ record, onDone }: Pick<ShownProps, "record" | "onDone">) {
  const { t } = useText();
  const [doing, setDoing] = useState<Doing | null>(null);
  const { state, next } = record.values;
  const may = (name: string) => record.actions.includes(name) && state !== "retired";
  const held = state === "held" || state === "inName";
  const close = () => setDoing(null);
  const done = () => {
    close();
    onDone();
  };
  const dialog = { record, onClose: close, onDone: done };
  return (
    <>
      {may("retire") && !held && !next && (
        <Button kind="quiet" icon="archive" onClick={() => setDoing("retire")}>
          {t(words.retire)}
        </Button>
      )}
      {may("edit") && (
        <LinkButton icon="edit" to={recordAddress("seats", record.id, "edit")}>
          {t(words.rename)}
        </LinkButton>
      )}
      {may("extend") && held && (
        <Button icon="calendar" onClick={() => setDoing("extend")}>
          {t(words.extend)}
        </Button>
      )}
      {may("take") && !(held && record.values.until === null) && (
        <Button kind={held ? "plain" : "primary"} icon="person" onClick={() => setDoing("take")}>
          {t(held ? words.takeNext : words.take)}
        </Button>
      )}
      {may("handOver") && held && (
        <Button kind="primary" icon="forward" onClick={() => setDoing("handOver")}>
          {t(words.handOver)}
        </Button>
      )}
      {doing === "take" && <TakeDialog {...dialog} />}
      {doing === "extend" && <ExtendDialog {...dialog} />}
      {doing === "handOver" && <HandOverDialog {...dialog} />}
      {doing === "retire" && (
        <Confirm
          title={words.retireSure}
          action={words.retire}
          onClose={close}
          onConfirm={async () => {
            await send(`resources/seats/records/${record.id}/retire`);
            toast(words.retired);
            done();
          }}
        >
          <p>{t(words.retireHint)}</p>
        </Confirm>
      )}
    </>
  );
}

function Line({ id }: { id: string }) {
  const { t, number } = useText();
  const { view: answer, problem } = useView<RecordAnswer>(`resources/seats/records/${id}/line`);
  const terms = answer?.view as readonly Term[] | undefined;
  const badge = ({ when }: Term) => {
    if (when === "later") return <Badge tone="waiting">{t(words.later)}</Badge>;
    return when === "now" ? <Badge tone="done">{t(words.now)}</Badge> : null;
  };
  return (
    <Panel title={words.line} flush>
      <ProblemBox problem={problem} />
      {!terms && !problem && <Spinner />}
      {terms && (
        <Table
          caption={words.line}
          rows={terms}
          rowKey={(term) => `${term.userId}/${term.from}`}
          href={(term) => recordAddress("users", String(term.userId))}
          empty={<EmptyState icon="seat" title={words.never} />}
          columns={[
            {
              key: "person",
              label: words.person,
              cell: (term) => (
                <>
                  <Bidi>{term.name}</Bidi> {badge(term)}
                  {term.disabled && (
                    <Badge tone="near" icon="lock">
                      {t(words.disabled)}
                    </Badge>
                  )}
                </>
              ),
            },
            { key: "from", label: words.from, narrow: true, cell: (term) => <Moment term at={term.from} /> },
            {
              key: "to",
              label: words.until,
              narrow: true,
              cell: (term) => (term.to === null ? t(words.open) : <Moment term at={term.to} />),
            },
            {
              key: "reason",
              label: words.reason,
              cell: (term) => (term.reason ? <Bidi>{term.reason}</Bidi> : <span className="muted">—</span>),
            },
            {
              key: "handed",
              label: words.handed,
              align: "end",
              narrow: true,
              cell: (term) => (term.handedOver === null ? "—" : number(term.handedOver)),
            },
          ]}
        />
      )}
    </Panel>
  );
}
