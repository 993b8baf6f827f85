/** What the API is given. */
import type { Services } from "../../platform/services.js";

export interface ApiServices extends Pick<Services, "log" | "now" | "setup" | "intake" | "attachments"> {
  readonly cases: Pick<Services["cases"], "follow" | "performAsApplicant">;
}
