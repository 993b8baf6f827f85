/** What the browser runs: the frame around every screen, over the addresses of the back office. */
import React from "react";
import { createRoot } from "react-dom/client";
import { BrowserRouter } from "react-router-dom";
import { Application } from "./application.js";

createRoot(document.getElementById("app") as HTMLElement).render(
  <BrowserRouter>
    <Application />
  </BrowserRouter>,
);
