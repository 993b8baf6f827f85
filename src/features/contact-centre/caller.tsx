/** Serving a caller: what they know of the application opens it; then it is done for them what the workflow offers. */

import React, { useRef, useState } from "react";
import type { OfferedField } from "../../engine/lifecycle/views/case-view.js";
import { filled, msg, pattern } from "../../engine/text/msg.js";
import {
  Button,
  Facts,
  Moment,
  NoticeBox,
  Page,
  Panel,
  refuse,
  SendForm,
  send,
  TextField,
  useSending,
  useText,
} from "../../platform/ui/kit.js";
import { newId } from "../../platform/ui/new-id.js";
import { ComposerField } from "../cases/act/composer-field.js";
import { type FieldValue, missingFields, sentFields } from "../cases/act/composer-values.js";
import type { CallerActView, CallerCaseView } from "./caller.page.js";

const words = {
  title: msg("contact-centre.caller.serveACaller"),
  lead: msg("contact-centre.caller.lead"),
  who: msg("contact-centre.caller.who"),
  reference: msg("contact-centre.caller.reference"),
  referenceHelp: msg("contact-centre.caller.referenceHelp"),
  code: msg("contact-centre.caller.code"),
  codeHelp: msg("contact-centre.caller.codeHelp"),
  said: msg("contact-centre.caller.said"),
  saidHelp: msg("contact-centre.caller.saidHelp"),
  open: msg("contact-centre.caller.open"),
  another: msg("contact-centre.caller.another"),
  application: msg("contact-centre.caller.application"),
  type: msg("contact-centre.caller.type"),
  entity: msg("contact-centre.caller.entity"),
  state: msg("contact-centre.caller.state"),
  received: msg("contact-centre.caller.received"),
  nothing: msg("contact-centre.caller.nothing"),
  needed: pattern("contact-centre.caller.needed"),
  follows: msg("contact-centre.caller.follows"),
  done: pattern("contact-centre.caller.done"),
};

const callerFields = new Map([
  ["reference", words.reference],
  ["code", words.code],
  ["said", words.said],
]);

type Typed = Readonly<Record<string, FieldValue>>;
const nobody = { reference: "", code: "", said: "" };

function Act({
  action,
  caller,
  onDone,
}: {
  action: CallerCaseView["actions"][number];
  caller: typeof nobody;
  onDone: () => Promise<void>;
}) {
  const { t } = useText();
  const [typed, setTyped] = useState<Typed>({});
  const sending = useSending();
  const key = useRef(newId());
  const perform = async () => {
    const missing = missingFields(action.fields, typed);
    const needed = ({ label }: OfferedField) => filled(words.needed, { field: label });
    const faults = action.fields.filter(({ name }) => missing.includes(name));
    if (faults.length > 0) refuse(faults.map((one) => ({ field: `/fields/${one.name}`, reason: needed(one) })));
    const fields = sentFields(action.fields, typed);
    const body = { do: "perform", ...caller, action: action.action, fields, actKey: key.current };
    await send<{ view: CallerActView }>("pages/caller", body);
    await onDone();
  };
  // The reason names the field. The code was given to open the case; here it has no field.
  const places = new Map(action.fields.map(({ name }) => [`fields/${name}`, null]));
  return (
    <Panel title={action.name}>
      <SendForm className="form composer" sending={sending} onSend={perform} fields={places}>
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
          <ul className="composer-then" aria-label={t(words.follows)}>
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

export function Caller() {
  const { t } = useText();
  const [caller, setCaller] = useState(nobody);
  const [found, setFound] = useState<CallerCaseView | null>(null);
  const sending = useSending();
  const [done, setDone] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  const open = async () => {
    try {
      setFound(await send<CallerCaseView>("pages/caller", { do: "open", ...caller }));
    } catch (error) {
      setFound(null);
      throw error;
    }
  };
  const another = () => {
    setCaller(nobody);
    setFound(null);
    sending.show(null);
    setDone(false);
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("input")?.focus());
  };
  const allowed = found?.actions.filter((one) => one.allowed) ?? [];
  const refused = found?.actions.filter((one) => !one.allowed && one.reason !== null) ?? [];
  const field = (name: keyof typeof nobody) => ({
    name,
    value: caller[name],
    onChange: (value: string) => {
      setFound(null);
      setDone(false);
      setCaller((now) => ({ ...now, [name]: value }));
    },
    fault: sending.faultAt(`/${name}`),
    dir: "ltr" as const,
  });
  return (
    <Page title={words.title} lead={t(words.lead)}>
      <Panel title={words.who}>
        <SendForm className="form" formRef={form} sending={sending} onSend={open} fields={callerFields}>
          <TextField
            {...field("reference")}
            label={words.reference}
            help={words.referenceHelp}
            required
            marked
            inputMode="numeric"
          />
          <TextField {...field("code")} label={words.code} help={words.codeHelp} required={false} marked />
          <TextField {...field("said")} label={words.said} help={words.saidHelp} required={false} marked />
          <div className="form-actions">
            <Button kind={found ? undefined : "primary"} icon="search" type="submit" busy={sending.busy}>
              {t(words.open)}
            </Button>
            {found && <Button onClick={another}>{t(words.another)}</Button>}
          </div>
        </SendForm>
      </Panel>
      <div role="status" className="stack-small">
        {found && (
          <Panel title={words.application}>
            <div className="form">
              {done && <NoticeBox tone="success">{t(words.done, { state: t(found.state) })}</NoticeBox>}
              <Facts
                rows={[
                  { label: words.reference, value: <bdi dir="ltr">{found.reference}</bdi> },
                  { label: words.type, value: t(found.type) },
                  { label: words.entity, value: found.entity && t(found.entity) },
                  { label: words.state, value: t(found.state) },
                  { label: words.received, value: <Moment at={String(found.receivedAt)} /> },
                ]}
              />
              {allowed.length === 0 && !done && <p>{t(refused[0]?.reason ?? words.nothing)}</p>}
            </div>
          </Panel>
        )}
      </div>
      {found &&
        allowed.map((action) => (
          <Act
            key={action.action}
            action={action}
            caller={caller}
            onDone={async () => {
              setDone(true);
              await sending.run(open);
            }}
          />
        ))}
    </Page>
  );
}
