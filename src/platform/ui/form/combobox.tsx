/** Choosing by typing, after the ARIA pattern: what there is to choose from is looked up as one types. */

import React, { useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { Words } from "../boot.js";
import { Icon } from "../icons.js";
import { useText } from "../language/text.js";
import { useField } from "./field.js";
import type { Option } from "./typed-search.js";

const words = {
  type: msg("ui.combobox.type"),
};

interface ComboboxProps<Found extends Option> {
  /** What is chosen; empty for nothing. */
  readonly value: string;
  /** Its name. */
  readonly name: string;
  /** The first of what fits; stays the same while nothing else is asked. */
  readonly find: (typed: string) => readonly Found[] | Promise<readonly Found[]>;
  /** How long to wait for the next key before asking. */
  readonly waitMs?: number;
  readonly onChange: (found: Found | null) => void;
  readonly disabled?: boolean | undefined;
  readonly id?: string | undefined;
  /** For one without a visible label. */
  readonly ariaLabel?: Words | undefined;
  /** Stands in the empty box; "Type to search" where it is left out. */
  readonly placeholder?: Words | undefined;
  /** Text that was typed without a choice stays in the box. Told whether there is any; left out: such text goes when focus goes. */
  readonly onUnchosen?: ((there: boolean) => void) | undefined;
}

/** How `SendForm` knows a box whose text is no choice. */
export const unchosenMark = "[data-unchosen]";

export function Combobox<Found extends Option>(props: ComboboxProps<Found>) {
  const { value, name, find, waitMs = 0, onChange, disabled, id, ariaLabel, placeholder, onUnchosen } = props;
  const { t } = useText();
  const ids = useField();
  const listId = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [found, setFound] = useState<readonly Found[] | null>(null);
  const [active, setActive] = useState(0);
  const [unchosen, setUnchosen] = useState<string | null>(null);
  const open = typed !== null;
  const input = useRef<HTMLInputElement>(null);
  // A name that arrives after somebody came to the box stands selected, as one that was there: typing replaces it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: for each name once, not whenever the list opens or closes
  useLayoutEffect(() => {
    if (!open && document.activeElement === input.current) input.current?.select();
  }, [name]);

  // Before the next key is read: what is known already is offered at once, and Enter takes what fits what was typed.
  useLayoutEffect(() => {
    if (typed === null) return;
    const known = waitMs === 0 ? find(typed.trim()) : null;
    if (Array.isArray(known)) {
      setFound(known);
      setActive(0);
      return;
    }
    let current = true;
    const timer = setTimeout(() => {
      Promise.resolve(known ?? find(typed.trim()))
        .then((options) => {
          if (!current) return;
          setFound(options);
          setActive(0);
        })
        .catch(() => current && setFound([]));
    }, waitMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [find, typed, waitMs]);

  const at = open && found?.[active] ? `${listId}-${active}` : undefined;
  useEffect(() => {
    if (at !== undefined) document.getElementById(at)?.scrollIntoView({ block: "nearest" });
  }, [at]);

  const close = () => {
    setTyped(null);
    setFound(null);
  };
  const keepUnchosen = (text: string | null) => {
    setUnchosen(text);
    onUnchosen?.(text !== null);
  };
  // What is chosen elsewhere, as by a suggestion, takes the place of what was typed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: for each choice once
  useEffect(() => {
    if (unchosen !== null) keepUnchosen(null);
  }, [value]);
  const type = (text: string) => {
    setTyped(text);
    // Who empties the box wants nothing in it: keys need no button for that.
    if (text === "" && value !== "") onChange(null);
    if (text === "" && unchosen !== null) keepUnchosen(null);
  };
  const choose = (option: Found | null) => {
    onChange(option);
    keepUnchosen(null);
    close();
  };
  /** Focus goes: the only one that fits is what was meant; text that fits none or several stays. */
  const leave = () => {
    const text = typed?.trim() ?? "";
    const only = text !== "" && found?.length === 1 ? found[0] : undefined;
    if (onUnchosen === undefined || typed === null) return close();
    if (only !== undefined) return choose(only);
    keepUnchosen(text === "" || text === name ? null : text);
    close();
  };
  const onKey = (key: string): boolean => {
    if (key === "ArrowDown") {
      if (open) setActive(Math.min(active + 1, (found?.length ?? 1) - 1));
      else setTyped(unchosen ?? "");
      return true;
    }
    if (!open) return false;
    if (key === "ArrowUp") setActive(Math.max(active - 1, 0));
    else if (key === "Escape") {
      keepUnchosen(null);
      close();
    } else if (key === "Enter") {
      const option = found?.[active];
      if (option) choose(option);
      else if (onUnchosen !== undefined && found !== null) leave();
    } else return false;
    return true;
  };
  return (
    <span className="combobox">
      <input
        {...ids}
        ref={input}
        id={id ?? ids.id}
        className="input"
        role="combobox"
        dir="auto"
        autoComplete="off"
        aria-expanded={open}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={at}
        placeholder={t(placeholder ?? words.type)}
        aria-label={ariaLabel === undefined ? undefined : t(ariaLabel)}
        disabled={disabled}
        value={typed ?? unchosen ?? name}
        data-unchosen={unchosen === null ? undefined : ""}
        onChange={(event) => type(event.target.value)}
        onClick={() => !open && setTyped(unchosen ?? "")}
        onBlur={leave}
        onKeyDown={(event) => onKey(event.key) && event.preventDefault()}
      />
      {value !== "" && !disabled && !open && (
        <button
          type="button"
          className="combobox-clear"
          tabIndex={-1}
          aria-label={t(msg("ui.combobox.clear"))}
          onClick={() => choose(null)}
        >
          <Icon name="close" size={16} />
        </button>
      )}
      {/* Focus stays in the input; the active option is told by aria-activedescendant. */}
      <div
        id={listId}
        role="listbox"
        className="combobox-list"
        hidden={!open || found === null}
        aria-label={t(words.type)}
      >
        {found?.map((option, place) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are taken by the input
          <div
            key={option.value}
            id={`${listId}-${place}`}
            role="option"
            tabIndex={-1}
            aria-selected={place === active}
            className="combobox-option"
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(option)}
          >
            <bdi>{t(option.label)}</bdi>
            {option.hint && <span className="muted small">{t(option.hint)}</span>}
            {option.code && (
              <bdi className="ltr muted small" dir="ltr">
                {option.code}
              </bdi>
            )}
          </div>
        ))}
        {found?.length === 0 && (
          <div role="option" aria-selected={false} aria-disabled className="combobox-none" tabIndex={-1}>
            {t(msg("ui.combobox.none"))}
          </div>
        )}
      </div>
      <span className="unseen" role="status">
        {open && found ? t(pattern("ui.combobox.found"), { n: found.length }) : ""}
      </span>
    </span>
  );
}
