/** What may be wider than its place moves sideways there, by keyboard too; the page around it stays. */

import React, { type ReactNode, useEffect, useRef, useState } from "react";
import type { Words } from "./boot.js";
import { useText } from "./language/text.js";

/** Whether what stands in the frame is wider than it: then it has to be reachable by keyboard, to be moved. */
function useWider() {
  const frame = useRef<HTMLDivElement>(null);
  const [wider, setWider] = useState(false);
  useEffect(() => {
    const box = frame.current;
    if (box === null) return;
    const watch = new ResizeObserver(() => setWider(box.scrollWidth > box.clientWidth + 1));
    watch.observe(box);
    if (box.firstElementChild) watch.observe(box.firstElementChild);
    return () => watch.disconnect();
  }, []);
  return { frame, wider };
}

interface WideFrameProps {
  /** What stands in it; read out where it moves sideways. */
  readonly label: Words;
  readonly className: string;
  readonly busy?: boolean | undefined;
  readonly children: ReactNode;
}

/** A group with a name where it moves sideways; a plain frame otherwise. */
export function WideFrame({ label, className, busy, children }: WideFrameProps) {
  const { t } = useText();
  const { frame, wider } = useWider();
  const moves = wider ? { role: "group", tabIndex: 0, "aria-label": t(label) } : {};
  const classes = [className, wider && "moves-sideways", busy && "table-busy"].filter(Boolean).join(" ");
  return (
    <div ref={frame} className={classes} aria-busy={busy || undefined} {...moves}>
      {children}
    </div>
  );
}
