import React from "react";
import { msg, pattern } from "../../engine/text/msg.js";
import { Button } from "./buttons.js";
import { useText } from "./language/text.js";

interface PagerProps {
  /** From 1. */
  readonly page: number;
  readonly perPage: number;
  readonly total: number;
  /** The total is reckoned, not counted. */
  readonly estimated?: boolean;
  readonly onPage: (page: number) => void;
  /** For lists that know only whether more follows. */
  readonly more?: boolean;
}

export function Pager({ page, perPage, total, estimated, onPage, more }: PagerProps) {
  const { t } = useText();
  if (total === 0) return null;
  const from = (page - 1) * perPage + 1;
  const to = Math.min(page * perPage, Math.max(total, from));
  const isLast = more === undefined ? page * perPage >= total : !more;
  return (
    <nav className="pager" aria-label={t(msg("ui.pager.pages"))}>
      <p className="pager-range" aria-live="polite">
        {t(estimated ? pattern("ui.pager.about") : pattern("ui.pager.range"), { from: from, to: to, total: total })}
      </p>
      {(page > 1 || !isLast) && (
        <div className="pager-buttons">
          <Button small icon="previous" disabled={page <= 1} onClick={() => onPage(page - 1)}>
            {t(msg("ui.pager.previous"))}
          </Button>
          <Button small icon="next" disabled={isLast} onClick={() => onPage(page + 1)}>
            {t(msg("ui.pager.next"))}
          </Button>
        </div>
      )}
    </nav>
  );
}
