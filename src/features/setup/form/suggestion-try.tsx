/** A text tried beside the names of a service or an entity: what it would be suggested to be about, and which words say so. Nothing is kept. */
import React, { useEffect, useRef, useState } from "react";
import type { Evidence, TriedMatter } from "../../../engine/suggestions/matter.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import type { ProblemBody } from "../../../platform/ui/kit.js";
import { Badge, ProblemBox, problemOf, send, TextArea, useText } from "../../../platform/ui/kit.js";

const longest = 12_000;
const pauseMs = 400;

const evidenceNames: Readonly<Record<Evidence, Bilingual>> = {
  name: msg("setup.suggestionTry.name"),
  synonym: msg("setup.suggestionTry.synonym"),
  rule: msg("setup.suggestionTry.rule"),
  words: msg("setup.suggestionTry.words"),
  past: msg("setup.suggestionTry.past"),
  sector: msg("setup.suggestionTry.sector"),
};

interface Answer {
  readonly matters: readonly TriedMatter[] | null;
  readonly problem: ProblemBody | null;
}
const none: Answer = { matters: null, problem: null };

/** Asks a moment after the last key; an answer that another question has overtaken is not shown. */
function useTried(address: string, asked: Readonly<Record<string, unknown>>, text: string): Answer {
  const [answer, setAnswer] = useState(none);
  const number = useRef(0);
  const body = JSON.stringify(asked);
  useEffect(() => {
    number.current += 1;
    const n = number.current;
    if (text.trim() === "") return setAnswer(none);
    const timer = setTimeout(() => {
      send<{ view: { matters: readonly TriedMatter[] } }>(address, { ...JSON.parse(body), text })
        .then(({ view: { matters } }) => n === number.current && setAnswer({ matters, problem: null }))
        .catch((error) => n === number.current && setAnswer({ matters: null, problem: problemOf(error) }));
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [address, body, text]);
  return answer;
}

/** What a text is suggested to be about, the likeliest first, with the words that say so. */
export function SuggestedMatters({ matters }: { readonly matters: readonly TriedMatter[] }) {
  const { t } = useText();
  if (matters.length === 0) return <p className="muted">{t(msg("setup.suggestionTry.nothing"))}</p>;
  return (
    <>
      <p className="small">{t(msg("setup.suggestionTry.found"))}</p>
      <ol>
        {matters.map((one) => (
          <li key={`${one.entity.en}/${one.service?.en ?? ""}`}>
            <strong>
              <bdi>{t(one.service ?? one.entity)}</bdi>
            </strong>
            {one.service !== null && (
              <>
                {" · "}
                <bdi>{t(one.entity)}</bdi>
              </>
            )}{" "}
            {one.own && <Badge icon="check">{t(msg("setup.suggestionTry.own"))}</Badge>}
            <ul className="plain-list small">
              {one.grounds.map(({ by, words }) => (
                <li key={by}>
                  {words.length === 0
                    ? t(evidenceNames[by])
                    : t(pattern("setup.suggestionTry.because"), {
                        evidence: evidenceNames[by],
                        words: words.join(" · "),
                      })}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </>
  );
}

/** @param values as the columns of the form have them, typed or stored */
export function SuggestionTry({
  resource,
  programme,
  values,
}: {
  readonly resource: "services" | "entities";
  readonly programme: string;
  readonly values: Readonly<Record<string, unknown>>;
}) {
  const [text, setText] = useState("");
  const { name, code, entity, alsoCalled } = values;
  const { ar = "", en = "" } = (name ?? {}) as Partial<Bilingual>;
  const asked = { programme, nameAr: ar, nameEn: en, code, entity, alsoCalled };
  const { matters, problem } = useTried(`resources/${resource}/actions/tryText`, asked, text);
  return (
    <div className="stack">
      <TextArea
        label={msg("setup.suggestionTry.text")}
        help={msg("setup.suggestionTry.help")}
        name="suggestionTry"
        value={text}
        onChange={setText}
        rows={3}
        maxLength={longest}
      />
      <ProblemBox problem={problem} />
      <div role="status">{matters !== null && <SuggestedMatters matters={matters} />}</div>
    </div>
  );
}
