/** Takes back the waiting file that a button of the form names. */

import type { Request } from "express";
import { Problem } from "../../engine/text/problems.js";
import type { AttachmentOwner } from "../files/attachments.js";
import type { PortalServices } from "./portal-services.js";
import { typedIn } from "./read-post.js";

/** True when there was such a button. One that is gone already is no fault. */
export async function dropNamed(
  { attachments }: Pick<PortalServices, "attachments">,
  request: Request,
  owner: AttachmentOwner,
): Promise<boolean> {
  const id = typedIn(request, "drop");
  if (id === "") return false;
  await attachments.drop({ owner, id }).catch((error: unknown) => {
    if (!(error instanceof Problem && error.code === "not-found")) throw error;
  });
  return true;
}
