/** What the agent reads out when the call was saved: number, code and date in large letters, and sign by sign. */
import React, { useEffect, useRef } from "react";
import { msg, pattern } from "../../engine/text/msg.js";
import { type Bilingual, inLanguage } from "../../engine/text/text.js";
import { Button, NoticeBox, Panel, useText } from "../../platform/ui/kit.js";
import type { SavedCall } from "./caller.page.js";

const words = {
  saved: msg("contact-centre.savedCall.saved"),
  readOut: msg("contact-centre.savedCall.readOut"),
  reference: msg("contact-centre.savedCall.reference"),
  code: msg("contact-centre.savedCall.code"),
  due: msg("contact-centre.savedCall.due"),
  next: msg("contact-centre.savedCall.next"),
  keepSafe: msg("contact-centre.savedCall.keepSafe"),
  bySms: pattern("contact-centre.savedCall.bySms"),
  noSms: msg("contact-centre.savedCall.noSms"),
};

/** The caller's language may be another one than the agent's. */
function Spelled({ text }: { text: Bilingual }) {
  return (
    <>
      {(["ar", "en"] as const).map((language) => (
        <p key={language} className="call-spelled" lang={language} dir={language === "ar" ? "rtl" : "ltr"}>
          {inLanguage(text, language)}
        </p>
      ))}
    </>
  );
}

export function SavedPanel({ saved, onNext }: { saved: SavedCall; onNext: () => void }) {
  const { t } = useText();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.querySelector<HTMLElement>(".call-next button")?.focus();
  }, []);
  return (
    <Panel title={words.saved} tone="done">
      <div className="call-saved" ref={box} role="status">
        <p>{t(words.readOut)}</p>
        <dl>
          <dt>{t(words.reference)}</dt>
          <dd>
            <bdi className="call-large" dir="ltr">
              {saved.reference}
            </bdi>
            <Spelled text={saved.spelled.reference} />
          </dd>
          <dt>{t(words.code)}</dt>
          <dd>
            <bdi className="call-large" dir="ltr">
              {saved.code}
            </bdi>
            <Spelled text={saved.spelled.code} />
          </dd>
          <dt>{t(words.due)}</dt>
          <dd className="call-large call-due">{t(saved.due)}</dd>
        </dl>
        <NoticeBox>{t(words.keepSafe)}</NoticeBox>
        <p>{saved.textTo === null ? t(words.noSms) : t(words.bySms, { phone: `\u2066${saved.textTo}\u2069` })}</p>
        <div className="form-actions call-next">
          <Button kind="primary" onClick={onNext}>
            {t(words.next)}
          </Button>
        </div>
      </div>
    </Panel>
  );
}
