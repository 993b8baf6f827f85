/** Where somebody types nothing moves: what appears above it on the page, as a message that just came, pushes nothing down. */

import { Component, type ReactNode, type RefObject, useRef } from "react";

/**
 * While an act is on its way, news of the case waits: the act's own answer says whether it may still be read, and what is
 * news is mostly that act itself.
 */
export function useHeld(reload: () => void, gone: RefObject<boolean>) {
  const [holding, missed] = [useRef(false), useRef(false)];
  return {
    holding,
    reload() {
      if (holding.current) missed.current = true;
      else reload();
    },
    hold(on: boolean) {
      holding.current = on;
      if (!on && missed.current && !gone.current) reload();
      missed.current = false;
    },
  };
}

/** @param within the element inside of which somebody who types is kept in place */
export class KeepInPlace extends Component<{ within: string; children: ReactNode }> {
  /** The field with the focus and where on the screen it is; null: nobody types. */
  override getSnapshotBeforeUpdate(): { element: Element; top: number } | null {
    const element = document.activeElement;
    if (element === null || element.closest(this.props.within) === null) return null;
    return { element, top: element.getBoundingClientRect().top };
  }

  override componentDidUpdate(_: unknown, __: unknown, before: { element: Element; top: number } | null): void {
    if (before === null || !before.element.isConnected || document.activeElement !== before.element) return;
    const moved = before.element.getBoundingClientRect().top - before.top;
    if (Math.abs(moved) >= 1) window.scrollBy({ top: moved, behavior: "instant" });
  }

  override render(): ReactNode {
    return this.props.children;
  }
}
