/** Every page of the back office that is no list, record or form of a resource. A new one is a file and a line here. */
import type { PageDefinition } from "../guard/define-page.js";
import { accountPage } from "./account.js";
import { auditVerifyPage } from "./audit-verify.js";
import { calendarPage } from "./calendar.js";
import { callerPage } from "./caller.js";
import { changeSetPage } from "./change-set.js";
import { digestPage } from "./digest.js";
import { entityTree } from "./entity-tree.js";
import { healthPage } from "./health.js";
import { helpPage } from "./help.js";
import { homePage } from "./home.js";
import { instructionsPage } from "./instructions.js";
import { myWorkPage } from "./my-work.js";
import { policyPage } from "./policy.js";
import { slaGridPage } from "./sla-grid.js";
import { viewsPage } from "./views.js";
import { workflowPage } from "./workflow.js";

export const allPages: readonly PageDefinition[] = [
  homePage,
  callerPage,
  myWorkPage,
  healthPage,
  auditVerifyPage,
  digestPage,
  entityTree,
  slaGridPage,
  policyPage,
  changeSetPage,
  workflowPage,
  calendarPage,
  instructionsPage,
  accountPage,
  helpPage,
  viewsPage,
];
