/** News of a case that is open waits for an act on it. */
import { type RefObject, useRef } from "react";

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
