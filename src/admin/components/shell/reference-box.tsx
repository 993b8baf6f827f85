/** Opens a case by its reference, from anywhere. */
import React, { useId, useRef, useState } from "react";
import { useNavigate } from "react-router-dom";
import { boot, Icon, useText, withQuery } from "../kit/kit.js";
import { useShortcuts } from "../kit/shortcuts.js";
import { casesAddress } from "./addresses.js";

const words = {
  label: { en: "Open a case by its reference", ar: "افتح معاملة برقمها المرجعي" },
  hint: { en: "Reference number", ar: "الرقم المرجعي" },
  go: { en: "Open", ar: "فتح" },
};

export function ReferenceBox() {
  const { t } = useText();
  const navigate = useNavigate();
  const id = useId();
  const [typed, setTyped] = useState("");
  const input = useRef<HTMLInputElement>(null);
  // On a telephone the box in the header is not shown, and the one in the navigation only while that is open.
  useShortcuts({
    search: () => {
      if (!input.current?.offsetParent) return false;
      input.current.focus();
      return true;
    },
  });
  const allowed = boot()?.navigation.some(({ items }) => items.some(({ href }) => href === casesAddress));
  if (!allowed) return null;
  return (
    <form
      className="reference-box"
      onSubmit={(event) => {
        event.preventDefault();
        const search = typed.trim();
        if (search === "") return;
        setTyped("");
        navigate(withQuery(casesAddress, { search }));
      }}
    >
      <label htmlFor={id} className="unseen">
        {t(words.label)}
      </label>
      <input
        ref={input}
        id={id}
        className="input"
        dir={typed === "" ? undefined : "auto"}
        autoComplete="off"
        placeholder={t(words.hint)}
        title={t(words.label)}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <button type="submit" aria-label={t(words.go)}>
        <Icon name="search" size={18} />
      </button>
    </form>
  );
}
