/** How a letter or digest would read, in both languages beside each other, of a real case or of a made-up one; and a test of it. */

import React, { useEffect, useRef, useState } from "react";
import type { LetterLook, TriedLetter } from "../../../engine/letters/letter-look.js";
import { directionOf, type StoredLanguage } from "../../../engine/text/languages.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { inLanguage, perLanguage } from "../../../engine/text/text.js";
import {
  Button,
  LetterFrame,
  NoticeBox,
  Panel,
  type ProblemBody,
  ProblemBox,
  problemOf,
  send,
  TextField,
  toast,
  useSending,
  useText,
} from "../../../platform/ui/kit.js";
import type { PolicyPartProps } from "../policy-part.js";

const words = {
  ar: msg("policy-letters.letterLook.ar"),
  en: msg("policy-letters.letterLook.en"),
  test: msg("policy-letters.letterLook.test"),
};

const pauseMs = 500;

interface Asked {
  readonly look: LetterLook | null;
  readonly problem: ProblemBody | null;
}

/** Asks a moment after the last key; an answer that another question has overtaken is not shown. */
function useLook({ thing, definition }: PolicyPartProps, reference: string | null): Asked {
  const [asked, setAsked] = useState<Asked>({ look: null, problem: null });
  const number = useRef(0);
  const { programme, kind, name } = thing;
  useEffect(() => {
    if (definition === undefined) return;
    number.current += 1;
    const n = number.current;
    const timer = setTimeout(() => {
      send<LetterLook & { n: number }>("pages/policy", {
        do: "letter",
        programme,
        kind,
        name,
        definition,
        reference,
        n,
      })
        .then((look) => look.n === number.current && setAsked({ look, problem: null }))
        .catch((error) => n === number.current && setAsked((before) => ({ ...before, problem: problemOf(error) })));
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [programme, kind, name, definition, reference]);
  return asked;
}

function OneLetter({ letter, onTest }: { letter: TriedLetter; onTest: () => Promise<unknown> }) {
  const { t } = useText();
  const [busy, setBusy] = useState(false);
  const { language, subject, sms } = letter;
  return (
    <section className="letter-one" aria-label={t(words[language])}>
      <div className="letter-one-head">
        <h3>{t(words[language])}</h3>
        <Button
          small
          icon="send"
          busy={busy}
          label={perLanguage((own) => `${inLanguage(words.test, own)}: ${inLanguage(words[language], own)}`)}
          onClick={async () => {
            setBusy(true);
            await onTest();
            setBusy(false);
          }}
        >
          {t(words.test)}
        </Button>
      </div>
      {sms === null && (
        <p className="letter-subject" dir={directionOf(language)} lang={language}>
          <strong>{subject}</strong>
        </p>
      )}
      <LetterFrame {...letter} />
    </section>
  );
}

export function LetterPreviews(props: PolicyPartProps) {
  const { t } = useText();
  const { thing, definition } = props;
  const [typed, setTyped] = useState("");
  const [reference, setReference] = useState<string | null>(null);
  const sending = useSending();
  const asked = useLook(props, reference);
  const { look } = asked;
  const test = (language: StoredLanguage) =>
    sending.run(async () => {
      const body = { do: "letter-test", ...thing, definition, reference, language };
      const { leaves } = await send<{ leaves: boolean }>("pages/policy", body);
      toast(leaves ? msg("policy-letters.letterLook.sent") : msg("policy-letters.letterLook.kept"));
    });
  const ofWhat =
    thing.kind === "digest"
      ? t(msg("policy-letters.letterLook.ofNow"))
      : look === null || look.reference === null
        ? t(msg("policy-letters.letterLook.madeUp"))
        : t(pattern("policy-letters.letterLook.of"), { reference: `\u2068${look.reference}\u2069` });
  return (
    <Panel title={msg("policy-letters.letterLook.howItReads")} id="letter-look">
      <div className="stack">
        <p className="small muted">{t(msg("policy-letters.letterLook.lead"))}</p>
        {thing.kind === "message" && (
          <form
            className="try-reference"
            onSubmit={(event) => {
              event.preventDefault();
              setReference(typed.trim() === "" ? null : typed.trim());
            }}
          >
            <TextField
              label={msg("policy-letters.letterLook.reference")}
              help={msg("policy-letters.letterLook.referenceHelp")}
              value={typed}
              onChange={setTyped}
              dir="ltr"
              inputMode="numeric"
              maxLength={20}
            />
            <Button type="submit">{t(msg("policy-letters.letterLook.show"))}</Button>
          </form>
        )}
        <ProblemBox problem={sending.problem ?? asked.problem} />
        <p className="small" role="status">
          {ofWhat}
        </p>
        {look !== null && look.letters.length === 0 && (
          <NoticeBox tone="warning">{t(look.nothing ?? msg("policy-letters.letterLook.correctFirst"))}</NoticeBox>
        )}
        {look !== null && (
          <div className="letter-two">
            {look.letters.map((letter) => (
              <OneLetter key={letter.language} letter={letter} onTest={() => test(letter.language)} />
            ))}
          </div>
        )}
      </div>
    </Panel>
  );
}
