/** What is wrong with configuration, wherever it stands: in files, or as drafts in the database. */

import type { ConfigurationFault } from "../../engine/setup/configuration-fault.js";
import type { Database } from "../../platform/db/query.js";
import { installationFolder } from "../../platform/root.js";
import { definitionFaults } from "../policy/definition-faults.js";
import { loadSetup } from "../setup/active-setup.js";
import { createModels } from "../setup/tables/create-models.js";
import { readConfiguration } from "./read-configuration.js";

/** What was looked at, so that "no fault" can be told from "nothing there". */
export interface CheckedConfiguration {
  readonly checked: readonly string[];
  readonly faults: readonly ConfigurationFault[];
}

/** Checks the files in `root` (this installation's own, if left out), without a database. */
export async function checkFiles(root: string = installationFolder): Promise<CheckedConfiguration> {
  const { programmes, faults } = await readConfiguration(root);
  return { checked: programmes.flatMap((p) => p.definitions.map((file) => file.source)), faults };
}

/** Checks the drafts in the database against the set-up as it is now. */
export async function checkDrafts(db: Database): Promise<CheckedConfiguration> {
  const drafts = await createModels(db).ConfigurationVersion.findAll({
    where: { status: "draft" },
    order: [
      ["programme", "ASC"],
      ["kind", "ASC"],
      ["name", "ASC"],
      ["version", "ASC"],
    ],
  });
  const checked: string[] = [];
  const faults: ConfigurationFault[] = [];
  for (const { programme, kind, name, version, definition } of drafts) {
    const source = `${programme}: draft ${version} of ${kind} ${name}`;
    checked.push(source);
    faults.push(
      ...definitionFaults(kind, definition, kind === "calendar" ? null : await loadSetup(db, programme), source),
    );
  }
  return { checked, faults };
}
