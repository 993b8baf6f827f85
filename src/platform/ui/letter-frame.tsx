/** A message as its receiver sees it: a letter as HTML that can neither run nor load anything, and as plain text; a text message as its words. */

import React, { useMemo, useState } from "react";
import type { SmsLook as SmsOf } from "../../engine/letters/letter-look.js";
import { directionOf } from "../../engine/text/languages.js";
import { msg, pattern } from "../../engine/text/msg.js";
import type { Language } from "../../engine/text/text.js";
import { useText } from "./language/text.js";
import { Tabs } from "./page.js";

const words = {
  size: { gsm7: pattern("ui.letterFrame.sizeGsm7"), ucs2: pattern("ui.letterFrame.sizeUcs2") },
};

/** The frame has the policy of the page around it: style elements of the letter (its typeface) need the page's nonce. */
function allowed(html: string): string {
  const nonce = document.querySelector("script")?.nonce ?? "";
  return html.replaceAll("<style>", `<style nonce="${nonce}">`);
}

interface LetterFrameProps {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly language: Language;
  /** Of a text message. */
  readonly sms?: SmsOf | null;
}

const addresses = /(https?:\/\/\S+)/;

/** A text of any language; addresses in it read from left to right, also where dots hide a part of them. */
export const WithAddresses = ({ text }: { text: string }) => (
  <>
    {text.split(addresses).map((piece, i) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text keep their places
      <bdi key={i} dir={addresses.test(piece) ? "ltr" : undefined}>
        {piece}
      </bdi>
    ))}
  </>
);

function SmsLook({ sms, language }: { sms: NonNullable<LetterFrameProps["sms"]>; language: Language }) {
  const { t } = useText();
  return (
    <div className="stack-small">
      <p className="sms-text" dir={directionOf(language)} lang={language}>
        <WithAddresses text={sms.text} />
      </p>
      <p className="small">{t(words.size[sms.alphabet], { segments: sms.segments, length: sms.length })}</p>
    </div>
  );
}

export function LetterFrame({ sms = null, ...letter }: LetterFrameProps) {
  return sms === null ? <EmailLook {...letter} /> : <SmsLook sms={sms} language={letter.language} />;
}

function EmailLook({ subject, html, text, language }: Omit<LetterFrameProps, "sms">) {
  const { t } = useText();
  const [current, setCurrent] = useState("html");
  const framed = useMemo(() => allowed(html), [html]);
  return (
    <Tabs
      label={msg("ui.letterFrame.shown")}
      tabs={[
        { id: "html", label: msg("ui.letterFrame.html") },
        { id: "text", label: msg("ui.letterFrame.asPlainText") },
      ]}
      current={current}
      onChange={setCurrent}
    >
      {current === "html" ? (
        // An empty sandbox: no scripts, no forms, no way out, no origin of ours.
        <iframe
          className="letter-frame"
          title={t(pattern("ui.letterFrame.frame"), { subject })}
          sandbox=""
          srcDoc={framed}
          referrerPolicy="no-referrer"
        />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
        <pre className="letter-text" dir={directionOf(language)} lang={language} tabIndex={0}>
          {text}
        </pre>
      )}
    </Tabs>
  );
}
