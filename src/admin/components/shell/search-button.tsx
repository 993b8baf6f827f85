/** The search where there is no room for its box: a button that opens it over the whole width. */
import React, { useRef, useState } from "react";
import { Dialog, Icon, useText } from "../kit/kit.js";
import { useShortcuts } from "../kit/shortcuts.js";
import { maySearch, SearchBox } from "./search-box.js";

const words = { search: { en: "Search", ar: "بحث" } };

export function SearchButton() {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  useShortcuts({
    search() {
      if (!button.current?.offsetParent) return false;
      setOpen(true);
      return true;
    },
  });
  if (!maySearch()) return null;
  return (
    <>
      <button
        ref={button}
        type="button"
        className="top-help top-search"
        aria-label={t(words.search)}
        onClick={() => setOpen(true)}
      >
        <Icon name="search" size={20} />
      </button>
      {open && (
        <Dialog title={words.search} onClose={() => setOpen(false)} wide>
          <SearchBox inDialog onGone={() => setOpen(false)} />
        </Dialog>
      )}
    </>
  );
}
