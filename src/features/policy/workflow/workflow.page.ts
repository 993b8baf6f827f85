/** What the workflow studio asks beside the definition: where open cases stand, and moving them to the version in force. */

import { can } from "../../../engine/access/permissions.js";
import { roleCodes } from "../../../engine/access/roles.js";
import { isRecord } from "../../../engine/is-record.js";
import type {
  MigrationPreview,
  MigrationView,
  WorkflowStanding,
} from "../../../engine/lifecycle/views/migration-views.js";
import type { WalkAsked, WalkView } from "../../../engine/lifecycle/views/walk-view.js";
import type { TriedMatter } from "../../../engine/suggestions/matter.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { StateMap } from "../../../engine/workflow/state-map.js";
import { definePage } from "../../../platform/admin/define-page.js";
import type { Call } from "../../../platform/admin/resource-definition.js";
import {
  type ChosenProgramme,
  changeSetOf,
  chosenProgramme,
  numberOf,
  reasonOf,
  textOf,
} from "../../setup/chosen-programme.page.js";

export interface WorkflowCasesView extends ChosenProgramme, WorkflowStanding {
  /** Runs that moved cases to another version, newest first. */
  readonly runs: readonly MigrationView[];
  readonly mayMove: boolean;
  /** Moving cases takes two people. */
  readonly secondPerson: boolean;
}

export interface WalkedView extends WalkView {
  /** What the public pages would suggest for the text; null: there is none. */
  readonly matters: readonly TriedMatter[] | null;
}

/** Old state → new state, of a POST's body. */
function mapOf({ input }: Call): StateMap {
  const { map } = input;
  const isMap = typeof map === "object" && map !== null && !Array.isArray(map);
  if (isMap && Object.values(map).every((state) => typeof state === "string")) return map as StateMap;
  const reason = msg("policy-workflow.workflowPage.sayForEachStateWhere");
  throw new Problem("invalid-input", reason, [{ field: "/map", reason }]);
}

const malformed = (field: string): Problem => {
  const reason = msg("policy-workflow.workflowPage.thisStepCannotBeRead");
  return new Problem("invalid-input", reason, [{ field, reason }]);
};

/** As whom one acts: a role or the applicant, and which of two people. */
function performerOf(value: unknown, field: string): WalkAsked["as"] {
  const { by, person } = isRecord(value) ? value : {};
  const known = [...roleCodes, "applicant" as const].find((one) => one === by);
  if (known === undefined || (person !== 1 && person !== 2)) throw malformed(field);
  return { by: known, person };
}

/** What the made-up applicant wrote; may be left out. */
function told({ input }: Call, name: "subject" | "description"): string {
  const { [name]: text = "" } = input;
  if (typeof text !== "string") throw malformed(`/${name}`);
  return text;
}

function stepOf(value: unknown, i: number): WalkAsked["steps"][number] {
  const field = `/steps/${i}`;
  if (!isRecord(value)) throw malformed(field);
  if (value.by === "time") return { by: "time" };
  const { action, fields } = value;
  if (typeof action !== "string" || !isRecord(fields)) throw malformed(field);
  return { ...performerOf(value, field), action, fields };
}

const asked = (call: Call) => ({
  actor: call.official.actor,
  programme: textOf(call, "programme"),
  name: textOf(call, "name"),
  map: mapOf(call),
  now: call.now,
});

export const workflowPage = definePage({
  name: "workflow",
  label: msg("policy-workflow.workflowPage.workflowStudio"),
  group: "policy",
  icon: "flow",
  order: 21,
  hidden: true,
  component: "Policy",
  access: "configuration.read",
  query: ["programme", "name"],
  async read(call): Promise<WorkflowCasesView> {
    const chosen = await chosenProgramme(call);
    const { actor } = call.official;
    const { workflows } = call.services;
    const of = { actor, programme: chosen.programme, name: call.query.name ?? "" };
    return {
      ...chosen,
      ...(await workflows.standing(of)),
      runs: await workflows.runs(of),
      secondPerson: (await call.services.setup.of(chosen.programme)).programme.settings.secondPerson === true,
      mayMove: can(actor, "configuration.publish", { programme: chosen.programme }),
    };
  },
  acts: {
    /** What moving open cases would do; nothing is moved. */
    preview: async (call): Promise<MigrationPreview> => call.services.workflows.preview(asked(call)),
    move: async (call): Promise<MigrationView> =>
      call.services.workflows.start({
        ...asked(call),
        id: textOf(call, "id"),
        versionId: numberOf(call, "versionId"),
        reason: reasonOf(call),
      }),
    /** A made-up case through the definition that is being written; nothing is stored. */
    walk: async (call): Promise<WalkedView> => {
      const { definition, steps, placed, importance, type, facts = {} } = call.input;
      const [subject, description] = [told(call, "subject"), told(call, "description")];
      const text = `${subject}\n${description}`.trim();
      const at = { programme: textOf(call, "programme"), changeSet: changeSetOf(call), now: call.now };
      if (!Array.isArray(steps)) throw malformed("/steps");
      if (!isRecord(facts)) throw malformed("/facts");
      const view = await call.services.workflows.walk({
        ...at,
        actor: call.official.actor,
        name: textOf(call, "name"),
        definition,
        start: {
          ...{ subject, description },
          type: typeof type === "string" ? type : null,
          placed: placed !== false,
          importance: typeof importance === "string" ? importance : null,
          facts,
        },
        steps: steps.map(stepOf),
        as: performerOf(call.input.as, "/as"),
      });
      return {
        ...view,
        matters: text === "" ? null : await call.services.publicPages.tryText({ ...at, text, row: null }),
      };
    },
    /** The second person lets it begin. */
    confirm: async (call): Promise<MigrationView> =>
      call.services.workflows.confirm({ actor: call.official.actor, id: textOf(call, "id"), now: call.now }),
    cancel: async (call): Promise<MigrationView> =>
      call.services.workflows.cancel({ actor: call.official.actor, id: textOf(call, "id"), now: call.now }),
  },
});
