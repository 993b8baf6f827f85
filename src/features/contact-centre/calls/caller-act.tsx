/** What a caller asks for, as a form by keyboard: its fields, what follows, and one key to send it. */

import React, { type RefObject, useEffect, useRef, useState } from "react";
import type { OfferedField } from "../../../engine/lifecycle/views/case-view.js";
import { msg } from "../../../engine/text/msg.js";
import { Button, Panel, refuse, SendForm, send, useSending, useText } from "../../../platform/ui/kit.js";
import { newId } from "../../../platform/ui/new-id.js";
import { ComposerField } from "../../cases/act/composer-field.js";
import { type FieldValue, missingFields, sentFields } from "../../cases/act/composer-values.js";
import type { CallerActView, CallerCaseView } from "./caller.page.js";

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** Where something is still to be typed; where nothing is, the first field. */
export function focusFirstEmpty(form: HTMLElement | null): void {
  const fields = [...(form?.querySelectorAll<Field>("input, textarea, select") ?? [])];
  (fields.find(({ value }) => value === "") ?? fields[0])?.focus();
}

/** @param isChosen somebody asked for it; a form that is there by itself leaves the focus where it is */
function useActKeys(form: RefObject<HTMLFormElement | null>, isChosen: boolean): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the form opens
  useEffect(() => {
    if (isChosen) focusFirstEmpty(form.current);
  }, []);
  useEffect(() => {
    const box = form.current;
    const press = (event: KeyboardEvent) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
      event.preventDefault();
      box?.requestSubmit();
    };
    box?.addEventListener("keydown", press);
    return () => box?.removeEventListener("keydown", press);
  }, [form]);
}

/** What a caller said to be recognised by. */
export interface SaidByCaller {
  readonly reference: string;
  readonly code: string;
  readonly said: string;
}

type Typed = Readonly<Record<string, FieldValue>>;
type Action = CallerCaseView["actions"][number];

/** The choices by which an action says that the code was given, or digits read out, whatever else it calls them. */
function begun(action: Action, { code }: SaidByCaller, byDigits: boolean): Typed {
  const by = code.trim() !== "" ? "code" : byDigits ? "digits" : null;
  const asked = action.fields.find(({ name }) => name === "recognisedBy");
  return by !== null && asked?.choices?.some(({ value }) => value === by) ? { recognisedBy: by } : {};
}

export function CallerAct(props: {
  readonly action: Action;
  readonly caller: SaidByCaller;
  readonly call: number;
  /** The case was opened by digits that the caller read out. */
  readonly byDigits: boolean;
  /** The agent asked for it; else it is the only one. */
  readonly isChosen: boolean;
  readonly onDone: (acted: CallerActView) => Promise<void>;
}) {
  const { action, caller, call, byDigits, isChosen, onDone } = props;
  const { t } = useText();
  const [typed, setTyped] = useState<Typed>(() => begun(action, caller, byDigits));
  const sending = useSending();
  const key = useRef(newId());
  const form = useRef<HTMLFormElement>(null);
  useActKeys(form, isChosen);
  const perform = async () => {
    const missing = missingFields(action.fields, typed);
    const needed = ({ label }: OfferedField) => msg("contact-centre.caller.needed", { field: label });
    const faults = action.fields.filter(({ name }) => missing.includes(name));
    if (faults.length > 0) refuse(faults.map((one) => ({ field: `/fields/${one.name}`, reason: needed(one) })));
    const sent = sentFields(action.fields, typed);
    const body = { do: "perform", ...caller, call, action: action.action, fields: sent, actKey: key.current };
    await onDone(await send<CallerActView>("pages/caller", body));
  };
  // The reason names the field. The code was given to open the case; here it has no field.
  const places = new Map(action.fields.map(({ name }) => [`fields/${name}`, null]));
  return (
    <Panel title={action.name}>
      <SendForm className="form composer" formRef={form} sending={sending} onSend={perform} fields={places}>
        {action.fields.map((field) => (
          <ComposerField
            key={field.name}
            field={field}
            value={typed[field.name]}
            onChange={(value) => {
              // What is sent after it was changed is another act.
              key.current = newId();
              setTyped((now) => ({ ...now, [field.name]: value }));
            }}
            colleagues={null}
            onMention={() => undefined}
            fault={sending.faultAt(`/fields/${field.name}`) ?? undefined}
          />
        ))}
        {action.follows.length > 0 && (
          <ul className="composer-then" aria-label={t(msg("contact-centre.caller.follows"))}>
            {action.follows.map((sentence) => (
              <li key={sentence.en}>{t(sentence)}</li>
            ))}
          </ul>
        )}
        <div className="form-actions">
          <Button kind="primary" type="submit" busy={sending.busy}>
            {t(action.name)}
          </Button>
        </div>
      </SendForm>
    </Panel>
  );
}
