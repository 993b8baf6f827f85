/** A text for the applicant or for colleagues: counted towards its most; `@` names a colleague where the action takes some. */

import React, { useEffect, useId, useRef, useState } from "react";
import { msg, pattern } from "../../../engine/text/msg.js";
import { foundAmong, type Option } from "../../../platform/ui/form/typed-search.js";
import { Field, type FieldProps, insertAt, useField, useText } from "../../../platform/ui/kit.js";
import { type Mention, mentionAt } from "./composer-values.js";

const words = {
  over: pattern("cases-act.textComposer.over"),
  colleagues: msg("cases-act.textComposer.colleagues"),
};

interface TextComposerProps extends Omit<FieldProps, "children"> {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly most: number;
  readonly rows: number;
  /** Whom one can name here; null: nobody. */
  readonly colleagues: readonly Option[] | null;
  readonly onMention: (colleague: string) => void;
}

/** From this share of the most on, the count is read out too. */
const nearShare = 0.8;

export function TextComposer(props: TextComposerProps) {
  const { value, onChange, most, rows, colleagues, onMention, ...field } = props;
  const { t } = useText();
  const used = [...value].length;
  const over = used - most;
  const count = over > 0 ? t(words.over, { n: over }) : t(pattern("cases-act.textComposer.count"), { n: used, most });
  return (
    <Field {...field} help={field.help ?? (colleagues ? msg("cases-act.textComposer.mention") : null)}>
      <MentionArea {...{ value, onChange, rows, colleagues, onMention }} />
      <p className={over > 0 ? "text-count text-count-over" : "text-count"} aria-hidden="true">
        {count}
      </p>
      <span className="unseen" role="status">
        {used >= most * nearShare ? count : ""}
      </span>
    </Field>
  );
}

type AreaProps = Pick<TextComposerProps, "value" | "onChange" | "rows" | "colleagues" | "onMention">;

function MentionArea({ value, onChange, rows, colleagues, onMention }: AreaProps) {
  const { t } = useText();
  const ids = useField();
  const listId = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const [mention, setMention] = useState<Mention | null>(null);
  const [active, setActive] = useState(0);
  const found = mention === null || colleagues === null ? [] : foundAmong(colleagues, mention.typed);
  const open = mention !== null && found.length > 0;
  const at = open ? `${listId}-${Math.min(active, found.length - 1)}` : undefined;
  useEffect(() => {
    if (at !== undefined) document.getElementById(at)?.scrollIntoView({ block: "nearest" });
  }, [at]);

  const look = (element: HTMLTextAreaElement) => {
    if (colleagues === null) return;
    setMention(mentionAt(element.value, element.selectionStart));
    setActive(0);
  };
  const choose = (option: Option | undefined) => {
    if (option === undefined || mention === null || area.current === null) return;
    const [name] = t(option.label).split(/\s[–—·-]\s|[،,(]/u);
    insertAt(area.current, `@${name?.trim()} `, mention);
    onMention(option.value);
    setMention(null);
  };
  /** True: the key was for the list. */
  const onKey = (key: string): boolean => {
    if (!open) return false;
    if (key === "ArrowDown") setActive(Math.min(active + 1, found.length - 1));
    else if (key === "ArrowUp") setActive(Math.max(active - 1, 0));
    else if (key === "Enter" || key === "Tab") choose(found[active]);
    else if (key === "Escape") setMention(null);
    else return false;
    return true;
  };
  return (
    <span className="mention">
      <textarea
        {...ids}
        ref={area}
        className="input composer-text"
        dir={value === "" ? undefined : "auto"}
        rows={rows}
        value={value}
        aria-autocomplete={colleagues === null ? undefined : "list"}
        aria-controls={open ? listId : undefined}
        aria-activedescendant={at}
        onChange={(event) => {
          onChange(event.target.value);
          look(event.target);
        }}
        onClick={(event) => look(event.currentTarget)}
        onBlur={() => setMention(null)}
        onKeyDown={(event) => {
          if (!event.ctrlKey && !event.metaKey && onKey(event.key)) event.preventDefault();
        }}
      />
      {open && (
        <span id={listId} role="listbox" className="combobox-list" aria-label={t(words.colleagues)}>
          {found.map((option, place) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are taken by the text
            <span
              key={option.value}
              id={`${listId}-${place}`}
              role="option"
              tabIndex={-1}
              aria-selected={place === active}
              className="combobox-option"
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(option)}
            >
              <bdi>{t(option.label)}</bdi>
            </span>
          ))}
        </span>
      )}
      <span className="unseen" role="status">
        {open ? t(pattern("cases-act.textComposer.found"), { n: found.length }) : ""}
      </span>
    </span>
  );
}
