/** A call about an application that is there: opened by what the caller says of it, read out, and done what they ask. */

import React, { useEffect, useRef, useState } from "react";
import type { OfferedField } from "../../../engine/lifecycle/views/case-view.js";
import { filled, msg, pattern } from "../../../engine/text/msg.js";
import {
  Button,
  Facts,
  Moment,
  NoticeBox,
  Panel,
  refuse,
  SendForm,
  send,
  TextField,
  useSending,
  useText,
} from "../../../platform/ui/kit.js";
import { newId } from "../../../platform/ui/new-id.js";
import { ComposerField } from "../../cases/act/composer-field.js";
import { type FieldValue, missingFields, sentFields } from "../../cases/act/composer-values.js";
import { AskForCaller } from "../call-backs/ask-for-caller.js";
import type { CallerActView, CallerCaseView, CallerEarlier } from "./caller.page.js";
import { ConfirmNumber } from "./confirm-number.js";
import { ReadOutWords } from "./read-out-words.js";
import { useActKeys } from "./use-act-keys.js";

const words = {
  who: msg("contact-centre.caller.who"),
  lead: msg("contact-centre.caller.lead"),
  reference: msg("contact-centre.caller.reference"),
  referenceHelp: msg("contact-centre.caller.referenceHelp"),
  code: msg("contact-centre.caller.code"),
  codeHelp: msg("contact-centre.caller.codeHelp"),
  said: msg("contact-centre.caller.said"),
  saidHelp: msg("contact-centre.caller.saidHelp"),
  open: msg("contact-centre.caller.open"),
  another: msg("contact-centre.caller.another"),
  application: msg("contact-centre.caller.application"),
  readOut: msg("contact-centre.caller.readOut"),
  acts: msg("contact-centre.caller.acts"),
  type: msg("contact-centre.caller.type"),
  entity: msg("contact-centre.caller.entity"),
  state: msg("contact-centre.caller.state"),
  received: msg("contact-centre.caller.received"),
  nothing: msg("contact-centre.caller.nothing"),
  needed: pattern("contact-centre.caller.needed"),
  follows: msg("contact-centre.caller.follows"),
  acted: pattern("contact-centre.caller.acted"),
  opened: pattern("contact-centre.caller.opened"),
  earlier: pattern("contact-centre.foundCallers.earlier"),
  codeOnly: msg("contact-centre.caller.codeOnly"),
  byReference: msg("contact-centre.caller.byReference"),
};

const told = {
  email: msg("contact-centre.caller.toldEmail"),
  sms: msg("contact-centre.caller.toldSms"),
  nobody: msg("contact-centre.caller.toldNobody"),
} as const satisfies Readonly<Record<NonNullable<CallerActView["toldBy"]> | "nobody", unknown>>;

const callerFields = new Map([
  ["reference", words.reference],
  ["code", words.code],
  ["said", words.said],
]);

type Typed = Readonly<Record<string, FieldValue>>;
type Action = CallerCaseView["actions"][number];
const nobody = { reference: "", code: "", said: "" };

/** By which choice an action says that the code was given, whatever else it calls it. */
const byCode = "code";
const begun = (action: Action, { code }: typeof nobody): Typed =>
  code.trim() !== "" &&
  action.fields.some(({ name, choices }) => name === "recognisedBy" && choices?.some(({ value }) => value === byCode))
    ? { recognisedBy: byCode }
    : {};

function Act(props: {
  readonly action: Action;
  readonly caller: typeof nobody;
  readonly call: number;
  /** The agent asked for it; else it is the only one. */
  readonly isChosen: boolean;
  readonly onDone: (acted: CallerActView) => Promise<void>;
}) {
  const { action, caller, call, isChosen, onDone } = props;
  const { t } = useText();
  const [typed, setTyped] = useState<Typed>(() => begun(action, caller));
  const sending = useSending();
  const key = useRef(newId());
  const form = useRef<HTMLFormElement>(null);
  useActKeys(form, isChosen);
  const perform = async () => {
    const missing = missingFields(action.fields, typed);
    const needed = ({ label }: OfferedField) => filled(words.needed, { field: label });
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

/** Where it is, in words for the caller. */
function ReadOut({ found }: { found: CallerCaseView }) {
  const { t } = useText();
  return (
    <div className="call-read-out">
      <h3>{t(words.readOut)}</h3>
      <ReadOutWords words={found.readOut} language={found.language} />
    </div>
  );
}

/** An application that was found in a call: no reference is known of it yet. */
export interface FoundEarlier extends CallerEarlier {
  readonly token: string;
}

interface Done {
  readonly act: Action["name"];
  readonly toldBy: CallerActView["toldBy"];
}

/** What was done, and that the applicant hears of it; focus is there, above what may be done next. */
function DoneNotice({ done, state }: { done: Done; state: CallerCaseView["state"] }) {
  const { t } = useText();
  const box = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: for each act once
  useEffect(() => {
    showAndFocus(box.current);
  }, [done]);
  return (
    <div ref={box} role="status" tabIndex={-1}>
      <NoticeBox tone="success">
        <p>{t(words.acted, { act: t(done.act), state: t(state) })}</p>
        <p>{t(told[done.toldBy ?? "nobody"])}</p>
      </NoticeBox>
    </div>
  );
}

function showAndFocus(box: HTMLElement | null): void {
  box?.scrollIntoView({ block: "nearest" });
  box?.focus({ preventScroll: true });
}

export function ExistingCase({ earlier }: { earlier: FoundEarlier | null }) {
  const { t } = useText();
  const [from, setFrom] = useState<FoundEarlier | null>(null);
  const [caller, setCaller] = useState(nobody);
  const [found, setFound] = useState<CallerCaseView | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const sending = useSending();
  const [done, setDone] = useState<Done | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const form = useRef<HTMLFormElement>(null);

  const open = async () => {
    try {
      const call = found?.call ?? null;
      const { token, row } = from ?? {};
      const sent = { ...caller, ...(token !== undefined && { found: { token, row } }) };
      const opened = await send<CallerCaseView>("pages/caller", { do: "open", ...sent, call });
      setFound(opened);
      // Acts name it by its reference, which is known from here on.
      setCaller((now) => ({ ...now, reference: opened.reference }));
      setFrom(null);
    } catch (error) {
      setFound(null);
      throw error;
    }
  };
  const begin = (one: FoundEarlier | null) => {
    if (found !== null) send("pages/caller", { do: "end", call: found.call }).catch(() => undefined);
    setCaller(nobody);
    setFrom(one);
    setFound(null);
    setChosen(null);
    sending.show(null);
    setDone(null);
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("input")?.focus());
  };
  const another = () => begin(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time one is opened from the look-up
  useEffect(() => {
    if (earlier !== null) begin(earlier);
  }, [earlier]);
  // The case is on the page only now; what is done in the same call leaves focus where it is.
  // biome-ignore lint/correctness/useExhaustiveDependencies: for each call once
  useEffect(() => {
    if (found !== null) showAndFocus(heading.current);
  }, [found?.call]);
  // What is asked for is on the page only now.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever something else is asked for
  useEffect(() => {
    if (earlier !== null) form.current?.querySelector<HTMLElement>("input")?.focus();
  }, [from]);
  const allowed = found?.actions.filter((one) => one.allowed) ?? [];
  const refused = found?.actions.filter((one) => !one.allowed && one.reason !== null) ?? [];
  const action = allowed.find((one) => one.action === chosen) ?? (allowed.length === 1 ? allowed[0] : undefined);
  const field = (name: keyof typeof nobody) => ({
    name,
    value: caller[name],
    onChange: (value: string) => {
      setFound(null);
      setChosen(null);
      setDone(null);
      setCaller((now) => ({ ...now, [name]: value }));
    },
    fault: sending.faultAt(`/${name}`),
    dir: "ltr" as const,
  });
  return (
    <div className="call-existing">
      {found === null ? (
        <Panel title={words.who}>
          {from === null ? (
            <p className="muted call-lead">{t(words.lead)}</p>
          ) : (
            <p className="call-lead">
              <strong>{t(words.earlier, { type: t(from.type), state: t(from.state), month: t(from.month) })}</strong>
            </p>
          )}
          <SendForm className="form" formRef={form} sending={sending} onSend={open} fields={callerFields}>
            {from === null && (
              <TextField
                {...field("reference")}
                label={words.reference}
                help={words.referenceHelp}
                required
                marked
                inputMode="numeric"
              />
            )}
            <TextField
              {...field("code")}
              label={words.code}
              help={from === null ? words.codeHelp : words.codeOnly}
              required={from !== null}
              marked
            />
            {from === null && (
              <TextField {...field("said")} label={words.said} help={words.saidHelp} required={false} marked />
            )}
            <div className="form-actions">
              <Button kind="primary" icon="search" type="submit" busy={sending.busy}>
                {t(words.open)}
              </Button>
              {from !== null && <Button onClick={another}>{t(words.byReference)}</Button>}
            </div>
          </SendForm>
        </Panel>
      ) : (
        <div className="call-opened">
          <h2 ref={heading} tabIndex={-1}>
            {t(words.opened, { reference: `\u2066${found.reference}\u2069` })}
          </h2>
          <Button onClick={another}>{t(words.another)}</Button>
        </div>
      )}
      {found && (
        <Panel title={words.application}>
          <div className="form">
            {done && <DoneNotice done={done} state={found.state} />}
            <Facts
              rows={[
                { label: words.type, value: t(found.type) },
                { label: words.entity, value: found.entity && t(found.entity) },
                { label: words.state, value: t(found.state) },
                { label: words.received, value: <Moment at={String(found.receivedAt)} /> },
              ]}
            />
            <ReadOut found={found} />
            {allowed.length === 0 && !done && <p>{t(refused[0]?.reason ?? words.nothing)}</p>}
          </div>
        </Panel>
      )}
      {allowed.length > 1 && (
        <section className="call-acts" aria-label={t(words.acts)}>
          {allowed.map((one) => (
            <Button
              key={one.action}
              pressed={one.action === action?.action}
              onClick={() => setChosen(one.action === chosen ? null : one.action)}
            >
              {t(one.name)}
            </Button>
          ))}
        </section>
      )}
      {found && action && (
        <Act
          key={action.action}
          action={action}
          caller={caller}
          call={found.call}
          isChosen={chosen !== null}
          onDone={async ({ toldBy }) => {
            setDone({ act: action.name, toldBy });
            setChosen(null);
            await sending.run(open);
          }}
        />
      )}
      {found && <AskForCaller caller={caller} found={found} />}
      {found?.number === "open" && <ConfirmNumber key={found.reference} caller={caller} call={found.call} />}
    </div>
  );
}
