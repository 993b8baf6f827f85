/** Every resource of the back office. A new one is a file beside this one and a line here. */

import { rowTables } from "../../engine/setup/tables/setup-registry.js";
import { auditEvents } from "../../features/audit/audit-events.resource.js";
import { casesResource } from "../../features/cases/cases.resource.js";
import { instructionTexts } from "../../features/instructions/instruction-texts.resource.js";
import { channelKeys } from "../../features/intake/channel-keys.resource.js";
import { trySuggestion } from "../../features/intake/try-suggestion.js";
import { messages } from "../../features/notifications/messages.resource.js";
import { jobsResource } from "../../features/operations/jobs.resource.js";
import { seats } from "../../features/people/seats.resource.js";
import { users } from "../../features/people/users.resource.js";
import { programmes } from "../../features/setup/tables/programmes.resource.js";
import { publishedCalendars, publishedWorkflows } from "../../features/setup/tables/published-names.resource.js";
import { replyTemplates } from "../../features/setup/tables/reply-templates.resource.js";
import { setupResource } from "../../features/setup/tables/setup-resources.js";
import type { ResourceDefinition } from "../../platform/admin/define-resource.js";

/** Of these tables lists and forms are all as they are declared. */
const setupTables = rowTables
  .filter((table) => table !== "instructions" && table !== "reply_templates")
  .map((table) =>
    table === "services" || table === "entities"
      ? setupResource(table, { actions: { tryText: trySuggestion(table) } })
      : setupResource(table),
  );

export const allResources: readonly ResourceDefinition[] = [
  casesResource,
  messages,
  jobsResource,
  auditEvents,
  users,
  seats,
  ...setupTables,
  channelKeys,
  instructionTexts,
  programmes,
  publishedCalendars,
  publishedWorkflows,
  replyTemplates,
];
