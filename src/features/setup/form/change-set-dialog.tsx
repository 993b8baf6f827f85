/** Puts an edit of the set-up, or something else, into a change-set: an open one, or a new one with a title. */

import React, { type ReactNode, useState } from "react";
import type { ChosenSet, SetsOfForms } from "../../../engine/setup/sets-of-forms.js";
import { msg } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import {
  FormDialog,
  type ProblemBody,
  problemOf,
  Select,
  Spinner,
  send,
  TextField,
  toast,
  useView,
  type Words,
  withQuery,
} from "../../../platform/ui/kit.js";

const newOne = "new";

export const changeSetAddress = (programme: string, id: number): string =>
  withQuery("/admin/pages/change-set", { programme, id });

interface ChangeSetDialogProps {
  readonly programme: string;
  readonly title?: Words;
  /** The edit that is put there, as the server takes it; null while it cannot be yet. */
  readonly edit?: object | null;
  /** Puts there what is no edit of the set-up, in one request together with a set that begins; gives the set's number. */
  readonly put?: (where: ChosenSet) => Promise<number>;
  /** What the set said of it when this was opened, null: nothing; the edit stands instead of that. Left out: it is joined with that. */
  readonly seen?: object | null;
  readonly action?: Words;
  /** Names of the faults' fields that `children` show themselves. */
  readonly fields?: readonly string[];
  readonly children?: (faultOf: (field: string) => Bilingual | undefined) => ReactNode;
  /** Asked last, once it is said which set is meant. */
  readonly below?: ReactNode;
  readonly onClose: () => void;
  readonly onPut: (id: number) => void;
  /** A refusal whose faults stand at fields of the form behind; `where`: what was chosen. Says whether it is shown there. */
  readonly onRefused?: (problem: ProblemBody, where: ChosenSet) => boolean;
  /** The set that is meant, where that is known. */
  readonly into?: number;
  /** What is chosen at first; left out or null: the first of those that are open. */
  readonly first?: ChosenSet | null;
}

export function ChangeSetDialog(props: ChangeSetDialogProps) {
  const { programme, edit, fields = [], into, onClose, onPut } = props;
  const { view } = useView<SetsOfForms>(into === undefined ? withQuery("pages/change-set", { programme }) : null);
  const open = (view?.open ?? []).filter(({ state }) => state === "open");
  const asNew = typeof props.first === "object" ? props.first : null;
  const [chosen, setChosen] = useState<string | null>(asNew && newOne);
  const [title, setTitle] = useState(asNew?.title ?? "");
  const first = open.find(({ id }) => id === props.first) ?? open[0];
  const value = chosen ?? (first === undefined ? newOne : String(first.id));
  const waits = into === undefined && view === null;
  /** A new set is begun with the edit at once: what is refused leaves no empty one behind. */
  const sent = async (known: number | null): Promise<number> => {
    if (props.put !== undefined) return props.put(known ?? { title });
    if (known === null)
      return (await send<{ id: number }>("pages/change-set", { do: "begin", programme, title, edit })).id;
    await send("pages/change-set", { do: "put", id: known, edit, seen: props.seen });
    return known;
  };
  return (
    <FormDialog
      title={props.title ?? msg("setup.changeSetDialog.intoAChangeSet")}
      action={props.action ?? msg("setup.changeSetDialog.put")}
      disabled={waits || edit === null}
      fields={[...fields, "title"]}
      onClose={onClose}
      onSend={async () => {
        const known = into ?? (value === newOne ? null : Number(value));
        let id: number;
        try {
          id = await sent(known);
        } catch (error) {
          if (props.onRefused?.(problemOf(error), known ?? { title })) return;
          throw error;
        }
        toast(msg("setup.changeSetDialog.done"), "success", {
          to: changeSetAddress(programme, id),
          words: msg("setup.changeSetDialog.look"),
        });
        onPut(id);
      }}
    >
      {(faultOf) => (
        <>
          {props.children?.(faultOf)}
          {waits && <Spinner />}
          {into === undefined && view !== null && (
            <>
              <Select
                label={msg("setup.changeSetDialog.which")}
                help={msg("setup.changeSetDialog.whichHelp")}
                name="changeSet"
                value={value}
                choices={[
                  ...open.map((set) => ({ value: String(set.id), label: set.title })),
                  { value: newOne, label: msg("setup.changeSetDialog.fresh") },
                ]}
                onChange={setChosen}
              />
              {value === newOne && (
                <TextField
                  label={msg("setup.changeSetDialog.itsTitle")}
                  help={msg("setup.changeSetDialog.nameHelp")}
                  name="title"
                  required
                  maxLength={200}
                  value={title}
                  onChange={setTitle}
                  fault={faultOf("title") ?? null}
                />
              )}
            </>
          )}
          {!waits && props.below}
        </>
      )}
    </FormDialog>
  );
}
