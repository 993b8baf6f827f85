/** How a value of a column is read: in a list, in facts, in a comparison. */

import React, { type ReactNode } from "react";
import { directionOf, type StoredLanguage } from "../../../engine/text/languages.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import type { ColumnView, RecordView } from "../../../platform/admin/resource-view.js";
import { Badge, Bidi, languagesFirst, Moment, useText } from "../../../platform/ui/kit.js";

const words = {
  yes: msg("setup.columnValue.yes"),
  no: msg("setup.columnValue.no"),
  none: msg("setup.columnValue.none"),
};

/** Columns that say that a record is out of use: a moment, or only that it is. */
export const retiredColumns: readonly string[] = ["retired", "retiredAt"];
export const isRetired = ({ values }: Pick<RecordView, "values">): boolean =>
  retiredColumns.some((name) => Boolean(values[name]));

interface ValueProps {
  readonly column: ColumnView;
  readonly value: unknown;
  /** Name of what a reference names. */
  readonly name?: Bilingual | undefined;
  /** Names of what a list of codes refers to, as `column.CODE`. */
  readonly names?: Readonly<Record<string, Bilingual>>;
  /** In a row of a list: short. */
  readonly short?: boolean;
}

type Shown = (props: ValueProps, text: ReturnType<typeof useText>) => ReactNode;

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** Texts of several lines below each other; a single one is for a row of a list and cut short there. */
function LongText({ texts, order }: { texts: Bilingual; order: readonly StoredLanguage[] }) {
  return (
    <>
      {order.map((one) => (
        <span key={one} className={order.length === 1 ? "clip" : "prose long-text"} lang={one} dir={directionOf(one)}>
          <Bidi>{texts[one]}</Bidi>
        </span>
      ))}
    </>
  );
}

/** A list shows so many of several chosen values, then how many more there are. */
const mostChips = 3;

const shown: Readonly<Record<ColumnView["type"], Shown>> = {
  text: ({ value, column }) => <Bidi ltr={column.ltr}>{String(value)}</Bidi>,
  longText: ({ value, short }) => (
    <span className={short ? "clip" : "prose"}>
      <Bidi>{String(value)}</Bidi>
    </span>
  ),
  number: ({ value }, { number }) => <span className="figure">{number(Number(value))}</span>,
  boolean: ({ value }, { t }) => (value === true ? <Badge tone="done">{t(words.yes)}</Badge> : t(words.no)),
  date: ({ value }, { date }) => <span className="figure">{date(String(value))}</span>,
  moment: ({ value }) => <Moment at={String(value)} />,
  choice: ({ value, column }, { t }) =>
    t(column.choices?.find((choice) => choice.value === value)?.label ?? String(value)),
  reference: ({ value, name }, { t }) => (
    <span title={String(value)}>
      <Bidi>{name ? t(name) : String(value)}</Bidi>
    </span>
  ),
  bilingual: ({ column, value, short }, { t, language }) => {
    const both = value as Bilingual;
    const [own, other] = languagesFirst(language) as [StoredLanguage, StoredLanguage];
    if (column.long) return <LongText texts={both} order={short ? [own] : [own, other]} />;
    if (short) return <Bidi>{t(both)}</Bidi>;
    return (
      <>
        <Bidi>{t(both)}</Bidi>
        <span className="muted other-language" lang={other}>
          <Bidi>{both[other]}</Bidi>
        </span>
      </>
    );
  },
  json: ({ value }) => <pre className="json">{JSON.stringify(value, null, 2)}</pre>,
  words: ({ column, value, short, names }, { t, number }) =>
    short && !column.choices && !column.reference ? (
      t(pattern("setup.columnValue.words"), { n: list(value).length })
    ) : (
      <ul className="chips">
        {list(value)
          .slice(0, short ? mostChips : undefined)
          .map((word) => (
            <li key={String(word)} className="chip">
              <Bidi>
                {t(
                  column.choices?.find((choice) => choice.value === word)?.label ??
                    names?.[`${column.name}.${word}`] ??
                    String(word),
                )}
              </Bidi>
            </li>
          ))}
        {short && list(value).length > mostChips && (
          <li className="chip">
            <Bidi ltr>{`+${number(list(value).length - mostChips)}`}</Bidi>
          </li>
        )}
      </ul>
    ),
  fields: ({ value, short }, { t }) =>
    short ? (
      t(pattern("setup.columnValue.fields"), { n: list(value).length })
    ) : (
      <ul className="plain-list">
        {(list(value) as { code: string; name: Bilingual }[]).map(({ code, name }) => (
          <li key={code}>
            <Bidi>{t(name)}</Bidi> <code className="code-name">{code}</code>
          </li>
        ))}
      </ul>
    ),
};

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);

export function ColumnValue(props: ValueProps) {
  const text = useText();
  if (isEmpty(props.value)) return <span className="muted">{props.short ? "—" : text.t(words.none)}</span>;
  return <>{shown[props.column.type](props, text)}</>;
}
