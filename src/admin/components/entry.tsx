/**
 * What the browser runs after AdminJS's own bundles: our screens take the place of all of AdminJS's. AdminJS keeps what
 * it knows of resources, actions and pages (its state), its providers and its router; `Application` is ours, so nothing
 * stock is ever drawn, and nothing of its styles needs to be turned round for Arabic.
 */
import { screens } from "./screens.js";
import { Application } from "./shell/application.js";

declare global {
  interface Window {
    AdminJS: { UserComponents: Record<string, unknown> };
  }
}

window.AdminJS.UserComponents = { ...screens, Application };
