/**
 * What the browser runs after AdminJS's own bundles: our screens take the place of all of AdminJS's. AdminJS keeps what
 * it knows of resources, actions and pages (its state), its providers and its router; `Application` is ours, so nothing
 * stock is ever drawn, and nothing of its styles needs to be turned round for Arabic.
 */
import * as kit from "../../platform/ui/kit.js";
import { Application } from "./application.js";
import { screens } from "./screens.js";

declare global {
  interface Window {
    AdminJS: { UserComponents: Record<string, unknown> };
    /** What the studio's script is made of as well. */
    DiwanKit: typeof kit;
  }
}

window.AdminJS.UserComponents = { ...screens, Application };
window.DiwanKit = kit;
