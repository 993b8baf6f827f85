/** What the API is given. */
import type { Services } from "../../platform/services.js";

export interface ApiServices extends Pick<Services, "log" | "now" | "setup" | "intake" | "attachments"> {
  readonly reports: Pick<Services["reports"], "shared">;
  readonly publicPages: { readonly tries: Pick<Services["publicPages"]["tries"], "opening"> };
  readonly cases: Pick<Services["cases"], "follow" | "performAsApplicant">;
}
