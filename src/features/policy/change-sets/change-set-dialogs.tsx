/** Edits that only a change-set can hold: a merger, an entity that goes with its cases mapped, another place or holder of a seat. */

import React, { useMemo, useState } from "react";
import { msg } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import type { Option } from "../../../platform/ui/form/typed-search.js";
import {
  Button,
  type ProblemBody,
  ReferenceSelect,
  read,
  Select,
  TextField,
  useText,
  withQuery,
} from "../../../platform/ui/kit.js";
import { ChangeSetDialog } from "../../setup/form/change-set-dialog.js";
import type { ChangeSetView } from "./change-set.page.js";
import type { Edit, OpenedSet } from "./change-set-content.js";

interface Seen {
  /** Null: nothing of that row. */
  readonly seenOf: (table: string, code: string) => Edit["edit"] | null;
  /** Whoever was told what somebody wrote meanwhile has seen it, and may put theirs there from then on. */
  readonly onRefused: (problem: ProblemBody) => boolean;
}

/**
 * What a change-set said when a dialog of it was opened: what is put there stands instead of that, and of nothing
 * else.
 */
export function useSeen(programme: string, set: OpenedSet): Seen {
  const [listed, setListed] = useState(set.listed);
  return {
    seenOf: (table, code) => listed.find((one) => one.table === table && one.code === code)?.edit ?? null,
    onRefused: ({ code }) => {
      if (code === "conflict")
        read<ChangeSetView>(withQuery("pages/change-set", { programme, id: set.id }))
          .then(({ opened }) => opened !== null && setListed(opened.listed))
          // What could not be read is asked for at the next refusal.
          .catch(() => undefined);
      return false;
    },
  };
}

const words = {
  which: msg("policy-change-sets.changeSetDialogs.which"),
  what: msg("policy-change-sets.changeSetDialogs.what"),
};

export interface DialogProps {
  readonly programme: string;
  readonly set: OpenedSet;
  /** What the set says of it so far. */
  readonly before: OpenedSet["listed"][number]["edit"] | null;
  readonly onClose: () => void;
  readonly onPut: () => void;
}

interface Elsewhere {
  readonly reference: string;
  readonly to: string;
}
const exceptOf = (others: readonly Elsewhere[]): Record<string, string> =>
  Object.fromEntries(
    others
      .filter(({ reference, to }) => reference.trim() !== "" && to !== "")
      .map(({ reference, to }) => [reference.trim(), to]),
  );
const othersOf = (before: DialogProps["before"]): readonly Elsewhere[] =>
  before !== null && "cases" in before
    ? Object.entries(before.cases?.except ?? {}).map(([reference, to]) => ({ reference, to }))
    : [];

function Others({
  others,
  programme,
  onChange,
}: {
  others: readonly Elsewhere[];
  programme: string;
  onChange: (others: readonly Elsewhere[]) => void;
}) {
  const { t } = useText();
  const change = (i: number, next: Elsewhere) => onChange(others.map((one, k) => (k === i ? next : one)));
  return (
    <fieldset className="change-set-others">
      <legend>{t(msg("policy-change-sets.changeSetDialogs.others"))}</legend>
      {others.map((one, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name, and are not moved
        <div key={i} className="change-set-other">
          <TextField
            label={msg("policy-change-sets.changeSetDialogs.reference")}
            dir="ltr"
            maxLength={60}
            value={one.reference}
            onChange={(reference) => change(i, { ...one, reference })}
          />
          <ReferenceSelect
            label={msg("policy-change-sets.changeSetDialogs.elsewhere")}
            resource="entities"
            programme={programme}
            value={one.to}
            onChange={(to) => change(i, { ...one, to })}
          />
          <Button small kind="quiet" icon="trash" onClick={() => onChange(others.filter((_, k) => k !== i))}>
            {t(msg("policy-change-sets.changeSetDialogs.remove"))}
          </Button>
        </div>
      ))}
      <Button small icon="plus" onClick={() => onChange([...others, { reference: "", to: "" }])}>
        {t(msg("policy-change-sets.changeSetDialogs.add"))}
      </Button>
    </fieldset>
  );
}

/** Rows that the set itself adds: cases, services and seats may go to them. */
export function useAdded({ listed }: OpenedSet, of: "entities" | "sectors" = "entities"): readonly Option[] {
  return useMemo(
    () =>
      listed.flatMap(({ table, code, edit }) => {
        if (edit.act !== "create" || edit.table === "seats" || table !== of) return [];
        const { nameEn, nameAr } = edit.values;
        return [{ value: code, label: { en: String(nameEn ?? code), ar: String(nameAr ?? code) }, code }];
      }),
    [listed, of],
  );
}

export function MergeDialog({ programme, set, before, onClose, onPut }: DialogProps) {
  const known = before?.act === "merge" ? before : null;
  const { seenOf, onRefused } = useSeen(programme, set);
  const [code, setCode] = useState(known?.code ?? "");
  const [into, setInto] = useState(known?.into ?? "");
  const added = useAdded(set);
  const [seats, setSeats] = useState<string>(known?.seats ?? "move");
  const [others, setOthers] = useState(othersOf(before));
  const ready = code !== "" && into !== "";
  const cases = { to: into, except: exceptOf(others) };
  return (
    <ChangeSetDialog
      programme={programme}
      title={msg("policy-change-sets.changeSetDialogs.merge")}
      into={set.id}
      edit={ready ? { act: "merge", table: "entities", code, into, cases, seats } : null}
      seen={seenOf("entities", code)}
      onRefused={onRefused}
      fields={["into"]}
      onClose={onClose}
      onPut={onPut}
    >
      {(faultOf) => (
        <>
          <ReferenceSelect
            label={words.which}
            required
            resource="entities"
            programme={programme}
            value={code}
            disabled={known !== null}
            onChange={setCode}
          />
          <ReferenceSelect
            label={msg("policy-change-sets.changeSetDialogs.into")}
            help={msg("policy-change-sets.changeSetDialogs.intoHelp")}
            required
            fault={faultOf("into") ?? null}
            resource="entities"
            programme={programme}
            value={into}
            also={added}
            onChange={setInto}
          />
          <Select
            label={msg("policy-change-sets.changeSetDialogs.seats")}
            value={seats}
            choices={[
              { value: "move", label: msg("policy-change-sets.changeSetDialogs.move") },
              { value: "end", label: msg("policy-change-sets.changeSetDialogs.end") },
            ]}
            onChange={setSeats}
          />
          <Others others={others} programme={programme} onChange={setOthers} />
        </>
      )}
    </ChangeSetDialog>
  );
}

export function CasesDialog({ programme, set, before, onClose, onPut }: DialogProps) {
  const known = before?.act === "retire" && before.table === "entities" ? before : null;
  const { seenOf, onRefused } = useSeen(programme, set);
  const [code, setCode] = useState(known?.code ?? "");
  const added = useAdded(set);
  const [to, setTo] = useState(known?.cases?.to ?? "");
  const [others, setOthers] = useState(othersOf(before));
  const cases = to === "" ? {} : { cases: { to, except: exceptOf(others) } };
  return (
    <ChangeSetDialog
      programme={programme}
      title={msg("policy-change-sets.changeSetDialogs.close")}
      into={set.id}
      edit={code === "" ? null : { act: "retire", table: "entities", code, ...cases }}
      seen={seenOf("entities", code)}
      onRefused={onRefused}
      onClose={onClose}
      onPut={onPut}
    >
      {() => (
        <>
          <ReferenceSelect
            label={words.which}
            required
            resource="entities"
            programme={programme}
            value={code}
            disabled={known !== null}
            onChange={setCode}
          />
          <ReferenceSelect
            label={msg("policy-change-sets.changeSetDialogs.to")}
            help={msg("policy-change-sets.changeSetDialogs.toHelp")}
            resource="entities"
            programme={programme}
            value={to}
            also={added}
            onChange={setTo}
          />
          {to !== "" && <Others others={others} programme={programme} onChange={setOthers} />}
        </>
      )}
    </ChangeSetDialog>
  );
}

type SeatAct = "moves" | "holder" | "ends";
const seatActs: readonly { readonly value: SeatAct; readonly label: Bilingual }[] = [
  { value: "moves", label: msg("policy-change-sets.changeSetDialogs.moves") },
  { value: "holder", label: msg("policy-change-sets.changeSetDialogs.holder") },
  { value: "ends", label: msg("policy-change-sets.changeSetDialogs.ends") },
];

export function SeatDialog({ programme, set, before, onClose, onPut }: DialogProps) {
  const known = before?.table === "seats" ? before : null;
  const values = known?.act === "update" ? known.values : {};
  const [code, setCode] = useState(known?.code ?? "");
  const [act, setAct] = useState<SeatAct>(
    known?.act === "retire" ? "ends" : values.entity ? "moves" : known === null ? "moves" : "holder",
  );
  const added = useAdded(set);
  const { seenOf, onRefused } = useSeen(programme, set);
  const seen = seenOf("seats", code);
  // What this does not show is kept.
  const kept = seen?.table === "seats" && seen.act === "update" ? seen.values : {};
  const [entity, setEntity] = useState(values.entity ?? "");
  const [holder, setHolder] = useState(values.holder ?? "");
  const edit =
    act === "ends"
      ? { act: "retire", table: "seats", code }
      : {
          act: "update",
          table: "seats",
          code,
          values: { ...kept, ...(act === "moves" ? { entity } : { holder: holder.trim() || null }) },
          before: {},
        };
  const ready = code !== "" && (act !== "moves" || entity !== "");
  return (
    <ChangeSetDialog
      programme={programme}
      title={msg("policy-change-sets.changeSetDialogs.seat")}
      into={set.id}
      edit={ready ? edit : null}
      seen={seen}
      onRefused={onRefused}
      fields={act === "moves" ? ["entity"] : act === "holder" ? ["edit/values/holder", "holder"] : []}
      onClose={onClose}
      onPut={onPut}
    >
      {(faultOf) => (
        <>
          <ReferenceSelect
            label={msg("policy-change-sets.changeSetDialogs.seatCode")}
            required
            resource="seats"
            programme={programme}
            value={code}
            disabled={known !== null}
            onChange={setCode}
          />
          <Select label={words.what} value={act} choices={seatActs} onChange={(next) => setAct(next as SeatAct)} />
          {act === "moves" && (
            <ReferenceSelect
              label={msg("policy-change-sets.changeSetDialogs.entity")}
              required
              fault={faultOf("entity") ?? null}
              resource="entities"
              programme={programme}
              value={entity}
              also={added}
              onChange={setEntity}
            />
          )}
          {act === "holder" && (
            <TextField
              label={msg("policy-change-sets.changeSetDialogs.email")}
              help={msg("policy-change-sets.changeSetDialogs.emailHelp")}
              dir="ltr"
              type="email"
              maxLength={254}
              value={holder}
              onChange={setHolder}
              fault={faultOf("edit/values/holder") ?? faultOf("holder") ?? null}
            />
          )}
        </>
      )}
    </ChangeSetDialog>
  );
}
