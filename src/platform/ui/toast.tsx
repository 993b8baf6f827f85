/** Short news at the edge of the screen: "Saved". What needs an answer is a dialog or a notice instead. */

import React, { useEffect, useState } from "react";
import { Link } from "react-router-dom";
import { msg } from "../../engine/text/msg.js";
import type { Words } from "./boot.js";
import { Icon } from "./icons.js";
import { say, useText } from "./language/text.js";

export type ToastTone = "success" | "info" | "danger";
interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: ToastTone;
  readonly link: ToastLink | null;
}
/** Where to look at what the words tell of, or what takes it back. */
export type ToastLink = { readonly words: Words } & ({ readonly to: string } | { readonly act: () => void });

const shownMs = 7000;
/** What can be taken back can be reached by keyboard, too. */
const offeredMs = 20_000;
let lastId = 0;
let toasts: readonly Toast[] = [];
const listeners = new Set<(toasts: readonly Toast[]) => void>();

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener(next);
}

const close = (id: number): void => set(toasts.filter((one) => one.id !== id));

/** Shows some words for a while, and has them read out. */
export function toast(text: Words, tone: ToastTone = "success", link: ToastLink | null = null): void {
  lastId += 1;
  const one = { id: lastId, text: say(text), tone, link };
  set([...toasts.slice(-2), one]);
  // Bad news stays until somebody closes it.
  if (tone !== "danger") setTimeout(() => close(one.id), link !== null && "act" in link ? offeredMs : shownMs);
}

/** Takes good news away that only tells: beside what went wrong since, it would seem to be about that. */
export const closeGoodNews = (): void =>
  set(toasts.filter(({ tone, link }) => tone === "danger" || (link !== null && "act" in link)));

/** The place where they appear; the shell has it once. */
export function Toasts() {
  const { t } = useText();
  const [shown, setShown] = useState(toasts);
  useEffect(() => {
    listeners.add(setShown);
    return () => {
      listeners.delete(setShown);
    };
  }, []);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown.map(({ id, text, tone, link }) => (
        <div key={id} className={`toast toast-${tone}`}>
          <Icon name={tone === "success" ? "check" : tone === "danger" ? "alert" : "info"} size={18} />
          <span>
            {text}
            {link && (
              <>
                {" "}
                {"to" in link ? (
                  <Link to={link.to} className="toast-link">
                    {t(link.words)}
                  </Link>
                ) : (
                  <button
                    type="button"
                    className="toast-link"
                    onClick={() => {
                      close(id);
                      link.act();
                    }}
                  >
                    {t(link.words)}
                  </button>
                )}
              </>
            )}
          </span>
          <button type="button" className="toast-close" aria-label={t(msg("ui.toast.close"))} onClick={() => close(id)}>
            <Icon name="close" size={16} />
          </button>
        </div>
      ))}
    </div>
  );
}
