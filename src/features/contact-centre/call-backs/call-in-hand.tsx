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
  applicant: msg("contact-centre.callInHand.applicant"),
  wished: msg("contact-centre.callPromise.waitsWished"),
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
                : [{ label: msg("contact-centre.callInHand.reference"), value: <Bidi ltr>{call.reference}</Bidi> }]),
              { label: msg("contact-centre.callBacksPage.type"), value: t(call.type) },
              { label: msg("contact-centre.callInHand.entity"), value: call.entity && t(call.entity) },
              { label: msg("contact-centre.callBacksPage.due"), value: <Moment at={String(call.dueAt)} /> },
              call.wishedAt !== null && { label: words.wished, value: <Moment at={String(call.wishedAt)} /> },
              { label: msg("contact-centre.callBacksPage.language"), value: t(languages.get(call.language)) },
              call.asked !== null && {
                label: msg("contact-centre.callInHand.askedBy"),
                value: call.asked.by === "caller" ? t(words.applicant) : <Bidi>{call.asked.name}</Bidi>,
              },
              call.note !== null && {
                label: msg("contact-centre.callInHand.askedNote"),
                value: (
                  <span className="prose">
                    <Bidi>{call.note}</Bidi>
                  </span>
                ),
              },
            ]}
          />
          <p className="small muted">{t(msg("contact-centre.callInHand.record"))}</p>
          {call.tries.length + call.earlier.length > 0 && (
            <section className="stack-small">
              <h3>{t(msg("contact-centre.callInHand.before"))}</h3>
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
