/** Who may be calling, by telephone number or name: people apart from each other, and what they sent before in three words each. */
import React, { useEffect, useRef, useState } from "react";
import { parseReference } from "../../../engine/lifecycle/case-reference.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { westernDigits } from "../../../engine/text/normalise-text.js";
import { apart } from "../../../engine/text/text.js";
import { Button, Panel, SendForm, send, TextField, useSending, useText } from "../../../platform/ui/kit.js";
import { newId } from "../../../platform/ui/new-id.js";
import type { CallDraft, CallerEarlier, CallerPerson, CutOffCall, FoundCallers } from "./caller.page.js";
import { type OpenCall, somethingTyped } from "./use-call.js";

const words = {
  sought: msg("contact-centre.foundCallers.sought"),
  nobody: msg("contact-centre.foundCallers.nobody"),
  found: pattern("contact-centre.foundCallers.found"),
  openOne: pattern("contact-centre.foundCallers.openOne"),
  cutOff: pattern("contact-centre.continueCall.cutOff"),
};

const fields = new Map([["sought", words.sought]]);

export type OpenEarlier = (earlier: CallerEarlier) => void;

export function EarlierLine({ earlier, onOpen }: { earlier: CallerEarlier; onOpen: OpenEarlier }) {
  const { t } = useText();
  const { type, state, month } = earlier;
  const line = t(pattern("contact-centre.foundCallers.earlier"), { type: t(type), state: t(state), month: t(month) });
  return (
    <li className="caller-line">
      {line}
      <Button kind="quiet" small onClick={() => onOpen(earlier)} label={t(words.openOne, { one: line })}>
        {t(msg("contact-centre.foundCallers.open"))}
      </Button>
    </li>
  );
}

function Person({ person, onOpen }: { person: CallerPerson; onOpen: OpenEarlier }) {
  const { t } = useText();
  return (
    <li className="caller-person">
      <p className="caller-name">
        <bdi>{person.name ?? t(msg("contact-centre.foundCallers.unnamed"))}</bdi>
        {person.phone && (
          <bdi className="ltr muted" dir="ltr">
            {person.phone}
          </bdi>
        )}
      </p>
      <ul className="caller-earlier">
        {person.cases.map((earlier) => (
          <EarlierLine key={earlier.row} earlier={earlier} onOpen={onOpen} />
        ))}
        {person.more > 0 && <li>{t(pattern("contact-centre.foundCallers.more"), { n: person.more })}</li>}
      </ul>
    </li>
  );
}

/** Calls of colleagues with this number: the newest has a key. */
function CutOff(props: {
  readonly calls: readonly CutOffCall[];
  readonly busy: boolean;
  readonly onTake: (call: CutOffCall) => void;
}) {
  const { calls, busy, onTake } = props;
  const { t, moment } = useText();
  const [first] = calls;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (first === undefined || event.code !== "KeyT" || !event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      onTake(first);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  });
  return (
    <>
      {calls.map((call) => (
        <div key={call.id} className="call-same">
          <p>{t(words.cutOff, { name: apart(call.agentName), at: moment(String(call.at)) })}</p>
          <Button small busy={busy} onClick={() => onTake(call)}>
            {t(call === first ? msg("contact-centre.continueCall.take") : msg("contact-centre.continueCall.takeOther"))}
          </Button>
        </div>
      ))}
    </>
  );
}

/** In its groups it is the number of an application; ten digits alone may be a national number as well. */
const asWritten = /^\D*\d{3}\D+\d{3}\D+\d{4}\D*$/;

/** Where a call goes on: behind what is typed there. */
export function goToStory(): void {
  const story = document.querySelector<HTMLTextAreaElement>(".call-form textarea");
  story?.focus();
  story?.setSelectionRange(story.value.length, story.value.length);
}

export function FindCallers(props: {
  readonly call: OpenCall;
  readonly onSought: (sought: string) => void;
  /** What the call goes on with: the number in its written form, or null. */
  readonly onFound: (found: FoundCallers) => void;
  readonly onOpen: OpenEarlier;
  /** The caller says the number of an application instead. */
  readonly onReference: (reference: string) => void;
  /** A colleague's call goes on in this window. */
  readonly onTaken: (draft: CallDraft) => void;
}) {
  const { call, onSought, onFound, onOpen, onReference, onTaken } = props;
  const { t } = useText();
  const sending = useSending();
  const [found, setFound] = useState<FoundCallers | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const sought = call.typed.sought ?? "";
  const reference = parseReference(sought);
  const openReference = (known: string) => {
    onSought("");
    onReference(known);
  };
  // Each call begins where the caller says who they are, and goes on in what they say. Who walks among the tabs stays there.
  // biome-ignore lint/correctness/useExhaustiveDependencies: for each call once
  useEffect(() => {
    setFound(null);
    sending.show(null);
    if (document.activeElement?.getAttribute("role") === "tab") return;
    if (somethingTyped(call.typed)) goToStory();
    else form.current?.querySelector("input")?.focus();
  }, [call.token]);
  const find = async () => {
    const { token, programme } = call;
    if (reference !== null && asWritten.test(westernDigits(sought))) return openReference(reference);
    const answer = await send<FoundCallers>("pages/caller", { do: "find", token, programme, sought });
    setFound(answer);
    onFound(answer);
  };
  const takeOver = async ({ id, version }: CutOffCall) => {
    const { token: looked, programme } = call;
    onTaken(await send<CallDraft>("pages/caller", { do: "takeOver", programme, token: newId(), looked, id, version }));
  };
  return (
    <Panel title={msg("contact-centre.foundCallers.who")}>
      <SendForm className="form caller-find" formRef={form} sending={sending} onSend={find} fields={fields}>
        <TextField
          name="sought"
          label={words.sought}
          help={msg("contact-centre.foundCallers.help")}
          value={sought}
          onChange={(value) => {
            setFound(null);
            onSought(value);
          }}
          fault={sending.faultAt("/sought")}
        />
        <div className="form-actions">
          <Button type="submit" icon="search" busy={sending.busy}>
            {t(msg("contact-centre.foundCallers.find"))}
          </Button>
        </div>
      </SendForm>
      <div role="status">
        {found !== null && (
          <>
            <p className="caller-found">
              {found.people.length === 0 ? t(words.nobody) : t(words.found, { n: found.people.length })}
            </p>
            {found.people.length > 0 && <p className="muted small">{t(msg("contact-centre.foundCallers.ask"))}</p>}
            <ul className="caller-people">
              {found.people.map((person, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: they are masked, and may look the same
                <Person key={i} person={person} onOpen={onOpen} />
              ))}
            </ul>
            <CutOff calls={found.cutOff} busy={sending.busy} onTake={(one) => void sending.run(() => takeOver(one))} />
            {reference !== null && found.people.length === 0 && (
              <Button kind="quiet" onClick={() => openReference(reference)}>
                {t(pattern("contact-centre.foundCallers.byReference"), { reference: `\u2066${reference}\u2069` })}
              </Button>
            )}
            {found.stopped && <p className="call-same">{t(msg("contact-centre.foundCallers.stopped"))}</p>}
            {found.more && <p className="muted small">{t(msg("contact-centre.foundCallers.tooMany"))}</p>}
          </>
        )}
      </div>
    </Panel>
  );
}
