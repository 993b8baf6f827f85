/** Every resource of the back office. A new one is a file beside this one and a line here. */
import type { ResourceDefinition } from "../guard/define-resource.js";
import { applicantCategories } from "./applicant-categories.js";
import { applicationTypes } from "./application-types.js";
import { auditEvents } from "./audit-events.js";
import { casesResource } from "./cases.js";
import { channelKeys } from "./channel-keys.js";
import { channels } from "./channels.js";
import { closingReasons } from "./closing-reasons.js";
import { entities } from "./entities.js";
import { governorates } from "./governorates.js";
import { importanceLevels } from "./importance-levels.js";
import { instructionTexts } from "./instruction-texts.js";
import { jobsResource } from "./jobs.js";
import { keywordLists } from "./keyword-lists.js";
import { messages } from "./messages.js";
import { pillars } from "./pillars.js";
import { programmes } from "./programmes.js";
import { publishedCalendars, publishedWorkflows } from "./published-names.js";
import { replyTemplates } from "./reply-templates.js";
import { seats } from "./seats.js";
import { sectors } from "./sectors.js";
import { services } from "./services.js";
import { users } from "./users.js";

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
