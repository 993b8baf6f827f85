/** What is chosen of a list, in the order in which it is read: switched on and off, dragged, moved by arrow keys or buttons. */

import React, { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { pattern } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { Announce, Checkbox, Icon, useText } from "../../../platform/ui/kit.js";
import { StepButton, useMoving } from "../use-moving.js";

const words = {
  up: pattern("policy-letters.orderedChoices.up"),
  down: pattern("policy-letters.orderedChoices.down"),
};

interface OrderedChoicesProps {
  readonly label: Bilingual;
  readonly all: readonly { readonly name: string; readonly label: Bilingual }[];
  readonly chosen: readonly string[];
  /** Left out: it may only be looked at. */
  readonly onChange?: ((chosen: readonly string[]) => void) | undefined;
  /** What else is said of one that is chosen. */
  readonly more?: (name: string) => ReactNode;
}

export function OrderedChoices({ label, all, chosen, onChange, more }: OrderedChoicesProps) {
  const { t } = useText();
  const [said, setSaid] = useState("");
  const focused = useRef<string | null>(null);
  const labelOf = (name: string) => t(all.find((one) => one.name === name)?.label ?? { en: name, ar: name });
  const count = chosen.length;
  const move =
    onChange &&
    ((from: number, to: number) => {
      const name = chosen[from];
      if (name === undefined) return;
      const rest = chosen.filter((_, i) => i !== from);
      onChange([...rest.slice(0, to), name, ...rest.slice(to)]);
      setSaid(t(pattern("policy-letters.orderedChoices.moved"), { title: labelOf(name), n: to + 1, all: count }));
    });
  const { list, dragged, handleProps } = useMoving(count, move);
  useLayoutEffect(() => {
    if (focused.current === null) return;
    const key = focused.current;
    focused.current = null;
    list.current?.querySelector<HTMLElement>(`[data-focus="${CSS.escape(key)}"]`)?.focus();
  });
  const rest = all.filter(({ name }) => !chosen.includes(name));
  const toggle = (name: string, on: boolean) => (
    <Checkbox
      label={labelOf(name)}
      checked={on}
      disabled={onChange === undefined}
      onChange={(checked) => onChange?.(checked ? [...chosen, name] : chosen.filter((one) => one !== name))}
    />
  );
  return (
    <>
      <ol className={dragged ? "ordered rule-dragging" : "ordered"} aria-label={t(label)} ref={list}>
        {chosen.map((name, place) => {
          const title = labelOf(name);
          const handle = handleProps(place);
          const look = [
            "ordered-row",
            dragged?.from === place && "rule-lifted",
            dragged?.before === place && "rule-before",
            dragged?.before === count && place === count - 1 && "rule-after",
          ];
          return (
            <li key={name} data-place={place} className={look.filter(Boolean).join(" ")}>
              <div className="ordered-line">
                {move && (
                  <button
                    type="button"
                    className="rule-handle"
                    data-focus={`handle/${name}`}
                    aria-label={t(pattern("policy-letters.orderedChoices.handle"), { title, n: place + 1, all: count })}
                    {...handle}
                    onKeyDown={(event) => {
                      if (event.key.startsWith("Arrow")) focused.current = `handle/${name}`;
                      handle.onKeyDown(event);
                    }}
                  >
                    <Icon name="menu" size={18} />
                  </button>
                )}
                {toggle(name, true)}
                {move &&
                  (["up", "down"] as const).map((way) => (
                    <StepButton
                      key={way}
                      focusKey={`${way}/${name}`}
                      label={t(words[way], { title })}
                      icon={way}
                      disabled={way === "up" ? place === 0 : place === count - 1}
                      onClick={() => {
                        focused.current = `${way}/${name}`;
                        move(place, way === "up" ? place - 1 : place + 1);
                      }}
                    />
                  ))}
              </div>
              {more?.(name)}
            </li>
          );
        })}
      </ol>
      {rest.length > 0 && (
        <ul className="ordered">
          {rest.map(({ name }) => (
            <li key={name} className="ordered-row ordered-off">
              <div className="ordered-line">{toggle(name, false)}</div>
            </li>
          ))}
        </ul>
      )}
      <Announce>{said}</Announce>
    </>
  );
}
