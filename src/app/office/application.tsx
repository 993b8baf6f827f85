/** The frame around every screen. */

import React, { useEffect, useState } from "react";
import { useLocation, useNavigate } from "react-router-dom";
import { msg } from "../../engine/text/msg.js";
import { WorkWatch } from "../../features/cases/bulk/work-watch.js";
import { forgetOthers } from "../../platform/ui/form/draft-store.js";
import {
  adminRoot,
  Button,
  Dialog,
  ErrorBoundary,
  Icon,
  type OldViews,
  reachedEvent,
  resourceOf,
  signedOutEvent,
  Toasts,
  useKept,
  useOldViews,
  useText,
} from "../../platform/ui/kit.js";
import { useShortcuts } from "../../platform/ui/shortcuts.js";
import { signInAddress } from "./addresses.js";
import { Header } from "./header.js";
import { loadWhenIdle } from "./load-screen.js";
import { Navigation } from "./navigation.js";
import { Screens } from "./routes.js";

/** The session has ended while somebody worked: nothing typed is thrown away. */
function SignedOut() {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const show = () => setOpen(true);
    window.addEventListener(signedOutEvent, show);
    return () => window.removeEventListener(signedOutEvent, show);
  }, []);
  if (!open) return null;
  return (
    <Dialog title={msg("office.application.signedOutWordsTitle")} onClose={() => setOpen(false)}>
      <p>{t(msg("office.application.signedOutWordsHint"))}</p>
      <div className="form-actions">
        <a className="button button-primary" href={signInAddress} target="_blank" rel="noreferrer">
          <span>{t(msg("office.application.signedOutWordsSignIn"))}</span>
        </a>
        <Button onClick={() => setOpen(false)}>{t(msg("office.application.signedOutWordsBack"))}</Button>
      </div>
    </Dialog>
  );
}

function useReached(): boolean {
  const [reached, setReached] = useState(navigator.onLine);
  useEffect(() => {
    const on = () => setReached(true);
    const off = () => setReached(false);
    const told = (event: Event) => setReached((event as CustomEvent<boolean>).detail);
    window.addEventListener("online", on);
    window.addEventListener("offline", off);
    window.addEventListener(reachedEvent, told);
    return () => {
      window.removeEventListener("online", on);
      window.removeEventListener("offline", off);
      window.removeEventListener(reachedEvent, told);
    };
  }, []);
  return reached;
}

function said(reached: boolean, { any, gone }: OldViews) {
  if (!reached) return msg("office.application.connectionWordsAway");
  if (gone) return msg("office.application.connectionWordsGone");
  return any ? msg("office.application.connectionWordsOld") : null;
}

/**
 * One line above every page: the server is out of reach, or what is in sight could not be read again and may be old. What was
 * typed stays where it is.
 */
function Connection() {
  const { t } = useText();
  const views = useOldViews();
  const line = said(useReached(), views);
  const [busy, setBusy] = useState(false);
  const read = async () => {
    setBusy(true);
    await views.readAgain();
    setBusy(false);
  };
  return (
    <div role="status" className={line === null ? "unseen" : views.any ? "connection old-views" : "connection"}>
      {line !== null && (
        <>
          <Icon name="alert" size={18} />
          <span>{t(line)}</span>
          {views.any && !views.gone && (
            <Button small icon="refresh" busy={busy} onClick={() => void read()}>
              {t(msg("office.application.connectionWordsAgain"))}
            </Button>
          )}
        </>
      )}
    </div>
  );
}

export function Application() {
  const { t } = useText();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const [menuOpen, setMenuOpen] = useState(false);
  const [folded, setFolded] = useKept("side-folded", (kept) => (typeof kept === "boolean" ? kept : null), false);
  useEffect(() => {
    forgetOthers();
    // From nearly every page people go on to a case.
    if (resourceOf("cases") !== undefined) loadWhenIdle("CasePage");
  }, []);
  useShortcuts({ home: () => navigate(adminRoot) });
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever goes somewhere is done with the menu
  useEffect(() => {
    setMenuOpen(false);
  }, [pathname]);
  return (
    <div className={["shell", menuOpen && "shell-menu", folded && "shell-folded"].filter(Boolean).join(" ")}>
      <a className="skip" href="#content">
        {t(msg("office.application.skip"))}
      </a>
      <Header menuOpen={menuOpen} onMenu={() => setMenuOpen(!menuOpen)} />
      <Connection />
      <div className="shell-body">
        <Navigation open={menuOpen} onClose={() => setMenuOpen(false)} folded={folded} onFold={setFolded} />
        <main id="content" tabIndex={-1} className="content">
          <Screens />
        </main>
      </div>
      <ErrorBoundary instead={() => null}>
        <WorkWatch />
      </ErrorBoundary>
      <Toasts />
      <SignedOut />
    </div>
  );
}
