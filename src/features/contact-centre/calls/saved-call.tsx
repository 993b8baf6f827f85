/** What the agent reads out when the call was saved: number, code and date in large letters, and sign by sign. */
import React, { useEffect, useRef, useState } from "react";
import { msg, pattern } from "../../../engine/text/msg.js";
import { inLanguage } from "../../../engine/text/text.js";
import { Button, NoticeBox, Panel, useText } from "../../../platform/ui/kit.js";
import type { SavedCall } from "./caller.page.js";
import { ConfirmNumber } from "./confirm-number.js";
import { SaidWords } from "./read-out-words.js";

interface ReadCall extends SavedCall {
  /** What the caller said, as it was typed last. */
  readonly story: string;
}

/** Nowhere but here: its code is stored by nobody, and a way to another page and back must not lose it. */
let last: ReadCall | null = null;
/** As long as a caller is likely to ask for it once more; a desk may be left alone after that. */
const keptMs = 15 * 60_000;

/** The call that was saved last in this window: what is read out stays at hand until the next one is saved. */
export function useSavedCall() {
  const [saved, setSaved] = useState(last);
  const [isReadOut, readOut] = useState(false);
  useEffect(() => {
    if (saved === null) return;
    // A reload would lose the code for good.
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [saved]);
  useEffect(() => {
    if (saved === null || isReadOut) return;
    const timer = setTimeout(() => {
      last = null;
      setSaved(null);
    }, keptMs);
    return () => clearTimeout(timer);
  }, [saved, isReadOut]);
  return {
    saved,
    /** It is on the page. */
    isReadOut,
    readOut,
    put: (call: ReadCall) => {
      last = call;
      setSaved(call);
      readOut(true);
    },
  };
}

const sent = {
  sms: pattern("contact-centre.savedCall.bySms"),
  email: pattern("contact-centre.savedCall.byEmail"),
};
const notSent = {
  noAddress: msg("contact-centre.savedCall.noAddress"),
  notAgreed: msg("contact-centre.savedCall.notAgreed"),
  stopped: msg("contact-centre.savedCall.stopped"),
  noTexts: msg("contact-centre.savedCall.noTexts"),
  other: msg("contact-centre.savedCall.other"),
} as const satisfies Readonly<Record<Extract<SavedCall["receipt"], { by: null }>["why"], unknown>>;

type Groups = SavedCall["spelled"]["code"];

// The caller's language may be another one than the agent's.
const languages = ["ar", "en"] as const;
const directionOf = { ar: "rtl", en: "ltr" } as const;

/** Digits, in words one after the other. */
function Said({ groups }: { groups: Groups }) {
  return (
    <>
      {languages.map((language) => (
        <p key={language} className="call-said" lang={language} dir={directionOf[language]}>
          {groups.map((group) => group.map(({ said }) => inLanguage(said, language)).join(" · ")).join(" – ")}
        </p>
      ))}
    </>
  );
}

/** Letters and digits, each in a box with the word by which it is known; a line a group. */
function Spelled({ groups }: { groups: Groups }) {
  return (
    <div className="call-spelled">
      {groups.map((group, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: groups may be alike
        <ol key={at} dir="ltr">
          {group.map(({ sign, said }, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: signs may be alike
            <li key={place}>
              <strong>{sign}</strong>
              {languages.map((language) => (
                <span key={language} lang={language} dir={directionOf[language]}>
                  {inLanguage(said, language)}
                </span>
              ))}
            </li>
          ))}
        </ol>
      ))}
    </div>
  );
}

function Receipt({ receipt }: Pick<SavedCall, "receipt">) {
  const { t } = useText();
  if (receipt.by === null) return <p>{t(notSent[receipt.why])}</p>;
  return <p>{t(sent[receipt.by], { to: `\u2066${receipt.to}\u2069` })}</p>;
}

export function SavedPanel(props: {
  readonly saved: SavedCall;
  /** What the caller said, as it was typed last. */
  readonly story: string;
  readonly onNext: () => void;
}) {
  const { saved, story, onNext } = props;
  const { t } = useText();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // What is read out stays in sight: the next call is a key away.
    box.current?.querySelector<HTMLElement>(".call-next button")?.focus({ preventScroll: true });
    box.current?.closest("section")?.scrollIntoView({ block: "start" });
  }, []);
  return (
    <div className="call-existing">
      <Panel title={msg("contact-centre.savedCall.saved")} tone="done">
        <div className="call-saved" ref={box} role="status">
          {saved.changed && (
            <NoticeBox tone="warning">
              <p>{t(msg("contact-centre.savedCall.changed"))}</p>
              <p>{t(msg("contact-centre.savedCall.changedStory"))}</p>
              <blockquote dir="auto" className="call-written">
                {story}
              </blockquote>
            </NoticeBox>
          )}
          <p>{t(msg("contact-centre.savedCall.readOut"))}</p>
          <dl>
            <dt>{t(msg("contact-centre.savedCall.reference"))}</dt>
            <dd>
              <bdi className="call-large" dir="ltr">
                {saved.reference}
              </bdi>
              <Said groups={saved.spelled.reference} />
            </dd>
            <dt>{t(msg("contact-centre.savedCall.code"))}</dt>
            <dd>
              <bdi className="call-large" dir="ltr">
                {saved.code}
              </bdi>
              <Spelled groups={saved.spelled.code} />
            </dd>
            <dt>{t(msg("contact-centre.savedCall.due"))}</dt>
            <dd className="call-large call-due">
              <SaidWords say={[saved.due]} language={saved.language} />
            </dd>
          </dl>
          <NoticeBox>{t(msg("contact-centre.savedCall.keepSafe"))}</NoticeBox>
          <Receipt receipt={saved.receipt} />
          <div className="form-actions call-next">
            <Button kind="primary" onClick={onNext}>
              {t(msg("contact-centre.savedCall.next"))}
            </Button>
          </div>
        </div>
      </Panel>
      {saved.number === "open" && (
        <ConfirmNumber
          key={saved.reference}
          caller={{ reference: saved.reference, code: saved.code, said: "" }}
          call={saved.call}
        />
      )}
    </div>
  );
}
