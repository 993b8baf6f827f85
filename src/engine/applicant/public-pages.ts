/** What the public pages of a programme are open for. */
import { isPublicKind } from "../setup/channel-kinds.js";
import type { Channel, Setup } from "../setup/setup.js";

/** The channel by which applications of the public pages come; null where they are closed. */
export function publicChannel({ programme, channels }: Pick<Setup, "programme" | "channels">): Channel | null {
  if (programme.retired || programme.settings.publicPages !== true) return null;
  const open = [...channels.values()].filter(({ kind, retired }) => isPublicKind(kind) && !retired);
  return open.sort((a, b) => a.order - b.order)[0] ?? null;
}
