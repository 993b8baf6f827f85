/** A label, a help and a fault around an input, tied together for those who hear the page. */

import React, { createContext, type ReactNode, useContext, useId } from "react";
import { msg } from "../../../engine/text/msg.js";
import type { Words } from "../boot.js";
import { Icon } from "../icons.js";
import { useText } from "../language/text.js";

export interface FieldProps {
  readonly label: Words;
  readonly help?: Words | null;
  /** What is wrong with what was typed. */
  readonly fault?: Words | null;
  /** False is said beside the label; nothing is said where it is not told. */
  readonly required?: boolean;
  /** Says beside the label that it is required, too: where most fields are not. */
  readonly marked?: boolean | undefined;
  /** Several inputs under one label: a fieldset with a legend. */
  readonly group?: boolean;
  /** Part of its id, so that an error summary can point here. */
  readonly name?: string;
  /** Id of a help that stands elsewhere, for several fields together. */
  readonly sharedHelp?: string;
  readonly children?: ReactNode;
}

export interface FieldIds {
  readonly id: string;
  readonly describedBy?: string;
  readonly invalid: boolean;
  readonly required: boolean;
}

const FieldContext = createContext<FieldIds | null>(null);

/** What an input inside a Field has to carry. */
export function useField(): { id: string; "aria-describedby"?: string; "aria-invalid"?: true; "aria-required"?: true } {
  const own = useId();
  const field = useContext(FieldContext);
  if (field === null) return { id: own };
  return {
    id: field.id,
    ...(field.describedBy ? { "aria-describedby": field.describedBy } : {}),
    ...(field.invalid ? { "aria-invalid": true } : {}),
    ...(field.required ? { "aria-required": true } : {}),
  };
}

/** The id of the input of a field with a name: an error summary links to it. */
export const fieldId = (name: string): string => `field-${name.replace(/[^\w-]/g, "-")}`;

export function Field({ label, help, fault, required, marked, group, name, sharedHelp, children }: FieldProps) {
  const { t } = useText();
  const own = useId();
  const id = name === undefined ? own : fieldId(name);
  const helpId = help ? `${id}-help` : undefined;
  const faultId = fault ? `${id}-fault` : undefined;
  const describedBy = [helpId, sharedHelp, faultId].filter(Boolean).join(" ") || undefined;
  const inside = { id, invalid: Boolean(fault), required: required === true, ...(describedBy ? { describedBy } : {}) };
  const title = (
    <>
      {t(label)}
      {required === true && marked && <span className="field-optional"> ({t(msg("ui.field.required"))})</span>}
      {required === false && <span className="field-optional"> ({t(msg("ui.field.optional"))})</span>}
    </>
  );
  const body = (
    <>
      {help && (
        <p className="field-help" id={helpId}>
          {t(help)}
        </p>
      )}
      {fault && (
        <p className="field-fault" id={faultId}>
          <Icon name="alert" size={16} />
          <span>{t(fault)}</span>
        </p>
      )}
      {children}
    </>
  );
  const className = fault ? "field field-faulty" : "field";
  return (
    <FieldContext.Provider value={group ? null : inside}>
      {group ? (
        <fieldset className={className} id={id} aria-describedby={describedBy} tabIndex={-1}>
          <legend className="field-label">{title}</legend>
          {body}
        </fieldset>
      ) : (
        <div className={className}>
          <label className="field-label" htmlFor={id}>
            {title}
          </label>
          {body}
        </div>
      )}
    </FieldContext.Provider>
  );
}
