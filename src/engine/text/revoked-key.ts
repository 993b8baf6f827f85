/** What a channel is told whose key is out of use. */
import { msg } from "./msg.js";
import { Problem } from "./problems.js";

export const revokedKey = (): Problem =>
  new Problem("unauthenticated", msg("text.revokedKey.theChannelsKeyWasRevoked"));
