/** The search of the back office: from any screen, by `/` or by typing a number; what is found stands below as one types. */
import React, { useEffect, useId, useRef, useState } from "react";
import { useNavigate } from "react-router-dom";
import { boot, Icon, useText, withQuery } from "../kit/kit.js";
import { isTyping, useShortcuts } from "../kit/shortcuts.js";
import { casesAddress } from "./addresses.js";
import { forgetSearches, recentSearches, rememberSearch } from "./recent-searches.js";
import { optionsOf, SearchOptions, type SearchTarget } from "./search-options.js";
import { useFound } from "./use-found.js";

const words = {
  label: {
    en: "Search: reference, words, day, entity",
    ar: "البحث: رقم المعاملة أو كلمات أو تاريخ أو جهة",
  },
  hint: { en: "Search cases", ar: "البحث في المعاملات" },
  go: { en: "Search", ar: "بحث" },
  found: { en: "{n} results", ar: "عدد النتائج: {n}" },
  failed: { en: "The search could not be reached.", ar: "تعذّر الوصول إلى البحث." },
};

/** Somebody's number or address is no search that a browser should keep. */
const isPersonal = (typed: string): boolean => /@|(?:[\d٠-٩۰-۹][\s-]*){7}/.test(typed);

const digits = /^[\d٠-٩۰-۹]$/;
const looksLikeReference = /^\s*(?:[\d٠-٩۰-۹][\s-]*){10}$/;

/**
 * Digits typed and references pasted outside of every text are meant for the search. Screens that know digits of their own
 * take them first.
 */
function useNumbersAnywhere(focus: () => boolean, open: (reference: string) => void): void {
  const latest = useRef({ focus, open });
  latest.current = { focus, open };
  useEffect(() => {
    const elsewhere = (event: Event): boolean =>
      event.defaultPrevented || isTyping(event.target) || document.querySelector("dialog[open]") !== null;
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || !digits.test(event.key) || elsewhere(event)) return;
      // The digit itself goes where the focus is by then.
      latest.current.focus();
    };
    const paste = (event: ClipboardEvent): void => {
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (looksLikeReference.test(text) && !elsewhere(event)) latest.current.open(text.trim());
    };
    window.addEventListener("keydown", press);
    window.addEventListener("paste", paste);
    return () => {
      window.removeEventListener("keydown", press);
      window.removeEventListener("paste", paste);
    };
  }, []);
}

export const maySearch = (): boolean =>
  boot()?.navigation.some(({ items }) => items.some(({ href }) => href === casesAddress)) ?? false;

/** @param a.onGone called when somebody went where the search led */
export function SearchBox({ inDialog, onGone }: { inDialog?: boolean; onGone?: () => void }) {
  const { t } = useText();
  const navigate = useNavigate();
  const id = useId();
  const [typed, setTyped] = useState("");
  const [open, setOpen] = useState(inDialog === true);
  const [active, setActive] = useState(-1);
  const [recent, setRecent] = useState<readonly string[]>(recentSearches);
  const input = useRef<HTMLInputElement>(null);
  const box = useRef<HTMLFormElement>(null);
  const { found, busy, failed } = useFound(open ? typed : "");
  const options = optionsOf({ typed, found, recent });
  const listId = `${id}-found`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text, another list
  useEffect(() => setActive(-1), [typed, found]);
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
  useNumbersAnywhere(focus, (reference) => !inDialog && searchAll(reference));
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
        const chosen = options[active];
        if (chosen) go(chosen.target);
        else if (typed.trim() !== "") searchAll(typed.trim());
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
        dir={typed === "" ? undefined : "auto"}
        type="text"
        enterKeyHint="search"
        autoComplete="off"
        maxLength={200}
        // biome-ignore lint/a11y/noAutofocus: the dialog was opened to type here
        autoFocus={inDialog}
        aria-expanded={open}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={at}
        placeholder={t(words.hint)}
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
      <button type="submit" aria-label={t(words.go)}>
        <Icon name="search" size={18} />
      </button>
      {open && (
        <SearchOptions
          id={listId}
          typed={typed}
          options={options}
          active={active}
          busy={busy}
          failed={failed ? t(words.failed) : null}
          answered={found !== null}
          onChoose={go}
          onForget={() => {
            forgetSearches();
            setRecent([]);
          }}
        />
      )}
      <span className="unseen" role="status">
        {open && found !== null && !busy
          ? t(words.found, {
              n: found.cases.length + found.entities.length + found.people.length + found.places.length,
            })
          : ""}
      </span>
    </form>
  );
}
