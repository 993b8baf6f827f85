/** A letter as its receiver sees it: as HTML that can neither run nor load anything, and as plain text. */

import React, { useMemo, useState } from "react";
import { directionOf } from "../../engine/text/languages.js";
import { msg, pattern } from "../../engine/text/msg.js";
import type { Language } from "../../engine/text/text.js";
import { useText } from "./language/text.js";
import { Tabs } from "./page.js";

const words = {
  shown: msg("ui.letterFrame.shown"),
  html: msg("ui.letterFrame.html"),
  text: msg("ui.letterFrame.asPlainText"),
  frame: pattern("ui.letterFrame.frame"),
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
}

export function LetterFrame({ subject, html, text, language }: LetterFrameProps) {
  const { t } = useText();
  const [current, setCurrent] = useState("html");
  const framed = useMemo(() => allowed(html), [html]);
  return (
    <Tabs
      label={words.shown}
      tabs={[
        { id: "html", label: words.html },
        { id: "text", label: words.text },
      ]}
      current={current}
      onChange={setCurrent}
    >
      {current === "html" ? (
        // An empty sandbox: no scripts, no forms, no way out, no origin of ours.
        <iframe
          className="letter-frame"
          title={t(words.frame, { subject })}
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
