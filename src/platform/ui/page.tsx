/** The frame of a screen: where one is, what it is called, what one can do here. */

import React, { type ReactNode, useEffect, useId, useRef } from "react";
import { Link, useLocation } from "react-router-dom";
import { msg } from "../../engine/text/msg.js";
import type { Words } from "./boot.js";
import { Icon } from "./icons.js";
import { useText } from "./language/text.js";
import { Part } from "./part.js";
import type { Tone } from "./pieces.js";

/** Where focus was last put: the first screen of a visit keeps the browser's own start. */
let arrivedAt: string | null = null;

interface PageProps {
  readonly title: Words;
  /** Shown instead of the plain title where a part has its own direction. */
  readonly heading?: ReactNode;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  /** The screen above this one. */
  readonly back?: { readonly to: string; readonly label: Words };
  readonly children?: ReactNode;
  /** Uses more of the width: boards, a case. `full`: all there is, for tables whose columns each chooses. */
  readonly wide?: boolean | "full";
  /** Little above the rows: where somebody works at a list all day. */
  readonly dense?: boolean;
}

/** One screen: it names the window, and moves focus to its title when one came here by a link. */
export function Page({ title, heading, lead, actions, back, children, wide, dense }: PageProps) {
  const { t } = useText();
  const { pathname } = useLocation();
  const top = useRef<HTMLHeadingElement>(null);
  const name = t(title);
  useEffect(() => {
    document.title = `${name} · ${t(msg("ui.page.office"))}`;
  }, [name, t]);
  useEffect(() => {
    if (arrivedAt !== null && arrivedAt !== pathname) {
      top.current?.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
    arrivedAt = pathname;
  }, [pathname]);
  return (
    <div
      className={["page", wide && (wide === "full" ? "page-full" : "page-wide"), dense && "page-dense"]
        .filter(Boolean)
        .join(" ")}
    >
      <header className="page-head">
        {back && (
          <Link className="page-back" to={back.to}>
            <Icon name="previous" size={16} />
            <span>{t(back.label)}</span>
          </Link>
        )}
        <div className="page-line">
          <h1 ref={top} tabIndex={-1}>
            {heading ?? name}
          </h1>
          {actions && <div className="page-actions">{actions}</div>}
        </div>
        {lead && <div className="page-lead">{lead}</div>}
      </header>
      {children}
    </div>
  );
}

interface PanelProps {
  readonly title?: Words;
  readonly actions?: ReactNode;
  readonly tone?: Tone;
  readonly children?: ReactNode;
  /** Content that brings its own edges: a table. */
  readonly flush?: boolean;
  readonly id?: string;
}

export function Panel({ title, actions, tone, children, flush, id }: PanelProps) {
  const { t } = useText();
  const titleId = useId();
  const box = useRef<HTMLElement>(null);
  // What the address names is there only now: its data was on its way.
  useEffect(() => {
    if (id !== undefined && window.location.hash === `#${id}`) box.current?.scrollIntoView({ block: "start" });
  }, [id]);
  return (
    <section
      ref={box}
      id={id}
      className={`panel${tone ? ` panel-${tone}` : ""}${flush ? " panel-flush" : ""}`}
      aria-labelledby={title ? titleId : undefined}
    >
      {(title || actions) && (
        <header className="panel-head">
          {title && (
            <h2 id={titleId} dir="auto">
              {t(title)}
            </h2>
          )}
          {actions && <div className="panel-actions">{actions}</div>}
        </header>
      )}
      <div className="panel-body">
        <Part>{children}</Part>
      </div>
    </section>
  );
}

interface TabsProps {
  readonly label: Words;
  readonly tabs: readonly { readonly id: string; readonly label: Words; readonly count?: number | null }[];
  readonly current: string;
  readonly onChange: (id: string) => void;
  readonly children?: ReactNode;
}

/** Parts of a screen side by side; arrow keys move between them. */
export function Tabs({ label, tabs, current, onChange, children }: TabsProps) {
  const { t, number, dir } = useText();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  // On a narrow screen the row of tabs is longer than the screen: the one that is open is always in sight.
  useEffect(() => {
    const row = list.current;
    const tab = row?.querySelector(`[data-tab="${CSS.escape(current)}"]`)?.getBoundingClientRect();
    const box = row?.getBoundingClientRect();
    if (!row || !tab || !box) return;
    if (tab.left < box.left) row.scrollLeft -= box.left - tab.left;
    else if (tab.right > box.right) row.scrollLeft += tab.right - box.right;
  }, [current]);
  const move = (step: number) => {
    const at = tabs.findIndex((tab) => tab.id === current);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (next === undefined) return;
    onChange(next.id);
    list.current?.querySelector<HTMLElement>(`[data-tab="${CSS.escape(next.id)}"]`)?.focus();
  };
  const keys: Readonly<Record<string, number>> = {
    ArrowRight: dir === "rtl" ? -1 : 1,
    ArrowLeft: dir === "rtl" ? 1 : -1,
  };
  return (
    <div className="tabs">
      <div role="tablist" aria-label={t(label)} ref={list} className="tab-list">
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            data-tab={tab.id}
            id={`${id}-${tab.id}`}
            aria-selected={tab.id === current}
            aria-controls={`${id}-panel`}
            tabIndex={tab.id === current ? 0 : -1}
            className="tab"
            onClick={() => onChange(tab.id)}
            onKeyDown={(event) => {
              const step = keys[event.key];
              if (step === undefined) return;
              event.preventDefault();
              move(step);
            }}
          >
            {t(tab.label)}
            {tab.count !== undefined && tab.count !== null && <span className="tab-count">{number(tab.count)}</span>}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${current}`} className="tab-panel">
        <Part of={current}>{children}</Part>
      </div>
    </div>
  );
}
