/** Every resource of the back office. A new one is a file beside this one and a line here. */

import { auditEvents } from "../../features/audit/audit-events.resource.js";
import { casesResource } from "../../features/cases/cases.resource.js";
import { instructionTexts } from "../../features/instructions/instruction-texts.resource.js";
import { channelKeys } from "../../features/intake/channel-keys.resource.js";
import { messages } from "../../features/notifications/messages.resource.js";
import { jobsResource } from "../../features/operations/jobs.resource.js";
import { seats } from "../../features/people/seats.resource.js";
import { users } from "../../features/people/users.resource.js";
import { applicantCategories } from "../../features/setup/tables/applicant-categories.resource.js";
import { applicationTypes } from "../../features/setup/tables/application-types.resource.js";
import { channels } from "../../features/setup/tables/channels.resource.js";
import { closingReasons } from "../../features/setup/tables/closing-reasons.resource.js";
import { entities } from "../../features/setup/tables/entities.resource.js";
import { governorates } from "../../features/setup/tables/governorates.resource.js";
import { importanceLevels } from "../../features/setup/tables/importance-levels.resource.js";
import { keywordLists } from "../../features/setup/tables/keyword-lists.resource.js";
import { pillars } from "../../features/setup/tables/pillars.resource.js";
import { programmes } from "../../features/setup/tables/programmes.resource.js";
import { publishedCalendars, publishedWorkflows } from "../../features/setup/tables/published-names.resource.js";
import { replyTemplates } from "../../features/setup/tables/reply-templates.resource.js";
import { sectors } from "../../features/setup/tables/sectors.resource.js";
import { services } from "../../features/setup/tables/services.resource.js";
import type { ResourceDefinition } from "../../platform/admin/define-resource.js";

export const allResources: readonly ResourceDefinition[] = [
  casesResource,
  messages,
  jobsResource,
  auditEvents,
  users,
  seats,
  applicantCategories,
  applicationTypes,
  channelKeys,
  channels,
  closingReasons,
  entities,
  governorates,
  importanceLevels,
  instructionTexts,
  keywordLists,
  pillars,
  programmes,
  publishedCalendars,
  publishedWorkflows,
  replyTemplates,
  sectors,
  services,
];
