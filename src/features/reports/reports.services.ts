/** What reports offer to doors. */
import type { Language } from "../../engine/text/text.js";
import type { FigureAlerts } from "./alerts/figure-alerts.service.js";
import type { Digests } from "./digests/create-digests.js";
import type { DigestSent } from "./digests/digest-store.js";
import type { Figures } from "./figures/figures.service.js";
import type { FiguresFile, FiguresFileAsked } from "./figures/figures-file.js";
import type { Kpi } from "./kpi.js";
import type { Rollups } from "./rollups/create-rollups.js";
import type { SharedKpi } from "./shared-figures.js";

declare module "../../platform/services.js" {
  interface Services {
    /** Digests: which there are, how they would read, tests of them. */
    readonly digests: Digests;
    /** Those that were sent, of a digest or of a receiver. The caller has checked who may see them. */
    readonly digestsSent: (a: {
      programme: string;
      digest: string | null;
      receiver: number | null;
      limit: number;
    }) => Promise<readonly DigestSent[]>;
    /** The figures page, and its tables as files. */
    readonly figures: {
      readonly read: Figures;
      readonly file: (asked: FiguresFileAsked) => Promise<FiguresFile>;
    };
    /** What people want to be told of figures. */
    readonly figureAlerts: FigureAlerts;
    readonly reports: {
      readonly kpi: Kpi;
      /** The same for another system, by a channel's key. */
      readonly shared: SharedKpi;
      readonly rollups: Rollups;
      /** Lines of text in the language asked for. */
      explain(a: { reference: string; language: Language; now: Date }): Promise<readonly string[]>;
    };
  }
}
