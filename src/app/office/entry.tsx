/** What the browser runs: the frame around every screen, over the addresses of the back office. */

import React from "react";
import { createRoot } from "react-dom/client";
import { BrowserRouter } from "react-router-dom";
import { addLanguage } from "../../engine/text/languages.js";
import { boot, loadWords, office } from "../../platform/ui/kit.js";
import { Application } from "./application.js";

const place = document.getElementById("app") as HTMLElement;

for (const [code, description] of Object.entries(boot()?.languages ?? {})) addLanguage(code, description);

loadWords(office().words).then(
  () =>
    createRoot(place).render(
      <BrowserRouter>
        <Application />
      </BrowserRouter>,
    ),
  () => place.append((document.getElementById("unreachable") as HTMLTemplateElement).content),
);
