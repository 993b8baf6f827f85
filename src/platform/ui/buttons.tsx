import React, { type ReactNode } from "react";
import { Link } from "react-router-dom";
import type { Words } from "./boot.js";
import { Icon } from "./icons.js";
import { useText } from "./language/text.js";

export type ButtonKind = "primary" | "plain" | "danger" | "quiet";

interface Look {
  readonly kind?: ButtonKind;
  readonly icon?: string;
  readonly small?: boolean;
  /** What it says to those who do not see the icon; needed where there are no words. */
  readonly label?: Words;
}

interface ButtonProps extends Look {
  readonly children?: ReactNode;
  readonly type?: "button" | "submit";
  readonly onClick?: () => void;
  readonly disabled?: boolean;
  /** Something runs: it stays in sight and takes no second click. */
  readonly busy?: boolean;
  /** Why it cannot be pressed; shown beside the pointer and read out. The button stays reachable. */
  readonly why?: Words | null;
  readonly name?: string;
  readonly expanded?: boolean;
  readonly pressed?: boolean;
}

const classOf = ({ kind = "plain", small, icon }: Look, words: boolean): string =>
  `button button-${kind}${small ? " button-small" : ""}${icon && !words ? " button-icon" : ""}`;

export function Button({
  children,
  type = "button",
  onClick,
  disabled,
  busy,
  why,
  label,
  name,
  expanded,
  pressed,
  ...look
}: ButtonProps) {
  const { t } = useText();
  const stopped = busy === true || (why !== null && why !== undefined);
  return (
    <button
      type={type}
      name={name}
      className={classOf(look, children !== undefined)}
      disabled={disabled}
      aria-disabled={stopped || undefined}
      aria-busy={busy || undefined}
      aria-label={label === undefined ? undefined : t(label)}
      aria-expanded={expanded}
      aria-pressed={pressed}
      title={why ? t(why) : label === undefined || children !== undefined ? undefined : t(label)}
      onClick={(event) => {
        if (stopped) return event.preventDefault();
        onClick?.();
      }}
    >
      {look.icon && <Icon name={look.icon} size={look.small ? 16 : 18} />}
      {children !== undefined && <span>{children}</span>}
      {why && <span className="unseen"> — {t(why)}</span>}
    </button>
  );
}

/** Looks like a button, goes somewhere: whoever opens it in a new tab can. */
export function LinkButton({ to, children, label, ...look }: Look & { to: string; children?: ReactNode }) {
  const { t } = useText();
  return (
    <Link
      to={to}
      className={classOf(look, children !== undefined)}
      aria-label={label === undefined ? undefined : t(label)}
    >
      {look.icon && <Icon name={look.icon} size={look.small ? 16 : 18} />}
      {children !== undefined && <span>{children}</span>}
    </Link>
  );
}
