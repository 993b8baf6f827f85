/** Under a case that was found: the passage that says what was searched, and where it stands. */

import React from "react";
import { eventOf } from "../../../engine/lifecycle/case-event.js";
import type { CaseMatch, MatchSource } from "../../../engine/search/case-search.js";
import { msg } from "../../../engine/text/msg.js";
import { FoundText } from "../../../platform/ui/found-text.js";
import { Bidi, useText, type Words } from "../../../platform/ui/kit.js";

/** What is no event of the case: what it came with. */
const sources = {
  application: msg("cases-list.foundWhere.sourcesApplication"),
  fields: msg("cases-list.foundWhere.sourcesFields"),
} as const;
const sourceOf = (from: MatchSource): Words | null =>
  from === "application" || from === "fields" ? sources[from] : eventOf(from).found;
const words = {
  entity: msg("cases-list.foundWhere.entity"),
  sector: msg("cases-list.foundWhere.sector"),
  service: msg("cases-list.foundWhere.service"),
  governorate: msg("cases-list.foundWhere.governorate"),
};

export function FoundWhere({ match }: { match: CaseMatch }) {
  const { t } = useText();
  const { excerpt, names } = match;
  const source = excerpt && sourceOf(excerpt.from);
  return (
    <>
      {excerpt && (
        <span className="found-where">
          <span className="found-place">{source && t(source)}:</span> <FoundText pieces={excerpt.pieces} />
        </span>
      )}
      {names.map(({ kind, name }) => (
        <span key={kind} className="found-where">
          <span className="found-place">{t(words[kind])}:</span>{" "}
          <mark>
            <Bidi>{t(name)}</Bidi>
          </mark>
        </span>
      ))}
    </>
  );
}

/** A reference, marked where it ends with what was typed. */
export function FoundReference({ reference, match }: { reference: string; match: CaseMatch | null }) {
  return <Bidi ltr>{match?.reference ? <FoundText pieces={match.reference} /> : reference}</Bidi>;
}
