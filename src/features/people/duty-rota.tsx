/** The rota of an entity: who is on duty and will be; days are added and removed by who may. */

import React, { useState } from "react";
import { msg, pattern } from "../../engine/text/msg.js";
import {
  Badge,
  Bidi,
  Button,
  DateField,
  EmptyState,
  faultAt,
  NoticeBox,
  Page,
  Panel,
  type ProblemBody,
  ProblemBox,
  problemOf,
  Select,
  Spinner,
  send,
  Table,
  toast,
  useText,
  useView,
} from "../../platform/ui/kit.js";
import type { DutyRotaView } from "./duty-rota.page.js";
import type { DutyRota as Rota } from "./duty-rota-service.js";

const words = {
  title: msg("people.dutyRota.label"),
  what: pattern("people.dutyRota.what"),
  allAtOnce: msg("people.dutyRota.allAtOnce"),
  entity: msg("people.dutyRota.entity"),
  none: msg("people.dutyRota.none"),
  noneHint: msg("people.dutyRota.noneHint"),
  noEntity: msg("people.dutyRota.noEntity"),
  position: msg("people.dutyRota.position"),
  holder: msg("people.dutyRota.holder"),
  vacant: msg("people.dutyRota.vacant"),
  from: msg("people.dutyRota.from"),
  to: msg("people.dutyRota.to"),
  now: msg("people.dutyRota.now"),
  act: msg("people.dutyRota.act"),
  add: msg("people.dutyRota.add"),
  addTitle: msg("people.dutyRota.addTitle"),
  choose: msg("people.dutyRota.choose"),
  remove: msg("people.dutyRota.remove"),
  removeOf: pattern("people.dutyRota.removeOf"),
  added: msg("people.dutyRota.added"),
  removed: msg("people.dutyRota.removed"),
};

const address = "pages/duty-rota";
const empty = { seat: "", from: "", to: "" };

function AddDays({ rota, onDone }: { rota: Rota; onDone: () => void }) {
  const { t } = useText();
  const [typed, setTyped] = useState(empty);
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  const [busy, setBusy] = useState(false);
  const change = (name: keyof typeof empty) => (value: string) => setTyped({ ...typed, [name]: value });
  const save = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await send(address, { do: "add", programme: rota.programme, entity: rota.entity, ...typed });
      setTyped(empty);
      toast(words.added, "success");
      onDone();
    } catch (error) {
      setProblem(problemOf(error));
    }
    setBusy(false);
  };
  return (
    <Panel title={words.addTitle}>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void save();
        }}
      >
        {problem !== null && problem.faults.length === 0 && <ProblemBox problem={problem} />}
        <Select
          label={words.position}
          value={typed.seat}
          empty={words.choose}
          onChange={change("seat")}
          choices={rota.positions.map(({ seat, title, holder }) => ({
            value: seat,
            label: holder === null ? title : { ar: `${title.ar} · ${holder}`, en: `${title.en} · ${holder}` },
          }))}
          fault={faultAt(problem, "/seat")}
        />
        <DateField label={words.from} value={typed.from} onChange={change("from")} fault={faultAt(problem, "/from")} />
        <DateField label={words.to} value={typed.to} onChange={change("to")} fault={faultAt(problem, "/to")} />
        <div>
          <Button type="submit" busy={busy}>
            {t(words.add)}
          </Button>
        </div>
      </form>
    </Panel>
  );
}

function Lines({ rota, onDone }: { rota: Rota; onDone: () => void }) {
  const { t, date } = useText();
  const remove = async (id: number) => {
    try {
      await send(address, { do: "remove", programme: rota.programme, entity: rota.entity, id });
      toast(words.removed, "success");
    } catch (error) {
      toast(problemOf(error).detail, "danger");
    }
    onDone();
  };
  return (
    <Panel title={rota.name} flush>
      <Table
        caption={words.title}
        rows={rota.lines}
        rowKey={({ id }) => String(id)}
        empty={<EmptyState icon="calendar" title={words.none} hint={words.noneHint} />}
        columns={[
          {
            key: "position",
            label: words.position,
            cell: ({ title, now }) => (
              <>
                <Bidi>{t(title)}</Bidi> {now && <Badge tone="done">{t(words.now)}</Badge>}
              </>
            ),
          },
          {
            key: "holder",
            label: words.holder,
            cell: ({ holder }) =>
              holder === null ? <span className="muted">{t(words.vacant)}</span> : <Bidi>{holder}</Bidi>,
          },
          { key: "from", label: words.from, narrow: true, cell: ({ from }) => date(from) },
          { key: "to", label: words.to, narrow: true, cell: ({ to }) => date(to) },
          ...(rota.mayEdit
            ? [
                {
                  key: "act",
                  label: words.act,
                  narrow: true,
                  cell: ({ id, title, from }: Rota["lines"][number]) => (
                    <Button
                      kind="quiet"
                      label={t(words.removeOf, { title: t(title), from: date(from) })}
                      onClick={() => void remove(id)}
                    >
                      {t(words.remove)}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
    </Panel>
  );
}

export function DutyRota() {
  const { t } = useText();
  const [chosen, setChosen] = useState("");
  const [programme, entity] = chosen.split("/");
  const query = chosen === "" ? "" : `?${new URLSearchParams({ programme: programme ?? "", entity: entity ?? "" })}`;
  const { view, problem, reload } = useView<DutyRotaView>(`${address}${query}`);
  const rota = view?.rota ?? null;
  return (
    <Page title={words.title}>
      <ProblemBox problem={problem} />
      {view === null && problem === null && <Spinner />}
      {view !== null && rota === null && <EmptyState icon="calendar" title={words.noEntity} />}
      {view !== null && rota !== null && (
        <div className="stack">
          {rota.hours > 0 ? (
            <p>{t(words.what, { hours: rota.hours })}</p>
          ) : (
            <NoticeBox>
              <p>{t(words.allAtOnce)}</p>
            </NoticeBox>
          )}
          {view.entities.length > 1 && (
            <Select
              label={words.entity}
              value={`${rota.programme}/${rota.entity}`}
              onChange={setChosen}
              choices={view.entities.map((one) => ({ value: `${one.programme}/${one.code}`, label: one.name }))}
            />
          )}
          <Lines rota={rota} onDone={reload} />
          {rota.mayEdit && rota.positions.length > 0 && (
            <AddDays key={`${rota.programme}/${rota.entity}`} rota={rota} onDone={reload} />
          )}
        </div>
      )}
    </Page>
  );
}
