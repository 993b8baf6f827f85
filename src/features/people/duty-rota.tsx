/** The rota of an entity: who is on duty and will be; days are added and removed by who may. */

import React, { useEffect, useRef, useState } from "react";
import { msg, pattern } from "../../engine/text/msg.js";
import { inLanguage, perLanguage } from "../../engine/text/text.js";
import {
  Badge,
  Bidi,
  Button,
  Confirm,
  DateField,
  EmptyState,
  NoticeBox,
  Page,
  Panel,
  ProblemBox,
  Select,
  SendForm,
  Spinner,
  send,
  Table,
  toast,
  useSending,
  useText,
  useView,
} from "../../platform/ui/kit.js";
import type { DutyRotaView } from "./duty-rota.page.js";
import type { DutyRota as Rota } from "./duty-rota-service.js";

const words = {
  title: msg("people.dutyRota.label"),
  position: msg("people.dutyRota.position"),
  vacant: msg("people.dutyRota.vacant"),
  from: msg("people.dutyRota.from"),
  to: msg("people.dutyRota.to"),
  remove: msg("people.dutyRota.remove"),
  removeWhat: pattern("people.dutyRota.removeWhat"),
  turn: pattern("people.dutyRota.turn"),
};

const address = "pages/duty-rota";
const empty = { seat: "", from: "", to: "" };

const fields = new Map([
  ["seat", words.position],
  ["from", words.from],
  ["to", words.to],
]);

function AddDays({ rota, onDone }: { rota: Rota; onDone: () => void }) {
  const { t } = useText();
  const [typed, setTyped] = useState(empty);
  const sending = useSending();
  const change = (name: keyof typeof empty) => (value: string) => setTyped({ ...typed, [name]: value });
  const save = async () => {
    await send(address, { do: "add", programme: rota.programme, entity: rota.entity, ...typed });
    setTyped(empty);
    toast(msg("people.dutyRota.added"), "success");
    onDone();
  };
  return (
    <Panel title={msg("people.dutyRota.addTitle")}>
      <SendForm sending={sending} onSend={save} fields={fields}>
        <Select
          name="seat"
          label={words.position}
          value={typed.seat}
          empty={msg("people.dutyRota.choose")}
          onChange={change("seat")}
          choices={rota.positions.map(({ seat, title, holder }) => ({
            value: seat,
            label: holder === null ? title : perLanguage((language) => `${inLanguage(title, language)} · ${holder}`),
          }))}
          fault={sending.faultAt("/seat")}
        />
        <DateField
          name="from"
          label={words.from}
          value={typed.from}
          onChange={change("from")}
          fault={sending.faultAt("/from")}
        />
        <DateField name="to" label={words.to} value={typed.to} onChange={change("to")} fault={sending.faultAt("/to")} />
        <div>
          <Button type="submit" busy={sending.busy}>
            {t(msg("people.dutyRota.add"))}
          </Button>
        </div>
      </SendForm>
    </Panel>
  );
}

type Line = Rota["lines"][number];

/** Focus goes to what took the place of the days that were removed, else to the list that is empty now. */
function useFocusAfterRemoval(lines: readonly Line[]) {
  const list = useRef<HTMLDivElement>(null);
  const place = useRef<number | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once the lines that are left are shown
  useEffect(() => {
    if (place.current === null) return;
    const buttons = [...(list.current?.querySelectorAll<HTMLElement>("tbody button") ?? [])];
    (buttons[Math.min(place.current, buttons.length - 1)] ?? list.current)?.focus();
    place.current = null;
  }, [lines]);
  return { list, place };
}

function Lines({ rota, onDone }: { rota: Rota; onDone: () => Promise<void> }) {
  const { t, date } = useText();
  const [removing, setRemoving] = useState<Line | null>(null);
  const { list, place } = useFocusAfterRemoval(rota.lines);
  const remove = async ({ id }: Line) => {
    await send(address, { do: "remove", programme: rota.programme, entity: rota.entity, id });
    toast(msg("people.dutyRota.removed"), "success");
    setRemoving(null);
    place.current = rota.lines.findIndex((line) => line.id === id);
    await onDone();
  };
  const hint = rota.turn === null ? msg("people.dutyRota.noneHint") : t(words.turn, { name: rota.turn });
  return (
    <div ref={list} tabIndex={-1}>
      <Panel title={rota.name} flush>
        <Table
          caption={words.title}
          rows={rota.lines}
          rowKey={({ id }) => String(id)}
          empty={<EmptyState icon="calendar" title={msg("people.dutyRota.none")} hint={hint} />}
          columns={[
            {
              key: "position",
              label: words.position,
              cell: ({ title, now }) => (
                <>
                  <Bidi>{t(title)}</Bidi> {now && <Badge tone="done">{t(msg("people.dutyRota.now"))}</Badge>}
                </>
              ),
            },
            {
              key: "holder",
              label: msg("people.dutyRota.holder"),
              cell: ({ holder }) =>
                holder === null ? <span className="muted">{t(words.vacant)}</span> : <Bidi>{holder}</Bidi>,
            },
            { key: "from", label: words.from, narrow: true, cell: ({ from }) => date(from) },
            { key: "to", label: words.to, narrow: true, cell: ({ to }) => date(to) },
            ...(rota.mayEdit
              ? [
                  {
                    key: "act",
                    label: msg("people.dutyRota.act"),
                    narrow: true,
                    cell: (line: Line) => (
                      <Button
                        kind="quiet"
                        label={t(pattern("people.dutyRota.removeOf"), { title: t(line.title), from: date(line.from) })}
                        onClick={() => setRemoving(line)}
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
      {removing !== null && (
        <Confirm
          title={msg("people.dutyRota.removeSure")}
          action={words.remove}
          kind="danger"
          onClose={() => setRemoving(null)}
          onConfirm={() => remove(removing)}
        >
          <p>{t(words.removeWhat, { title: t(removing.title), from: date(removing.from), to: date(removing.to) })}</p>
        </Confirm>
      )}
    </div>
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
      {view !== null && rota === null && <EmptyState icon="calendar" title={msg("people.dutyRota.noEntity")} />}
      {view !== null && rota !== null && (
        <div className="stack">
          {rota.hours > 0 ? (
            <p>{t(pattern("people.dutyRota.what"), { hours: rota.hours })}</p>
          ) : (
            <NoticeBox>
              <p>{t(msg("people.dutyRota.allAtOnce"))}</p>
            </NoticeBox>
          )}
          {view.entities.length > 1 && (
            <Select
              label={msg("people.dutyRota.entity")}
              value={`${rota.programme}/${rota.entity}`}
              onChange={setChosen}
              choices={view.entities.map((one) => ({ value: `${one.programme}/${one.code}`, label: one.name }))}
            />
          )}
          {rota.turn !== null &&
            rota.lines.length > 0 &&
            !rota.lines.some(({ now, holder }) => now && holder !== null) && (
              <p>{t(words.turn, { name: rota.turn })}</p>
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
