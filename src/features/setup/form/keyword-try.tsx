/** Keyword lists tried on a text that is pasted: what rules would find in it, marked. The text stays in the window and is not kept. */

import React, { useDeferredValue, useEffect, useMemo, useState } from "react";
import { keywordHits, markedPieces, type TriedList } from "../../../engine/rules/keyword-hits.js";
import { msg } from "../../../engine/text/msg.js";
import { Badge, TextArea, useText, type Words } from "../../../platform/ui/kit.js";

/** More than intake takes of subject and description together. */
const longest = 12_000;

export interface NamedList extends TriedList {
  readonly name: Words;
}

/** @param onFound the codes of the lists that are found, with each text that is pasted; none while there is no text */
export function KeywordTry(a: {
  lists: readonly NamedList[];
  label?: Words;
  onFound?: ((codes: readonly string[] | null) => void) | undefined;
}) {
  const { lists, onFound } = a;
  const { t, list: listed } = useText();
  const [text, setText] = useState("");
  const looked = useDeferredValue(text);
  const hits = useMemo(() => keywordHits(looked, lists), [looked, lists]);
  const found = lists.filter(({ code }) => hits.some((hit) => hit.list === code));
  const nameOf = (code: string): string => t(lists.find((one) => one.code === code)?.name ?? code);
  const codes = found.map(({ code }) => code).join(" ");
  const isEmpty = looked.trim() === "";
  // biome-ignore lint/correctness/useExhaustiveDependencies: called when what is found changes, not when its owner is drawn anew
  useEffect(() => {
    onFound?.(isEmpty ? null : codes.split(" ").filter((code) => code !== ""));
  }, [codes, isEmpty]);
  const only = lists.length === 1;
  return (
    <div className="keyword-try stack">
      <TextArea
        label={a.label ?? msg("setup.keywordTry.pasteAText")}
        help={msg("setup.keywordTry.help")}
        value={text}
        onChange={setText}
        rows={4}
        maxLength={longest}
      />
      {!isEmpty && (
        <>
          <div role="status">
            {found.length === 0 ? (
              <p className="muted">{t(only ? msg("setup.keywordTry.noneOfList") : msg("setup.keywordTry.none"))}</p>
            ) : (
              <>
                <p className="small">{t(msg("setup.keywordTry.found"))}</p>
                <ul className="keyword-lists">
                  {found.map(({ code, name }) => (
                    <li key={code}>
                      {!only && <Badge icon="words">{t(name)}</Badge>}{" "}
                      {[...new Set(hits.filter((hit) => hit.list === code).map(({ word }) => word))].map((word, i) => (
                        <React.Fragment key={word}>
                          {i > 0 && t(msg("setup.keywordTry.comma"))}
                          <bdi>{word}</bdi>
                        </React.Fragment>
                      ))}
                    </li>
                  ))}
                </ul>
              </>
            )}
          </div>
          {hits.length > 0 && (
            <section aria-label={t(msg("setup.keywordTry.marked"))}>
              <p className="keyword-text" dir="auto">
                {markedPieces(looked, hits).map((piece, i) =>
                  piece.hits.length === 0 ? (
                    // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no names and keep their order
                    <React.Fragment key={i}>{piece.text}</React.Fragment>
                  ) : (
                    // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no names and keep their order
                    <mark key={i} title={listed([...new Set(piece.hits.map(({ list }) => nameOf(list)))])}>
                      {piece.text}
                    </mark>
                  ),
                )}
              </p>
            </section>
          )}
        </>
      )}
    </div>
  );
}
