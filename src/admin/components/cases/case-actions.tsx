/** What this official can do with the case now, the most useful first; what not, and why, below. */
import React from "react";
import type { OfferedAction } from "../../../domain/case-view.js";
import { Button, useText } from "../kit/kit.js";

const words = {
  label: { en: "What you can do", ar: "ما يمكنك فعله" },
  none: {
    en: "You may read this case; nothing in it is yours to do.",
    ar: "يمكنك قراءة هذه المعاملة، وليس فيها ما عليك فعله.",
  },
  refused: { en: "Not possible now ({n})", ar: "غير ممكن الآن ({n})" },
};

export function CaseActions(a: {
  actions: readonly OfferedAction[];
  open: string | null;
  onOpen: (action: string) => void;
}) {
  const { t } = useText();
  const allowed = a.actions.filter((one) => one.allowed);
  const ordered = [...allowed.filter(({ primary }) => primary), ...allowed.filter(({ primary }) => !primary)];
  const refused = a.actions.filter((one) => !one.allowed);
  if (a.actions.length === 0) return <p className="muted">{t(words.none)}</p>;
  return (
    <div className="case-actions">
      {ordered.length > 0 && (
        <fieldset className="case-buttons" aria-label={t(words.label)}>
          {ordered.map((one) => (
            <Button
              key={one.action}
              kind={one.primary ? "primary" : "plain"}
              expanded={a.open === one.action}
              onClick={() => a.onOpen(one.action)}
            >
              {t(one.name)}
            </Button>
          ))}
        </fieldset>
      )}
      {refused.length > 0 && (
        <details className="fold">
          <summary>{t(words.refused, { n: refused.length })}</summary>
          <ul className="refused">
            {refused.map((one) => (
              <li key={one.action}>
                <span className="refused-name">{t(one.name)}</span>
                <span className="muted small">{t(one.reason)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
