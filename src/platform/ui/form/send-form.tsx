/** The one way to send a form: a press sends once, what is wrong is said above it and at its fields, and what was typed stays. */

import React, { type ReactNode, type Ref, useEffect, useRef } from "react";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { ProblemBody } from "../api.js";
import type { Words } from "../boot.js";
import { Icon } from "../icons.js";
import { useText } from "../language/text.js";
import { saidOnce } from "../said-once.js";
import { unchosenMark } from "./combobox.js";
import { fieldId } from "./field.js";
import type { Sending } from "./use-sending.js";

/** All that is wrong with what was sent, above its form, each fault of a field a way there; it takes focus when it appears. */
const words = {
  one: msg("ui.errorSummary.one"),
  many: pattern("ui.errorSummary.many"),
};

/**
 * Fields that show their own fault, by their place in what is sent (`nameAr`, `fields/note`), in the order in which they are on the form; null: its
 * reasons say enough without its label. The last part of the place is the name of the input.
 */
type FormFields = ReadonlyMap<string, Words | null>;

const inputOf = (place: string): string => place.split("/").at(-1) ?? "";

interface SummaryProps {
  readonly problem: ProblemBody | null;
  readonly fields: FormFields;
  /** What the names of inputs begin with, where forms of one page have fields of the same name. */
  readonly scope?: string;
  readonly actions?: ReactNode;
}

/** Opens the closed parts of the page in which it is. */
function openAround(input: Element | null): void {
  for (let part = input?.closest("details"); part; part = part.parentElement?.closest("details")) part.open = true;
}

/** Goes to an input, wherever it is. */
function showField(input: HTMLElement | null | undefined): void {
  if (!input) return;
  openAround(input);
  input.scrollIntoView({ block: "center" });
  input.focus({ preventScroll: true });
}

function ErrorSummary({ problem, fields, scope = "", actions }: SummaryProps) {
  const { t } = useText();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!problem) return;
    for (const faulty of box.current?.closest("form")?.querySelectorAll("[aria-invalid]") ?? []) openAround(faulty);
    box.current?.focus({ preventScroll: true });
    box.current?.scrollIntoView({ block: "nearest" });
  }, [problem]);
  if (!problem) return null;
  const places = [...fields.keys()];
  const placeOf = (pointer: string): number =>
    places.findIndex((place) => pointer === `/${place}` || pointer.startsWith(`/${place}/`));
  const atFields = problem.faults
    .flatMap(({ field, reason }) => {
      const order = placeOf(field);
      const place = places[order];
      return place === undefined ? [] : [{ field, reason, order, place }];
    })
    .sort((a, b) => a.order - b.order);
  const besides = problem.faults.filter(({ field }) => placeOf(field) < 0);
  const labelled = (place: string, reason: string): string => {
    const label = fields.get(place) ?? null;
    return label === null ? reason : t(pattern("ui.errorSummary.at"), { label: t(label), reason });
  };
  /** An input without a name is the first that is wrong. */
  const goTo = (place: string) => {
    showField(
      document.getElementById(fieldId(scope + inputOf(place))) ??
        box.current?.closest("form")?.querySelector<HTMLElement>("[aria-invalid]"),
    );
  };
  const n = atFields.length;
  const more = n === 0 ? saidOnce(problem) : besides.map(({ reason }) => reason);
  return (
    <div className="notice notice-danger" role="alert" tabIndex={-1} ref={box}>
      <Icon name="alert" size={20} />
      <div className="notice-body">
        <p className="notice-title">{n === 0 ? t(problem.title) : n === 1 ? t(words.one) : t(words.many, { n })}</p>
        {n === 0 && <p>{t(problem.detail)}</p>}
        {n + more.length > 0 && (
          <ul className="bullets">
            {atFields.map(({ field, place, reason }) => (
              <li key={field + reason.en}>
                <a
                  href={`#${fieldId(scope + inputOf(place))}`}
                  onClick={(event) => {
                    event.preventDefault();
                    goTo(place);
                  }}
                >
                  {labelled(place, t(reason))}
                </a>
              </li>
            ))}
            {more.map((reason) => (
              <li key={reason.en}>{t(reason)}</li>
            ))}
          </ul>
        )}
        {actions && <div className="notice-actions">{actions}</div>}
      </div>
    </div>
  );
}

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

/** Ctrl+Enter sends from a text of several lines too. */
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
      onKeyDown={(event) => {
        if (event.defaultPrevented || event.nativeEvent.isComposing) return;
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        event.currentTarget.requestSubmit();
      }}
    >
      <ErrorSummary problem={sending.problem} {...{ fields, scope, actions }} />
      {children}
    </form>
  );
}
