/** Search and filters of a list; they live in the address. */

import React, { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { codesOf } from "../../engine/registry.js";
import { msg, pattern } from "../../engine/text/msg.js";
import { useAddress } from "./address.js";
import type { Words } from "./boot.js";
import { Button } from "./buttons.js";
import type { Choice } from "./form/inputs.js";
import { ReferenceSelect } from "./form/reference-select.js";
import { Icon } from "./icons.js";
import { useText } from "./language/text.js";

/** One filter. `name` is what stands in the address (`filters.sector` for lists of resources); a range of days uses `NAME~~from` and `NAME~~to`. */
export interface Filter {
  readonly name: string;
  readonly label: Words;
  readonly choices?: readonly Choice[];
  /** Id of the resource that is chosen from, by typing. */
  readonly reference?: string;
  readonly kind?: "text" | "days";
}

interface FilterBarProps {
  readonly filters: readonly Filter[];
  /** Seldom needed: each is there when it is set, all of them when they are asked for. */
  readonly further?: readonly Filter[];
  /** Words inside the search box; without them there is none. */
  readonly search?: Words;
  /** What is typed and belongs into no address; without it, nothing is. */
  readonly apart?: SearchApart;
  /** As one line: a filter of choices is a chip that names itself until it is set. */
  readonly chips?: boolean;
  /** Further controls at the end of the line. */
  readonly children?: ReactNode;
}

/** Texts for which somebody is sent elsewhere. */
export interface SearchApart {
  readonly is: (typed: string) => boolean;
  /** Below the box while such a text stands in it. */
  readonly hint: Words;
  /** Enter was pressed. */
  readonly onEnter?: (typed: string) => void;
  /** Texts that may become such a one while they are typed: they wait for Enter, which `waitHint` says. */
  readonly waits: (typed: string) => boolean;
  readonly waitHint: Words;
}

const typingMs = 300;

interface SearchBoxProps {
  readonly value: string;
  readonly label: Words;
  readonly onChange: (value: string) => void;
  readonly apart: SearchApart | undefined;
}

/** Types freely and tells the address a moment after the last key. */
function SearchBox({ value, label, onChange, apart }: SearchBoxProps) {
  const { t } = useText();
  const hintId = useId();
  const [typed, setTyped] = useState(value);
  const told = useRef(value);
  useEffect(() => {
    // The address changed by other means: "back", "clear filters".
    if (value !== told.current) {
      told.current = value;
      setTyped(value);
    }
  }, [value]);
  const isApart = apart?.is(typed) ?? false;
  const waits = !isApart && typed !== told.current && (apart?.waits(typed) ?? false);
  useEffect(() => {
    if (typed === told.current || isApart || waits) return;
    const timer = setTimeout(() => {
      told.current = typed;
      onChange(typed);
    }, typingMs);
    return () => clearTimeout(timer);
  }, [typed, onChange, isApart, waits]);
  const enter = () => {
    if (isApart) apart?.onEnter?.(typed);
    else if (waits) {
      told.current = typed;
      onChange(typed);
    }
  };
  const hint = isApart ? apart?.hint : waits ? apart?.waitHint : undefined;
  return (
    <div className="search-box">
      <Icon name="search" size={18} />
      <input
        type="search"
        className="input"
        dir="auto"
        aria-label={t(label)}
        placeholder={t(label)}
        value={typed}
        aria-describedby={hint === undefined ? undefined : hintId}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => event.key === "Enter" && enter()}
      />
      <p id={hintId} role="status" className="search-box-hint small muted">
        {hint === undefined ? "" : t(hint)}
      </p>
    </div>
  );
}

const dayEnds = {
  from: { word: msg("ui.filterBar.fromWord"), label: pattern("ui.filterBar.from") },
  to: { word: msg("ui.filterBar.toWord"), label: pattern("ui.filterBar.to") },
} as const;
type DayEnd = keyof typeof dayEnds;

function FilterInput({ filter, chip }: { filter: Filter; chip: boolean }) {
  const { t } = useText();
  const [query, setQuery] = useAddress();
  const id = useId();
  const { name, choices, reference, kind } = filter;
  const value = query[name] ?? "";
  if (kind === "days") {
    // A link may name a moment: its day is shown.
    const dayOf = (end: DayEnd): string => (query[`${name}~~${end}`] ?? "").slice(0, 10);
    const isTurned = dayOf("to") !== "" && dayOf("from") > dayOf("to");
    return (
      <div className="filter filter-days">
        <span className="filter-label">{t(filter.label)}</span>
        <span className="filter-range">
          {codesOf(dayEnds).map((end) => (
            <label key={end}>
              <span aria-hidden="true">{t(dayEnds[end].word)}</span>
              <input
                type="date"
                dir="ltr"
                className="input"
                aria-label={t(dayEnds[end].label, { label: t(filter.label) })}
                aria-invalid={isTurned || undefined}
                aria-describedby={isTurned ? id : undefined}
                value={dayOf(end)}
                onChange={(event) => setQuery({ [`${name}~~${end}`]: event.target.value })}
              />
            </label>
          ))}
        </span>
        <span id={id} role="status" className="filter-fault small">
          {isTurned && t(msg("ui.filterBar.turned"))}
        </span>
      </div>
    );
  }
  if (chip && choices) {
    return (
      <select
        className="chip chip-select"
        aria-label={t(filter.label)}
        data-set={value !== "" || undefined}
        value={value}
        onChange={(event) => setQuery({ [name]: event.target.value })}
      >
        <option value="">{t(filter.label)}</option>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {t(choice.label)}
          </option>
        ))}
      </select>
    );
  }
  return (
    <div className="filter">
      <label className="filter-label" htmlFor={id}>
        {t(filter.label)}
      </label>
      {choices ? (
        <select
          id={id}
          className="input select"
          value={value}
          onChange={(event) => setQuery({ [name]: event.target.value })}
        >
          <option value="">{t(msg("ui.filterBar.all"))}</option>
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {t(choice.label)}
            </option>
          ))}
        </select>
      ) : reference ? (
        <ReferenceSelect
          withRetired
          id={id}
          resource={reference}
          value={value}
          onChange={(next) => setQuery({ [name]: next })}
        />
      ) : (
        <input
          id={id}
          className="input"
          dir="auto"
          placeholder=" "
          defaultValue={value}
          key={value}
          onBlur={(event) => event.target.value !== value && setQuery({ [name]: event.target.value })}
          onKeyDown={(event) => event.key === "Enter" && setQuery({ [name]: event.currentTarget.value })}
        />
      )}
    </div>
  );
}

export function FilterBar({ filters, further = [], search, apart, chips = false, children }: FilterBarProps) {
  const { t } = useText();
  const [query, setQuery] = useAddress();
  const [open, setOpen] = useState(false);
  const [more, setMore] = useState(false);
  const namesOf = ({ name, kind }: Filter): string[] => (kind === "days" ? [`${name}~~from`, `${name}~~to`] : [name]);
  const shown = [...filters, ...further.filter((filter) => more || namesOf(filter).some((name) => query[name]))];
  const names = shown.flatMap(namesOf);
  const set = names.filter((name) => query[name]);
  const changeRef = useRef(setQuery);
  changeRef.current = setQuery;
  const [onSearch] = useState(() => (value: string) => changeRef.current({ search: value }));
  return (
    <search className={chips ? "filters filters-chips" : "filters"} aria-label={t(msg("ui.filterBar.filters"))}>
      <div className="filters-line">
        {search && <SearchBox value={query.search ?? ""} label={search} onChange={onSearch} apart={apart} />}
        {shown.length > 0 && (
          <span className="filters-toggle">
            <Button icon="list" expanded={open} onClick={() => setOpen(!open)}>
              {set.length > 0 ? t(pattern("ui.filterBar.moreSet"), { n: set.length }) : t(msg("ui.filterBar.more"))}
            </Button>
          </span>
        )}
        {children}
      </div>
      {shown.length + further.length > 0 && (
        <div className={open ? "filters-set filters-open" : "filters-set"}>
          {shown.map((filter) => (
            <FilterInput key={filter.name} filter={filter} chip={chips} />
          ))}
          {further.length > 0 && (
            <Button kind="quiet" icon={more ? "minus" : "plus"} expanded={more} onClick={() => setMore(!more)}>
              {t(more ? msg("ui.filterBar.fewer") : msg("ui.filterBar.further"))}
            </Button>
          )}
          {(set.length > 0 || query.search) && (
            <Button
              kind="quiet"
              icon="close"
              onClick={() => setQuery({ search: "", ...Object.fromEntries(names.map((name) => [name, ""])) })}
            >
              {t(msg("ui.filterBar.clear"))}
            </Button>
          )}
        </div>
      )}
    </search>
  );
}
