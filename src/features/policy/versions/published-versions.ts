/** Everything that is in force in a programme, with what it says: calendars beside its own among them. */

import type { Database } from "../../../platform/db/query.js";
import { createModels } from "../../setup/tables/create-models.js";
import type { VersionRow } from "./version-store.js";

/** By kind and name. */
export async function publishedVersions(db: Database, programme: string): Promise<VersionRow[]> {
  return createModels(db).ConfigurationVersion.findAll({
    where: { programme, status: "published" },
    order: [
      ["kind", "ASC"],
      ["name", "ASC"],
    ],
  });
}
