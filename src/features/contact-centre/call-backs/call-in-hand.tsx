/** The call in hand: whom to call, what to say, what came of it. */

import React, { useEffect, useRef, useState } from "react";
import { callBackReasons, type TryOutcome, tryOutcomes } from "../../../engine/contact-centre/call-backs.js";
import { languageChoices } from "../../../engine/formatting/language-names.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Bidi, Facts, Moment, Panel, useText } from "../../../platform/ui/kit.js";
import { CallOutcome, type InHand } from "./call-outcome.js";
import { CallScript } from "./call-script.js";

const words = {
  call: pattern("contact-centre.callInHand.call"),
  name: msg("contact-centre.callInHand.name"),
  noName: msg("contact-centre.callInHand.noName"),
  reference: msg("contact-centre.callInHand.reference"),
  type: msg("contact-centre.callBacksPage.type"),
  entity: msg("contact-centre.callInHand.entity"),
  note: msg("contact-centre.callInHand.askedNote"),
  askedBy: msg("contact-centre.callInHand.askedBy"),
  applicant: msg("contact-centre.callInHand.applicant"),
  wished: msg("contact-centre.callPromise.waitsWished"),
  language: msg("contact-centre.callBacksPage.language"),
  due: msg("contact-centre.callBacksPage.due"),
  record: msg("contact-centre.callInHand.record"),
  before: msg("contact-centre.callInHand.before"),
};

export function CallInHand(a: InHand) {
  const { call } = a;
  const { t } = useText();
  const [isRead, setRead] = useState(false);
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => {
    top.current?.focus();
  }, []);
  const languages = new Map(languageChoices().map(({ value, label }) => [value as string, label]));
  return (
    <div ref={top} tabIndex={-1} className="call-in-hand">
      <Panel title={t(words.call, { reason: t(callBackReasons[call.reason].name), n: String(call.number) })}>
        <div className="stack">
          <p className="call-number">
            <a href={`tel:${call.phone}`}>
              <Bidi ltr>{call.phone}</Bidi>
            </a>
          </p>
          <Facts
            rows={[
              { label: words.name, value: call.name === null ? t(words.noName) : <Bidi>{call.name}</Bidi> },
              ...(call.reference === null
                ? []
                : [{ label: words.reference, value: <Bidi ltr>{call.reference}</Bidi> }]),
              { label: words.type, value: t(call.type) },
              { label: words.entity, value: call.entity && t(call.entity) },
              { label: words.due, value: <Moment at={String(call.dueAt)} /> },
              call.wishedAt !== null && { label: words.wished, value: <Moment at={String(call.wishedAt)} /> },
              { label: words.language, value: t(languages.get(call.language)) },
              call.asked !== null && {
                label: words.askedBy,
                value: call.asked.by === "caller" ? t(words.applicant) : <Bidi>{call.asked.name}</Bidi>,
              },
              call.note !== null && {
                label: words.note,
                value: (
                  <span className="prose">
                    <Bidi>{call.note}</Bidi>
                  </span>
                ),
              },
            ]}
          />
          <p className="small muted">{t(words.record)}</p>
          {call.tries.length + call.earlier.length > 0 && (
            <section className="stack-small">
              <h3>{t(words.before)}</h3>
              <ul className="bullets">
                {call.tries.map(({ number, at, agentName, outcome, note }) => (
                  <li key={number}>
                    <Moment at={String(at)} /> · <Bidi>{agentName}</Bidi> · {t(tryOutcomes[outcome as TryOutcome].name)}
                    {note !== null && (
                      <>
                        {" "}
                        · <Bidi>{note}</Bidi>
                      </>
                    )}
                  </li>
                ))}
                {call.earlier.map(({ at, reason, outcome }) => (
                  <li key={String(at)}>
                    <Moment at={String(at)} /> · {t(callBackReasons[reason].name)} · {t(tryOutcomes[outcome].name)}
                  </li>
                ))}
              </ul>
            </section>
          )}
          <CallScript call={call} onRead={() => setRead(true)} />
          <CallOutcome {...a} isRead={isRead} />
        </div>
      </Panel>
    </div>
  );
}
