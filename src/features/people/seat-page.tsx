/** One seat: who holds it, what can be done with it, and the line of its holders. */

import React, { useState } from "react";
import { Link } from "react-router-dom";
import { msg, pattern } from "../../engine/text/msg.js";
import type { Bilingual } from "../../engine/text/text.js";
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
import { ExtendDialog, HandOverDialog, OfficeDialog, TakeDialog } from "./seat-dialogs.js";
import { choiceOf, SeatBadge } from "./seat-state.js";
import type { ListedTerm } from "./seats.resource.js";

const words = {
  retire: msg("people.seatPage.retire"),
  role: msg("people.seatPage.role"),
  until: msg("people.seatPage.until"),
  nextWords: pattern("people.seatPage.nextWords"),
  line: msg("people.seatPage.line"),
  from: msg("people.seatPage.from"),
  open: msg("people.seatPage.open"),
};

type Doing = "office" | "take" | "handOver" | "extend" | "retire";
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
      <Panel title={msg("people.seatPage.facts")}>
        <Facts
          rows={[
            held && {
              label: msg("people.seatPage.holder"),
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
              label: held ? msg("people.seatPage.since") : msg("people.seatPage.emptySince"),
              value: <Moment term at={values.since as string} />,
            },
            held && {
              label: words.until,
              value: values.until ? <Moment term at={values.until as string} /> : t(words.open),
            },
            Boolean(values.next) && {
              label: msg("people.seatPage.next"),
              value: (
                <>
                  {t(words.nextWords, { name: String(values.next) })} <Moment term at={values.nextFrom as string} />
                </>
              ),
            },
            { label: words.role, value: t(choiceOf(view, "role", values.role) ?? String(values.role)) },
            Boolean(values.entity) && { label: msg("people.seatPage.entity"), value: place("entity") },
            Boolean(values.sector) && { label: msg("people.seatPage.sector"), value: place("sector") },
            Boolean(values.officeOf) && {
              label: msg("people.seatPage.officeOf"),
              value: <Bidi>{t(values.officeTitle as Bilingual)}</Bidi>,
            },
            {
              label: msg("people.seatPage.letters"),
              value: (
                <>
                  {t(choiceOf(view, "letters", values.letters) ?? msg("people.seatPage.lettersUsual"))}
                  {Boolean(values.lettersBy) && (
                    <span className="muted">
                      {" "}
                      <Bidi>{String(values.lettersBy)}</Bidi> <Moment at={values.lettersAt as string} />
                    </span>
                  )}
                </>
              ),
            },
            { label: msg("people.seatPage.code"), value: <Bidi ltr>{String(values.code)}</Bidi> },
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
          {t(msg("people.seatPage.rename"))}
        </LinkButton>
      )}
      {may("office") && (
        <Button kind="quiet" icon="person" onClick={() => setDoing("office")}>
          {t(msg("people.seatPage.office"))}
        </Button>
      )}
      {may("extend") && held && (
        <Button icon="calendar" onClick={() => setDoing("extend")}>
          {t(msg("people.seatPage.extend"))}
        </Button>
      )}
      {may("take") && !(held && record.values.until === null) && (
        <Button kind={held ? "plain" : "primary"} icon="person" onClick={() => setDoing("take")}>
          {t(held ? msg("people.seatPage.takeNext") : msg("people.seatPage.take"))}
        </Button>
      )}
      {may("handOver") && held && (
        <Button kind="primary" icon="forward" onClick={() => setDoing("handOver")}>
          {t(msg("people.seatPage.handOver"))}
        </Button>
      )}
      {doing === "take" && <TakeDialog {...dialog} />}
      {doing === "office" && <OfficeDialog {...dialog} />}
      {doing === "extend" && <ExtendDialog {...dialog} />}
      {doing === "handOver" && <HandOverDialog {...dialog} />}
      {doing === "retire" && (
        <Confirm
          title={msg("people.seatPage.retireSure")}
          action={words.retire}
          onClose={close}
          onConfirm={async () => {
            await send(`resources/seats/records/${record.id}/retire`);
            toast(msg("people.seatPage.retired"));
            done();
          }}
        >
          <p>{t(msg("people.seatPage.retireHint"))}</p>
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
    if (when === "later") return <Badge tone="waiting">{t(msg("people.seatPage.later"))}</Badge>;
    return when === "now" ? <Badge tone="done">{t(msg("people.seatPage.now"))}</Badge> : null;
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
          empty={<EmptyState icon="seat" title={msg("people.seatPage.never")} />}
          columns={[
            {
              key: "person",
              label: msg("people.seatPage.person"),
              cell: (term) => (
                <>
                  <Bidi>{term.name}</Bidi> {badge(term)}
                  {term.disabled && (
                    <Badge tone="near" icon="lock">
                      {t(msg("people.seatPage.disabled"))}
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
              label: msg("people.seatPage.reasonForTheEnd"),
              cell: (term) => (term.reason ? <Bidi>{term.reason}</Bidi> : <span className="muted">—</span>),
            },
            {
              key: "handed",
              label: msg("people.seatPage.handed"),
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
