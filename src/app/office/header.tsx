import React, { useEffect, useRef, useState } from "react";
import { Link, useLocation } from "react-router-dom";
import { otherLanguages } from "../../engine/text/languages.js";
import { msg, pattern } from "../../engine/text/msg.js";
import { NewsBell } from "../../features/cases/news/news-bell.js";
import type { HelpView } from "../../features/operations/help.page.js";
import { clearDrafts } from "../../platform/ui/form/draft-store.js";
import {
  AskRoom,
  adminRoot,
  boot,
  Dialog,
  Icon,
  ProblemBox,
  prepareLanguage,
  Spinner,
  switchLanguage,
  useText,
  useView,
  withQuery,
} from "../../platform/ui/kit.js";
import { type ShortcutPlace, useShortcuts } from "../../platform/ui/shortcuts.js";
import { casesAddress, signOutAddress } from "./addresses.js";
import { KeyList } from "./key-list.js";
import { useDigitsAnywhere } from "./numbers-anywhere.js";
import { maySearch, SearchBox } from "./search-box.js";

const searchButtonWords = { search: msg("office.header.searchButtonWordsSearch") };

/** The search where there is no room for its box: a button that opens it over the whole width. */
function SearchButton() {
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
        aria-label={t(searchButtonWords.search)}
        onClick={() => open("")}
      >
        <Icon name="search" size={20} />
      </button>
      {begun !== null && (
        <Dialog title={searchButtonWords.search} onClose={close} wide>
          <SearchBox inDialog begun={begun} onGone={close} />
        </Dialog>
      )}
    </>
  );
}

/** The other languages, each in its own words; the page, the focus and what was typed stay where they are. */
function LanguageSwitch() {
  const { language } = useText();
  return (
    <>
      {otherLanguages(language).map(({ code, name, dir }, place) => (
        <button
          // biome-ignore lint/suspicious/noArrayIndexKey: a button that changes its language keeps the focus.
          key={place}
          type="button"
          className="top-language"
          lang={code}
          dir={dir}
          onPointerEnter={() => prepareLanguage(code)}
          onFocus={() => prepareLanguage(code)}
          onClick={() => void switchLanguage(code)}
        >
          {name}
        </button>
      ))}
    </>
  );
}

const helpButtonWords = {
  open: msg("office.header.helpButtonWordsOpen"),
};

const newsAddress = `${adminRoot}/pages/news`;

/** Whose keys are asked for there. */
const keysOf = (pathname: string): ShortcutPlace | "elsewhere" =>
  pathname === adminRoot
    ? "desk"
    : pathname === casesAddress
      ? "list"
      : pathname === newsAddress
        ? "news"
        : pathname.startsWith(`${casesAddress}/records/`)
          ? "case"
          : "elsewhere";

function HelpDialog({ onClose }: { onClose: () => void }) {
  const { t } = useText();
  const { pathname } = useLocation();
  const { view, problem, loading } = useView<HelpView>(withQuery("pages/help", { path: pathname }));
  const points = (view?.places ?? []).flatMap(({ points }) => points);
  return (
    <Dialog title={msg("office.header.helpButtonWordsTitle")} onClose={onClose}>
      <div className="stack">
        <ProblemBox problem={problem} />
        {view === null && loading && <Spinner />}
        {points.length > 0 && (
          <ul className="help-points">
            {points.map((point) => (
              <li key={point.en}>{t(point)}</li>
            ))}
          </ul>
        )}
        {view !== null && points.length === 0 && <p className="muted">{t(msg("office.header.helpButtonWordsNone"))}</p>}
        <h3>{t(msg("office.header.helpButtonWordsKeys"))}</h3>
        <KeyList here={keysOf(pathname)} level={4} />
        <p>
          <Link to={`${adminRoot}/pages/help`} onClick={onClose}>
            {t(msg("office.header.helpButtonWordsAll"))}
          </Link>
        </p>
        <p>
          <AskRoom />
        </p>
      </div>
    </Dialog>
  );
}

/** Help in place: what this screen is for, and the keys that work here. `?` opens it from anywhere. */
function HelpButton() {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  useShortcuts({ help: () => setOpen(true) });
  return (
    <>
      <button
        type="button"
        className="top-help"
        aria-label={t(helpButtonWords.open)}
        aria-haspopup="dialog"
        title={`${t(helpButtonWords.open)} (?)`}
        onClick={() => setOpen(true)}
      >
        <Icon name="question" size={20} />
      </button>
      {open && <HelpDialog onClose={() => setOpen(false)} />}
    </>
  );
}

/** Who is signed in, with which seats, and the way out. */
function AccountMenu() {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return;
    const outside = (event: Event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      setOpen(false);
      box.current?.querySelector("button")?.focus();
    };
    document.addEventListener("keydown", onKey);
    document.addEventListener("pointerdown", outside);
    document.addEventListener("focusin", outside);
    return () => {
      document.removeEventListener("keydown", onKey);
      document.removeEventListener("pointerdown", outside);
      document.removeEventListener("focusin", outside);
    };
  }, [open]);
  const official = boot()?.official;
  if (!official) return null;
  const own = boot()?.navigation.find(({ id }) => id === "account")?.items ?? [];
  return (
    <div className="who" ref={box}>
      <button
        type="button"
        className="who-button"
        aria-expanded={open}
        aria-controls="who-menu"
        aria-label={t(pattern("office.header.accountMenuWordsMenu"), { name: official.name })}
        onClick={() => setOpen(!open)}
      >
        <Icon name="person" size={20} />
        <bdi className="who-name">{official.name}</bdi>
        <Icon name="down" size={16} />
      </button>
      <div id="who-menu" className="who-menu" hidden={!open}>
        <p className="who-who">
          <bdi>{official.name}</bdi>
        </p>
        <ul className="who-roles">
          {official.roles.map(({ role, name, place }) => (
            <li key={role + (place?.en ?? "")}>
              {place ? t(pattern("office.header.accountMenuWordsAt"), { role: t(name), place: t(place) }) : t(name)}
            </li>
          ))}
        </ul>
        {own.map(({ label, href, icon }) => (
          <Link key={href} to={href} className="who-item" onClick={() => setOpen(false)}>
            <Icon name={icon} size={18} />
            <span>{t(label)}</span>
          </Link>
        ))}
        <form method="post" action={signOutAddress} onSubmit={clearDrafts}>
          <button type="submit" className="who-item">
            <Icon name="out" size={18} />
            <span>{t(msg("office.header.accountMenuWordsOut"))}</span>
          </button>
        </form>
      </div>
    </div>
  );
}

export function Header({ menuOpen, onMenu }: { menuOpen: boolean; onMenu: () => void }) {
  const { t } = useText();
  const programmes = boot()?.programmes ?? [];
  return (
    <header className="top">
      <button
        type="button"
        className="top-menu"
        aria-label={t(msg("office.header.menu"))}
        aria-expanded={menuOpen}
        aria-controls="navigation"
        onClick={onMenu}
      >
        <Icon name={menuOpen ? "close" : "menu"} size={22} />
      </button>
      <Link to={adminRoot} className="brand" aria-label={t(msg("office.header.home"))}>
        <Emblem />
        <span className="brand-name">{t(msg("office.header.office"))}</span>
      </Link>
      {programmes.length > 0 && (
        <span className="programme">{programmes.map(({ name }) => t(name)).join(t(msg("office.header.text")))}</span>
      )}
      <span className="top-space" />
      <div className="top-reference">
        <SearchBox />
      </div>
      <SearchButton />
      <NewsBell />
      <HelpButton />
      <LanguageSwitch />
      <AccountMenu />
    </header>
  );
}

/** An arch, for the diwan in which people were heard. */
function Emblem() {
  return (
    <svg width="32" height="32" viewBox="0 0 32 32" aria-hidden="true" focusable="false" className="emblem">
      <rect width="32" height="32" rx="7" className="emblem-ground" />
      <path d="M9 22.5V15a7 7 0 0 1 14 0v7.5M6.5 22.5h19" className="emblem-arch" />
      <circle cx="16" cy="16.5" r="2.2" className="emblem-light" />
    </svg>
  );
}
