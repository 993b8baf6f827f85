/** The search of the back office: from any screen, by `/` or by typing a number; what is found stands below as one types. */

import React, { useEffect, useId, useRef, useState } from "react";
import { useNavigate } from "react-router-dom";
import { leadsToPerson, mayLeadToPerson } from "../../engine/search/leads-to-person.js";
import { msg, pattern } from "../../engine/text/msg.js";
import { boot, Icon, useText, withQuery } from "../../platform/ui/kit.js";
import { useShortcuts } from "../../platform/ui/shortcuts.js";
import { casesAddress } from "./addresses.js";
import { useDigitsAnywhere, useNumberPasted } from "./numbers-anywhere.js";
import { optionsOf, personTarget, type SearchOption, SearchOptions, type SearchTarget } from "./search-options.js";
import { useFound } from "./use-found.js";

const most = 6;
const longest = 80;
const name = (): string => `diwan-searches-${boot()?.official.name ?? ""}`;

/** What was searched lately, in this browser alone and for this person alone; never who was looked for. */
function recentSearches(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(name()) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one): one is string => typeof one === "string").slice(0, most) : [];
  } catch {
    return [];
  }
}

function keep(searches: readonly string[]): void {
  try {
    localStorage.setItem(name(), JSON.stringify(searches));
  } catch {
    // A browser that keeps nothing finds all the same.
  }
}

function rememberSearch(search: string): void {
  const typed = search.trim();
  if (typed === "" || typed.length > longest) return;
  keep([typed, ...recentSearches().filter((one) => one !== typed)].slice(0, most));
}

const forgetSearches = (): void => keep([]);

const words = {
  label: msg("office.searchBox.searchReferenceWordsDayEntity"),
};

/** What could be a part of somebody's number is no search that a browser should keep. */
const isPersonal = (typed: string): boolean => leadsToPerson(typed) || mayLeadToPerson(typed);

export const maySearch = (): boolean =>
  boot()?.navigation.some(({ items }) => items.some(({ href }) => href === casesAddress)) ?? false;

/** What Enter takes where a person's number was typed, which goes into no address: the one that is marked, else the search by applicant. */
const personOf = (options: readonly SearchOption[], active: number): SearchOption | undefined =>
  options[active] ?? options.find(({ key }) => key === "applicant");

interface SearchBoxProps {
  readonly inDialog?: boolean;
  /** What was typed before there was a box. */
  readonly begun?: string;
  /** Called when somebody went where the search led. */
  readonly onGone?: () => void;
}

export function SearchBox({ inDialog, begun = "", onGone }: SearchBoxProps) {
  const { t } = useText();
  const navigate = useNavigate();
  const id = useId();
  const [typed, setTyped] = useState(begun);
  const [open, setOpen] = useState(inDialog === true);
  const [active, setActive] = useState(-1);
  const [recent, setRecent] = useState<readonly string[]>(recentSearches);
  const input = useRef<HTMLInputElement>(null);
  const box = useRef<HTMLFormElement>(null);
  const { found, busy, failed } = useFound(open ? typed : "");
  const options = optionsOf({ typed, found, recent });
  const listId = `${id}-found`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text, another list
  useEffect(() => {
    setActive(-1);
  }, [typed, found]);
  const at = open && options[active] ? `${listId}-${active}` : undefined;
  useEffect(() => {
    if (at !== undefined) document.getElementById(at)?.scrollIntoView({ block: "nearest" });
  }, [at]);

  const close = () => {
    setOpen(false);
    setActive(-1);
  };
  const go = ({ href, state, search }: SearchTarget) => {
    const remembered = search ?? typed;
    if (!isPersonal(remembered)) rememberSearch(remembered);
    setRecent(recentSearches());
    setTyped("");
    close();
    input.current?.blur();
    navigate(href, state === undefined ? {} : { state });
    onGone?.();
  };
  const searchAll = (search: string) => go({ href: withQuery(casesAddress, { search }), search });
  const focus = (): boolean => {
    if (inDialog || !input.current?.offsetParent) return false;
    input.current.focus();
    input.current.select();
    return true;
  };
  useShortcuts(inDialog ? {} : { search: focus });
  // The digit itself goes where the focus is by then.
  useDigitsAnywhere(focus);
  useNumberPasted((pasted) => {
    if (inDialog) return;
    const target = personTarget(pasted);
    if (target !== null) go(target);
    else if (!leadsToPerson(pasted)) searchAll(pasted);
  });
  useEffect(() => {
    // A dialog that opens gives the focus to what has this attribute, and React sets none.
    if (inDialog) input.current?.setAttribute("autofocus", "");
    input.current?.setSelectionRange(begun.length, begun.length);
  }, [inDialog, begun]);
  if (!maySearch()) return null;

  const onKey = (event: React.KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setOpen(true);
      // Above the first one is the text itself.
      setActive(Math.max(-1, Math.min(active + step, options.length - 1)));
    } else if (event.key === "Escape" && !inDialog) {
      if (open) event.preventDefault();
      if (typed === "" || !open) input.current?.blur();
      close();
    }
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a search element is not known to all browsers yet
    <form
      ref={box}
      role="search"
      className={inDialog ? "finder finder-wide" : "finder"}
      onSubmit={(event) => {
        event.preventDefault();
        const chosen = leadsToPerson(typed) ? personOf(options, active) : options[active];
        if (chosen) go(chosen.target);
        else if (typed.trim() !== "" && !leadsToPerson(typed)) searchAll(typed.trim());
      }}
      onBlur={(event) => {
        if (!inDialog && !box.current?.contains(event.relatedTarget)) close();
      }}
    >
      <label htmlFor={id} className="unseen">
        {t(words.label)}
      </label>
      <input
        ref={input}
        id={id}
        className="input"
        role="combobox"
        type="text"
        enterKeyHint="search"
        autoComplete="off"
        maxLength={200}
        aria-expanded={open}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={at}
        placeholder={t(msg("office.searchBox.searchCases"))}
        title={t(words.label)}
        value={typed}
        onFocus={() => setOpen(true)}
        onClick={() => setOpen(true)}
        onChange={(event) => {
          setTyped(event.target.value);
          setOpen(true);
        }}
        onKeyDown={onKey}
      />
      <button type="submit" aria-label={t(msg("office.searchBox.go"))}>
        <Icon name="search" size={18} />
      </button>
      {open && (
        <SearchOptions
          id={listId}
          typed={typed}
          options={options}
          active={active}
          busy={busy}
          failed={failed ? t(msg("office.searchBox.failed")) : null}
          answered={found !== null}
          gaveUp={found?.gaveUp ?? false}
          onChoose={go}
          onForget={() => {
            forgetSearches();
            setRecent([]);
          }}
        />
      )}
      <span className="unseen" role="status">
        {open && found !== null && !busy
          ? t(pattern("office.searchBox.found"), {
              n:
                found.cases.length +
                found.near.length +
                found.entities.length +
                found.people.length +
                found.places.length,
            })
          : ""}
      </span>
    </form>
  );
}
