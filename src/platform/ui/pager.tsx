import React from "react";
import { Button } from "./buttons.js";
import { useText } from "./text.js";

const words = {
  pages: { en: "Pages", ar: "الصفحات" },
  range: { en: "{from}–{to} of {total}", ar: "{from}–{to} من {total}" },
  about: { en: "{from}–{to} of about {total}", ar: "{from}–{to} من نحو {total}" },
  none: { en: "Nothing found", ar: "لا توجد نتائج" },
  previous: { en: "Previous", ar: "السابق" },
  next: { en: "Next", ar: "التالي" },
};

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
  const { t, number } = useText();
  if (total === 0) return null;
  const from = (page - 1) * perPage + 1;
  const to = Math.min(page * perPage, Math.max(total, from));
  const isLast = more === undefined ? page * perPage >= total : !more;
  return (
    <nav className="pager" aria-label={t(words.pages)}>
      <p className="pager-range" aria-live="polite">
        {t(estimated ? words.about : words.range, { from: number(from), to: number(to), total: number(total) })}
      </p>
      {(page > 1 || !isLast) && (
        <div className="pager-buttons">
          <Button small icon="previous" disabled={page <= 1} onClick={() => onPage(page - 1)}>
            {t(words.previous)}
          </Button>
          <Button small icon="next" disabled={isLast} onClick={() => onPage(page + 1)}>
            {t(words.next)}
          </Button>
        </div>
      )}
    </nav>
  );
}
