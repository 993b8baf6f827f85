/** The search where there is no room for its box: a button that opens it over the whole width. */
import React, { useRef, useState } from "react";
import { Dialog, Icon, useText } from "../../platform/ui/kit.js";
import { useShortcuts } from "../../platform/ui/shortcuts.js";
import { useDigitsAnywhere } from "./numbers-anywhere.js";
import { maySearch, SearchBox } from "./search-box.js";

const words = { search: { en: "Search", ar: "بحث" } };

export function SearchButton() {
  const { t } = useText();
  /** What was typed before the dialog stood; null while it does not. */
  const [begun, setBegun] = useState<string | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const open = (typed: string): boolean => {
    if (!button.current?.offsetParent) return false;
    setBegun(typed);
    return true;
  };
  const close = () => setBegun(null);
  useShortcuts({ search: () => open("") });
  useDigitsAnywhere((digit, event) => {
    if (open(digit)) event.preventDefault();
  });
  if (!maySearch()) return null;
  return (
    <>
      <button
        ref={button}
        type="button"
        className="top-help top-search"
        aria-label={t(words.search)}
        onClick={() => open("")}
      >
        <Icon name="search" size={20} />
      </button>
      {begun !== null && (
        <Dialog title={words.search} onClose={close} wide>
          <SearchBox inDialog begun={begun} onGone={close} />
        </Dialog>
      )}
    </>
  );
}
