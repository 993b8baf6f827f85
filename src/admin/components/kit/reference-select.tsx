/** Chooses a record of another resource by typing: a combobox after the ARIA pattern. */
import React, { useEffect, useId, useState } from "react";
import type { ListAnswer, RecordView } from "../../guard/resource-view.js";
import { withQuery } from "./address.js";
import { read } from "./api.js";
import type { Words } from "./boot.js";
import { Field, type FieldProps, useField } from "./field.js";
import { Icon } from "./icons.js";
import { say, useText } from "./text.js";

const words = {
  none: { en: "Nothing found", ar: "لا توجد نتائج" },
  type: { en: "Type to search", ar: "اكتب للبحث" },
  clear: { en: "Clear", ar: "مسح" },
  found: { en: "{n} results", ar: "عدد النتائج: {n}" },
};

export interface ReferenceProps extends Partial<Omit<FieldProps, "children">> {
  /** Resource to choose from: `entities`. */
  readonly resource: string;
  /** Code of what is chosen; empty for nothing. */
  readonly value: string;
  readonly onChange: (code: string, record: RecordView | null) => void;
  /** Its name, where it is known already. */
  readonly chosen?: Words | null;
  /** Only of this programme, where the resource knows programmes. */
  readonly programme?: string | null;
  /** Also what is out of use: for filters, not for choosing anew. */
  readonly withRetired?: boolean;
  readonly disabled?: boolean;
  readonly id?: string;
}

const shown = 12;
const typingMs = 200;
const codeOf = (record: RecordView): string => String(record.values.code ?? record.id);

/** The question, in words that the resource knows: what it cannot be asked is left out. */
function question(resource: string, search: string, { programme, withRetired }: Narrowing): string {
  const columns = window.REDUX_STATE?.resources?.find(({ id }) => id === resource)?.view?.columns ?? [];
  const filterable = (name: string): boolean => columns.some((column) => column.name === name && column.filter);
  return withQuery(`resources/${resource}/actions/list`, {
    search: columns.some((column) => column.search) ? search : null,
    perPage: shown,
    "filters.programme": programme,
    "filters.retired": filterable("retired") && !withRetired ? "false" : null,
    "filters.retiredAt": filterable("retiredAt") && !withRetired ? "false" : null,
  });
}
type Narrowing = Pick<ReferenceProps, "programme" | "withRetired">;

const find = async (resource: string, search: string, narrowing: Narrowing): Promise<readonly RecordView[]> =>
  (await read<ListAnswer>(question(resource, search, narrowing))).records;

function Combobox({ resource, value, onChange, chosen, programme, withRetired, disabled, id }: ReferenceProps) {
  const { t } = useText();
  const ids = useField();
  const listId = useId();
  const [name, setName] = useState<string>(chosen ? say(chosen) : value);
  const [typed, setTyped] = useState<string | null>(null);
  const [found, setFound] = useState<readonly RecordView[] | null>(null);
  const [active, setActive] = useState(0);
  const open = typed !== null;

  // The name of a code that came from elsewhere: the address, a record.
  useEffect(() => {
    if (chosen) return setName(say(chosen));
    if (value === "") return setName("");
    let current = true;
    setName(value);
    find(resource, value, { programme, withRetired: true })
      .then((records) => {
        const match = records.find((record) => codeOf(record) === value);
        if (current && match) setName(say(match.title));
      })
      .catch(() => undefined);
    return () => {
      current = false;
    };
  }, [resource, value, chosen, programme]);

  useEffect(() => {
    if (typed === null) return;
    let current = true;
    const timer = setTimeout(() => {
      find(resource, typed.trim(), { programme, withRetired })
        .then((records) => {
          if (!current) return;
          setFound(records);
          setActive(0);
        })
        .catch(() => current && setFound([]));
    }, typingMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [resource, typed, programme, withRetired]);

  const close = () => {
    setTyped(null);
    setFound(null);
  };
  const choose = (record: RecordView | null) => {
    onChange(record === null ? "" : codeOf(record), record);
    setName(record === null ? "" : say(record.title));
    close();
  };
  const onKey = (key: string): boolean => {
    if (key === "ArrowDown") {
      if (open) setActive(Math.min(active + 1, (found?.length ?? 1) - 1));
      else setTyped("");
      return true;
    }
    if (!open) return false;
    if (key === "ArrowUp") setActive(Math.max(active - 1, 0));
    else if (key === "Escape") close();
    else if (key === "Enter") {
      const record = found?.[active];
      if (record) choose(record);
    } else return false;
    return true;
  };
  return (
    <span className="combobox">
      <input
        {...ids}
        id={id ?? ids.id}
        className="input"
        role="combobox"
        dir="auto"
        autoComplete="off"
        aria-expanded={open}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={open && found?.[active] ? `${listId}-${active}` : undefined}
        placeholder={t(words.type)}
        disabled={disabled}
        value={typed ?? name}
        onChange={(event) => setTyped(event.target.value)}
        onClick={() => !open && setTyped("")}
        onBlur={close}
        onKeyDown={(event) => onKey(event.key) && event.preventDefault()}
      />
      {value !== "" && !disabled && !open && (
        <button type="button" className="combobox-clear" aria-label={t(words.clear)} onClick={() => choose(null)}>
          <Icon name="close" size={16} />
        </button>
      )}
      {/* Focus stays in the input; the active option is told by aria-activedescendant. */}
      <div
        id={listId}
        role="listbox"
        className="combobox-list"
        hidden={!open || found === null}
        aria-label={t(words.type)}
      >
        {found?.map((record, at) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are taken by the input
          <div
            key={record.id}
            id={`${listId}-${at}`}
            role="option"
            tabIndex={-1}
            aria-selected={at === active}
            className="combobox-option"
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(record)}
          >
            <bdi>{t(record.title)}</bdi>
            {record.values.code !== undefined && (
              <bdi className="ltr muted small" dir="ltr">
                {String(record.values.code)}
              </bdi>
            )}
          </div>
        ))}
        {found?.length === 0 && (
          <div role="option" aria-selected={false} aria-disabled className="combobox-none" tabIndex={-1}>
            {t(words.none)}
          </div>
        )}
      </div>
      <span className="unseen" role="status">
        {open && found ? t(words.found, { n: found.length }) : ""}
      </span>
    </span>
  );
}

export function ReferenceSelect(props: ReferenceProps) {
  const { label, help, fault, required, name } = props;
  if (label === undefined) return <Combobox {...props} />;
  return (
    <Field label={label} help={help} fault={fault} required={required} name={name}>
      <Combobox {...props} />
    </Field>
  );
}
