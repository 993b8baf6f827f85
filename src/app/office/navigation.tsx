/** Where one can go: by groups, the present place marked. A drawer on narrow screens. */

import React, { useEffect, useRef } from "react";
import { Link, useLocation } from "react-router-dom";
import { msg } from "../../engine/text/msg.js";
import type { NavigationItem } from "../../platform/admin/boot-data.js";
import { adminRoot, boot, Icon, useText } from "../../platform/ui/kit.js";

const words = {
  main: msg("office.navigation.main"),
  fold: msg("office.navigation.fold"),
  unfold: msg("office.navigation.unfold"),
};

const home: NavigationItem = { label: msg("office.navigation.home"), href: adminRoot, icon: "home" };

type Place = Pick<ReturnType<typeof useLocation>, "pathname" | "search">;

/** An entry that leads on to a page of another entry: by what the address says there. */
function leadsHere({ leadsTo }: NavigationItem, { pathname, search }: Place): boolean {
  const query = new URLSearchParams(search);
  return (
    leadsTo?.path === pathname && Object.entries(leadsTo.query).every(([name, value]) => query.get(name) === value)
  );
}

/** The address of the entry where one is: that leads there, else whose page it is, also on the pages below it. */
function currentHref(items: readonly NavigationItem[], place: Place): string | undefined {
  const { pathname } = place;
  const isHere = ({ href }: NavigationItem): boolean =>
    href === adminRoot ? pathname === adminRoot : pathname === href || pathname.startsWith(`${href}/`);
  return (items.find((item) => leadsHere(item, place)) ?? items.find(isHere))?.href;
}

/** Room that the current place keeps from the edges of the list. */
const edge = 56;

/** Brings the place where one is into sight, however long the list, and moves nothing else of the page. */
function showPlace(nav: HTMLElement | null, href: string | undefined, open: boolean): void {
  const links = [...(nav?.querySelectorAll<HTMLElement>("a.nav-link") ?? [])];
  const current = links.find((link) => link.getAttribute("href") === href);
  if (!nav || !current || (!open && nav.clientHeight === 0)) return;
  const [frame, place] = [nav.getBoundingClientRect(), current.getBoundingClientRect()];
  if (place.top < frame.top + edge) nav.scrollTop -= frame.top + edge - place.top;
  else if (place.bottom > frame.bottom - edge) nav.scrollTop += place.bottom - frame.bottom + edge;
}

interface NavigationProps {
  readonly open: boolean;
  readonly onClose: () => void;
  /** Folded to its signs; as a drawer it never is. */
  readonly folded: boolean;
  readonly onFold: (folded: boolean) => void;
}

export function Navigation({ open, onClose, folded, onFold }: NavigationProps) {
  const { t } = useText();
  const { pathname, search } = useLocation();
  const list = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!open) return;
    list.current?.querySelector<HTMLElement>("a")?.focus({ preventScroll: true });
    const keys = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      onClose();
      document.querySelector<HTMLElement>("[aria-controls=navigation]")?.focus();
    };
    window.addEventListener("keydown", keys);
    return () => window.removeEventListener("keydown", keys);
  }, [open, onClose]);
  const groups = (boot()?.navigation ?? []).filter(({ id }) => id !== "account");
  const hasHome = groups.some(({ items }) => items.some(({ href }) => href === adminRoot));
  const all = [...(hasHome ? [] : [home]), ...groups.flatMap(({ items }) => items)];
  const current = currentHref(all, { pathname, search });
  // As a drawer it has a height only once it is open.
  useEffect(() => {
    showPlace(list.current, current, open);
  }, [current, open]);
  const link = ({ label, href, icon }: NavigationItem) => (
    <li key={href}>
      <Link
        to={href}
        className="nav-link"
        title={folded ? t(label) : undefined}
        aria-current={href === current ? "page" : undefined}
      >
        <Icon name={icon} size={20} />
        <span className="nav-name">{t(label)}</span>
      </Link>
    </li>
  );
  return (
    <>
      {open && <div className="nav-shade" aria-hidden="true" onClick={onClose} />}
      <nav id="navigation" ref={list} aria-label={t(words.main)} className={open ? "nav nav-open" : "nav"}>
        <button
          type="button"
          className="nav-fold"
          aria-expanded={!folded}
          aria-label={t(folded ? words.unfold : words.fold)}
          title={t(folded ? words.unfold : words.fold)}
          onClick={() => onFold(!folded)}
        >
          <Icon name={folded ? "next" : "previous"} size={18} />
        </button>
        {!hasHome && <ul>{link(home)}</ul>}
        {groups.map(({ id, group, items }) => (
          <div key={id} className="nav-group">
            <h2>{t(group)}</h2>
            <ul>{items.map(link)}</ul>
          </div>
        ))}
      </nav>
    </>
  );
}
