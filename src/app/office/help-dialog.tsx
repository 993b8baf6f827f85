/** Help in place: what this screen is for, and the keys that work here. `?` opens it from anywhere. */
import React, { useState } from "react";
import { Link, useLocation } from "react-router-dom";
import type { HelpView } from "../../features/operations/help.page.js";
import { adminRoot, Dialog, Icon, ProblemBox, Spinner, useText, useView, withQuery } from "../../platform/ui/kit.js";
import { type ShortcutPlace, useShortcuts } from "../../platform/ui/shortcuts.js";
import { casesAddress } from "./addresses.js";
import { KeyList } from "./key-list.js";

const words = {
  open: { en: "Help and keys", ar: "المساعدة والاختصارات" },
  title: { en: "Help for this page", ar: "مساعدة هذه الصفحة" },
  keys: { en: "Keys", ar: "اختصارات لوحة المفاتيح" },
  all: { en: "Help for all pages", ar: "مساعدة كل الصفحات" },
  none: { en: "There is no help for this page.", ar: "لا توجد مساعدة لهذه الصفحة." },
};

/** Whose keys are asked for there. */
const keysOf = (pathname: string): ShortcutPlace | undefined =>
  pathname === adminRoot
    ? "desk"
    : pathname === casesAddress
      ? "list"
      : pathname.startsWith(`${casesAddress}/records/`)
        ? "case"
        : undefined;

function HelpDialog({ onClose }: { onClose: () => void }) {
  const { t } = useText();
  const { pathname } = useLocation();
  const { view, problem, loading } = useView<HelpView>(withQuery("pages/help", { path: pathname }));
  const points = (view?.places ?? []).flatMap(({ points }) => points);
  return (
    <Dialog title={words.title} onClose={onClose}>
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
        {view !== null && points.length === 0 && <p className="muted">{t(words.none)}</p>}
        <h3>{t(words.keys)}</h3>
        <KeyList first={keysOf(pathname)} level={4} />
        <p>
          <Link to={`${adminRoot}/pages/help`} onClick={onClose}>
            {t(words.all)}
          </Link>
        </p>
      </div>
    </Dialog>
  );
}

export function HelpButton() {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  useShortcuts({ help: () => setOpen(true) });
  return (
    <>
      <button
        type="button"
        className="top-help"
        aria-label={t(words.open)}
        aria-haspopup="dialog"
        title={`${t(words.open)} (?)`}
        onClick={() => setOpen(true)}
      >
        <Icon name="question" size={20} />
      </button>
      {open && <HelpDialog onClose={() => setOpen(false)} />}
    </>
  );
}
