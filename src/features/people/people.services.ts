/** What people and accounts offer to doors. */
import type { Accounts } from "./accounts/accounts.js";
import type { SavedViews } from "./accounts/saved-views.js";
import type { DutyRotaService } from "./duty-rota-service.js";
import type { ReadEntityTree } from "./entity-tree/entity-tree.service.js";
import type { PeopleService } from "./people.js";
import type { SeatLetters } from "./seat-letters.js";

declare module "../../platform/services.js" {
  interface Services {
    /** Accounts, seats, who sits on them, and from whose hands into whose work goes. */
    readonly people: PeopleService;
    /** Signing in, second factor, links, sessions. */
    readonly accounts: Accounts;
    /** Views of lists that officials keep for themselves. */
    readonly savedViews: SavedViews;
    /** How positions get letters, as their holders choose it. */
    readonly seatLetters: SeatLetters;
    /** Which focal point is on duty when. */
    readonly dutyRota: DutyRotaService;
    /** The entities of a programme with their seats, open cases and what is missing. */
    readonly entityTree: ReadEntityTree;
  }
}
