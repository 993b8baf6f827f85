import type { Actor } from "../../engine/access/permissions.js";
import type { Services } from "../services.js";

/** Who is named by `--as`; without it the system: whoever works at the machine itself needs no name. */
export async function actorAs(
  services: Pick<Services, "cases" | "now">,
  email: string | undefined,
  job = "command line",
): Promise<Actor> {
  if (email === undefined) return { kind: "system", job };
  return services.cases.actorOf({ email, now: services.now() });
}
