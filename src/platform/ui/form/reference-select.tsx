/** Chooses a record of another resource by typing. */
import React, { useCallback, useEffect, useState } from "react";
import type { ListAnswer, RecordView } from "../../admin/resource-view.js";
import { withQuery } from "../address.js";
import { read } from "../api.js";
import { resourceOf, type Words } from "../boot.js";
import { useText } from "../language/text.js";
import { Combobox } from "./combobox.js";
import { Field, type FieldProps } from "./field.js";
import { foundAmong, maxOffered, type Option } from "./typed-search.js";

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
  /** Offered as well: what does not exist yet. They bring no record. */
  readonly also?: readonly Option[];
}

const typingMs = 200;
const codeOf = (record: RecordView): string => String(record.values.code ?? record.id);

/** The question, in words that the resource knows: what it cannot be asked is left out. */
function question(resource: string, search: string, { programme, withRetired }: Narrowing): string {
  const columns = resourceOf(resource)?.view.columns ?? [];
  const filterable = (name: string): boolean => columns.some((column) => column.name === name && column.filter);
  return withQuery(`resources/${resource}/actions/list`, {
    search: columns.some((column) => column.search) ? search : null,
    perPage: maxOffered,
    "filters.programme": programme,
    "filters.retired": filterable("retired") && !withRetired ? "false" : null,
    "filters.retiredAt": filterable("retiredAt") && !withRetired ? "false" : null,
  });
}
type Narrowing = Pick<ReferenceProps, "programme" | "withRetired">;

const find = async (resource: string, search: string, narrowing: Narrowing): Promise<readonly RecordView[]> =>
  (await read<ListAnswer>(question(resource, search, narrowing))).records;

/** The record of this code, out of use or not; null: there is none. */
export const recordOfCode = async (
  resource: string,
  code: string,
  programme: string | null,
): Promise<RecordView | null> =>
  (await find(resource, code, { programme, withRetired: true })).find((record) => codeOf(record) === code) ?? null;

interface Found extends Option {
  readonly record: RecordView | null;
}

const nothingElse: readonly Option[] = [];

function RecordBox(props: ReferenceProps) {
  const { resource, value, onChange, chosen, programme, withRetired, disabled, id, also = nothingElse } = props;
  const { t } = useText();
  const [name, setName] = useState<string>(chosen ? t(chosen) : value);

  // The name of a code that came from elsewhere: the address, a record.
  useEffect(() => {
    if (chosen) return setName(t(chosen));
    if (value === "") return setName("");
    const coming = also.find((one) => one.value === value);
    if (coming) return setName(t(coming.label));
    let current = true;
    setName(value);
    find(resource, value, { programme, withRetired: true })
      .then((records) => {
        const match = records.find((record) => codeOf(record) === value);
        if (current && match) setName(t(match.title));
      })
      .catch(() => undefined);
    return () => {
      current = false;
    };
  }, [resource, value, chosen, programme, also, t]);

  const search = useCallback(
    async (typed: string): Promise<readonly Found[]> => {
      const records = await find(resource, typed, { programme, withRetired });
      return [
        ...foundAmong(also, typed).map((one) => ({ ...one, record: null })),
        ...records.map((record) => ({
          value: codeOf(record),
          label: record.title,
          code: record.values.code === undefined ? null : String(record.values.code),
          record,
        })),
      ];
    },
    [resource, programme, withRetired, also],
  );
  return (
    <Combobox
      value={value}
      name={name}
      find={search}
      waitMs={typingMs}
      disabled={disabled}
      id={id}
      onChange={(found) => {
        onChange(found?.value ?? "", found?.record ?? null);
        setName(found === null ? "" : t(found.label));
      }}
    />
  );
}

export function ReferenceSelect(props: ReferenceProps) {
  const { label, help, fault, required, name } = props;
  if (label === undefined) return <RecordBox {...props} />;
  return (
    <Field label={label} help={help} fault={fault} required={required} name={name}>
      <RecordBox {...props} />
    </Field>
  );
}
