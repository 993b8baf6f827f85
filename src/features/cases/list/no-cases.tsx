/** In the place of rows where there are none: why, and the way out. */

import React from "react";
import { mayBeName } from "../../../engine/search/leads-to-person.js";
import { msg } from "../../../engine/text/msg.js";
import { westernDigits } from "../../../engine/text/normalise-text.js";
import { adminRoot, Button, EmptyState, LinkButton, useAddress, useText } from "../../../platform/ui/kit.js";

const words = {
  noReference: msg("cases-list.noCases.noReference"),
  noReferenceHint: msg("cases-list.noCases.noReferenceHint"),
  noneFitsHint: msg("cases-list.noCases.noneFitsHint"),
  allDone: msg("cases-list.noCases.allDone"),
  allDoneHint: msg("cases-list.noCases.allDoneHint"),
  home: msg("cases-list.noCases.home"),
};

/** Digits as people type them, 0–9 and nothing else. */
export const digitsOf = (text: string): string => westernDigits(text).replace(/\D/g, "");

/** Ten digits, and nothing that could be a word. */
const isReference = (search: string): boolean => /^[\p{Nd}\s-]+$/u.test(search) && digitsOf(search).length === 10;

/**
 * @param onApplicant looks for the person instead; null: this official may not
 * @param had whether the same list had cases before: then they are done, and nothing was looked for in vain
 */
export function NoCases(a: { search: string; onApplicant: (() => void) | null; had: boolean }) {
  const { search, onApplicant, had } = a;
  const { t } = useText();
  const [address, setQuery] = useAddress();
  const filters = Object.keys(address).filter((name) => name.startsWith("filters."));
  const clear = filters.length > 0 && (
    <Button icon="close" onClick={() => setQuery(Object.fromEntries(filters.map((name) => [name, null])))}>
      {t(msg("ui.filterBar.clear"))}
    </Button>
  );
  if (had) {
    const home = <LinkButton to={adminRoot}>{t(words.home)}</LinkButton>;
    return <EmptyState icon="check" title={words.allDone} hint={words.allDoneHint} action={home} />;
  }
  if (search === "") {
    return filters.length === 0 ? (
      <EmptyState icon="check" title={msg("cases-list.caseList.none")} hint={msg("cases-list.caseList.noneHint")} />
    ) : (
      <EmptyState icon="search" title={msg("cases-list.noCases.noneFits")} hint={words.noneFitsHint} action={clear} />
    );
  }
  if (isReference(search)) {
    const away = (
      <Button icon="close" onClick={() => setQuery({ search: null })}>
        {t(msg("cases-list.noCases.clearSearch"))}
      </Button>
    );
    return <EmptyState icon="search" title={words.noReference} hint={words.noReferenceHint} action={clear || away} />;
  }
  return (
    <EmptyState
      icon="search"
      title={msg("cases-list.caseList.notFound")}
      hint={filters.length === 0 ? msg("cases-list.caseList.notFoundHint") : msg("cases-list.noCases.notFoundWithin")}
      action={
        <>
          {clear}
          {onApplicant !== null && mayBeName(search) && (
            <Button icon="person" onClick={onApplicant}>
              {t(msg("cases-list.caseList.amongApplicants"))}
            </Button>
          )}
        </>
      }
    />
  );
}
