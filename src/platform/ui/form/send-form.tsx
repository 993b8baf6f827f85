/** The one way to send a form: a press sends once, what is wrong is said above it and at its fields, and what was typed stays. */

import React, { type ReactNode, type Ref } from "react";
import { unchosenMark } from "./combobox.js";
import { ErrorSummary, type FormFields, showField } from "./error-summary.js";
import type { Sending } from "./use-sending.js";

interface SendFormProps {
  readonly sending: Sending;
  /** Sends it; what it throws is shown. */
  readonly onSend: () => Promise<unknown>;
  /** Fields that show their own fault by `sending.faultAt`. */
  readonly fields?: FormFields;
  /** What the names of inputs begin with, where forms of one page have fields of the same name. */
  readonly scope?: string;
  /** What can be done about the problem. */
  readonly actions?: ReactNode;
  readonly className?: string;
  readonly formRef?: Ref<HTMLFormElement>;
  readonly children: ReactNode;
}

const noFields: FormFields = new Map();

/** Goes to a text in a form that is no choice: it has its fault beside it, and would be sent as nothing. False: there is none. */
export function showUnchosen(form: HTMLElement | null): boolean {
  const unchosen = form?.querySelector<HTMLElement>(unchosenMark) ?? null;
  showField(unchosen);
  return unchosen !== null;
}

export function SendForm(props: SendFormProps) {
  const { sending, onSend, fields = noFields, scope, actions, className = "stack", formRef, children } = props;
  return (
    <form
      ref={formRef}
      className={className}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!showUnchosen(event.currentTarget)) void sending.run(onSend);
      }}
    >
      <ErrorSummary problem={sending.problem} {...{ fields, scope, actions }} />
      {children}
    </form>
  );
}
