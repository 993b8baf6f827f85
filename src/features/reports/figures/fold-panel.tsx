/** A section of the page that folds. What a reader opened or closed stays so on this device; paper has all of it, and who comes for it finds it open. */
import React, { type ReactNode, useEffect, useId, useRef } from "react";
import { Icon, useKept, usePrinting, useText, type Words } from "../../../platform/ui/kit.js";

interface FoldProps {
  /** The place that an address names. */
  readonly id: string;
  readonly title: Words;
  readonly actions?: ReactNode;
  /** Content that brings its own edges: a table. */
  readonly flush?: boolean;
  /** Closed until a reader opens it. */
  readonly closed?: boolean;
  readonly children: ReactNode;
}

const isAskedFor = (id: string): boolean => window.location.hash === `#${id}`;

export function FoldPanel({ id, title, actions, flush, closed, children }: FoldProps) {
  const { t } = useText();
  const [kept, keep] = useKept<boolean>(
    `fold-${id}`,
    (value) => (isAskedFor(id) ? true : typeof value === "boolean" ? value : null),
    closed !== true || isAskedFor(id),
  );
  const printing = usePrinting();
  const isOpen = kept || printing;
  const bodyId = useId();
  const box = useRef<HTMLElement>(null);
  // Its data was on its way.
  useEffect(() => {
    if (isAskedFor(id)) box.current?.scrollIntoView({ block: "start" });
  }, [id]);
  return (
    <section ref={box} id={id} className={`panel panel-fold${flush ? " panel-flush" : ""}`}>
      <header className="panel-head">
        <h2 dir="auto">
          <button type="button" aria-expanded={isOpen} aria-controls={bodyId} onClick={() => keep(!kept)}>
            <Icon name={isOpen ? "minus" : "plus"} size={18} />
            <span>{t(title)}</span>
          </button>
        </h2>
        {isOpen && actions && <div className="panel-actions">{actions}</div>}
      </header>
      <div id={bodyId} className="panel-body" hidden={!isOpen}>
        {isOpen && children}
      </div>
    </section>
  );
}
