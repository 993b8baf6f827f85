/** What the set-up offers to doors. */
import type { Setup } from "../../engine/setup/setup.js";
import type { SetupEditor } from "./edit-setup.js";

declare module "../../platform/services.js" {
  interface Services {
    readonly setup: {
      /** The programme's set-up and published configuration as of now. Unknown programme: Problem not-found. */
      of(programme: string): Promise<Setup>;
      programmes(): Promise<readonly string[]>;
    };
    /** Edits of the set-up's tables: checked, recorded, refused where somebody else was faster. */
    readonly setupEditor: SetupEditor;
  }
}
