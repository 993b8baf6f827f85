/** The frame around every screen. */
import React, { useEffect, useState } from "react";
import { useLocation, useNavigate } from "react-router-dom";
import { WorkWatch } from "../../features/cases/bulk/work-watch.js";
import { forgetOthers } from "../../platform/ui/draft-store.js";
import { adminRoot, ErrorBoundary, Toasts, useText } from "../../platform/ui/kit.js";
import { useShortcuts } from "../../platform/ui/shortcuts.js";
import { Connection } from "./connection.js";
import { Header } from "./header.js";
import { Navigation } from "./navigation.js";
import { Screens } from "./routes.js";
import { SignedOut } from "./signed-out.js";

const words = {
  skip: { en: "Skip to the content", ar: "انتقل إلى المحتوى" },
};

export function Application() {
  const { t } = useText();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const [menuOpen, setMenuOpen] = useState(false);
  useEffect(() => {
    forgetOthers();
  }, []);
  useShortcuts({ home: () => navigate(adminRoot) });
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever goes somewhere is done with the menu
  useEffect(() => {
    setMenuOpen(false);
  }, [pathname]);
  return (
    <div className={menuOpen ? "shell shell-menu" : "shell"}>
      <a className="skip" href="#content">
        {t(words.skip)}
      </a>
      <Header menuOpen={menuOpen} onMenu={() => setMenuOpen(!menuOpen)} />
      <Connection />
      <div className="shell-body">
        <Navigation open={menuOpen} onClose={() => setMenuOpen(false)} />
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
