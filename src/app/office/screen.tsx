/** A screen by its name: at once where it is there already, else once its area is loaded. Who has a poor line may try again. */

import React, { useCallback, useEffect, useState } from "react";
import { msg } from "../../engine/text/msg.js";
import { ReloadNeeded, Spinner } from "../../platform/ui/kit.js";
import { type Screen as Loaded, loadScreen, screenAtHand } from "./load-screen.js";
import { NotFound } from "./not-found.js";
import { PageFailed } from "./page-failed.js";

const words = {
  title: msg("office.screen.failureTitle"),
};

type State = { readonly screen: Loaded | null } | "loading" | "failed" | "gone";

/** @param props.of what the screen itself is given */
export function Screen({ name, of = {} }: { name: string; of?: object }) {
  const [state, setState] = useState<State>(() => {
    const screen = screenAtHand(name);
    return screen === null ? "loading" : { screen };
  });
  const load = useCallback(() => {
    let left = false;
    setState("loading");
    loadScreen(name).then(
      (screen) => !left && setState({ screen }),
      (error: unknown) => !left && setState(error instanceof ReloadNeeded ? "gone" : "failed"),
    );
    return () => {
      left = true;
    };
  }, [name]);
  useEffect(() => {
    if (screenAtHand(name) === null) return load();
  }, [name, load]);
  if (state === "gone") return <PageFailed title={words.title} hint={msg("office.screen.renewedHint")} />;
  if (state === "failed") return <PageFailed title={words.title} hint={msg("office.screen.awayHint")} onAgain={load} />;
  if (state === "loading") {
    return (
      <div className="page">
        <Spinner />
      </div>
    );
  }
  return state.screen === null ? <NotFound /> : <state.screen {...of} />;
}
