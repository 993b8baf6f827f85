/** JSON as text with line numbers; faults name their place and lead to their line. Tab moves on, as everywhere. */

import React, { useEffect, useMemo, useRef } from "react";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import type { Words } from "../boot.js";
import { Button } from "../buttons.js";
import { Field, useField } from "../form/field.js";
import { useText } from "../language/text.js";
import { lineOfPointer } from "./json-lines.js";
import { textFaults } from "./read-json.js";

interface JsonEditorProps {
  /** The text, as it was typed; it need not be JSON yet. */
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly faults?: readonly { readonly field: string; readonly reason: Bilingual }[];
  readonly label: Words;
  readonly help?: Words;
  readonly rows?: number;
  readonly readOnly?: boolean;
  readonly name?: string;
  /** A place that somebody wants to see, as a JSON pointer: it is marked, and has the focus. */
  readonly at?: string | undefined;
}

interface Shown {
  readonly key: string;
  readonly place: string;
  readonly line: number | null;
  readonly reason: string;
}

function Editor({
  value,
  onChange,
  rows = 20,
  readOnly,
  marked,
  area,
}: JsonEditorProps & {
  marked: ReadonlySet<number>;
  area: React.RefObject<HTMLTextAreaElement>;
}) {
  const ids = useField();
  const gutter = useRef<HTMLDivElement>(null);
  const lines = value.split("\n").length;
  return (
    <div className="code" dir="ltr">
      <div className="code-gutter" ref={gutter} aria-hidden="true">
        {Array.from({ length: lines }, (_, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
          <span key={at} className={marked.has(at + 1) ? "code-faulty" : undefined}>
            {at + 1}
          </span>
        ))}
      </div>
      <textarea
        {...ids}
        ref={area}
        className="code-text"
        dir="ltr"
        lang="en"
        wrap="off"
        spellCheck={false}
        autoCapitalize="off"
        rows={Math.min(rows, Math.max(6, lines + 1))}
        value={value}
        readOnly={readOnly}
        onChange={(event) => onChange(event.target.value)}
        onScroll={(event) => {
          if (gutter.current) gutter.current.scrollTop = event.currentTarget.scrollTop;
        }}
      />
    </div>
  );
}

export function JsonEditor(props: JsonEditorProps) {
  const { value, onChange, faults = [], label, help, readOnly, name, at } = props;
  const { t } = useText();
  const area = useRef<HTMLTextAreaElement>(null);
  const ofText = useMemo(() => (readOnly ? [] : textFaults(value)), [value, readOnly]);
  const shown: Shown[] = ofText.map(({ place, line, reason }) => ({
    key: `${line} ${place}`,
    place,
    line,
    reason: t(reason),
  }));
  if (ofText.length === 0) {
    for (const { field, reason } of faults) {
      const place = field === "" || field === "/" ? t(msg("ui.jsonEditor.whole")) : field;
      shown.push({ key: field + reason.en, place, line: lineOfPointer(value, field), reason: t(reason) });
    }
  }
  const goTo = (line: number) => {
    const text = area.current;
    if (!text) return;
    const starts =
      value
        .split("\n")
        .slice(0, line - 1)
        .join("\n").length + (line > 1 ? 1 : 0);
    const end = value.indexOf("\n", starts);
    text.focus();
    text.setSelectionRange(starts, end < 0 ? value.length : end);
    text.scrollTop = Math.max(0, (line - 4) * Number.parseFloat(getComputedStyle(text).lineHeight));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: gone to once, when it is asked for
  useEffect(() => {
    const line = at === undefined ? null : lineOfPointer(value, at);
    if (line !== null) goTo(line);
  }, [at]);
  const marked = new Set(shown.flatMap(({ line }) => (line === null ? [] : [line])));
  return (
    <div className="stack-small">
      <Field label={label} help={help} name={name} fault={shown.length > 0 ? msg("ui.jsonEditor.faults") : null}>
        {shown.length > 0 && (
          <ul className="code-faults">
            {shown.map(({ key, place, line, reason }) => (
              <li key={key}>
                {line !== null && (
                  <button type="button" className="link" onClick={() => goTo(line)}>
                    {t(pattern("ui.jsonEditor.line"), { n: line })}
                  </button>
                )}
                {place !== "" && (
                  <bdi dir="ltr" className="ltr code-place">
                    {place}
                  </bdi>
                )}
                <span>{reason}</span>
              </li>
            ))}
          </ul>
        )}
        <Editor {...props} marked={marked} area={area} />
      </Field>
      {!readOnly && (
        <div>
          <Button
            small
            icon="list"
            disabled={ofText.length > 0}
            onClick={() => onChange(JSON.stringify(JSON.parse(value), null, 2))}
          >
            {t(msg("ui.jsonEditor.tidy"))}
          </Button>
        </div>
      )}
    </div>
  );
}
