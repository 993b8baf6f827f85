import React from "react";
import { Link } from "react-router-dom";
import { adminRoot, boot, Icon, useText } from "../../platform/ui/kit.js";
import { AccountMenu } from "./account-menu.js";
import { HelpButton } from "./help-dialog.js";
import { LanguageSwitch } from "./language-switch.js";
import { SearchBox } from "./search-box.js";
import { SearchButton } from "./search-button.js";

const words = {
  office: { en: "Diwan", ar: "ديوان" },
  home: { en: "Diwan, home page", ar: "ديوان، الصفحة الرئيسية" },
  menu: { en: "Menu", ar: "القائمة" },
};

export function Header({ menuOpen, onMenu }: { menuOpen: boolean; onMenu: () => void }) {
  const { t } = useText();
  const programmes = boot()?.programmes ?? [];
  return (
    <header className="top">
      <button
        type="button"
        className="top-menu"
        aria-label={t(words.menu)}
        aria-expanded={menuOpen}
        aria-controls="navigation"
        onClick={onMenu}
      >
        <Icon name={menuOpen ? "close" : "menu"} size={22} />
      </button>
      <Link to={adminRoot} className="brand" aria-label={t(words.home)}>
        <Emblem />
        <span className="brand-name">{t(words.office)}</span>
      </Link>
      {programmes.length > 0 && (
        <span className="programme">{programmes.map(({ name }) => t(name)).join(t({ en: ", ", ar: "، " }))}</span>
      )}
      <span className="top-space" />
      <div className="top-reference">
        <SearchBox />
      </div>
      <SearchButton />
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
