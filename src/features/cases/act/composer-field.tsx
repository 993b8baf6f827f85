/** One field of an action, by its kind. */

import React, { useCallback, useEffect, useId, useMemo, useRef, useState } from "react";
import type { OfferedField } from "../../../engine/lifecycle/views/case-view.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Combobox } from "../../../platform/ui/form/combobox.js";
import { foundAmong, type Option } from "../../../platform/ui/form/typed-search.js";
import {
  DateField,
  Field,
  type FieldProps,
  Icon,
  insertAt,
  SearchSelect,
  Select,
  TextArea,
  TextField,
  useField,
  useText,
  type Words,
} from "../../../platform/ui/kit.js";
import { type FieldValue, type Mention, mentionAt } from "./composer-values.js";

const textComposerWords = {
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

/** A text for the applicant or for colleagues: counted towards its most; `@` names a colleague where the action takes some. */
function TextComposer(props: TextComposerProps) {
  const { value, onChange, most, rows, colleagues, onMention, ...field } = props;
  const { t } = useText();
  const used = [...value].length;
  const over = used - most;
  const count =
    over > 0 ? t(textComposerWords.over, { n: over }) : t(pattern("cases-act.textComposer.count"), { n: used, most });
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
        <span id={listId} role="listbox" className="combobox-list" aria-label={t(textComposerWords.colleagues)}>
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

interface ColleaguesFieldProps extends Omit<FieldProps, "children"> {
  readonly choices: readonly Option[];
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
}

/** Colleagues who are named: chosen by typing, shown one beside the other, taken out again. */
function ColleaguesField({ choices, value, onChange, ...field }: ColleaguesFieldProps) {
  const { t } = useText();
  const find = useCallback(
    (typed: string) =>
      foundAmong(
        choices.filter((choice) => !value.includes(choice.value)),
        typed,
      ),
    [choices, value],
  );
  return (
    <Field {...field}>
      {value.length > 0 && (
        <ul className="chips">
          {value.map((one) => {
            const name = t(choices.find((choice) => choice.value === one)?.label ?? one);
            return (
              <li key={one} className="chip">
                <bdi>{name}</bdi>
                <button
                  type="button"
                  aria-label={t(pattern("cases-act.composerField.colleaguesFieldWordsRemove"), { name })}
                  onClick={() => onChange(value.filter((other) => other !== one))}
                >
                  <Icon name="close" size={16} />
                </button>
              </li>
            );
          })}
        </ul>
      )}
      <Combobox value="" name="" find={find} onChange={(found) => found && onChange([...value, found.value])} />
    </Field>
  );
}

const words = {
  choose: msg("cases-act.composerField.choose"),
  code: msg("cases-act.composerField.code"),
  references: msg("cases-act.composerField.references"),
};

/** A text of one line. */
const shortText = 200;
/** A long text gets room. */
const longText = 500;
/** Longest text of a field that names no length of its own, as the workflow has it. */
const usualLength = 5000;

interface ComposerFieldProps {
  readonly field: OfferedField;
  readonly value: FieldValue | undefined;
  readonly fault: Words | undefined;
  readonly onChange: (value: FieldValue) => void;
  /** Codes of entities that the case is likely for, the likeliest first. */
  readonly suggested?: readonly string[];
  /** The field of the same action that takes colleagues: `@` in a text adds to it. */
  readonly colleagues: OfferedField | null;
  readonly onMention: (colleague: string) => void;
}

const textOf = (value: FieldValue | undefined): string => (typeof value === "string" ? value : "");
const listOf = (value: FieldValue | undefined): readonly string[] => (typeof value === "object" ? value : []);

type Shared = {
  label: Words;
  required: boolean;
  marked: boolean;
  name: string;
  fault: Words | null;
};

/** Kinds that are not a plain choice or a text. */
const kinds: Readonly<Record<string, (shared: Shared, a: ComposerFieldProps) => React.ReactElement>> = {
  // Entities and colleagues are many: whoever chooses one knows the name.
  entity: (shared, props) => <EntityField shared={shared} props={props} />,
  colleague: (shared, { field, value, onChange }) => (
    <SearchSelect {...shared} choices={field.choices ?? []} value={textOf(value)} onChange={onChange} />
  ),
  colleagues: (shared, { field, value, onChange }) => (
    <ColleaguesField {...shared} choices={field.choices ?? []} value={listOf(value)} onChange={onChange} />
  ),
  date: (shared, { value, onChange }) => <DateField {...shared} value={textOf(value)} onChange={onChange} />,
  reference: (shared, { value, onChange }) => (
    <TextField
      {...shared}
      value={textOf(value)}
      onChange={onChange}
      dir="ltr"
      inputMode="numeric"
      help={msg("cases-act.composerField.reference")}
    />
  ),
  applicantCode: (shared, { value, onChange }) => (
    <TextField {...shared} value={textOf(value)} onChange={onChange} dir="ltr" help={words.code} />
  ),
  closingReason: (shared, props) => <ToldChoice shared={shared} props={props} />,
  references: (shared, { value, onChange }) => (
    <TextArea {...shared} value={textOf(value)} onChange={onChange} dir="ltr" rows={3} help={words.references} />
  ),
};

const none: readonly string[] = [];

/** The likeliest come first while nothing is typed, and are marked; what is typed finds all alike. */
function EntityField({ shared, props }: { shared: Shared; props: ComposerFieldProps }) {
  const { field, value, onChange, suggested = none } = props;
  const box = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState(suggested);
  useEffect(() => {
    // A list that is open keeps its order under the hand.
    if (box.current?.querySelector('[aria-expanded="true"]') == null) setShown(suggested);
  }, [suggested]);
  const choices = useMemo(() => {
    const all = field.choices ?? [];
    const first = shown.flatMap((code) => all.find((choice) => choice.value === code) ?? []);
    const marked = first.map((choice) => ({ ...choice, hint: msg("cases-act.composerField.suggested") }));
    return [...marked, ...all.filter((choice) => !first.includes(choice))];
  }, [field.choices, shown]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the field inside is what people use
    <div ref={box} onBlur={() => setShown(suggested)}>
      <SearchSelect {...shared} choices={choices} value={textOf(value)} onChange={onChange} />
    </div>
  );
}

/** What the applicant will read of what is chosen stands with the choice. */
function ToldChoice({ shared, props }: { shared: Shared; props: ComposerFieldProps }) {
  const { t } = useText();
  const chosen = textOf(props.value);
  const choices = props.field.choices ?? [];
  const told = choices.find(({ value }) => value === chosen)?.told;
  return (
    <>
      <Select {...shared} choices={choices} value={chosen} onChange={props.onChange} empty={words.choose} />
      <div role="status">
        {told && (
          <figure className="composer-told">
            <figcaption className="small muted">{t(msg("cases-act.composerField.told"))}</figcaption>
            <blockquote className="prose">{t(told)}</blockquote>
          </figure>
        )}
      </div>
    </>
  );
}

export function ComposerField(props: ComposerFieldProps) {
  const { field, value, fault, onChange, colleagues, onMention } = props;
  const { label, required, name } = field;
  // What is filled in is no longer asked for.
  const empty = value === undefined || value.length === 0;
  const shared: Shared = { label, required, marked: empty, name, fault: fault ?? null };
  const special = kinds[field.type];
  if (special !== undefined) return special(shared, props);
  if (field.choices !== null) {
    return (
      <Select {...shared} choices={field.choices} value={textOf(value)} onChange={onChange} empty={words.choose} />
    );
  }
  const most = field.maxLength ?? usualLength;
  return (
    <TextComposer
      {...shared}
      value={textOf(value)}
      onChange={onChange}
      most={most}
      rows={most > longText ? 6 : most > shortText ? 3 : 1}
      colleagues={colleagues?.choices ?? null}
      onMention={onMention}
    />
  );
}
