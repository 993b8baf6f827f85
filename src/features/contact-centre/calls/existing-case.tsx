/** A call about an application that is there: opened by what the caller says of it, read out, and done what they ask. */

import React, { useEffect, useRef, useState } from "react";
import { msg, pattern } from "../../../engine/text/msg.js";
import {
  Button,
  Facts,
  Moment,
  NoticeBox,
  Panel,
  SendForm,
  send,
  TextField,
  useSending,
  useText,
} from "../../../platform/ui/kit.js";
import { AskForCaller } from "../call-backs/ask-for-caller.js";
import type { CallerActView, CallerCaseView, CallerEarlier } from "./caller.page.js";
import { CallerAct, focusFirstEmpty, type SaidByCaller } from "./caller-act.js";
import { ConfirmNumber, OpenByDigits, OpenedByDigits } from "./confirm-number.js";
import { ReadOutWords } from "./read-out-words.js";

const words = {
  reference: msg("contact-centre.caller.reference"),
  code: msg("contact-centre.caller.code"),
  said: msg("contact-centre.caller.said"),
  saidHelp: msg("contact-centre.caller.saidHelp"),
  earlier: pattern("contact-centre.foundCallers.earlier"),
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

const nobody: SaidByCaller = { reference: "", code: "", said: "" };

/** Where it is, in words for the caller. */
function ReadOut({ found }: { found: CallerCaseView }) {
  const { t } = useText();
  return (
    <div className="call-read-out">
      <h3>{t(msg("contact-centre.caller.readOut"))}</h3>
      <ReadOutWords words={found.readOut} language={found.language} />
    </div>
  );
}

/** An application that was found in a call: no reference is known of it yet. */
export interface FoundEarlier extends CallerEarlier {
  readonly token: string;
}

interface Done {
  readonly act: CallerCaseView["actions"][number]["name"];
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
        <p>{t(pattern("contact-centre.caller.acted"), { act: t(done.act), state: t(state) })}</p>
        <p>{t(told[done.toldBy ?? "nobody"])}</p>
      </NoticeBox>
    </div>
  );
}

function showAndFocus(box: HTMLElement | null): void {
  box?.scrollIntoView({ block: "nearest" });
  box?.focus({ preventScroll: true });
}

/** What a caller named before this part of the page was open: an earlier case that was found, or a reference. */
export type NamedEarlier = FoundEarlier | { readonly reference: string };

export function ExistingCase(props: {
  readonly earlier: NamedEarlier | null;
  /** The call about it is over. */
  readonly onOver: () => void;
}) {
  const { earlier, onOver } = props;
  const { t } = useText();
  /** Callers who were begun with here. */
  const [begun, setBegun] = useState(0);
  const [from, setFrom] = useState<FoundEarlier | null>(null);
  const [caller, setCaller] = useState(nobody);
  const [found, setFound] = useState<CallerCaseView | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const sending = useSending();
  const [done, setDone] = useState<Done | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const form = useRef<HTMLFormElement>(null);

  const show = (opened: CallerCaseView) => {
    setFound(opened);
    // Acts name it by its reference, which is known from here on.
    setCaller((now) => ({ ...now, reference: opened.reference }));
    setFrom(null);
  };
  const open = async () => {
    try {
      const call = found?.call ?? null;
      const { token, row } = from ?? {};
      const sent = { ...caller, ...(token !== undefined && { found: { token, row } }) };
      show(await send<CallerCaseView>("pages/caller", { do: "open", ...sent, call }));
    } catch (error) {
      setFound(null);
      throw error;
    }
  };
  const begin = (one: NamedEarlier | null) => {
    if (found !== null) send("pages/caller", { do: "end", call: found.call }).catch(() => undefined);
    const known = one !== null && "reference" in one ? one.reference : null;
    setCaller({ ...nobody, ...(known !== null && { reference: known }) });
    setFrom(one === null || "reference" in one ? null : one);
    setFound(null);
    setChosen(null);
    sending.show(null);
    setDone(null);
    setBegun((n) => n + 1);
  };
  const another = () => {
    begin(null);
    onOver();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time one is opened from the look-up
  useEffect(() => {
    if (earlier !== null) begin(earlier);
  }, [earlier]);
  // The case is on the page only now; what is done in the same call leaves focus where it is.
  // biome-ignore lint/correctness/useExhaustiveDependencies: for each call once
  useEffect(() => {
    if (found !== null) showAndFocus(heading.current);
  }, [found?.call]);
  // What is asked for, and what is known of it, is on the page only now.
  useEffect(() => {
    if (begun > 0) focusFirstEmpty(form.current);
  }, [begun]);
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
        <Panel title={msg("contact-centre.caller.who")}>
          {from === null ? (
            <p className="muted call-lead">{t(msg("contact-centre.caller.lead"))}</p>
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
                help={msg("contact-centre.caller.referenceHelp")}
                required
                marked
                inputMode="numeric"
              />
            )}
            <TextField
              {...field("code")}
              label={words.code}
              help={from === null ? msg("contact-centre.caller.codeHelp") : msg("contact-centre.caller.codeOnly")}
              required={from !== null}
              marked
            />
            {from === null && (
              <TextField {...field("said")} label={words.said} help={words.saidHelp} required={false} marked />
            )}
            <div className="form-actions">
              <Button kind="primary" icon="search" type="submit" busy={sending.busy}>
                {t(msg("contact-centre.caller.open"))}
              </Button>
              {from !== null && <Button onClick={() => begin(null)}>{t(words.byReference)}</Button>}
            </div>
          </SendForm>
        </Panel>
      ) : (
        <div className="call-opened">
          <h2 ref={heading} tabIndex={-1}>
            {t(pattern("contact-centre.caller.opened"), { reference: `\u2066${found.reference}\u2069` })}
          </h2>
          <Button onClick={another}>{t(msg("contact-centre.caller.another"))}</Button>
        </div>
      )}
      {found === null && from !== null && (
        <OpenByDigits
          key={begun}
          found={{ token: from.token, row: from.row }}
          onOpened={(opened) => {
            setCaller(nobody);
            show(opened);
          }}
        />
      )}
      {found && (
        <Panel title={msg("contact-centre.caller.application")}>
          <div className="form">
            {found.byDigits && <OpenedByDigits key={found.call} caller={caller} call={found.call} />}
            {done && <DoneNotice done={done} state={found.state} />}
            <Facts
              rows={[
                { label: msg("contact-centre.caller.type"), value: t(found.type) },
                { label: msg("contact-centre.caller.entity"), value: found.entity && t(found.entity) },
                { label: msg("contact-centre.caller.state"), value: t(found.state) },
                { label: msg("contact-centre.caller.received"), value: <Moment at={String(found.receivedAt)} /> },
              ]}
            />
            <ReadOut found={found} />
            {allowed.length === 0 && !done && <p>{t(refused[0]?.reason ?? msg("contact-centre.caller.nothing"))}</p>}
          </div>
        </Panel>
      )}
      {allowed.length > 1 && (
        <section className="call-acts" aria-label={t(msg("contact-centre.caller.acts"))}>
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
        <CallerAct
          key={action.action}
          action={action}
          caller={caller}
          call={found.call}
          byDigits={found.byDigits}
          isChosen={chosen !== null}
          onDone={async ({ toldBy }) => {
            setDone({ act: action.name, toldBy });
            setChosen(null);
            await sending.run(open);
          }}
        />
      )}
      {found && <AskForCaller key={found.call} caller={caller} found={found} onDone={() => void sending.run(open)} />}
      {found?.number === "open" && (
        <ConfirmNumber
          key={found.reference}
          caller={caller}
          call={found.call}
          onConfirmed={() => setFound((now) => now && { ...now, wrongNumber: false })}
        />
      )}
    </div>
  );
}
