/** One field of an action, by its kind. */

import React, { useCallback } from "react";
import type { OfferedField } from "../../../engine/lifecycle/views/case-view.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Combobox } from "../../../platform/ui/form/combobox.js";
import { foundAmong, type Option } from "../../../platform/ui/form/typed-search.js";
import {
  Field,
  type FieldProps,
  Icon,
  SearchSelect,
  Select,
  TextArea,
  TextField,
  useText,
  type Words,
} from "../../../platform/ui/kit.js";
import type { FieldValue } from "./composer-values.js";
import { TextComposer } from "./text-composer.js";

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
  entity: (shared, { field, value, onChange }) => (
    <SearchSelect {...shared} choices={field.choices ?? []} value={textOf(value)} onChange={onChange} />
  ),
  colleague: (shared, { field, value, onChange }) => (
    <SearchSelect {...shared} choices={field.choices ?? []} value={textOf(value)} onChange={onChange} />
  ),
  colleagues: (shared, { field, value, onChange }) => (
    <ColleaguesField {...shared} choices={field.choices ?? []} value={listOf(value)} onChange={onChange} />
  ),
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
