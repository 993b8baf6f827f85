/** Who is signed in, with which seats, and the way out. */
import React, { useEffect, useRef, useState } from "react";
import { Link } from "react-router-dom";
import { clearDrafts } from "../../platform/ui/draft-store.js";
import { boot, Icon, useText } from "../../platform/ui/kit.js";
import { signOutAddress } from "./addresses.js";

const words = {
  menu: { en: "Your account: {name}", ar: "حسابك: {name}" },
  at: { en: "{role}, {place}", ar: "{role}، {place}" },
  out: { en: "Sign out", ar: "تسجيل الخروج" },
};

export function AccountMenu() {
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
        aria-label={t(words.menu, { name: official.name })}
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
            <li key={role + (place?.en ?? "")}>{place ? t(words.at, { role: t(name), place: t(place) }) : t(name)}</li>
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
            <span>{t(words.out)}</span>
          </button>
        </form>
      </div>
    </div>
  );
}
